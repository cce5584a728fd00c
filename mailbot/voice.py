"""A word of the person's, kept: whoever is at work is woken, and what falls due by it is named. The commands and the
page speak by this alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.etiquette.follow_up import FollowUp
    from mailbot.household import Household
    from mailbot.outcome import Outlook
    from mailbot.store.ledger import Said, Word, WordKind


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of it: the word's `number` for undo, what it made due, and whether a mailbot at work was woken."""

    text: str
    number: int
    due: tuple[FollowUp, ...]
    at_work: bool

    def sentences(self) -> tuple[str, ...]:
        """What was said, and which drafts follow."""
        when = "is on its way to your Drafts" if self.at_work else "is due: mailbot sync places the draft"
        letters = (f"The {one.kind.words} to {one.to.name or one.identity.recipient} {when}." for one in self.due)
        return self.text, *letters


def say(home: Household, before: Outlook, kind: WordKind, said: Said, now: datetime) -> Heard:
    """Keep it. `before` is how everything stood when it was said. Raises what the ledger raises."""
    from mailbot.etiquette.follow_up import Verdict
    from mailbot.store.lock import nudge

    number = home.ledger.say(kind, said, now)
    at_work = nudge(home.state)
    known = {one.identity for one in before.plan.follow_ups if one.verdict is Verdict.DUE}
    after = home.assistant.outlook(now).plan.follow_ups
    due = tuple(one for one in after if one.verdict is Verdict.DUE and one.identity not in known)
    return Heard(said.text, number, due, at_work)


def unsay(home: Household, number: int | None, now: datetime) -> Word:
    """Take back the word of that number, else the last. Raises ActionNeeded where none such holds."""
    from mailbot.errors import ActionNeeded
    from mailbot.store.lock import nudge

    word = next((one for one in reversed(home.ledger.words()) if number in (None, one.id)), None)
    if word is None:
        what = "You have said nothing that holds." if number is None else f"Nothing that holds has number {number}."
        raise ActionNeeded(what, mend="mailbot undo --list shows what you have said.")
    home.ledger.unsay(word.id, now)
    nudge(home.state)
    return word
