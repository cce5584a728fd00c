"""What a letter is composed from, and what follows from it at once: which interview, which tone, which wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from mailbot.drafting.letter import Me, Note
from mailbot.drafting.people import greeting, on_first_names
from mailbot.drafting.wording import Manner, manner_name
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from mailbot.mail.message import Direction
from mailbot.reading.statements import Part, Reading, Tone, Writer
from mailbot.tracking.application import Application, Contact, Meeting, MeetingStatus

_FORMAL = (FollowUpKind.FORMAL_LETTER,)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a letter is composed from."""

    follow_up: FollowUp
    application: Application
    me: Me
    now: datetime
    notes: Sequence[Note]
    others: Sequence[Application]
    busy: tuple[tuple[datetime, datetime], ...] = ()  # by the person's own calendar

    @property
    def about(self) -> Reading | None:
        """The newest message that the letter is about: the invitation, the offer, the no."""
        found = (self.application.reading(one) for one in self.follow_up.identity.occasion)
        return max((one for one in found if one), key=lambda one: one.date, default=None)

    @property
    def meeting(self) -> Meeting | None:
        """The interview that the letter is about, else the last that was held."""
        if self.follow_up.meeting:
            return self.follow_up.meeting
        held = (
            one for one in self.application.meetings if one.status is MeetingStatus.FIXED and one.over_at <= self.now
        )
        return max(held, key=lambda one: one.over_at, default=None)

    @property
    def tone(self) -> Tone:
        """The recipient's own, in their newest mail; a letter to who never wrote, and a formal letter, is neutral or
        formal."""
        if self.follow_up.kind in _FORMAL:
            return Tone.FORMAL
        theirs = self._wrote(self.follow_up.to)
        return max(theirs, key=lambda one: one.date).tone if theirs else Tone.NEUTRAL

    @property
    def manner(self) -> Manner:
        zones = (self.meeting.zone if self.meeting else "", self.me.zone)
        domain = self.follow_up.identity.recipient.rpartition("@")[2]
        return Manner(manner_name(self.me.manner, domain, zones, self.me.country), self.tone)

    def greeting(self, contact: Contact) -> str:
        """How that person is greeted; by the first name only where one of their mails shows that it is right."""
        each = [replace(contact, signs=one.signed) for one in self._wrote(contact) if self._by_first_name(contact, one)]
        contact = each[-1] if each else contact
        known = bool(each) or any(one.first_names and one.person in (contact.email, contact.name) for one in self.notes)
        return greeting(contact, self.manner, first_names=known, formal=self.follow_up.kind in _FORMAL)

    def _by_first_name(self, contact: Contact, reading: Reading) -> bool:
        """Whether that mail of theirs shows that the two are on first-name terms."""
        signing = replace(contact, signs=reading.signed)
        return on_first_names(signing, reading.tone, reading.calls_reader, self.me.name)

    def wording(self, several: int) -> int:
        """Which of so many wordings this letter gets, from 1. Of one interview: by the recipient's place among those
        who can be written to, so that no two get the same; another one in each round. People differ in where they
        begin, so that a recruiter who gets many such letters does not read one text again and again."""
        meeting = self.follow_up.meeting
        if meeting is None or self.follow_up.arranger:
            identity = self.follow_up.identity
            return _number("\0".join((identity.recipient, *identity.occasion[:1]))) % several + 1
        return (_number(self.me.name) + self.place + meeting.round - 1) % several + 1

    @property
    def place(self) -> int:
        """The recipient's place, from 0, among the interviewers who can be written to."""
        met = self.follow_up.meeting.interviewers if self.follow_up.meeting else ()
        people = sorted(met, key=lambda one: one.part is not Part.HIRING_MANAGER)
        emails = list(dict.fromkeys(one.email for one in people if one.email))
        return emails.index(self.follow_up.to.email) if self.follow_up.to.email in emails else 0

    def _wrote(self, contact: Contact) -> list[Reading]:
        """What that person wrote with their own hand."""
        return [
            one
            for one in self.application.readings
            if one.direction is Direction.IN
            and one.writer is Writer.PERSON
            and (one.message_id in contact.wrote or (one.sender is not None and one.sender.email == contact.email))
        ]


def in_its_zone(meeting: Meeting) -> datetime:
    """When an interview began, in the zone of its invitation."""
    return meeting.start.astimezone(ZoneInfo(meeting.zone)) if meeting.zone else meeting.start


def _number(text: str) -> int:
    """A number that is always the same for the same text."""
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:4])
