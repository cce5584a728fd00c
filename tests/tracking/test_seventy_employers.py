"""Many employers at once, in the words of the tools that they hire with, or their own: each is one application."""

from __future__ import annotations

from collections import defaultdict

import pytest

from mailbot.mail.message import Direction
from mailbot.mail.mime import parse
from mailbot.mail.port import Place
from mailbot.reading.reader import read
from mailbot.reading.statements import Reader, Reading
from mailbot.tracking import track
from tests.tracking.forty import Sent
from tests.tracking.seventy import firms, mailbox

READER = Reader(frozenset({"noor.haddish@home.example"}), "Europe/London", "Noor Haddish", "GB")


def _read(one: Sent) -> Reading:
    direction = Direction.OUT if one.place is Place.SENT else Direction.IN
    return read(parse(one.raw, own=READER.addresses, direction=direction, arrived=one.at), READER)


@pytest.fixture(scope="module", params=["seventy", "others"])
def search(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def mails(search: str) -> list[Sent]:
    return mailbox(search)


@pytest.fixture(scope="module")
def readings(mails: list[Sent]) -> list[Reading]:
    return [_read(one) for one in mails]


def test_each_employer_is_exactly_one_application(search: str, mails: list[Sent], readings: list[Reading]) -> None:
    firm_of = {one.id: one.firm for one in mails}
    applications: defaultdict[int, list[set[int]]] = defaultdict(list)
    for application in track(readings).applications:
        owners = {firm_of[one.message_id] for one in application.readings}
        applications[min(owners)].append(owners)
    assert dict(applications) == {one.number: [{one.number}] for one in firms(search)}


def test_each_has_all_its_mail(mails: list[Sent], readings: list[Reading]) -> None:
    """But surveys on how it was to apply: they say nothing of an application, so that either is right."""
    placed = {one.message_id for application in track(readings).applications for one in application.readings}
    assert [one.id for one in mails if one.id not in placed and not one.id.startswith("<survey.")] == []
