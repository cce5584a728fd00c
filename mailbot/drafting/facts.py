"""What a letter may say: the facts of one follow-up as the words and phrases that templates put together.

A template has no other source, so that nothing can be invented; what is not known is empty and left out. `names.toml`
tells the person what each name holds.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from mailbot.drafting.notes import DAY_WORDS, Topics, topics
from mailbot.drafting.people import in_letter
from mailbot.drafting.scene import Scene, in_its_zone
from mailbot.drafting.wording import Manner, a_role, role_name, short, the_role
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Format, Kind, Part, Reading, Tone
from mailbot.tracking.application import Application, Contact, EventKind, Meeting, MeetingStatus, Promise

STRENGTHS = 3  # of those that the person names, in one letter
_TO_EACH = (FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER)
_TALK = "our conversation"
_ROUNDS = {2: "second interview", 3: "third interview", 4: "fourth interview"}
_OUR_TALK = {Format.PHONE: "our call", Format.ONSITE: "our meeting"}


def facts(scene: Scene) -> dict[str, object]:
    """What every template may use."""
    return {
        **scene.manner.words,
        "friendly": scene.tone is Tone.FRIENDLY,
        "formal": scene.tone is Tone.FORMAL,
        "interested": scene.follow_up.interested,
        **_work(scene),
        **_interview(scene),
        **_promise(scene),
        **_person(scene),
        **_noted(scene),
    }


def subject_facts(scene: Scene) -> dict[str, str]:
    """What subjects may use: `about` is 'ROLE interview' or as much of it as is known, `on` ', 12 March'."""
    role, meeting = role_name(scene.application.role), scene.meeting
    what = "interview" if meeting else "application"
    return {
        "role": role or short(scene.application.company) or "application",
        "about": f"{role} {what}" if role else what.capitalize(),
        "on": f", {scene.manner.short_day(day_of(meeting))}" if meeting else "",
        "name": short(scene.me.name),
    }


def day_of(meeting: Meeting) -> date:
    """The day of an interview in the zone of its invitation."""
    return in_its_zone(meeting).date()


def answer_day(reading: Reading | None, manner: Manner) -> str:
    """The day by which a message asks for an answer."""
    days = (one.respond_by for one in reading.statements) if reading else ()
    day = next((one for one in days if one), None)
    return manner.day(day) if day else ""


def offered(application: Application) -> bool:
    return any(one.kind is EventKind.OFFERED for one in application.events)


def says(reading: Reading | None, *found: Facet | Kind) -> bool:
    """Whether a message says any of these."""
    statements = reading.statements if reading else ()
    return any(one.kind in found or not one.facets.isdisjoint(found) for one in statements)


def _work(scene: Scene) -> dict[str, object]:
    """The role and the firm. People of the firm itself need not be told where they work; an agency does."""
    company = short(scene.application.company)
    role = the_role(scene.application.role)
    at_company = f"at {company}" if company else ""
    role_at = f"{role} {at_company}".strip()
    for_them = role_at if scene.follow_up.to.agency or not role_name(scene.application.role) else role
    return {
        "the_role": role,
        "The_role": f"T{role[1:]}",
        "a_role": a_role(scene.application.role),
        "role_at": role_at,
        "role_for_them": for_them,
        "The_role_for_them": f"T{for_them[1:]}",
        "company": company,
        "at_company": at_company,
        "in_team": _in_team(scene),
    }


def _in_team(scene: Scene) -> str:
    """The team as their newest mail names it, unless the role says as much ('Customer Success Manager')."""
    heard = (one for one in scene.application.readings if one.direction is Direction.IN)
    ordered = sorted(heard, key=lambda one: one.date)
    named = [team for reading in ordered for one in reading.statements if (team := short(one.team))]
    role = role_name(scene.application.role).casefold()
    return scene.manner.team(named[-1]) if named and named[-1].casefold() not in role else ""


def _announced(scene: Scene) -> str:
    """What their invitation said that this interview would be about; each of several interviewers gets another topic of
    it, or none."""
    meeting = scene.follow_up.meeting
    if meeting is None:
        return ""
    before = [one.over_at for one in scene.application.meetings if one.over_at <= meeting.start]
    told = (
        reading
        for reading in scene.application.readings
        if reading.direction is Direction.IN and max(before, default=reading.date) <= reading.date < meeting.start
    )
    said = (short(topic) for reading in told for one in reading.statements for topic in one.topics)
    topics = dict.fromkeys(one for one in said if one and not DAY_WORDS.search(one))
    return next(iter(list(topics)[scene.place :]), "")


def _person(scene: Scene) -> dict[str, object]:
    me, manner, follow_up = scene.me, scene.manner, scene.follow_up
    strengths = me.strengths_for(scene.application.role or "")[:STRENGTHS]
    return {
        "strengths": manner.listed(text for one in strengths if (text := short(one).rstrip(" ."))),
        "references": me.references,
        "phone": short(me.phone),
        "also_thank": manner.listed(name for one in follow_up.also_thank if (name := in_letter(one, manner))),
        "thanks_lying": any(one.kind is FollowUpKind.THANK_YOU for one in follow_up.takes_in),
    }


def noted(scene: Scene) -> Topics:
    """What notes give this letter. A sentence or a file noted for all goes to the first of several interviewers alone:
    they may compare their letters."""
    meeting = scene.follow_up.meeting
    first = next((one.email for one in meeting.interviewers if one.email), None) if meeting else None
    shared = first in (None, scene.follow_up.to.email) or scene.follow_up.kind not in _TO_EACH
    return topics(scene.follow_up, scene.application, scene.notes, shared=shared)


def _noted(scene: Scene) -> dict[str, object]:
    found = noted(scene)
    return {
        "topic": found.phrases[0] if found.phrases else "",
        "second_topic": found.phrases[1] if found.phrases[1:] else "",
        "remark": found.sentences[0] if found.sentences else "",
        "remarks": " ".join(found.sentences[:2]),
        "attached": scene.manner.listed(found.attached),
    }


def _interview(scene: Scene) -> dict[str, object]:
    follow_up, manner, meeting = scene.follow_up, scene.manner, scene.meeting
    people = meeting.interviewers if meeting else ()
    day = manner.day(day_of(meeting)) if meeting else ""
    handed = [one.at for one in scene.application.events if one.kind is EventKind.ASSESSMENT_HANDED_IN]
    others = [one for one in people if one.email != follow_up.to.email or one.name != follow_up.to.name]
    our_talk = _OUR_TALK.get(meeting.format, _TALK) if meeting and meeting.format else _TALK
    return {
        "day": day,
        "on_day": f"on {day}" if day else "",
        "announced": _announced(scene),
        "thanks_for": _thanks_for(follow_up.to, meeting),
        "interview": _ROUNDS.get(meeting.round, "interview") if meeting else "interview",
        "our_talk": our_talk,
        "Our_talk": our_talk.capitalize(),
        "again": "again" if meeting and _met_before(follow_up.to, meeting, scene.application) else "",
        "position": _position(follow_up.to),
        "knows_interview": any(one.email and one.email == follow_up.to.email for one in people),
        "met": manner.listed(name for one in people if (name := in_letter(one, manner))),
        "all_of_you": _all_of_you([name for one in others if (name := in_letter(one, manner))]),
        "handed_in": manner.day(max(handed).astimezone(ZoneInfo(scene.me.zone)).date()) if handed else "",
    }


def _thanks_for(contact: Contact, meeting: Meeting | None) -> str:
    """What thanks that still lie are for: who took part gave time, who did not arranged it."""
    took_part = meeting is None or any(one.email and one.email == contact.email for one in meeting.interviewers)
    return "your time in the interview" if took_part else "arranging the interview"


def _all_of_you(others: list[str]) -> str:
    """'you, Dana and Tom'; never 'you, Dana, and Tom', which would speak to Dana."""
    *most, last = ("you", *dict.fromkeys(others))
    return f"{', '.join(most)} and {last}" if most else last


def _met_before(contact: Contact, meeting: Meeting, application: Application) -> bool:
    earlier = (one for one in application.meetings if one.over_at <= meeting.start and one.start < meeting.start)
    held = (one for one in earlier if one.status is MeetingStatus.FIXED)
    return any(contact.email == who.email for one in held for who in one.interviewers if contact.email)


def _position(contact: Contact) -> str:
    """'Engineering Manager', where the interviewer's own work is of interest: not how a recruiter sees the role."""
    arranging = contact.part in (Part.RECRUITER, Part.COORDINATOR)
    return "" if arranging else short(contact.position).partition(",")[0].partition("|")[0].rstrip(" .")


def _promise(scene: Scene) -> dict[str, object]:
    """`promised`: 'You mentioned that I would hear by Friday, 13 March', the day and who named it; `news`: 'by Friday,
    13 March' in thanks, where a human has said when to expect word."""
    promise, manner = scene.follow_up.promise, scene.manner
    # Where an agency acts, letters to its client touch no timing.
    theirs = () if scene.application.agency and not scene.follow_up.to.agency else scene.application.promises
    spoken = next((one for one in reversed(theirs) if one.window and not one.robot), None)
    due = scene.follow_up.due.date()
    ahead = spoken.window if spoken and spoken.window and spoken.window.latest > due else None
    return {
        "promised": _promised(promise, scene) if promise and promise.window else "",
        "undecided": _undecided(promise, scene) if promise and promise.window is None else "",
        "news": manner.window(ahead) if ahead else "",
    }


def _undecided(promise: Promise, scene: Scene) -> str:
    """The day of their word; not where that is the interview's, which is named already."""
    day = promise.made.date()
    return "" if scene.meeting and day == day_of(scene.meeting) else scene.manner.day(day)


def _promised(promise: Promise, scene: Scene) -> str:
    keeper, manner = promise.keeper, scene.manner
    named = in_letter(keeper, manner) if keeper and not promise.robot else ""
    if keeper and keeper.email == scene.follow_up.to.email and not promise.robot:
        named = "You"
    news = f"that I would hear {manner.window(promise.window)}" if promise.window else ""
    return f"{named} mentioned {news}" if named else f"I understood {news}"
