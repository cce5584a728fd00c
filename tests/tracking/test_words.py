"""What the person tells wins over what is read, and stays with its application."""

from __future__ import annotations

from datetime import date

from mailbot.etiquette import load, patience
from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Part, Person, Statement, Window
from mailbot.tracking import track
from mailbot.tracking.application import Application, Constraint, MeetingStatus, Stage
from mailbot.tracking.stages import stage
from mailbot.tracking.words import Correction, Moved, PersonsWord, Redated, Told, told
from tests.tracking.build import Box, person

DANA = "Dana Reed <dana.reed@acme.test>"
PRIYA = "Priya Shah <priya.shah@acme.test>"


def applied() -> Box:
    box = Box()
    box.wrote("2026-03-01 09:00", Kind.OWN_APPLICATION, to=DANA, company="Acme", role="Analyst")
    return box


def interviewed() -> Box:
    box = applied()
    box.heard(
        "2026-03-03 09:00", DANA, Kind.INTERVIEW_CONFIRMED, company="Acme", role="Analyst",
        interviews=[box.talk("2026-03-10 14:00", 45)], people=[person(DANA, Part.RECRUITER), person(PRIYA)],
    )  # fmt: skip
    return box


def one(box: Box, *words: PersonsWord) -> Application:
    (found,) = track(box.readings, words=words).applications
    return found


def correction(box: Box, when: str = "2026-03-04 12:00", **what: object) -> Correction:
    return Correction(about=(box.readings[0].message_id,), at=box.at(when), **what)  # type: ignore[arg-type]


def test_a_corrected_company_and_role_hold_for_ever() -> None:
    box = interviewed()
    word = correction(box, company="Acme Labs", role="Data Analyst")
    for day in range(5, 9):
        box.heard(f"2026-03-0{day} 09:00", DANA, Kind.RECRUITER_REPLY, company="Acme", role="Analyst")
    found = one(box, word)
    assert (found.company, found.role, found.slug) == ("Acme Labs", "Data Analyst", "acme-labs-data-analyst")


def test_the_newer_of_two_corrections_holds_and_leaves_what_it_does_not_name() -> None:
    box = interviewed()
    found = one(box, correction(box, company="Acme Labs", role="Tester"), correction(box, role="Data Analyst"))
    assert (found.company, found.role) == ("Acme Labs", "Data Analyst")


def test_a_corrected_stage_is_an_event_that_later_mail_moves_on_from() -> None:
    box = interviewed()
    word = correction(box, "2026-03-11 12:00", stage=Stage.OFFER)
    calm = patience(load("coach"))
    assert stage(one(box, word), box.at("2026-03-11 11:00"), calm) is Stage.WAITING
    assert stage(one(box, word), box.at("2026-03-11 12:00"), calm) is Stage.OFFER
    box.heard("2026-03-13 09:00", DANA, Kind.REJECTION, company="Acme", role="Analyst")
    assert stage(one(box, word), box.at("2026-03-14 12:00"), calm) is Stage.REJECTED


def test_a_corrected_interview_time_holds_for_every_mail_that_repeats_the_wrong_one() -> None:
    box = interviewed()
    word = correction(box, interview=Moved(box.at("2026-03-10 14:00"), box.at("2026-03-10 15:30")))
    box.heard("2026-03-09 09:00", DANA, Kind.INTERVIEW_CONFIRMED, company="Acme", role="Analyst",
              interviews=[box.talk("2026-03-10 14:00", 45)])  # fmt: skip
    (meeting,) = one(box, word).meetings
    assert (meeting.start, meeting.over_at) == (box.at("2026-03-10 15:30"), box.at("2026-03-10 16:15"))


def test_an_interview_that_is_moved_after_the_correction_moves() -> None:
    box = interviewed()
    word = correction(box, interview=Moved(box.at("2026-03-10 14:00"), box.at("2026-03-10 15:30")))
    box.heard("2026-03-09 09:00", DANA, Kind.INTERVIEW_RESCHEDULED, company="Acme", role="Analyst",
              interviews=[box.talk("2026-03-12 10:00", 45)])  # fmt: skip
    (meeting,) = one(box, word).meetings
    assert meeting.start == box.at("2026-03-12 10:00")


def test_a_corrected_day_of_decision_keeps_the_promise_and_its_occasion() -> None:
    box = interviewed()
    said = box.heard("2026-03-11 09:00", DANA, Kind.STATUS_UPDATE, decision_by=box.window("2026-03-18"))
    (read,) = one(box).promises
    (promise,) = one(box, correction(box, news=Redated(said.message_id, date(2026, 3, 25)))).promises
    assert promise.window == Window(None, date(2026, 3, 25))
    assert promise.occasion == read.occasion


def test_a_person_gets_the_part_that_they_are_said_to_have() -> None:
    box = interviewed()
    word = correction(box, person=Person("Priya Shah", None, Part.COORDINATOR))
    found = one(box, word)
    assert {each.name: each.part for each in found.contacts}["Priya Shah"] is Part.COORDINATOR
    assert "Priya Shah" not in [each.name for each in found.meetings[0].interviewers]


def test_whoever_the_mail_does_not_name_can_be_put_at_an_interview() -> None:
    box = interviewed()
    omar = Person("Omar Bell", "omar.bell@acme.test", Part.INTERVIEWER)
    (meeting,) = one(box, correction(box, person=omar, met=(box.readings[1].message_id,))).meetings
    assert {each.email for each in meeting.interviewers} == {"priya.shah@acme.test", "omar.bell@acme.test"}


def test_what_was_told_counts_like_a_message_of_that_moment() -> None:
    box = interviewed()
    at = box.at("2026-03-11 16:00")
    news = Statement(Kind.STATUS_UPDATE, 1.0, decision_by=Window(None, date(2026, 3, 20)))
    reading = told("<1@told.invalid>", news, box.readings[1], at, direction=Direction.IN)
    word = Told((box.readings[0].message_id,), reading)
    (promise,) = one(box, word).promises
    assert (promise.made, promise.by, promise.keeper) == (at, "<1@told.invalid>", None)
    box.heard("2026-03-12 09:00", DANA, Kind.STATUS_UPDATE, decision_by=box.window("2026-03-27"))
    assert one(box, word).promises[-1].window == Window(None, date(2026, 3, 27))


def test_an_interview_that_did_not_take_place_is_in_doubt_until_a_time_is_fixed() -> None:
    box = interviewed()
    missed = Statement(Kind.OWN_REPLY, 1.0, interviews=(box.talk("2026-03-10 14:00", cancelled=True),),
                       facets=frozenset({Facet.DOUBTS_INTERVIEW}))  # fmt: skip
    reading = told("<1@told.invalid>", missed, box.readings[1], box.at("2026-03-10 14:30"), direction=Direction.OUT)
    word = Told((box.readings[0].message_id,), reading)
    assert [each.status for each in one(box, word).meetings] == [MeetingStatus.DOUBT]
    box.heard("2026-03-10 17:00", DANA, Kind.INTERVIEW_RESCHEDULED, company="Acme", role="Analyst",
              interviews=[box.talk("2026-03-12 10:00", 45)])  # fmt: skip
    (meeting,) = one(box, word).meetings
    assert (meeting.status, meeting.start) == (MeetingStatus.FIXED, box.at("2026-03-12 10:00"))


def test_a_word_goes_with_the_oldest_message_that_it_names() -> None:
    box = interviewed()
    other = box.heard("2026-03-05 09:00", DANA, Kind.STATUS_UPDATE, company="Acme", role="Analyst")
    about = tuple(each.message_id for each in box.readings)
    word = Correction(about, box.at("2026-03-06 09:00"), company="Acme Labs")
    apart = Constraint(together=False, messages=(about[0], other.message_id))
    apart_too = Constraint(together=False, messages=(about[1], other.message_id))
    found = track(box.readings, words=[word], constraints=[apart, apart_too]).applications
    named = {each.company for each in found if about[0] in {one.message_id for one in each.readings}}
    assert named == {"Acme Labs"}
    assert "Acme" in {each.company for each in found}


def test_a_word_about_nothing_that_is_known_changes_nothing() -> None:
    box = interviewed()
    word = Correction(("<unknown@mail.test>",), box.at("2026-03-04 12:00"), company="Elsewhere")
    assert track(box.readings, words=[word]) == track(box.readings)
