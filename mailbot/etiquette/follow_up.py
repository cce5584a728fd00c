"""A follow-up: which letter is due to whom, when and why. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbot.reading.statements import Slot
from mailbot.tracking.application import Contact, Meeting, Promise, Question

# Where the words of a kind are not its name.
_SAID = {
    "thank_you": "thank-you",
    "check_in": "check-in",
    "second_check_in": "second check-in",
    "stay_in_touch": "note to stay in touch",
    "offer_elsewhere": "word of an offer",
    "no_show": "word on the missed interview",
}


class FollowUpKind(StrEnum):
    THANK_YOU = "thank_you"
    FORMAL_LETTER = "formal_letter"
    CHECK_IN = "check_in"
    SECOND_CHECK_IN = "second_check_in"
    INVITATION_REPLY = "invitation_reply"
    OFFER_REPLY = "offer_reply"
    REJECTION_THANKS = "rejection_thanks"
    STAY_IN_TOUCH = "stay_in_touch"
    OFFER_ELSEWHERE = "offer_elsewhere"
    INTERVIEW_NOTES = "interview_notes"
    WITHDRAWAL = "withdrawal"  # asked for by the person
    DECLINE = "decline"  # asked for by the person
    NO_SHOW = "no_show"  # they did not come or call; asked for by the person
    APOLOGY = "apology"  # the person did not; asked for by the person
    CONFIRMATION = "confirmation"  # of a talk fixed by phone

    @property
    def words(self) -> str:
        """As it is said to a person: 'second check-in'."""
        return _SAID.get(self.value, self.value.replace("_", " "))


class Verdict(StrEnum):
    """How a follow-up stands at `now`."""

    COMING = "coming"  # due later
    DUE = "due"  # to be placed
    PASSED = "passed"  # its time went by: missed, if it was never placed
    DONE = "done"  # the person has done it (`settled_by` is their message)
    OVERTAKEN = "overtaken"  # events made it pointless (`settled_by` is the message, where one did)
    UNSURE = "unsure"  # due, if what was read is right: a question
    PAUSED = "paused"  # due, but the person wants nothing new for now
    THEIRS_TO_WRITE = "theirs_to_write"  # due, but the person writes it: another language, or nobody to address


@dataclass(frozen=True, slots=True)
class Identity:
    """What a follow-up is, through every recomputation: never application, company, role, a computed date, account or
    preset. `occasion`: ids of the messages it is about, oldest first. Two of one kind and recipient that share a
    message are the same."""

    kind: FollowUpKind
    recipient: str
    occasion: tuple[str, ...]

    def same(self, other: Identity) -> bool:
        return (
            self.kind == other.kind
            and self.recipient == other.recipient
            and not set(self.occasion).isdisjoint(other.occasion)
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it is due, in a sentence for the person; `guide` and `rule` name where the number comes from ('ours' where
    it is ours), `quote` the words in the mail that made it so."""

    text: str
    guide: str
    rule: str
    quote: str = ""
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`due` and `until` are aware instants; it is placed when due <= now < until. `reply_to` is the message whose
    thread it joins, None for a new thread. `cc` are addresses that an answer keeps. `also_thank` are people without
    an own letter, thanked by name here. `takes_in`: identities of letters still lying on the same application and
    person that this one replaces."""

    identity: Identity
    application: str  # its id
    to: Contact
    due: datetime
    until: datetime
    verdict: Verdict
    reason: Reason
    reply_to: str | None = None
    cc: tuple[str, ...] = ()
    meeting: Meeting | None = None
    promise: Promise | None = None
    arranger: bool = False  # the short letter to whoever fixed the time
    debrief: bool = False  # to an agency's recruiter after an interview
    also_thank: tuple[Contact, ...] = ()
    takes_in: tuple[Identity, ...] = ()
    slots: tuple[Slot, ...] = ()  # what an invitation offers
    settled_by: str | None = None
    settled_at: datetime | None = None
    account: str = ""  # the account in which the draft belongs
    preset: str = ""  # the etiquette's name: some word their letters in their own way
    interested: bool = True  # False: the person said that they are not
    asked: bool = False  # the person wants this letter now, whatever the clock says

    @property
    def kind(self) -> FollowUpKind:
        return self.identity.kind


@dataclass(frozen=True, slots=True)
class Debt:
    """What the person owes and mailbot cannot draft: shown first in `plan`, with the day and the link. `respond_by` is
    the end of the last day; `notices` are the mornings on which the person is reminded of it."""

    application: str
    text: str
    message_id: str
    respond_by: datetime | None
    link: str = ""
    notices: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """Advice in `plan` that is no letter; `on` is the moment from which it holds."""

    application: str
    text: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """All follow-ups of all applications with their verdicts, by due; `next_due` is the next moment at which `plan`
    would say something else without any new message."""

    follow_ups: tuple[FollowUp, ...]
    debts: tuple[Debt, ...] = ()
    hints: tuple[Hint, ...] = ()
    questions: tuple[Question, ...] = ()
    next_due: datetime | None = None
