"""How things are printed: JSON lines, tables, dates in words, and text from mail made harmless for a terminal."""

from __future__ import annotations

import json
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

NARROW = 110  # columns of a terminal below which tables put two things into one cell
UNBROKEN = ("when", "placed", "stage")  # columns whose cells stay on one line

# Format characters that join or shape letters in real scripts; all others (bidi, zero width) are left out.
_KEPT_FORMAT = frozenset("\u200c\u200d")


def plain(text: str) -> str:
    """Text from mail without control, bidi and private characters, so that it cannot steer the terminal."""
    return "".join(
        char if char in _KEPT_FORMAT or char == "\n" or not unicodedata.category(char).startswith("C") else " "
        for char in text
    )


def say(text: str, *, bold: bool = False) -> None:
    """A sentence or two on stdout, made harmless: broken between words on a terminal, one line where it is piped."""
    text = plain(text)
    if sys.stdout.isatty():
        width = console().width
        text = textwrap.fill(text, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    click.secho(text, bold=bold)


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

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
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


def day_in_words(moment: datetime, now: datetime) -> str:
    """'Thursday 12 March, 14:00' in the zone of `now`; the year only where it is not this year's."""
    local = moment.astimezone(now.tzinfo)
    year = f" {local.year}" if local.year != now.year else ""
    return f"{local:%A} {local.day} {local:%B}{year}, {local:%H:%M}"


def short_day(moment: datetime, now: datetime) -> str:
    """'today 14:00', 'tomorrow 08:00', else 'Thu 12 Mar 14:00', in the zone of `now`."""
    local = moment.astimezone(now.tzinfo)
    away = (local.date() - now.date()).days
    named = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away)
    year = f" {local.year}" if local.year != now.year else ""
    return f"{named or f'{local:%a} {local.day} {local:%b}{year}'} {local:%H:%M}"


def last_day(end: datetime, now: datetime) -> str:
    """'today', 'tomorrow', else 'Thu 12 Mar': the last day before `end`, which is the midnight that ends it or a moment
    of that day."""
    return short_day(end - timedelta(microseconds=1), now).rpartition(" ")[0]


def words_of(name: str) -> str:
    """'in_contact' as 'in contact'."""
    return name.replace("_", " ")
