"""Forty employers at once, with tools, recruiters and managers: each is one application, with its own mail alone."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import pytest

from mailbot.mail.message import Direction
from mailbot.mail.mime import parse
from mailbot.mail.port import Place
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader, Reading
from mailbot.tracking import track
from tests.tracking.forty import FIRMS, ROLES, Sent, mailbox

READER = Reader(frozenset({"robin.adeyemi@home.example"}), "Europe/London", "Robin Adeyemi", "GB")


@pytest.fixture(scope="module")
def mails() -> list[Sent]:
    return mailbox()


@pytest.fixture(scope="module")
def readings(mails: list[Sent]) -> list[Reading]:
    return [
        read(
            parse(
                one.raw,
                own=READER.addresses,
                direction=Direction.OUT if one.place is Place.SENT else Direction.IN,
                arrived=one.at,
            ),
            READER,
        )
        for one in mails
    ]


def test_each_employer_is_exactly_one_application(mails: list[Sent], readings: list[Reading]) -> None:
    firm_of = {one.id: one.firm for one in mails}
    applications: defaultdict[int, list[set[int]]] = defaultdict(list)
    for application in track(readings).applications:
        firms = {firm_of[one.message_id] for one in application.readings}
        applications[min(firms)].append(firms)
    assert dict(applications) == {number: [{number}] for number in range(len(FIRMS))}


def test_each_bears_its_employers_name_and_the_role(readings: list[Reading]) -> None:
    found = sorted((one.company or "", one.role or "") for one in track(readings).applications)
    assert found == sorted((name, ROLES[number % len(ROLES)]) for number, name in enumerate(FIRMS))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_does_not_matter(readings: list[Reading], seed: int) -> None:
    shuffled = readings.copy()
    Random(seed).shuffle(shuffled)
    assert track(shuffled).applications == track(readings).applications
