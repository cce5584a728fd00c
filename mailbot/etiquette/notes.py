"""Notes for an interview: to oneself, the evening before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from mailbot.etiquette.case import Case
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Reason, Verdict
from mailbot.etiquette.thanks import called_off, decided
from mailbot.etiquette.verdicts import first, settle, spoken
from mailbot.reading.statements import Part
from mailbot.tracking.application import Contact


def interview_notes(case: Case) -> Iterator[FollowUp]:
    """Notes for each interview, due the evening before, at once where it was fixed later. What comes after the
    interview leaves them: they are of use for the next round."""
    me = _own_contact(case)
    if me is None:
        return
    evening = case.etiquette.clock("interview_notes.evening")
    rule = case.etiquette.rules["interview_notes.evening"]
    for meeting in case.application.meetings:
        day = case.calendar.day(meeting.start)
        fixed = [case.date(one, meeting.start) for one in meeting.fixed_by]
        # Of one that is called off before anything fixed it, no message is known that fixed it.
        due = max([case.calendar.at(day - timedelta(days=1), evening), *fixed[-1:]]).astimezone(case.calendar.zone)
        verdict = Verdict.COMING if case.now < due else Verdict.DUE if case.now < meeting.over_at else Verdict.PASSED
        notes = FollowUp(
            identity=Identity(FollowUpKind.INTERVIEW_NOTES, me.email or "", meeting.fixed_by),
            application=case.application.id,
            to=me,
            due=due,
            until=max(due, meeting.over_at),
            verdict=verdict,
            reason=Reason(f"The interview is on {spoken(day)}.", rule.guide, rule.name),
            meeting=meeting,
            account=next((case.by_id[one].account for one in meeting.fixed_by if one in case.by_id), ""),
        )
        settled = first(called_off(case, meeting), decided(case, meeting))
        yield settle(notes, settled) if settled and settled.at < meeting.over_at else notes


def _own_contact(case: Case) -> Contact | None:
    """Oneself, at the address that they write to."""
    written_to = [to.email for one in case.heard for to in (*one.to, *one.cc) if to.email in case.reader.addresses]
    email = written_to[-1] if written_to else min(case.reader.addresses, default=None)
    return Contact(case.reader.name, email, Part.CONTACT) if email else None
