"""Write the pages that are made from the program itself: configuration.md, commands.md, stages.md.

usage: .venv/bin/python docs/reference.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from mailbot.cli import ALL, COMMANDS, cli
from mailbot.config.reference import reference
from mailbot.tracking.tables import table

COMMANDS_HEAD = """\
# The commands

As `mailbot COMMAND --help` tells them. Each that tells something takes `--json` ([json.md](json.md)); each takes
`--config FILE` and `--state FOLDER` for another configuration or ledger.
"""
STAGES_HEAD = """\
# Where an application stands

The stages, and what leads from one to the next, as `mailbot/tracking/data/transitions.toml` has them. A stage is worked
out from the mails at every moment, never stored. `mailbot show NAME` gives the words behind each step; `mailbot correct
NAME` sets a stage that was read wrong.
"""
# Steps that leave a stage as it is, or lead back, would make the picture unreadable.
LEFT_OUT = ("back",)


def commands() -> str:
    """Every command with its help."""
    parts = [COMMANDS_HEAD]
    context = click.Context(cli, info_name="mailbot")
    for title, names in (("Commands", COMMANDS), ("What you say", [one for one in ALL if one not in COMMANDS])):
        parts.append(f"# {title}\n")
        for name in names:
            if found := cli.get_command(context, name):
                parts += _pages(found, context, f"mailbot {name}")
    return "\n".join(parts)


def _pages(found: click.Command, parent: click.Context, name: str) -> Iterator[str]:
    context = click.Context(found, info_name=name.split()[-1], parent=parent, max_content_width=100, terminal_width=100)
    yield f"## `{name}`\n\n```text\n{found.get_help(context)}\n```\n"
    if isinstance(found, click.Group):
        for part in found.list_commands(context):
            if inner := found.get_command(context, part):
                yield from _pages(inner, context, f"{name} {part}")


def stages() -> str:
    """The table of transitions as a diagram (Mermaid, which GitHub draws) and as tables."""
    known = {name: steps for name, steps in table("transitions").items() if isinstance(steps, dict)}
    arrows: dict[tuple[str, str], list[str]] = {}
    for stage, steps in known.items():
        for event, to in steps.items():
            if to != stage and to not in LEFT_OUT:
                arrows.setdefault((stage, to), []).append(event.replace("_", " "))
    drawn = [f"    {one} --> {other}: {', '.join(events)}" for (one, other), events in arrows.items()]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> applied", *drawn, "```"])
    rows = [f"| {one} | {', '.join(events)} | {other} |" for (one, other), events in arrows.items()]
    return "\n".join([STAGES_HEAD, diagram, "", "| from | by | to |", "|---|---|---|", *rows]) + "\n"


def pages() -> dict[str, str]:
    """Name -> text."""
    return {"configuration.md": reference(), "commands.md": commands(), "stages.md": stages()}


if __name__ == "__main__":
    for name, text in pages().items():
        Path(__file__).with_name(name).write_text(text, encoding="utf-8")
