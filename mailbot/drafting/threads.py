"""Where a letter goes in the mailbox's conversations: its thread, its subject, and the address it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.drafting.letter import Me
from mailbot.drafting.notes import DAY_WORDS
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from mailbot.mail.decoding import clean_line
from mailbot.mail.headers import message_ids
from mailbot.mail.message import Address, Direction
from mailbot.patterns import compiled
from mailbot.reading.statements import Reading
from mailbot.tracking.application import Application

SUBJECT_CAP = 200
CHAIN_CAP = 60  # of a longer chain the first message and the newest are named (RFC 5537 section 3.4.4)

_REPLY_MARKS = compiled(r"^(?:\s*(?:re|aw|sv|antw|rif|vs|odp|ynt)\s*(?:\[\d+\])?\s*:\s*)+")
_ANSWERS = frozenset({FollowUpKind.INVITATION_REPLY, FollowUpKind.OFFER_REPLY, FollowUpKind.REJECTION_THANKS})


@dataclass(frozen=True, slots=True)
class Thread:
    """`answered` is the message that the letter answers, None for a new thread."""

    answered: Reading | None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()

    def subject(self, new: str) -> str:
        """The thread's subject with one 'Re: ' (Gmail joins a thread only by its subject), else the new one."""
        base = _REPLY_MARKS.sub("", clean_line(self.answered.subject)) if self.answered else ""
        return (f"Re: {base}" if base else new)[:SUBJECT_CAP].strip()


def thread_of(follow_up: FollowUp, application: Application) -> Thread:
    """The thread of the message that is answered. A letter that is no answer does not join a thread whose subject is
    true for a day only ('Interview tomorrow')."""
    answered = application.reading(follow_up.reply_to) if follow_up.reply_to else None
    if answered is None or (follow_up.kind not in _ANSWERS and DAY_WORDS.search(answered.subject)):
        return Thread(None)
    ident = next(iter(message_ids(answered.message_id)), None)
    if ident is None or ident.endswith("@digest.invalid>"):
        return Thread(answered)
    chain = answered.references or tuple(one for one in (answered.in_reply_to,) if one)
    chain = tuple(one for one in dict.fromkeys(chain) if one != ident)
    return Thread(answered, ident, (*chain[:1], *chain[1:][-CHAIN_CAP:], ident))


def sender_of(follow_up: FollowUp, application: Application, me: Me) -> Address:
    """The own address that the thread was written to, else the one that their newest mail went to, else the first."""
    known = {one.lower(): one for one in me.addresses}
    answered = application.reading(follow_up.reply_to) if follow_up.reply_to else None
    heard = sorted((one for one in application.readings if one.direction is Direction.IN), key=lambda one: one.date)
    for reading in (*([answered] if answered else []), *reversed(heard)):
        own = (one.email for one in (*reading.to, *reading.cc, *([reading.sender] if reading.sender else [])))
        if (found := next((one for one in own if one in known), None)) is not None:
            return Address(me.name, found)
    return Address(me.name, me.addresses[0].lower())


def recipients(follow_up: FollowUp, thread: Thread, name: str) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """To and Cc, the names as the thread writes them."""
    seen = {one.email: one for one in (*thread.answered.to, *thread.answered.cc)} if thread.answered else {}
    to = Address(name, follow_up.identity.recipient)
    return (to,), tuple(seen.get(one, Address("", one)) for one in follow_up.cc if one != to.email)
