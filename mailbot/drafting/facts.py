"""What a letter may say: the facts of one follow-up as the words and phrases that templates put together.

A template has no other source, so that nothing can be invented; what is not known is empty and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.drafting.letter import Me, Note
from mailbot.drafting.notes import Topics, topics
from mailbot.drafting.people import greeting, in_letter, on_first_names
from mailbot.drafting.wording import Manner, listed, manner_name, role_name, short, the_role
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Part, Reading, Tone, Writer
from mailbot.tracking.application import Application, Contact, EventKind, Meeting, MeetingStatus, Promise

VARIANTS = 4
_FORMAL = (FollowUpKind.FORMAL_LETTER,)
_TO_EACH = (FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that a letter is composed from."""

    follow_up: FollowUp
    application: Application
    me: Me
    now: datetime
    notes: Sequence[Note]
    others: Sequence[Application]

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
        known = any(on_first_names(contact, one.tone, one.calls_reader, self.me.name) for one in self._wrote(contact))
        return greeting(contact, self.manner, first_names=known, formal=self.follow_up.kind in _FORMAL)

    def _wrote(self, contact: Contact) -> list[Reading]:
        """What that person wrote with their own hand."""
        return [
            one
            for one in self.application.readings
            if one.direction is Direction.IN
            and one.writer is Writer.PERSON
            and (one.message_id in contact.wrote or (one.sender is not None and one.sender.email == contact.email))
        ]


def variant(follow_up: FollowUp) -> int:
    """Which of the wordings this recipient gets, from 1: by their place among the interviewers who can be written to,
    so that no two of one interview get the same; another one in each round."""
    if follow_up.meeting is None:
        return 1
    people = sorted(follow_up.meeting.interviewers, key=lambda one: one.part is not Part.HIRING_MANAGER)
    emails = list(dict.fromkeys(one.email for one in people if one.email))
    place = emails.index(follow_up.to.email) if follow_up.to.email in emails else 0
    return (place + follow_up.meeting.round - 1) % VARIANTS + 1


def facts(scene: Scene) -> dict[str, object]:
    """What every template may use."""
    follow_up, manner = scene.follow_up, scene.manner
    company = short(scene.application.company)
    role = the_role(scene.application.role)
    at_company = f"at {company}" if company else ""
    noted = _noted(scene)
    return {
        **manner.words,
        **_interview(scene),
        **_promise(scene),
        "the_role": role,
        "role_at": f"{role} {at_company}".strip(),
        "Role_at": f"T{role[1:]} {at_company}".strip(),
        "at_company": at_company,
        "position": _position(follow_up.to),
        "strengths": listed(text for one in scene.me.strengths[:3] if (text := short(one).rstrip(" ."))),
        "references": scene.me.references,
        "topic": noted.phrases[0] if noted.phrases else "",
        "second_topic": noted.phrases[1] if len(noted.phrases) > 1 else "",
        "remark": noted.sentences[0] if noted.sentences else "",
        "remarks": " ".join(noted.sentences[:2]),
        "also_thank": listed(name for one in follow_up.also_thank if (name := in_letter(one, manner))),
        "thanks_lying": any(one.kind is FollowUpKind.THANK_YOU for one in follow_up.takes_in),
    }


def subject_facts(scene: Scene) -> dict[str, str]:
    """What subjects may use: `about` is 'ROLE interview, 12 March' or as much of it as is known."""
    role, meeting = role_name(scene.application.role), scene.meeting
    on = f", {scene.manner.short_day(day_of(meeting))}" if meeting else ""
    what = "interview" if meeting else "application"
    return {
        "role": role or short(scene.application.company) or "application",
        "about": f"{role} {what}{on}" if role else f"{what.capitalize()}{on}",
        "name": short(scene.me.name),
    }


def day_of(meeting: Meeting) -> date:
    """The day of an interview in the zone of its invitation."""
    return in_its_zone(meeting).date()


def in_its_zone(meeting: Meeting) -> datetime:
    return meeting.start.astimezone(ZoneInfo(meeting.zone)) if meeting.zone else meeting.start


def answer_day(reading: Reading | None, manner: Manner) -> str:
    """The day by which a message asks for an answer."""
    days = (one.respond_by for one in reading.statements) if reading else ()
    day = next((one for one in days if one), None)
    return manner.day(day) if day else ""


def _noted(scene: Scene) -> Topics:
    """A sentence noted for all goes to the first of several interviewers alone: they may compare their letters."""
    meeting = scene.follow_up.meeting
    first = next((one.email for one in meeting.interviewers if one.email), None) if meeting else None
    shared = first in (None, scene.follow_up.to.email) or scene.follow_up.kind not in _TO_EACH
    return topics(scene.follow_up, scene.application, scene.notes, shared=shared)


def _interview(scene: Scene) -> dict[str, object]:
    follow_up, manner, meeting = scene.follow_up, scene.manner, scene.meeting
    people = meeting.interviewers if meeting else ()
    day = manner.day(day_of(meeting)) if meeting else ""
    handed = [one.at for one in scene.application.events if one.kind is EventKind.ASSESSMENT_HANDED_IN]
    others = [one for one in people if one.email != follow_up.to.email or one.name != follow_up.to.name]
    return {
        "day": day,
        "on_day": f"on {day}" if day else "",
        "knows_interview": any(one.email and one.email == follow_up.to.email for one in people),
        "met": listed(name for one in people if (name := in_letter(one, manner))),
        "all_of_you": listed(("you", *(name for one in others if (name := in_letter(one, manner))))),
        "handed_in": manner.day(max(handed).astimezone(ZoneInfo(scene.me.zone)).date()) if handed else "",
    }


def _promise(scene: Scene) -> dict[str, object]:
    promise = scene.follow_up.promise
    return {
        "promised": _promised(promise, scene) if promise else "",
        "dated": bool(promise and promise.window),
    }


def _promised(promise: Promise, scene: Scene) -> str:
    """'You mentioned that I would hear by Friday, 13 March': the day, and who named it."""
    keeper, manner = promise.keeper, scene.manner
    if promise.window is None:
        return f"On {manner.day(promise.made.date())} the decision was still open"
    named = in_letter(keeper, manner) if keeper and not promise.robot else ""
    if keeper and keeper.email == scene.follow_up.to.email and not promise.robot:
        named = "You"
    news = f"that I would hear {manner.window(promise.window)}"
    return f"{named} mentioned {news}" if named else f"I understood {news}"


def _position(contact: Contact) -> str:
    """'Engineering Manager', where the interviewer's own work is of interest: not how a recruiter sees the role."""
    arranging = contact.part in (Part.RECRUITER, Part.COORDINATOR)
    return "" if arranging else short(contact.position).partition(",")[0].partition("|")[0].strip()


def offered(application: Application) -> bool:
    return any(one.kind is EventKind.OFFERED for one in application.events)


def says(reading: Reading | None, *found: Facet | Kind) -> bool:
    """Whether a message says any of these."""
    statements = reading.statements if reading else ()
    return any(one.kind in found or not one.facets.isdisjoint(found) for one in statements)
