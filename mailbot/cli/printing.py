"""How things are printed: JSON lines, tables, dates in words, and text from mail made harmless for a terminal."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

NARROW = 110  # columns of a terminal below which tables put two things into one cell
UNBROKEN = ("when", "placed", "stage")  # columns whose cells stay on one line


def say(text: str, *, bold: bool = False, color: str | None = None) -> None:
    """A sentence or two on stdout, made harmless: broken between words on a terminal, one line where it is piped. There
    is no colour where the person wants none (no-color.org)."""
    text = plain(text)
    if sys.stdout.isatty():
        width = console().width
        text = textwrap.fill(text, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    click.secho(text, bold=bold or None, fg=None if os.environ.get("NO_COLOR") else color)


def print_links(links: Sequence[tuple[str, str]]) -> None:
    """What each opens, and its address on one line; nothing for those without."""
    for what, link in links:
        if link:
            click.echo(plain(f"Open {what}: {link}"))


def print_json(value: Mapping[str, object]) -> None:
    """One JSON object on one line of stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))


def console() -> Console:
    """Where tables go: stdout, as wide as the terminal; markup in mail is not obeyed."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def is_narrow() -> bool:
    """Whether a table of many columns would have to break its words."""
    return console().width < NARROW


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table; cells are made harmless here. The first line of a cell stands out from those below it."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in UNBROKEN)
    for row in rows:
        table.add_row(*(_cell(plain(cell)) for cell in row))
    screen = console()
    with screen.capture() as drawn:
        screen.print(table)
    # Rich fills each line up to the width: whoever pipes a table gets it without.
    click.echo("\n".join(line.rstrip() for line in drawn.get().splitlines()), color=True)


def _cell(text: str) -> Text:
    """Its first line as it is, the rest dimmed."""
    from rich.text import Text

    first, newline, rest = text.partition("\n")
    return Text(first).append(newline + rest, style="dim")
