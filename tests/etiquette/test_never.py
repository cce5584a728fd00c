"""What holds for every mailbox and every moment: the never rules, as properties over made-up mailboxes."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.etiquette import PRESETS, load, plan
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Plan, Verdict
from mailbot.etiquette.workdays import Calendar
from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Part, Writer
from mailbot.tracking import track
from mailbot.tracking.application import MeetingStatus
from tests.etiquette.desk import CHECK_IN, DANA, KIM, OMAR, PRIYA, ROBOT, Desk
from tests.tracking.build import address, person

SHARED = "Acme Jobs <jobs@acme.test>"
STRANGER = "Ike Unknown <ike@nowhere.test>"  # only ever in a Reply-To
NOBODY_READS = {address(one).email for one in (ROBOT, SHARED, STRANGER)}
ME = "sam.porter@home.test"
CAREFUL = {"check_in", "second_check_in", "formal_letter", "stay_in_touch"}

HEARD = [
    Kind.INTERVIEW_REQUEST,
    Kind.INTERVIEW_CONFIRMED,
    Kind.INTERVIEW_RESCHEDULED,
    Kind.INTERVIEW_CANCELLED,
    Kind.ASSESSMENT,
    Kind.INFORMATION_REQUEST,
    Kind.STATUS_UPDATE,
    Kind.RECRUITER_REPLY,
    Kind.OFFER,
    Kind.REJECTION,
    Kind.POSITION_CLOSED,
]
WROTE = [Kind.OWN_REPLY, Kind.OWN_THANK_YOU, Kind.OWN_CHECK_IN, Kind.OWN_WITHDRAWAL, Kind.OWN_ACCEPTANCE]
FACETS = [Facet.ASKS, Facet.ADVANCES, Facet.STILL_DECIDING, Facet.COURTESY, Facet.DOUBTS_INTERVIEW, Facet.HANDED_IN]


@st.composite
def mailboxes(draw: st.DrawFn) -> Desk:
    """Two applications of one person; up to twelve mails in three months."""
    desk = Desk(zone=draw(st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata"])))
    desk.preset = draw(st.sampled_from(PRESETS))
    moment = datetime(2026, 11, 2, 9, 0)
    for _ in range(draw(st.integers(1, 12))):
        moment += timedelta(hours=draw(st.integers(1, 24 * 8)))
        desk.company, desk.role = draw(st.sampled_from([("Acme", "Analyst"), ("Birchway", "Researcher")]))
        when, facets = f"{moment:%Y-%m-%d %H:%M}", draw(st.lists(st.sampled_from(FACETS), max_size=2, unique=True))
        if draw(st.integers(0, 3)) == 0:
            kind, to = draw(st.sampled_from(WROTE)), draw(st.sampled_from([DANA, PRIYA, OMAR, ROBOT]))
            desk.wrote(when, kind, to=to, facets=[one for one in facets if one is Facet.HANDED_IN])
            continue
        kind = draw(st.sampled_from(HEARD))
        sender = draw(st.sampled_from([DANA, PRIYA, KIM, ROBOT, SHARED]))
        what: dict[str, object] = {"facets": facets, "people": [person(PRIYA), person(OMAR)]}
        if sender in (DANA, KIM):
            what["people"] = [person(sender, Part.RECRUITER), person(PRIYA)]
        if sender in (ROBOT, SHARED):
            what["writer"] = Writer.ROBOT if sender == ROBOT else Writer.SHARED
            what["reply_to"] = (address(STRANGER),)
            what["people"] = [person(STRANGER), person(PRIYA)]
        if sender == KIM:
            what["agency"] = "Staffline"
        if kind is Kind.INTERVIEW_CONFIRMED:
            start = moment.replace(hour=10) + timedelta(days=draw(st.integers(1, 12)))
            what["interviews"] = [desk.talk(f"{start:%Y-%m-%d %H:%M}", 60)]
        if draw(st.booleans()):
            what["decision_by"] = desk.window(f"{moment + timedelta(days=draw(st.integers(0, 14))):%Y-%m-%d}")
        desk.heard(when, sender, kind, **what)
    return desk


MOMENTS = st.integers(0, 24 * 120).map(lambda hours: datetime(2026, 11, 2, 8, 0) + timedelta(hours=hours))


def look(desk: Desk, moment: datetime) -> Plan:
    return desk.plan(f"{moment:%Y-%m-%d %H:%M}")


def due(found: Plan) -> list[FollowUp]:
    return [one for one in found.follow_ups if one.verdict is Verdict.DUE]


@settings(max_examples=150)
@given(desk=mailboxes(), moment=MOMENTS)
def test_no_letter_goes_to_a_robot_a_stranger_or_oneself(desk: Desk, moment: datetime) -> None:
    for one in look(desk, moment).follow_ups:
        assert one.identity.recipient not in NOBODY_READS
        assert (one.identity.recipient == ME) is (one.kind is FollowUpKind.INTERVIEW_NOTES)


@settings(max_examples=150)
@given(desk=mailboxes(), moment=MOMENTS)
def test_each_follow_up_is_there_once(desk: Desk, moment: datetime) -> None:
    found = [one.identity for one in look(desk, moment).follow_ups]
    assert not any(one.same(other) for at, one in enumerate(found) for other in found[at + 1 :])


@settings(max_examples=150)
@given(desk=mailboxes(), moment=MOMENTS)
def test_nobody_has_two_drafts_on_one_application(desk: Desk, moment: datetime) -> None:
    to = [(one.application, one.identity.recipient) for one in due(look(desk, moment)) if one.identity.recipient != ME]
    assert len(to) == len(set(to))


@settings(max_examples=150)
@given(desk=mailboxes(), moment=MOMENTS)
def test_thanks_only_for_what_was_held_and_is_over(desk: Desk, moment: datetime) -> None:
    for one in due(look(desk, moment)):
        if one.kind in (FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER):
            assert one.meeting is not None
            assert one.meeting.status is MeetingStatus.FIXED
            assert one.meeting.over_at <= desk.at(f"{moment:%Y-%m-%d %H:%M}")


@settings(max_examples=150)
@given(desk=mailboxes(), moment=MOMENTS)
def test_what_waits_for_a_working_morning_falls_due_on_one(desk: Desk, moment: datetime) -> None:
    calendar = Calendar(load(desk.preset), desk.reader)
    for one in look(desk, moment).follow_ups:
        if one.kind.value in CAREFUL:
            assert calendar.is_open(one.due.date())
            assert f"{one.due:%H:%M}" == "08:00"


@settings(max_examples=150)
@given(desk=mailboxes(), moment=MOMENTS)
def test_a_verdict_says_what_the_clock_or_a_message_says(desk: Desk, moment: datetime) -> None:
    now = desk.at(f"{moment:%Y-%m-%d %H:%M}")
    for one in look(desk, moment).follow_ups:
        assert one.identity.occasion
        assert (one.settled_at is not None) is (one.verdict in (Verdict.DONE, Verdict.OVERTAKEN))
        if one.verdict in (Verdict.DUE, Verdict.THEIRS_TO_WRITE):
            assert one.due <= now < one.until
        if one.verdict is Verdict.COMING:
            assert now < one.due
        if one.verdict is Verdict.PASSED:
            assert one.until <= now


@settings(max_examples=150)
@given(desk=mailboxes(), moment=MOMENTS)
def test_the_next_moment_lies_ahead_and_until_then_nothing_falls_due(desk: Desk, moment: datetime) -> None:
    now = desk.at(f"{moment:%Y-%m-%d %H:%M}")
    tracked = track([one for one in desk.readings if one.arrived <= now])
    found = plan(tracked.applications, now, load(desk.preset), desk.reader)
    if found.next_due is None:
        return
    assert found.next_due > now
    just_before = found.next_due - timedelta(seconds=1)
    later = plan(tracked.applications, just_before, load(desk.preset), desk.reader)
    assert [one.identity for one in due(later)] == [one.identity for one in due(found)]


@settings(max_examples=100)
@given(desk=mailboxes(), moment=MOMENTS)
def test_the_order_of_the_applications_changes_nothing(desk: Desk, moment: datetime) -> None:
    now = desk.at(f"{moment:%Y-%m-%d %H:%M}")
    applications = track([one for one in desk.readings if one.arrived <= now]).applications
    both = (plan(order, now, load(desk.preset), desk.reader) for order in (applications, applications[::-1]))
    first, second = ({(one.identity, one.verdict, one.due) for one in found.follow_ups} for found in both)
    assert first == second


@settings(max_examples=100)
@given(desk=mailboxes(), moment=MOMENTS)
def test_never_a_check_in_after_its_question_was_answered(desk: Desk, moment: datetime) -> None:
    for one in due(look(desk, moment)):
        if one.kind is not CHECK_IN:
            continue
        since = max(r.date for r in desk.readings if r.message_id in one.identity.occasion)
        now = desk.at(f"{moment:%Y-%m-%d %H:%M}")
        for reading in desk.readings:
            here = one.application and reading.main.company == _company(desk, one, now)
            decided = reading.kind in (Kind.OFFER, Kind.REJECTION, Kind.POSITION_CLOSED)
            human = reading.writer in (Writer.PERSON, Writer.ROBOT) and reading.direction is Direction.IN
            assert not (here and decided and human and since < reading.date <= now and reading.arrived <= now)


def _company(desk: Desk, one: FollowUp, now: datetime) -> str | None:
    applications = track([r for r in desk.readings if r.arrived <= now]).applications
    return next(app.company for app in applications if app.id == one.application)
