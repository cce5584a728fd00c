"""`mailbot letter`: a letter as it would be drafted, or a page of sample letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from mailbot.drafting.letter import Letter
    from mailbot.etiquette.follow_up import FollowUp


@click.command("letter")
@click.argument("application", required=False)
@click.argument("kind", required=False)
@click.option("--samples", is_flag=True, help="A page of letters for invented situations.")
@place_options
@json_option
def command(
    application: str | None, kind: str | None, samples: bool, config: Path | None, state: Path | None, as_json: bool
) -> None:
    """What a letter of that KIND (thank_you, check_in and so on) to an APPLICATION's people would say now, due or not,
    and whether or not your preset writes it. Nothing is placed.

    Example: mailbot letter acme check_in
    """
    if samples:
        _print_samples(as_json)
    elif application is None or kind is None:
        raise click.UsageError("Name an application and a kind of letter, or ask for --samples.")
    else:
        _print_letters(application, kind, config, state, as_json)


def _print_samples(as_json: bool) -> None:
    from mailbot.demo.situations import samples

    for situation, letter in samples():
        if not as_json:
            click.secho(plain(situation.title), bold=True)
        _print(letter, as_json)


def _print_letters(application: str, kind: str, config: Path | None, state: Path | None, as_json: bool) -> None:
    from mailbot.config import local_now
    from mailbot.errors import ActionNeeded
    from mailbot.etiquette import why_not
    from mailbot.etiquette.follow_up import FollowUpKind
    from mailbot.household import open_household
    from mailbot.standing.steps import find_application

    name = kind.replace("-", "_").replace(" ", "_")
    if name not in list(FollowUpKind):
        raise ActionNeeded(f"{kind!r} is no kind of letter.", mend=f"Known are: {', '.join(FollowUpKind)}.")
    with open_household(config, state) as home:
        outlook = home.assistant.outlook(local_now(home.settings.zone))
        found = find_application(application, outlook)
        wanted = home.assistant.imagined(FollowUpKind(name), found, outlook)
        if not wanted:
            words = FollowUpKind(name).words
            raise ActionNeeded(f"There is no {words} for {found.name} to show.", mend=why_not(FollowUpKind(name)))
        for one in wanted:
            _print(home.assistant.letter(one, outlook), as_json)


def _standing(one: FollowUp) -> str:
    """Why it is not placed now; empty where it is due."""
    from mailbot.etiquette.follow_up import Verdict

    if one.verdict is Verdict.COMING:
        return f"due on {one.due:%A}, {one.due.day} {one.due:%B}: {one.reason.text}"
    if one.verdict is Verdict.PASSED:
        return f"its time has passed; `mailbot draft` places it all the same. {one.reason.text}"
    why = {
        Verdict.DONE: one.reason.text,
        Verdict.OVERTAKEN: one.reason.text,
        Verdict.UNSURE: "mailbot status asks whether what was read is right.",
        Verdict.PAUSED: "you want nothing new for now.",
        Verdict.THEIRS_TO_WRITE: "they do not write in English; it is yours to write.",
    }
    return f"not placed: {why[one.verdict]}" if one.verdict in why else ""


def _print(letter: Letter, as_json: bool) -> None:
    to = ", ".join(f"{one.name} <{one.email}>" if one.name else one.email for one in letter.to)
    if as_json:
        one = letter.follow_up
        row = {"follow_up": str(one.kind), "to": to, "subject": letter.subject, "body": letter.body}
        print_json({**row, "verdict": str(one.verdict), "reason": one.reason.text})
        return
    attached = "".join(f"\nAttached: {one.name}" for one in letter.attachments)
    if standing := _standing(letter.follow_up):
        click.secho(plain(f"({standing})"), dim=True)
    click.echo(plain(f"To: {to}\nSubject: {letter.subject}{attached}\n\n{letter.body}\n"))
