"""What the commands have in common that say something to mailbot: they find, say, and tell what follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.printing import print_json
from mailbot.standing.wording import plain

if TYPE_CHECKING:
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
        from mailbot.standing.steps import find_application

        return find_application(wanted, self.outlook)

    def say(self, kind: WordKind, said: Said) -> None:
        """Keep it, and print what was said, how to take it back and which drafts follow."""
        from mailbot.voice import say

        heard = say(self.home, self.outlook, kind, said, self.now)
        if self.as_json:
            letters = [{"follow_up": str(one.kind), "to": one.identity.recipient} for one in heard.due]
            print_json({"said": str(kind), "number": heard.number, "text": heard.text, "due": letters})
            return
        for sentence in heard.sentences():
            click.echo(plain(sentence))
        click.echo(f"Take it back with: mailbot undo {heard.number}")


@contextmanager
def speaking(config: Path | None, state: Path | None, as_json: bool) -> Iterator[Speaker]:
    """Open the ledger alone; no mailbox is touched, and nothing waits for a mailbot that is at work."""
    from mailbot.config import local_now
    from mailbot.household import open_household

    with open_household(config, state) as home:
        now = local_now(home.settings.zone)
        yield Speaker(home, home.assistant.outlook(now), now, as_json)
