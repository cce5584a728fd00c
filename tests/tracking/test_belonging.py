"""Which mail belongs to a job search, and what it says in that context."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading, Statement, Window, Writer
from mailbot.tracking import track
from tests.tracking.build import Box, person

TESSA = "Tessa Quinn <tessa@northwind.test>"
ROBOT = "Northwind <no-reply@us.greenhouse-mail.io>"
UNCLE = "Uncle Bob <bob@family.test>"
LATER = Statement(Kind.STATUS_UPDATE, 0.8, decision_by=Window(None, date(2026, 3, 20)), facets=frozenset({Facet.DELAY}))


def bare(box: Box, at: str, who: str, **more: object) -> Reading:
    """A mail that shows nothing of hiring by itself, but would be a word on the decision from somebody known."""
    box.heard(at, who, Kind.UNRELATED, **more)  # type: ignore[arg-type]
    box.readings[-1] = replace(box.readings[-1], in_context=(LATER,))
    return box.readings[-1]


def test_a_mail_of_somebody_known_is_read_in_its_context() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    late = bare(box, "2026-03-12 09:00", TESSA)
    (application,) = track(box.readings).applications
    assert [one.by for one in application.promises] == [late.message_id]


def test_a_mail_in_a_known_thread_is_read_in_its_context() -> None:
    box = Box()
    asked = box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    late = bare(box, "2026-03-12 09:00", "Omar Said <omar@northwind.test>", answers=asked)
    (application,) = track(box.readings).applications
    assert [one.by for one in application.promises] == [late.message_id]


def test_the_same_words_of_a_stranger_stay_outside() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    bare(box, "2026-03-12 09:00", UNCLE)
    (application,) = track(box.readings).applications
    assert len(application.readings) == 1


def test_the_context_may_come_after_the_mail() -> None:
    box = Box()
    late = bare(box, "2026-03-12 09:00", TESSA)
    box.heard("2026-03-14 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    (application,) = track(box.readings).applications
    assert late.message_id in [one.message_id for one in application.readings]


def test_the_persons_own_plain_mail_to_somebody_known_is_a_reply() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind")
    box.wrote("2026-03-02 10:00", Kind.UNRELATED, to=TESSA)
    box.readings[-1] = replace(box.readings[-1], in_context=(Statement(Kind.OWN_REPLY, 0.6),))
    (application,) = track(box.readings).applications
    assert application.readings[-1].kind is Kind.OWN_REPLY
    assert application.readings[-1].direction is Direction.OUT


def test_whom_a_robots_invitation_names_is_known() -> None:
    box = Box()
    box.heard(
        "2026-03-02 09:00",
        "Northwind <no-reply@tool.test>",
        Kind.INTERVIEW_CONFIRMED,
        writer=Writer.ROBOT,
        company="Northwind",
        role="Buyer",
        interviews=[box.talk("2026-03-10 10:00")],
        people=[person(TESSA)],
    )
    late = bare(box, "2026-03-12 09:00", TESSA)
    (application,) = track(box.readings).applications
    assert [one.by for one in application.promises] == [late.message_id]


def test_an_employers_mail_that_says_something_of_hiring_is_read_in_its_context() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", ROBOT, Kind.APPLICATION_RECEIVED, company="Northwind")
    late = bare(box, "2026-03-12 09:00", "Omar Said <omar@northwind.test>")
    (application,) = track(box.readings).applications
    assert late.message_id in [one.message_id for one in application.readings]


def test_an_employers_mail_that_says_nothing_of_hiring_stays_outside() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", ROBOT, Kind.APPLICATION_RECEIVED, company="Northwind")
    box.heard("2026-03-12 09:00", "Omar Said <omar@northwind.test>", Kind.UNRELATED)
    box.readings[-1] = replace(box.readings[-1], in_context=(Statement(Kind.RECRUITER_REPLY, 0.8),))
    (application,) = track(box.readings).applications
    assert len(application.readings) == 1


def test_an_interviewer_named_before_is_known_when_they_write_from_the_employers_domain() -> None:
    box = Box()
    named = [person("Hugo Lindt")]
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", people=named)
    word = box.heard("2026-03-12 09:00", "Hugo Lindt <h.lindt@northwind.test>", Kind.UNRELATED)
    box.readings[-1] = replace(word, in_context=(Statement(Kind.RECRUITER_REPLY, 0.8),))
    (application,) = track(box.readings).applications
    assert word.message_id in [one.message_id for one in application.readings]


def test_a_colleague_of_theirs_whom_nobody_named_says_nothing_by_a_plain_word() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", people=[person("Hugo Lindt")])
    word = box.heard("2026-03-12 09:00", "Ola Berg <o.berg@northwind.test>", Kind.UNRELATED)
    box.readings[-1] = replace(word, in_context=(Statement(Kind.RECRUITER_REPLY, 0.8),))
    (application,) = track(box.readings).applications
    assert len(application.readings) == 1


def test_what_the_person_writes_to_such_an_interviewer_belongs_too() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", people=[person("Hugo Lindt")])
    hugo = "Hugo Lindt <h.lindt@northwind.test>"
    word = box.heard("2026-03-12 09:00", hugo, Kind.UNRELATED)
    box.readings[-1] = replace(word, in_context=(Statement(Kind.RECRUITER_REPLY, 0.3),))
    own = box.wrote("2026-03-13 09:00", Kind.UNRELATED, to=hugo)
    box.readings[-1] = replace(own, in_context=(Statement(Kind.OWN_REPLY, 1.0),))
    (application,) = track(box.readings).applications
    assert own.message_id in [one.message_id for one in application.readings]


def test_what_comes_out_of_the_blue_is_read_by_itself() -> None:
    box = Box()
    pitch = box.heard("2026-03-02 09:00", TESSA, Kind.RECRUITER_OUTREACH, role="Buyer", confidence=0.6)
    asks = Statement(Kind.INTERVIEW_REQUEST, 0.7, role="Buyer", facets=frozenset({Facet.ASKS}))
    box.readings[-1] = replace(pitch, in_context=(asks,))
    assert not track(box.readings).applications
