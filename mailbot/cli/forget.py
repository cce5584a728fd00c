"""`mailbot forget`: nothing of an application stays."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.errors import ActionNeeded
from mailbot.standing.wording import plain


@click.command("forget")
@click.argument("application")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@place_options
@json_option
def command(application: str, yes: bool, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Keep nothing of APPLICATION: no fact, no letter, no word of yours about it, in no daily backup either. Only
    digests of its mails stay, by which they and what answers them are known and never read again. Your mails
    are not touched, and its drafts stay where they lie, as your own. Refused while mailbot is at work.

    Example: mailbot forget acme
    """
    from mailbot.cli.events import name_of
    from mailbot.config import local_now
    from mailbot.household import open_household
    from mailbot.standing.steps import find_application
    from mailbot.store.backup import drop_backups
    from mailbot.store.lock import InstanceLock

    with open_household(config, state) as home, InstanceLock(home.state):
        now = local_now(home.settings.zone)
        found = find_application(application, home.assistant.outlook(now))
        lying = sum(one.application == found.id for one in home.ledger.open_drafts())
        if not yes:
            _ask(f"Forget {name_of(found)}, {len(found.readings)} mails, for good?")
        joined = [one for one, stays in home.ledger.aliases().items() if stays == found.id]
        home.ledger.forget([found.id, *joined], [one.message_id for one in found.readings])
        drop_backups(home.state)
        home.ledger.backup(now)
    if as_json:
        print_json({"forgotten": found.slug, "mails": len(found.readings), "drafts_left": lying})
        return
    click.echo(plain(f"{name_of(found)} is forgotten."))
    if lying:
        click.echo(f"{lying} of its drafts still lie in your Drafts: they are yours now.")


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        raise ActionNeeded("Nobody is here to be asked.", mend="Say --yes if you are sure.")
    click.confirm(plain(question), abort=True, err=True)
