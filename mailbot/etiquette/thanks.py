"""Thanks after an interview: to each interviewer, to whoever fixed the time, and the formal letter days later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mailbot.etiquette.case import Case, Sent, Settled
from mailbot.etiquette.contacts import addressable, main_contact, may_be_addressed
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Reason
from mailbot.etiquette.rules import THROUGH, Rule
from mailbot.etiquette.verdicts import by_you, called, first, follow_up, quoted, spoken
from mailbot.etiquette.wishes import TopicNoted
from mailbot.reading.statements import Part
from mailbot.tracking.application import Contact, EventKind, Meeting, MeetingStatus

_DECIDED = (EventKind.REJECTED, EventKind.CLOSED, EventKind.WITHDREW, EventKind.ACCEPTED)


@dataclass(frozen=True, slots=True)
class _Thanked:
    """One interview shared out: who gets a letter of their own, who is thanked by name in another's, and who gets the
    short letter for fixing the time."""

    meeting: Meeting
    own: tuple[Contact, ...]
    by_name: tuple[Contact, ...]
    arranger: Contact | None


def thanks(case: Case) -> Iterator[FollowUp]:
    """The thank-yous of every interview."""
    everyone = [_share_out(case, one) for one in case.application.meetings]
    shared = [replace(one, arranger=None) if _meets_too(case, one, everyone) else one for one in everyone]
    for one in shared:
        for at, person in enumerate(one.own):
            by_name = one.by_name if at == 0 and one.arranger is None else ()
            yield _thank(case, person, (one.meeting,), also_thank=by_name)
    rounds: defaultdict[tuple[str | None, int], list[_Thanked]] = defaultdict(list)
    for one in shared:
        if one.arranger:
            rounds[one.arranger.email, one.meeting.round].append(one)
    for several in rounds.values():
        yield _thank_arranger(case, several)


def _meets_too(case: Case, thanked: _Thanked, everyone: Sequence[_Thanked]) -> bool:
    """Whether who arranged an interview holds another one on the same day, and is thanked for that."""
    day = case.calendar.day(thanked.meeting.over_at)
    return thanked.arranger is not None and any(
        one.meeting.status is MeetingStatus.FIXED
        and case.calendar.day(one.meeting.over_at) == day
        and any(each.email == thanked.arranger.email for each in one.own)
        for one in everyone
    )


def formal_letters(case: Case) -> Iterator[FollowUp]:
    """The longer letter to each interviewer, some working days after the interview."""
    if not case.etiquette.writes(FollowUpKind.FORMAL_LETTER):
        return
    after, last = case.etiquette.days("formal_letter.after"), case.etiquette.days("formal_letter.until")
    for meeting in case.application.meetings:
        day = case.calendar.day(meeting.over_at)
        due = case.calendar.morning(case.calendar.count(day, after))
        for person in _share_out(case, meeting).own:
            text = f"{called(person)} gets a letter {after.days} working days after the interview of {spoken(day)}."
            yield follow_up(
                case,
                FollowUpKind.FORMAL_LETTER,
                person,
                meeting.fixed_by,
                due=due,
                until=case.calendar.end_of(case.calendar.count(day, last)),
                reason=_reason(case, meeting, text, after),
                settled=first(
                    _written(case, meeting, person, due),
                    called_off(case, meeting),
                    decided(case, meeting),
                    _went_on(case, meeting),
                ),
                meeting=meeting,
            )


def _share_out(case: Case, meeting: Meeting) -> _Thanked:
    people = addressable(case, meeting.interviewers)
    through = main_contact(case, meeting.over_at) if case.etiquette.agency == THROUGH else None
    if through and through.agency:
        own = tuple(one for one in people if one.agency)
        arranger: Contact | None = through
    else:
        most = case.etiquette.count("thank_you.own_letters")
        noted = {wish.person.casefold() for wish in case.wishes if isinstance(wish, TopicNoted)}
        own = tuple(sorted(people, key=lambda one: _rank(one, noted))[:most])
        arranger = meeting.arranger
    emails = {one.email for one in own}
    if arranger and (arranger.email in emails or not may_be_addressed(case, arranger)):
        arranger = None
    by_name = tuple(one for one in meeting.interviewers if one.email not in emails and one.name)
    return _Thanked(meeting, own, by_name, arranger)


def _rank(one: Contact, noted: Collection[str]) -> tuple[bool, bool]:
    """The hiring manager first, then those whom the person noted something for; a name may be in part."""
    own = {one.email or "", one.name.casefold(), *one.name.casefold().split()}
    return one.part is not Part.HIRING_MANAGER, own.isdisjoint(noted)


def _thank_arranger(case: Case, several: list[_Thanked]) -> FollowUp:
    """One letter after the last interview of a round that one person arranged."""
    held = [one for one in several if one.meeting.status is MeetingStatus.FIXED] or several
    person = held[-1].arranger
    assert person is not None  # noqa: S101 - only those with an arranger are gathered
    by_name = {(one.name, one.email): one for thanked in held for one in thanked.by_name}
    meetings = tuple(sorted((one.meeting for one in held), key=lambda one: one.over_at))
    return _thank(case, person, meetings, arranger=True, debrief=person.agency, also_thank=tuple(by_name.values()))


def _thank(
    case: Case, person: Contact, meetings: tuple[Meeting, ...], *, debrief: bool = False, **more: Any
) -> FollowUp:
    """Thanks for these interviews, the last of which makes them due."""
    last = meetings[-1]
    rule, until = case.etiquette.hours("thank_you.after"), case.etiquette.days("thank_you.until")
    day = case.calendar.day(last.over_at)
    text = f"The interview of {spoken(day)} is over; {called(person)} is thanked within two hours."
    return follow_up(
        case,
        FollowUpKind.THANK_YOU,
        person,
        tuple(message for meeting in meetings for message in meeting.fixed_by),
        due=case.calendar.after(last.over_at, rule),
        until=case.calendar.end_of(case.calendar.count(day, until)),
        reason=_reason(case, last, text, rule),
        settled=first(
            _thanked(case, meetings[0], person),
            _debriefed(case, last, person) if debrief else None,
            called_off(case, last),
            decided(case, last),
            _offered(case, last),
        ),
        meeting=last,
        debrief=debrief,
        **more,
    )


def _reason(case: Case, meeting: Meeting, text: str, rule: Rule) -> Reason:
    fixed = case.by_id.get(meeting.fixed_by[-1]) if meeting.fixed_by else None
    return Reason(text, rule.guide, rule.name, quoted(fixed), fixed.message_id if fixed else None)


def _thanks_for(case: Case, meeting: Meeting, person: Contact) -> list[Sent]:
    """What the person sent to thank them since the interview began: it may have ended early."""
    return [one for one in case.sent if one.thanks and one.at >= meeting.start and person.email in one.to]


def _thanked(case: Case, meeting: Meeting, person: Contact) -> Settled | None:
    sent = _thanks_for(case, meeting, person)
    return by_you(case, sent[0], f"You thanked {called(person)}") if sent else None


def _debriefed(case: Case, meeting: Meeting, person: Contact) -> Settled | None:
    """Whatever the person told an agency's recruiter of their own accord once the interview was over."""
    told = min(case.own_words(meeting.over_at, person.email), key=lambda one: one.at, default=None)
    return by_you(case, told, f"You told {called(person)}") if told else None


def _written(case: Case, meeting: Meeting, person: Contact, due: datetime) -> Settled | None:
    """The first thanks are the short ones; what comes after them, or this late, is the letter."""
    sent = [one for at, one in enumerate(_thanks_for(case, meeting, person)) if at or one.at >= due]
    sent += case.own_words(due, person.email)
    return by_you(case, min(sent, key=lambda one: one.at), f"You wrote to {called(person)}") if sent else None


def called_off(case: Case, meeting: Meeting) -> Settled | None:
    """Cancelled, or in doubt until a later word fixes a time or shows that it was held."""
    if meeting.status is MeetingStatus.FIXED:
        return None
    if meeting.status is MeetingStatus.CANCELLED:
        at = case.date(meeting.cancelled_by, min(case.now, meeting.start))
        return Settled(at, meeting.cancelled_by, "The interview was cancelled.")
    doubts = [one for one in case.application.events if one.kind is EventKind.INTERVIEW_DOUBTED]
    at, by = (doubts[-1].at, doubts[-1].message_id) if doubts else (min(case.now, meeting.start), None)
    return Settled(at, by, "It is not sure that the interview was held.")


def decided(case: Case, meeting: Meeting) -> Settled | None:
    """A no, a closing or an end by the person after the time was fixed takes back what is unsent."""
    fixed = max((case.date(one, meeting.start) for one in meeting.fixed_by), default=meeting.start)
    ending = case.ending(_DECIDED, min(fixed, meeting.start))
    return Settled(ending.at, ending.message_id, "A decision has come since.") if ending else None


def _offered(case: Case, meeting: Meeting) -> Settled | None:
    ending = case.ending((EventKind.OFFERED,), meeting.start)
    return Settled(ending.at, ending.message_id, "An offer has come since.") if ending else None


def _went_on(case: Case, meeting: Meeting) -> Settled | None:
    """A next round or an offer since the interview; a courtesy answer or a new promise does not count."""
    word = next((one for one in case.rounds() if one.date > meeting.over_at), None)
    opened = Settled(word.date, word.message_id, "The next round has begun.") if word else None
    return first(opened, _offered(case, meeting))
