"""What the commands have in common that say something to mailbot: they find, say, and tell what follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.printing import plain, print_json

if TYPE_CHECKING:
    from mailbot.etiquette.follow_up import FollowUp
    from mailbot.household import Household
    from mailbot.outcome import Outlook
    from mailbot.store.ledger import Said, WordKind
    from mailbot.tracking.application import Application


@dataclass(frozen=True, slots=True)
class Speaker:
    """The person at the command line: what they see, and their voice."""

    home: Household
    outlook: Outlook
    now: datetime
    as_json: bool

    def find(self, wanted: str) -> Application:
        """Raises ActionNeeded where none or several applications fit."""
        from mailbot.cli.overview import find_application

        return find_application(wanted, self.outlook)

    def say(self, kind: WordKind, said: Said) -> None:
        """Keep it, wake whoever is at work, and print what was said, how to take it back and which drafts follow."""
        from mailbot.store.lock import nudge

        number = self.home.ledger.say(kind, said, self.now)
        at_work = nudge(self.home.state)
        due = self._new_letters()
        if self.as_json:
            letters = [{"follow_up": str(one.kind), "to": one.identity.recipient} for one in due]
            print_json({"said": str(kind), "number": number, "text": said.text, "due": letters})
            return
        click.echo(plain(said.text))
        for one in due:
            who = one.to.name or one.identity.recipient
            when = "is on its way to your Drafts" if at_work else "is due: mailbot sync places the draft"
            click.echo(plain(f"The {one.kind.words} to {who} {when}."))
        click.echo(f"Take it back with: mailbot undo {number}")

    def _new_letters(self) -> list[FollowUp]:
        """What has fallen due by the word."""
        from mailbot.etiquette.follow_up import Verdict

        before = {one.identity for one in self.outlook.plan.follow_ups if one.verdict is Verdict.DUE}
        after = self.home.assistant.outlook(self.now).plan.follow_ups
        return [one for one in after if one.verdict is Verdict.DUE and one.identity not in before]


@contextmanager
def speaking(config: Path | None, state: Path | None, as_json: bool) -> Iterator[Speaker]:
    """Open the ledger alone; no mailbox is touched, and nothing waits for a mailbot that is at work."""
    from mailbot.config import local_now
    from mailbot.household import open_household

    with open_household(config, state) as home:
        now = local_now(home.settings.zone)
        yield Speaker(home, home.assistant.outlook(now), now, as_json)
