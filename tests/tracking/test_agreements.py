"""Times on which both sides agree, and what leaves a time as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from mailbot.reading.statements import Facet, Kind, Part, Reading, Writer
from mailbot.tracking import track
from mailbot.tracking.application import Meeting, MeetingStatus
from tests.tracking.build import Box, person

TESSA = "Tessa Quinn <tessa@northwind.test>"
ROBOT = "Bookings <bookings@tool.test>"
OMAR = person("Omar Said <omar@northwind.test>", Part.INTERVIEWER)


def meetings(box: Box) -> tuple[Meeting, ...]:
    (application,) = track(box.readings).applications
    return application.meetings


def test_a_time_that_they_name_after_the_person_did_is_agreed() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", facets=[Facet.ASKS])
    mine = box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-10 10:00")])
    box.heard(
        "2026-03-03 09:00", TESSA, Kind.INTERVIEW_REQUEST, answers=mine, proposed=[box.slot("2026-03-10 10:00", 90)]
    )
    (found,) = meetings(box)
    assert (found.start, found.over_at) == (box.at("2026-03-10 10:00"), box.at("2026-03-10 11:30"))


def test_the_same_time_asked_for_once_more_is_not() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", facets=[Facet.ASKS])
    mine = box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-10 10:00")])
    box.heard(
        "2026-03-03 09:00",
        TESSA,
        Kind.INTERVIEW_REQUEST,
        answers=mine,
        proposed=[box.slot("2026-03-10 10:00")],
        facets=[Facet.ASKS],
    )
    assert meetings(box) == ()


def test_how_one_would_move_it_doubts_no_time_in_the_mail_that_fixes_it() -> None:
    box = Box()
    talk = box.talk("2026-03-10 10:00")
    fixed = box.says(Kind.INTERVIEW_CONFIRMED, company="Northwind", role="Buyer", interviews=[talk])
    how = box.says(Kind.INTERVIEW_RESCHEDULED, company="Northwind")
    box.heard("2026-03-02 09:00", ROBOT, Kind.INTERVIEW_CONFIRMED, writer=Writer.ROBOT, statements=(fixed, how))
    (found,) = meetings(box)
    assert found.status is MeetingStatus.FIXED


def test_the_talk_that_takes_a_cancelled_ones_place_is_with_the_same_people() -> None:
    box = Box()
    fixed = box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        company="Northwind",
        interviews=[box.talk("2026-03-10 10:00")],
        people=[OMAR],
    )
    box.heard("2026-03-06 09:00", TESSA, Kind.INTERVIEW_CANCELLED, answers=fixed)
    anew = box.heard(
        "2026-03-12 09:00", TESSA, Kind.INTERVIEW_REQUEST, answers=fixed, proposed=[box.slot("2026-03-17 10:00")]
    )
    box.wrote("2026-03-12 10:00", Kind.OWN_REPLY, to=TESSA, answers=anew, chosen=[box.slot("2026-03-17 10:00")])
    assert [one.name for one in meetings(box)[-1].interviewers] == ["Omar Said"]


def test_late_thanks_tell_of_no_other_interview() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        company="Northwind",
        interviews=[box.talk("2026-03-10 10:00")],
    )
    box.wrote("2026-04-20 09:00", Kind.OWN_THANK_YOU, to=TESSA)
    (application,) = track(box.readings).applications
    assert [one.at for one in application.events if one.kind == "interview_held"] == [box.at("2026-03-10 11:00")]


def _offered(box: Box, *starts: str) -> Reading:
    slots = [box.slot(one) for one in starts]
    return box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", proposed=slots)


def _starts(box: Box) -> list[datetime]:
    return [one.start for one in meetings(box) if one.status is MeetingStatus.FIXED]


def test_a_yes_to_the_one_time_that_they_offer_fixes_it() -> None:
    box = Box()
    asked = _offered(box, "2026-03-10 10:00")
    box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, facets=[Facet.TIMES_AGREED])
    assert _starts(box) == [box.at("2026-03-10 10:00")]


@pytest.mark.parametrize("doubt", [Facet.DOUBTS_INTERVIEW, Facet.DECLINES_INTERVIEW, Facet.CHECKS_FIRST])
def test_a_yes_with_a_doubt_fixes_nothing(doubt: Facet) -> None:
    box = Box()
    asked = _offered(box, "2026-03-10 10:00")
    box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, facets=[Facet.TIMES_AGREED, doubt])
    assert _starts(box) == []


def test_a_yes_to_several_times_picks_none() -> None:
    box = Box()
    asked = _offered(box, "2026-03-10 10:00", "2026-03-11 10:00")
    box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, facets=[Facet.TIMES_AGREED])
    assert _starts(box) == []


def test_a_yes_after_the_time_was_moved_is_none_to_the_time_before() -> None:
    box = Box()
    asked = _offered(box, "2026-03-10 10:00")
    yes = box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, facets=[Facet.TIMES_AGREED])
    moved = box.talk("2026-03-11 10:00", replaces="2026-03-10 10:00")
    box.heard("2026-03-05 09:00", TESSA, Kind.INTERVIEW_RESCHEDULED, answers=yes, interviews=[moved])
    box.wrote("2026-03-05 12:00", Kind.OWN_REPLY, to=TESSA, answers=yes, facets=[Facet.TIMES_AGREED])
    assert _starts(box) == [box.at("2026-03-11 10:00")]


def _named(box: Box, start: str = "2026-03-10 10:00") -> Reading:
    """They ask when it would suit; the person names a time, as a question."""
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", facets=[Facet.ASKS])
    return box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, proposed=[box.slot(start)])


def test_their_yes_to_the_time_that_the_person_names_fixes_it() -> None:
    box = Box()
    mine = _named(box)
    box.heard("2026-03-03 09:00", TESSA, Kind.RECRUITER_REPLY, answers=mine, facets=[Facet.TIMES_AGREED])
    assert _starts(box) == [box.at("2026-03-10 10:00")]


def test_a_plain_word_after_the_person_names_a_time_fixes_nothing() -> None:
    box = Box()
    mine = _named(box)
    box.heard("2026-03-03 09:00", TESSA, Kind.RECRUITER_REPLY, answers=mine)
    assert _starts(box) == []


def test_a_time_that_the_person_names_for_an_interview_in_doubt_is_its_time() -> None:
    box = Box()
    fixed = box.talk("2026-03-10 10:00")
    first = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind", interviews=[fixed])
    sick = box.wrote("2026-03-10 08:00", Kind.OWN_REPLY, to=TESSA, answers=first, facets=[Facet.DOUBTS_INTERVIEW])
    when = box.heard("2026-03-10 09:00", TESSA, Kind.INTERVIEW_RESCHEDULED, answers=sick, facets=[Facet.ASKS])
    box.wrote("2026-03-10 09:30", Kind.OWN_REPLY, to=TESSA, answers=when, chosen=[box.slot("2026-03-11 10:00")])
    assert _starts(box) == [box.at("2026-03-11 10:00")]


def test_a_weekday_that_the_person_picks_is_that_of_the_offered_day() -> None:
    box = Box()
    asked = _offered(box, "2026-03-12 10:00", "2026-03-13 10:00")
    # Read by itself, 'Thursday at 10' is the next Thursday.
    box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-05 10:00")])
    assert _starts(box) == [box.at("2026-03-12 10:00")]


def test_a_talk_that_takes_a_cancelled_ones_place_lasts_as_long() -> None:
    box = Box()
    talk = box.talk("2026-03-10 10:00", 90)
    fixed = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind", interviews=[talk])
    off = box.heard("2026-03-06 09:00", TESSA, Kind.INTERVIEW_CANCELLED, answers=fixed)
    again = box.talk("2026-03-17 10:00")
    box.heard("2026-03-12 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, answers=off, interviews=[again])
    assert meetings(box)[-1].over_at == box.at("2026-03-17 11:30")


def test_merely_late_moves_the_end_by_as_much() -> None:
    box = Box()
    talk = box.talk("2026-03-10 10:00", 45)
    fixed = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind", interviews=[talk])
    box.heard(
        "2026-03-10 09:50", TESSA, Kind.RECRUITER_REPLY, answers=fixed, late=20, facets=[Facet.DOUBTS_INTERVIEW]
    )
    (found,) = meetings(box)
    assert (found.status, found.over_at) == (MeetingStatus.FIXED, box.at("2026-03-10 11:05"))


def test_a_change_that_leaves_the_interview_as_it_is_puts_it_in_no_doubt() -> None:
    box = Box()
    talk = box.talk("2026-03-10 10:00", 45)
    fixed = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind", interviews=[talk])
    box.heard("2026-03-09 09:00", TESSA, Kind.INTERVIEW_RESCHEDULED, answers=fixed, facets=[Facet.STANDS])
    assert meetings(box)[0].status is MeetingStatus.FIXED


def test_a_time_that_the_person_both_picks_and_states_is_one_choice() -> None:
    box = Box()
    asked = _offered(box, "2026-03-10 10:00")
    picked = {"chosen": [box.slot("2026-03-10 10:00")], "interviews": [box.talk("2026-03-10 10:00", 30)]}
    box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, **picked)
    assert _starts(box) == [box.at("2026-03-10 10:00")]


def test_an_hour_within_an_offered_part_of_the_day_is_the_one_that_is_offered() -> None:
    box = Box()
    slots = [box.slot("2026-03-10 12:00", 300), box.slot("2026-03-10 15:30")]
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", proposed=slots)
    box.wrote(
        "2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=[box.slot("2026-03-10 15:30")]
    )
    (found,) = meetings(box)
    assert found.start == box.at("2026-03-10 15:30")


COPIED = "Ravi Shah <ravi@northwind.test>"
CLIENTS = "Ines Roth <ines@calderwater.test>"


@pytest.mark.parametrize(
    ("copied", "named"),
    [(COPIED, ["Ravi Shah"]), (CLIENTS, ["Ines Roth"]), ("Ann Lee <ann@elsewhere.test>", ["Tessa Quinn"])],
)
def test_who_asks_the_questions_may_be_in_copy_from_the_writers_house_or_the_employers(
    copied: str, named: list[str]
) -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        TESSA,
        Kind.INTERVIEW_CONFIRMED,
        company="Calder Water",
        interviews=[box.talk("2026-03-10 10:00")],
        copied=[copied],
        facets=[Facet.WITH_COPIED],
    )
    (found,) = meetings(box)
    assert [one.name for one in found.interviewers] == named


def test_who_is_in_copy_of_mail_about_no_talk_asks_no_questions() -> None:
    box = Box()
    talk = box.talk("2026-03-10 10:00")
    fixed = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind", interviews=[talk])
    word = {"answers": fixed, "copied": [COPIED], "facets": [Facet.WITH_COPIED]}
    box.heard("2026-03-03 09:00", TESSA, Kind.INFORMATION_REQUEST, **word)
    (found,) = meetings(box)
    assert [one.name for one in found.interviewers] == ["Tessa Quinn"]


@pytest.mark.parametrize(
    ("window", "others", "ends"),
    [(False, 0, "2026-03-10 12:00"), (True, 0, "2026-03-10 08:00"), (False, 1, "2026-03-10 08:00")],
    ids=["the one stretch that is offered", "a window to choose in", "one of several stretches"],
)
def test_the_one_time_that_is_offered_lasts_as_long_as_it_is_said_to(window: bool, others: int, ends: str) -> None:
    box = Box()
    slots = [replace(box.slot("2026-03-10 07:00", 300), window=window)]
    slots += [box.slot("2026-03-11 07:00", 300)] * others
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", proposed=slots)
    chosen = [box.slot("2026-03-10 07:00")]
    box.wrote("2026-03-02 12:00", Kind.OWN_REPLY, to=TESSA, answers=asked, chosen=chosen)
    (found,) = meetings(box)
    assert found.over_at == box.at(ends)
