"""What an application is called."""

from __future__ import annotations

from mailbot.tracking import track
from mailbot.tracking.application import Constraint
from tests.tracking.build import Box, Kind

TESSA = "Tessa Moran <tessa@northwind.test>"
ANA = "Ana Ruiz <ana@harbor.test>"


def two() -> Box:
    box = Box()
    box.heard("2026-03-02 09:00", TESSA, Kind.INTERVIEW_REQUEST, company="Northwind", role="Northwind Buyer")
    box.heard("2026-03-03 09:00", ANA, Kind.INTERVIEW_REQUEST, company="Harbor Labs", role="Clerk")
    return box


def test_the_handle_is_made_of_employer_and_role_and_is_unique() -> None:
    box = two()
    box.heard("2027-03-03 09:00", ANA, Kind.OWN_APPLICATION, company="Harbor Labs", role="Clerk")
    assert [one.slug for one in track(box.readings).applications] == [
        "northwind-buyer",
        "harbor-labs-clerk",
        "harbor-labs-clerk-2",
    ]


def test_an_id_is_given_once_and_survives_older_mail() -> None:
    box = two()
    first = track(box.readings)
    ids = {message.message_id: one.id for one in first.applications for message in one.readings}
    box.heard(
        "2026-02-01 09:00",
        "Tom Oak <tom@northwind.test>",
        Kind.RECRUITER_REPLY,
        company="Northwind",
        role="Northwind Buyer",
    )
    again = track(box.readings, ids=ids)
    assert {one.id for one in again.applications} == {one.id for one in first.applications}
    assert again.aliases == ()


def test_when_two_join_the_older_id_stays_and_the_other_is_an_alias() -> None:
    box = two()
    older, younger = track(box.readings).applications
    ids = {message.message_id: one.id for one in (older, younger) for message in one.readings}
    together = Constraint(True, tuple(one.message_id for one in box.readings))
    joined = track(box.readings, constraints=[together], ids=ids)
    assert [one.id for one in joined.applications] == [older.id]
    assert joined.aliases == ((younger.id, older.id),)


def test_when_one_is_split_the_id_stays_with_its_oldest_message() -> None:
    box = two()
    ids = {one.message_id: "given" for one in box.readings}
    older, younger = track(box.readings, ids=ids).applications
    assert older.id == "given"
    assert younger.id != "given"
