"""What always holds: the order of arrival cannot matter, and a memory changes nothing."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.reading.statements import Interview, Reading, Slot
from mailbot.tracking import Tracker, track
from mailbot.tracking.application import Patience
from mailbot.tracking.stages import history, next_change, stage
from tests.tracking.build import Box, Facet, Kind, Part, Writer, person

PEOPLE = [
    "Tessa Moran <tessa@northwind.test>",
    "Hugo Lindt <hugo@northwind.test>",
    "Priya Nair <priya@brightstaff.test>",
    "Northwind <no-reply@us.greenhouse-mail.io>",
    "Ana Ruiz <ana.ruiz@gmail.com>",
]
COMPANIES = [None, "Northwind", "Northwind Foods", "Calder Water"]
ROLES = [None, "Buyer", "Senior Buyer", "Clerk"]
OWN = [one for one in Kind if one.startswith("own_")]
THEIRS = [one for one in Kind if not one.startswith("own_")]


@st.composite
def mailboxes(draw: st.DrawFn) -> list[Reading]:
    """A mailbox of a few weeks: any kinds, people and threads, with interviews that come, move and go."""
    box = Box()
    for _ in range(draw(st.integers(1, 12))):
        day, hour = draw(st.integers(1, 28)), draw(st.integers(8, 17))
        when = f"2026-03-{day:02} {hour:02}:00"
        who = draw(st.sampled_from(PEOPLE))
        what = {
            "company": draw(st.sampled_from(COMPANIES)),
            "role": draw(st.sampled_from(ROLES)),
            "facets": draw(st.sets(st.sampled_from(list(Facet)), max_size=2)),
            "interviews": draw(st.lists(talks(box), max_size=1)),
            "proposed": draw(st.lists(slots(box), max_size=2)),
            "chosen": draw(st.lists(slots(box), max_size=1)),
            "people": draw(st.lists(st.sampled_from([person(one, Part.INTERVIEWER) for one in PEOPLE]), max_size=1)),
            "decision_by": draw(st.sampled_from([None, box.window("2026-03-20"), box.window("2026-04-02")])),
            "answers": draw(st.sampled_from([None, *box.readings])),
        }
        if draw(st.booleans()):
            writer = draw(st.sampled_from([Writer.PERSON, Writer.PERSON, Writer.ROBOT, Writer.CALENDAR]))
            box.heard(when, who, draw(st.sampled_from(THEIRS)), writer=writer, **what)
        else:
            box.wrote(when, draw(st.sampled_from(OWN)), to=who, **what)
    return box.readings


def talks(box: Box) -> st.SearchStrategy[Interview]:
    return st.builds(
        lambda day, cancelled, uid, sequence: box.talk(
            f"2026-03-{day:02} 10:00", 30, cancelled=cancelled, uid=uid, sequence=sequence
        ),
        st.integers(2, 28),
        st.booleans(),
        st.sampled_from([None, "u", "v"]),
        st.integers(0, 2),
    )


def slots(box: Box) -> st.SearchStrategy[Slot]:
    return st.builds(lambda day: box.slot(f"2026-03-{day:02} 10:00"), st.integers(2, 28))


@settings(max_examples=60, deadline=None)
@given(mailboxes(), st.randoms(use_true_random=False))
def test_arrival_order_and_duplicates_cannot_matter(readings: list[Reading], chance: object) -> None:
    shuffled = [*readings, *readings[::2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert track(shuffled) == track(readings)


@settings(max_examples=40, deadline=None)
@given(mailboxes())
def test_a_tracker_that_remembers_gives_the_same(readings: list[Reading]) -> None:
    tracker = Tracker()
    for count in range(len(readings) + 1):
        assert tracker.track(readings[:count]) == track(readings[:count])


@settings(max_examples=40, deadline=None)
@given(mailboxes())
def test_no_message_is_in_two_applications_and_each_reads_oldest_first(readings: list[Reading]) -> None:
    tracked = track(readings)
    placed = [one.message_id for each in tracked.applications for one in each.readings]
    asked = [message for question in tracked.questions for message in question.message_ids]
    assert len(placed) == len(set(placed))
    assert set(placed).isdisjoint(asked)
    for each in tracked.applications:
        assert list(each.readings) == sorted(each.readings, key=lambda one: (one.date, one.message_id))
        known = {one.message_id for one in each.readings}
        assert all(known.issuperset(one.fixed_by) for one in each.meetings)
        assert all(known.issuperset(one.occasion) for one in each.promises)


@settings(max_examples=40, deadline=None)
@given(mailboxes(), st.integers(0, 200))
def test_the_stage_is_the_last_change_and_the_next_change_is_when_it_comes(readings: list[Reading], day: int) -> None:
    patience = Patience(check_ins=2)
    for each in track(readings).applications:
        now = each.readings[0].date + timedelta(days=day)
        changes = history(each, now, patience)
        assert changes
        assert stage(each, now, patience) is changes[-1].stage
        later = next_change(each, now, patience)
        if later is not None:
            just_before = later - timedelta(seconds=1)
            assert now < later
            assert just_before < now or stage(each, just_before, patience) is stage(each, now, patience)
            assert stage(each, later, patience) is not stage(each, now, patience)
