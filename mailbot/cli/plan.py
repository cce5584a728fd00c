"""`mailbot plan`: what the person owes, and what is coming."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json, print_links, say
from mailbot.standing.wording import last_day, short_day

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.etiquette.follow_up import FollowUp


@click.command("plan")
@place_options
@json_option
def command(config: Path | None, state: Path | None, as_json: bool) -> None:
    """What you owe, then each follow-up that is coming with its day and its reason. Reads the ledger alone.

    Example: mailbot plan
    """
    from mailbot.cli.events import name_of
    from mailbot.cli.overview import debt_row, print_debts, print_letters
    from mailbot.config import local_now
    from mailbot.etiquette.follow_up import Verdict
    from mailbot.household import open_household
    from mailbot.pages import pages_of

    with open_household(config, state) as home:
        outlook, pages = home.assistant.outlook(local_now(home.settings.zone)), pages_of(home.settings)
    names = {one.id: name_of(one) for one in outlook.tracked.applications}
    slugs = {one.id: one.slug for one in outlook.tracked.applications}
    shown = (Verdict.COMING, Verdict.DUE, Verdict.PAUSED, Verdict.THEIRS_TO_WRITE)
    coming = sorted((one for one in outlook.plan.follow_ups if one.verdict in shown), key=_when)
    hints = sorted(outlook.plan.hints, key=lambda one: one.on)
    if as_json:
        for debt in outlook.plan.debts:
            print_json(debt_row(debt, outlook, pages))
        for one in coming:
            print_json(
                {
                    "follow_up": str(one.kind),
                    "application": slugs[one.application],
                    "to": one.identity.recipient,
                    "due": one.due.isoformat(),
                    "until": one.until.isoformat(),
                    "verdict": str(one.verdict),
                    "reason": one.reason.text,
                    "guide": one.reason.guide,
                    "open": pages.of_message(one.application, one.reply_to, outlook) or None,
                }
            )
        for hint in hints:
            print_json({"hint": hint.text, "application": slugs[hint.application], "on": hint.on.isoformat()})
        return
    print_debts(outlook, pages)
    if outlook.plan.debts:
        click.echo()
    if coming:
        # What the person writes themselves is theirs as much as what they owe: it comes first.
        yours = [one for one in coming if one.verdict is Verdict.THEIRS_TO_WRITE]
        others = [one for one in coming if one not in yours]
        for title, letters in (("Yours to write", yours), ("Coming", others)):
            if letters:
                print_letters(title, "application", [_row(one, names[one.application], outlook.now) for one in letters])
        print_links(
            [
                (f"the conversation with {one.to.name or one.identity.recipient}", link)
                for one in coming
                if (link := pages.of_message(one.application, one.reply_to, outlook))
            ]
        )
    else:
        say("Nothing is coming.")
    for hint in hints:
        since = f", from {short_day(hint.on, outlook.now)}" if hint.on > outlook.now else ""
        say(f"Hint for {names[hint.application]}{since}: {hint.text}")


def _when(follow_up: FollowUp) -> datetime:
    """The moment that stands first in its row."""
    from mailbot.etiquette.follow_up import Verdict

    return follow_up.until if follow_up.verdict is Verdict.DUE else follow_up.due


def _row(follow_up: FollowUp, application: str, now: datetime) -> tuple[str, str, str, str, str]:
    from mailbot.etiquette.follow_up import Verdict

    when, what = short_day(follow_up.due, now), follow_up.kind.words
    if follow_up.verdict is Verdict.DUE:
        when = f"by {last_day(follow_up.until, now)}"
    elif follow_up.verdict is Verdict.PAUSED:
        what += ", paused"
    why = f"{_first(follow_up)}{follow_up.reason.text}"
    return when, what, follow_up.to.name or follow_up.identity.recipient, application, why


def _first(follow_up: FollowUp) -> str:
    """What to look at before the letter goes out."""
    return "Names a time: check your calendar. " if follow_up.kind == "invitation_reply" else ""
