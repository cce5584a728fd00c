"""What shows by itself that it is about an application, and what is only a question."""

from __future__ import annotations

import pytest

from mailbot.etiquette import load, plan
from mailbot.etiquette.follow_up import Verdict
from mailbot.reading.statements import Facet, Reader
from mailbot.tracking import track
from mailbot.tracking.application import Constraint
from mailbot.tracking.belonging import Belonging
from tests.tracking.build import Box, Kind, Writer

DENTIST = "Appointments <desk@molar.test>"
TESSA = "Tessa Moran <tessa@northwind.test>"
READER = Reader(frozenset({"sam.porter@home.test"}), "America/New_York", "Sam Porter", "US")


def moved(box: Box, **more: object) -> None:
    said = {"confidence": 0.7, "company": "Molar", "facets": [Facet.ASKS], **more}
    talk = box.talk("2026-03-05 09:00")
    box.heard("2026-03-02 09:00", DENTIST, Kind.INTERVIEW_RESCHEDULED, interviews=[talk], **said)


def test_a_strangers_unsure_mail_without_a_role_is_a_question_not_an_application() -> None:
    box = Box()
    moved(box)
    tracked = track(box.readings)
    assert tracked.applications == ()
    (question,) = tracked.questions
    assert question.command == "mailbot correct molar --company Molar or mailbot mute molar"


def test_nothing_is_drafted_for_what_is_in_doubt() -> None:
    box = Box()
    moved(box)
    found = plan(track(box.readings).applications, box.at("2026-03-05 11:00"), load("coach"), READER)
    assert [one for one in found.follow_ups if one.verdict is Verdict.DUE] == []


@pytest.mark.parametrize(
    ("what", "sure"),
    [
        ({"role": "Hygienist"}, True),
        ({"requisition": "R-17"}, True),
        ({"confidence": 0.85}, True),
        ({"confidence": 0.85, "writer": Writer.ROBOT}, False),
    ],
)
def test_a_role_or_certainty_makes_it_an_application(what: dict[str, object], sure: bool) -> None:
    box = Box()
    moved(box, **what)
    assert bool(track(box.readings).applications) is sure


def test_the_persons_own_application_makes_it_one() -> None:
    box = Box()
    box.wrote("2026-03-01 09:00", Kind.OWN_APPLICATION, to=DENTIST, company="Molar", confidence=0.7)
    moved(box)
    assert len(track(box.readings).applications) == 1


def test_who_wrote_only_what_is_in_doubt_is_not_known() -> None:
    box = Box()
    moved(box)
    box.heard("2026-03-09 09:00", DENTIST, Kind.UNRELATED)
    (doubtful,) = track(box.readings).doubtful
    assert len(doubtful.readings) == 1


def test_a_later_sure_mail_settles_the_doubt() -> None:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", confidence=0.7)
    assert track(box.readings).applications == ()
    box.heard("2026-03-03 09:00", TESSA, Kind.INTERVIEW_CONFIRMED, company="Northwind", role="Buyer")
    (application,) = track(box.readings).applications
    assert len(application.readings) == 2


def test_a_doubtful_one_keeps_its_id_when_it_is_made_sure() -> None:
    box = Box()
    moved(box)
    (doubtful,) = track(box.readings).doubtful
    more = box.heard("2026-03-03 09:00", DENTIST, Kind.INTERVIEW_CONFIRMED, company="Molar", role="Hygienist")
    joined = Constraint(True, (box.readings[0].message_id, more.message_id))
    (application,) = track(box.readings, constraints=[joined]).applications
    assert application.id == doubtful.id


@pytest.mark.parametrize("kind", [Kind.RECRUITER_REPLY, Kind.STATUS_UPDATE])
@pytest.mark.parametrize(("confidence", "counts"), [(0.5, False), (0.85, True)])
def test_a_job_in_what_says_little_makes_its_writer_known_only_where_that_is_certain(
    kind: Kind, confidence: float, counts: bool
) -> None:
    box = Box()
    box.heard("2026-03-01 09:00", TESSA, kind, role="House Water", confidence=confidence)
    belonging = Belonging()
    belonging.considered(box.readings, ())
    assert belonging.known.calls_back(frozenset({"another@northwind.test", "northwind.test"})) is counts
