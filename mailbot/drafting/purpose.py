"""What a letter is for, so that the person's own mail can be held against it: did they do it themselves, is this
draft of theirs the same letter under another Message-ID? Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.drafting.drafts import DraftRecord
from mailbot.drafting.letter import Letter
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.header_block import header_block
from mailbot.mail.message import Direction, Message
from mailbot.mail.mime import parse
from mailbot.reading.statements import Facet, Kind, Reading

# Any mail of the person's in the thread does what these do.
ANSWERS = frozenset({FollowUpKind.INVITATION_REPLY, FollowUpKind.OFFER_REPLY, FollowUpKind.REJECTION_THANKS})
# What the person's mail must be, or add to it, to do what these do. For the rest (a formal letter after a thank-you,
# a word after months, notes to oneself) etiquette alone decides.
DOES: dict[FollowUpKind, tuple[frozenset[Kind], frozenset[Facet]]] = {
    FollowUpKind.THANK_YOU: (frozenset({Kind.OWN_THANK_YOU}), frozenset({Facet.THANKS})),
    FollowUpKind.CHECK_IN: (frozenset({Kind.OWN_CHECK_IN}), frozenset({Facet.ASKS_NEWS})),
    FollowUpKind.SECOND_CHECK_IN: (frozenset({Kind.OWN_CHECK_IN}), frozenset({Facet.ASKS_NEWS})),
    FollowUpKind.OFFER_ELSEWHERE: (frozenset(), frozenset({Facet.TELLS_DEADLINE})),
    FollowUpKind.WITHDRAWAL: (frozenset({Kind.OWN_WITHDRAWAL}), frozenset()),
    FollowUpKind.DECLINE: (frozenset({Kind.OWN_WITHDRAWAL}), frozenset()),
}
THANKS = frozenset({FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER})
_A_MOMENT = timedelta(seconds=1)  # dates in headers have no fractions


@dataclass(frozen=True, slots=True)
class Purpose:
    """`chain`: the Message-IDs of the thread that the letter joins, empty for a new one; `thread` the provider's id.
    Only what is dated after `since` counts, or what answers the mail that asks, `asked`: clocks differ.
    """

    kind: FollowUpKind
    recipient: str
    chain: frozenset[str]
    thread: str | None
    since: datetime
    asked: str | None = None

    def done_by(self, sent: Reading) -> bool:
        """Whether a mail of the person's does what the letter would do: read as that kind, or for an answer any mail
        in that thread, to that recipient, after the occasion."""
        return self._reaches(sent) and (self._joins(sent) if self.kind in ANSWERS else self._does(sent))

    def sent_as(self, sent: Reading) -> bool:
        """Whether a mail in Sent can be this letter, sent by a program that changed its Message-ID: by recipient,
        thread, kind (where one can be told) and time."""
        return self._reaches(sent) and self._joins(sent) and (self.kind not in DOES or self._does(sent))

    def drafted_in(self, raw: bytes, now: datetime) -> bool:
        """Whether a draft is a letter to that recipient in that thread, after `since` (no date: as of `now`)."""
        draft = _headers(raw, now)
        return self._reaches(draft) and self._joins(draft)

    def _reaches(self, mail: Reading | Message) -> bool:
        later = mail.date > self.since or (self.asked is not None and mail.in_reply_to == self.asked)
        return later and any(one.email == self.recipient for one in (*mail.to, *mail.cc))

    def _joins(self, mail: Reading | Message) -> bool:
        answered = {mail.in_reply_to, *mail.references} - {None}
        if not self.chain:
            return not answered
        return not self.chain.isdisjoint(answered) or (self.thread is not None and mail.thread == self.thread)

    def _does(self, sent: Reading) -> bool:
        kinds, facets = DOES.get(self.kind, (frozenset(), frozenset()))
        return any(one.kind in kinds or not facets.isdisjoint(one.facets) for one in sent.statements)


def purpose_of(letter: Letter, thread: str | None, since: datetime) -> Purpose:
    """What a letter that is to be placed is for; `since` is the moment of its occasion, for thanks not before the
    end of what they are for."""
    identity, meeting = letter.follow_up.identity, letter.follow_up.meeting
    if meeting is not None and identity.kind in THANKS:
        since = max(since, meeting.over_at)
    chain = frozenset(one for one in (letter.in_reply_to, *letter.references) if one)
    asks = identity.kind in ANSWERS and letter.follow_up.reply_to in identity.occasion
    asked = letter.in_reply_to if asks else None
    return Purpose(identity.kind, identity.recipient, chain, thread, since, asked)


def purpose_kept(record: DraftRecord) -> Purpose:
    """What a letter in the ledger is for, from the moment at which it was intended."""
    mail = _headers(record.raw, record.intended_at)
    chain = frozenset(one for one in (mail.in_reply_to, *mail.references) if one)
    since = record.intended_at - _A_MOMENT
    return Purpose(record.identity.kind, record.identity.recipient, chain, record.thread, since)


def _headers(raw: bytes, date: datetime) -> Message:
    """The headers of a draft; `date` counts where it has none."""
    return parse(header_block(raw), direction=Direction.OUT, arrived=date)
