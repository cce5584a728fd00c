"""What is worth a notice at a moment, by what the ledger says. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.etiquette.follow_up import Debt, FollowUp, FollowUpKind, Verdict
from mailbot.mail.decoding import clean_line
from mailbot.outcome import Outlook
from mailbot.pages import Pages

# What became so longer ago is no news: a person who turns notices on, or comes back after weeks, has `status`.
LATE = timedelta(days=3)
# After so long a failure that passes by itself is worth a word.
PATIENCE = timedelta(hours=24)
NO_PAGES = Pages()
CHECK_INS = (FollowUpKind.CHECK_IN, FollowUpKind.SECOND_CHECK_IN)
UNANSWERED = (Verdict.COMING, Verdict.DUE, Verdict.PAUSED, Verdict.THEIRS_TO_WRITE)


@dataclass(frozen=True, slots=True)
class Notice:
    """One event. `key` names it for ever and tells nothing; `at`: when it became so; `text` names nobody, `details`
    does."""

    key: str
    at: datetime
    text: str
    details: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """An account that does not work, since when; `transient`: it may pass by itself."""

    account: str
    since: datetime
    transient: bool


def notices(
    outlook: Outlook,
    drafts: Collection[DraftRecord],
    troubles: Collection[Trouble],
    told: Collection[str],
    pages: Pages = NO_PAGES,
) -> tuple[Notice, ...]:
    """Everything that became so lately and that nobody was told of yet, the oldest first. `pages` show where to go."""
    found = [*_drafts(drafts, pages), *_debts(outlook, pages), *_promises(outlook), *_troubles(outlook.now, troubles)]
    fresh = (one for one in found if timedelta(0) <= outlook.now - one.at <= LATE and one.key not in told)
    return tuple(sorted(fresh, key=lambda one: (one.at, one.key)))


def _key(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _drafts(drafts: Collection[DraftRecord], pages: Pages) -> Iterator[Notice]:
    """A draft that is composed anew bears the same Message-ID: it is the same event."""
    for one in drafts:
        if one.status is DraftStatus.PLACED and one.placed_at is not None:
            kind = one.identity.kind
            head = f"A draft waits for you: {kind.words}"
            tail = " It names a time: check your calendar." if kind is FollowUpKind.INVITATION_REPLY else ""
            named = f"{head} to {one.identity.recipient}, \u201c{one.subject}\u201d.{tail} {pages.of_draft(one)}"
            yield Notice(_key("draft", one.message_id), one.placed_at, f"{head}.{tail}", named.rstrip())


def _debts(outlook: Outlook, pages: Pages) -> Iterator[Notice]:
    """What is owed is said when it is asked, and on the mornings on which the preset reminds of it."""
    for debt in outlook.plan.debts:
        by = f" by {_last_day(debt.respond_by)}" if debt.respond_by else ""
        asked = outlook.application(debt.application).reading(debt.message_id)
        moments = [*((asked.date,) if asked else ()), *debt.notices]
        for number, at in enumerate(moments):
            named = _owed(debt, by, pages.of_mail(asked))
            yield Notice(_key("owed", debt.message_id, str(number)), at, f"You owe an answer{by}.", named)


def _owed(debt: Debt, by: str, page: str) -> str:
    return " ".join(filter(None, (f"Yours{by}: {debt.text}", debt.link, page)))


def _last_day(end: datetime) -> str:
    last = end - timedelta(microseconds=1)
    return f"{last:%A} {last.day} {last:%B}"


def _promises(outlook: Outlook) -> Iterator[Notice]:
    """A promised day that went by without a word: the check-in that it makes due is still open."""
    for one in outlook.plan.follow_ups:
        promise = one.promise
        if one.kind in CHECK_INS and one.verdict in UNANSWERED and promise is not None and promise.window is not None:
            day = promise.window.latest
            passed = datetime.combine(day + timedelta(days=1), time(), outlook.now.tzinfo)
            yield Notice(
                _key("promise", promise.by), passed, "A promised day has passed without a word.", _passed(one, outlook)
            )


def _passed(follow_up: FollowUp, outlook: Outlook) -> str:
    name = outlook.application(follow_up.application).name
    return f"{name}: the day that they named has passed without a word."


def _troubles(now: datetime, troubles: Collection[Trouble]) -> Iterator[Notice]:
    for one in troubles:
        if one.transient and now - one.since < PATIENCE:
            continue
        what = "has not answered for a day" if one.transient else "needs you: mailbot status says what is wrong"
        key = _key("trouble", one.account, one.since.isoformat())
        yield Notice(key, now, f"An account {what}.", f"The account {one.account} {what}.")


def as_text(several: Collection[Notice], *, details: bool) -> str:
    """Several notices in one, a line each; what is the same is said once, with how often."""
    lines = Counter(clean_line(one.details if details else one.text) for one in several)
    return "\n".join(line if often == 1 else f"{line} ({often})" for line, often in lines.items())
