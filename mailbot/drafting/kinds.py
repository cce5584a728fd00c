"""What each kind of letter adds to the common facts, which template it takes, and its subject."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from mailbot.drafting import times
from mailbot.drafting.data import table
from mailbot.drafting.facts import answer_day, facts, offered, says, subject_facts
from mailbot.drafting.letter import Note
from mailbot.drafting.people import full_name
from mailbot.drafting.scene import Scene, in_its_zone
from mailbot.drafting.templating import Templates
from mailbot.drafting.wording import plain, short
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Format, InterviewStatus, Kind, Reading, Slot

NOTES_SHOWN = 20
_OWN_WORDING = "one-follow-up"  # the preset whose guide wants the thanks brief and the check-in long

_HOW = {Format.PHONE: ", by phone", Format.VIDEO: ", by video"}

_SUBJECTS = {
    FollowUpKind.THANK_YOU: "Thank you: {about}{on}",
    FollowUpKind.FORMAL_LETTER: "Job interview follow-up: {name}, {role}",
    FollowUpKind.CHECK_IN: "Following up: {about}{on}",
    FollowUpKind.SECOND_CHECK_IN: "Following up: {about}{on}",
    FollowUpKind.INVITATION_REPLY: "Interview: {role}",
    FollowUpKind.OFFER_REPLY: "Your offer: {role}",
    FollowUpKind.REJECTION_THANKS: "Thank you: {role}",
    FollowUpKind.STAY_IN_TOUCH: "Staying in touch",
    FollowUpKind.OFFER_ELSEWHERE: "{about}: a question of timing",
    FollowUpKind.INTERVIEW_NOTES: "Notes: {about}{on}",
    FollowUpKind.WITHDRAWAL: "Withdrawing my application: {role}",
    FollowUpKind.DECLINE: "Thank you, and my answer: {role}",
    FollowUpKind.NO_SHOW: "Another time to talk: {role}",
    FollowUpKind.APOLOGY: "My apologies: {role}",
    FollowUpKind.CONFIRMATION: "Our conversation: {role}",
}


def new_subject(scene: Scene) -> str:
    """The subject of a letter that opens a thread, in the guides' form: 'Thank you: ROLE interview, 12 March'."""
    return _SUBJECTS[scene.follow_up.kind].format(**subject_facts(scene))


def template_name(scene: Scene, templates: Templates) -> str:
    """Which template a letter takes, and in which of its wordings."""
    family = _family(scene)
    several = templates.wordings(family)
    return f"{family}.{scene.wording(several)}" if several else family


def _family(scene: Scene) -> str:
    follow_up = scene.follow_up
    own = follow_up.preset == _OWN_WORDING
    if follow_up.kind is FollowUpKind.THANK_YOU:
        if follow_up.debrief:
            return "thank_you_debrief"
        if follow_up.arranger:
            return "thank_you_arranger"
        return "thank_you_brief" if own else "thank_you"
    return "check_in_long" if own and follow_up.kind is FollowUpKind.CHECK_IN else str(follow_up.kind)


def values(scene: Scene) -> dict[str, object]:
    """All that the template of this letter may use."""
    special = _SPECIAL.get(scene.follow_up.kind)
    return {**facts(scene), **(special(scene) if special else {})}


def _second_check_in(scene: Scene) -> dict[str, object]:
    """The day on which the person asked first."""
    occasion = (scene.application.reading(one) for one in scene.follow_up.identity.occasion)
    asked = [one for one in occasion if one and one.direction is Direction.OUT]
    return {"asked_on": scene.manner.day(asked[-1].date.date()) if asked else ""}


def _invitation_reply(scene: Scene) -> dict[str, object]:
    """The times that suit: of those offered, else a booking page, else three proposals."""
    said: dict[str, object] = {
        "moved": says(scene.about, Kind.INTERVIEW_RESCHEDULED),
        "advances": says(scene.about, Facet.ADVANCES),
        "booking": says(scene.about, Facet.BOOKING_LINK),
        "call_me": short(scene.me.phone) if _by_phone(scene.about) else "",
        **dict.fromkeys(("agreed", "first_choice", "second_choice", "none_suits"), ""),
        "proposals": (),
    }
    applications = (scene.application, *scene.others)
    diary = times.diary(scene.me, scene.now, applications, scene.follow_up.identity.occasion, scene.busy)
    own = ZoneInfo(scene.me.zone)
    fixed = _asked_whether_it_suits(scene.about)
    offered_times = scene.follow_up.slots or fixed
    chosen = times.choose(offered_times, diary)
    theirs = _their_zone(scene)
    spoken = [times.spoken(times.named(one, theirs), own, scene.manner) for one in chosen]
    if spoken and not scene.follow_up.slots and len(fixed) == 1:
        return {**said, "agreed": spoken[0]}
    if spoken:
        return {**said, "first_choice": spoken[0], "second_choice": spoken[1] if spoken[1:] else ""}
    if said["booking"]:
        return said
    proposals = tuple(times.spoken(one, theirs, scene.manner) for one in times.propose(diary, theirs))
    none = "none of the times you offer suits me" if len(offered_times) > 1 else "that time does not suit me"
    return {**said, "proposals": proposals, "none_suits": none if offered_times else ""}


def _by_phone(reading: Reading | None) -> bool:
    """Whether they will call."""
    talks = (one for statement in (reading.statements if reading else ()) for one in statement.interviews)
    return any(one.format is Format.PHONE for one in talks) or says(reading, Facet.ASKS_TO_CALL)


def _asked_whether_it_suits(reading: Reading | None) -> tuple[Slot, ...]:
    """The times that a message fixes while asking whether they suit."""
    talks = (one for statement in (reading.statements if reading else ()) for one in statement.interviews)
    return tuple(Slot(one.start, one.end) for one in talks if one.status is InterviewStatus.SCHEDULED)


def _their_zone(scene: Scene) -> ZoneInfo | None:
    """The zone in which their interviews were fixed; else the person's own, if their clock showed the same time."""
    zones = [one.zone for one in scene.application.meetings if one.zone]
    if zones:
        return ZoneInfo(zones[-1])
    own = ZoneInfo(scene.me.zone)
    alike = scene.about is not None and scene.about.date.utcoffset() == scene.about.date.astimezone(own).utcoffset()
    return own if alike else None


def _offer_reply(scene: Scene) -> dict[str, object]:
    return {
        "in_writing": says(scene.about, Facet.IN_WRITING),
        "answer_by": answer_day(scene.about, scene.manner),
    }


def _rejection_thanks(scene: Scene) -> dict[str, object]:
    """Advice is asked for only where the mail neither gives nor refuses it, and only after a talk."""
    closed = says(scene.about, Kind.POSITION_CLOSED)
    theirs = scene.about.sender.email if scene.about and scene.about.sender else ""
    given = says(scene.about, Facet.GIVES_FEEDBACK, Facet.REFUSES_FEEDBACK)
    return {
        "closed": closed,
        "told_by_them": theirs == scene.follow_up.identity.recipient,
        "asks_feedback": not closed and not given and scene.meeting is not None,
    }


def _stay_in_touch(scene: Scene) -> dict[str, object]:
    """Whether the receiver wrote of later roles."""
    theirs = (one for one in scene.application.readings if one.sender and one.sender.email == scene.follow_up.to.email)
    return {"invited": any(says(one, Facet.FUTURE_ROLES) for one in theirs)}


def _offer_elsewhere(scene: Scene) -> dict[str, object]:
    """The day by which the other offer must be answered; nothing else of it."""
    about = scene.follow_up.identity.occasion
    found = (one.reading(ident) for one in scene.others for ident in about)
    return {"answer_by": answer_day(next((one for one in found if one), None), scene.manner)}


def _decline(scene: Scene) -> dict[str, object]:
    return {"offered": offered(scene.application)}


def _confirmation(scene: Scene) -> dict[str, object]:
    """Day, time and place of the talk."""
    meeting = scene.meeting
    statements = (scene.about.statements if scene.about else ()) if meeting else ()
    places = [short(talk.location) for one in statements for talk in one.interviews if talk.location]
    form = _HOW.get(meeting.format, "") if meeting and meeting.format else ""
    return {
        "when": times.spoken(in_its_zone(meeting), ZoneInfo(scene.me.zone), scene.manner) if meeting else "",
        "how": f", at {places[-1]}" if places and places[-1] else form,
    }


def _interview_notes(scene: Scene) -> dict[str, object]:
    meeting = scene.follow_up.meeting
    people = meeting.interviewers if meeting else ()
    earlier = {ident for one in scene.application.meetings if one is not meeting for ident in one.fixed_by}
    ours = {one.message_id for one in scene.application.readings}
    kept = [one for one in scene.notes if not earlier.isdisjoint(one.about) and not ours.isdisjoint(one.about)]
    return {
        "heading": plain(new_subject(scene)).removeprefix("Notes: "),
        "when": times.spoken(in_its_zone(meeting), ZoneInfo(scene.me.zone), scene.manner) if meeting else "",
        "where": _where(scene),
        "people": tuple(
            {"name": name, "position": short(one.position), "greeting": scene.greeting(one).rstrip(",")}
            for one in people
            if (name := full_name(one.name))
        ),
        "earlier": tuple(_as_kept(one) for one in kept[:NOTES_SHOWN]),
    }


def _as_kept(note: Note) -> str:
    label = table("english.toml")["notes"]["kept"].get(note.kind, "")
    return ": ".join(filter(None, (label, plain(note.person), plain(note.topic))))


def _where(scene: Scene) -> str:
    """The place or the link of the interview, as the newest message has it."""
    meeting = scene.follow_up.meeting
    statements = (one for reading in scene.application.readings for one in reading.statements)
    said = (one for statement in statements for one in statement.interviews)
    places = [plain(one.location) for one in said if meeting and one.start == meeting.start and one.location]
    form = str(meeting.format or "") if meeting else ""
    return ", ".join(filter(None, (form, places[-1] if places else "")))


_SPECIAL: dict[FollowUpKind, Callable[[Scene], dict[str, object]]] = {
    FollowUpKind.SECOND_CHECK_IN: _second_check_in,
    FollowUpKind.INVITATION_REPLY: _invitation_reply,
    FollowUpKind.OFFER_REPLY: _offer_reply,
    FollowUpKind.REJECTION_THANKS: _rejection_thanks,
    FollowUpKind.STAY_IN_TOUCH: _stay_in_touch,
    FollowUpKind.OFFER_ELSEWHERE: _offer_elsewhere,
    FollowUpKind.INTERVIEW_NOTES: _interview_notes,
    FollowUpKind.DECLINE: _decline,
    FollowUpKind.CONFIRMATION: _confirmation,
}
