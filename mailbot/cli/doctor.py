"""`mailbot doctor`: whether everything is well, and what mends what is not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json, say

if TYPE_CHECKING:
    from mailbot.doctor import Finding

SIGNS = {"ok": "ok  ", "note": "note", "wrong": "MEND"}
COLORS = {"note": "yellow", "wrong": "red"}


@click.command("doctor")
@place_options
@click.option("--probe", is_flag=True, help="Place a draft to nobody in each account, and take it back.")
@json_option
def command(config: Path | None, state: Path | None, probe: bool, as_json: bool) -> None:
    """Look over everything: the configuration and who can read it, sign-in, Drafts folder, clocks, the ledger, mail
    that could not be read, the service. Changes nothing, unless you ask for a probe.

    Example: mailbot doctor --probe
    """
    from mailbot.config import default_config_file, default_state_folder, local_now
    from mailbot.doctor import State, examine

    found = []
    for one in examine(
        config or default_config_file(), state or default_state_folder(), lambda: local_now("UTC"), probe=probe
    ):
        found.append(one)
        _print(one, as_json)
    problems = sum(one.state is State.WRONG for one in found)
    if not as_json:
        say("All is well." if not problems else f"{problems} to mend.", bold=True)
    sys.exit(2 if problems else 0)


def _print(one: Finding, as_json: bool) -> None:
    if as_json:
        print_json({"check": one.check, "state": str(one.state), "text": one.text, "mend": one.mend or None})
        return
    say(f"{SIGNS[one.state]}  {one.check}: {one.text}", color=COLORS.get(one.state))
    if one.mend:
        say(f"      {one.mend}")
