"""After a release that reads mail better: what an older reader read is read again, some mails at a time, while nothing
else is to be done.

First the mail of open applications, then what was set aside lately. All of one account's first, or second, part is
committed at once: half of it would make drafts come and go. What falls due by it and was due before is listed as
missed, never placed; a draft that is no longer due is withdrawn by the next step, as always."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from mailbot.errors import MailbotError
from mailbot.etiquette.follow_up import FollowUp, Verdict
from mailbot.forecast import Forecast
from mailbot.intake import Intake
from mailbot.mail.port import Mailbox, MessageRef
from mailbot.outcome import Outlook
from mailbot.reading.statements import READER_VERSION, Reading
from mailbot.store.ledger import Ledger
from mailbot.tracking.application import OVER

SOME = 25  # mails at a time: new mail waits no longer than they take
LATELY = timedelta(days=90)  # how far back mail is looked at again that was set aside
# The ledger's marks: the reader by which all was read, and what changed when it was read again.
READ_BY = "reader"
CHANGES = "reread"
WAS_DUE = (Verdict.DUE, Verdict.PASSED, Verdict.PAUSED, Verdict.THEIRS_TO_WRITE)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a better reader changed, in a sentence."""

    at: datetime
    text: str


@dataclass(slots=True)
class _Part:
    """What is to be read again in one account: `zones` has the zone of mail that is read whole."""

    account: str
    waiting: deque[str]
    zones: Mapping[str, str]
    read: list[tuple[MessageRef, Reading]] = field(default_factory=list)


class Rereading:
    """Goes on from where it was as long as the process lives; a new one begins anew."""

    def __init__(self, mailboxes: Mapping[str, Mailbox], ledger: Ledger, intake: Intake, forecast: Forecast) -> None:
        self._mailboxes = mailboxes
        self._ledger = ledger
        self._intake = intake
        self._forecast = forecast
        self._parts: deque[_Part] | None = None
        self._done = False
        self._stuck = False

    def go_through(self, now: datetime) -> None:
        """Read all of it again, as far as the accounts answer. Raises what the ledger raises."""
        while self.go_on(now) and not self._stuck:
            pass

    def go_on(self, now: datetime) -> bool:
        """Read some more mails again; whether there are others. An account that does not answer is asked again later.
        Raises what the ledger raises."""
        if self._done or self._ledger.meta(READ_BY) == str(READER_VERSION):
            self._done = True
            return False
        if self._parts is None:
            self._parts = deque(one for one in self._planned(now) if one.waiting)
        if self._parts:
            self._read_some(self._parts, now)
        if not self._parts:
            self._ledger.set_meta(READ_BY, str(READER_VERSION))
        return bool(self._parts)

    def _planned(self, now: datetime) -> Iterator[_Part]:
        stale = self._ledger.stale_readings(READER_VERSION, now - LATELY)
        zones = {one.message_id: one.zone for one in self._ledger.readings()}
        outlook = self._forecast.outlook(now)
        over = {
            reading.message_id
            for one in outlook.tracked.every
            for reading in one.readings
            if outlook.stages[one.id] in OVER
        }
        lying = {one: {ref.account for ref in self._ledger.where(one)[:1]} for one in stale if one not in over}
        for wanted in ([one for one in lying if one in zones], [one for one in lying if one not in zones]):
            for account in self._mailboxes:
                yield _Part(account, deque(one for one in wanted if account in lying[one]), zones)

    def _read_some(self, parts: deque[_Part], now: datetime) -> None:
        part = parts[0]
        some = [part.waiting.popleft() for _ in range(min(SOME, len(part.waiting)))]
        try:
            part.read += self._intake.read_anew(self._mailboxes[part.account], some, part.zones)
            self._stuck = False
        except MailbotError:
            self._stuck = True
            part.waiting.extend(some)
            parts.rotate(-1)  # its own trouble is said by the next step
            return
        if not part.waiting:
            parts.popleft()
            self._commit(part, now)

    def _commit(self, part: _Part, now: datetime) -> None:
        before = self._forecast.outlook(now)
        self._ledger.add_readings(part.account, part.read)
        self._forecast.take_anew()
        after = self._forecast.outlook(now)
        for one in _due_only_now(before, after):
            if self._ledger.draft_for(one.identity) is None:
                self._ledger.record_missed(one, now)
        if news := [Change(now, text) for text in _changes(before, after)]:
            known = changes(self._ledger)
            self._ledger.set_meta(CHANGES, msgspec.json.encode([*known, *news]).decode())


def changes(ledger: Ledger) -> tuple[Change, ...]:
    """What reading again has changed, in the order in which it was noticed."""
    return msgspec.json.decode(ledger.meta(CHANGES) or "[]", type=tuple[Change, ...])


def _due_only_now(before: Outlook, after: Outlook) -> Iterator[FollowUp]:
    """What fell due by what was read again, at a time that has gone by."""
    was_due = [one.identity for one in before.plan.follow_ups if one.verdict in WAS_DUE]
    for one in after.plan.follow_ups:
        due = one.verdict in (Verdict.DUE, Verdict.PASSED) and one.due < after.now and one.identity.recipient
        if due and not any(identity.same(one.identity) for identity in was_due):
            yield one


def _changes(before: Outlook, after: Outlook) -> Iterator[str]:
    was = {one.id: one for one in before.tracked.applications}
    now = {one.id: one for one in after.tracked.applications}
    for ident, one in now.items():
        if ident not in was:
            yield f"{one.name} is an application."
            continue
        if one.name != was[ident].name:
            yield f"{was[ident].name} is {one.name}."
        if before.stages[ident] is not after.stages[ident]:
            was_at, is_at = (str(one.stages[ident]).replace("_", " ") for one in (before, after))
            yield f"{one.name}: {was_at}, now {is_at}."
    yield from (f"{one.name} is no application." for ident, one in was.items() if ident not in now)
