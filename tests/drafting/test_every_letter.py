"""What holds for every letter, whatever the names, roles, presets, manners and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.drafting.letter import Letter, Me
from mailbot.drafting.notes import DAY_WORDS
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.mime import parse
from mailbot.reading.statements import Facet, Kind, Tone
from tests.drafting.desk_letters import IDENT, Letters, middle
from tests.etiquette.desk import DANA, OMAR, PRIYA

COMPANIES = ("Acme", "Acme Inc.", "Tarn & Sons", "Ideas", "Yahoo!", "The Grove", "Müller GmbH & Co. KG", "B.V.", None)
ROLES = (
    "Analyst", "the Analyst", "Senior Engineer (m/w/d)", "Trainee position", "[Remote] Planner", "Editor.",
    "UX designer", "Assistant, Payroll", "Operator <night>", None,
)  # fmt: skip
NAMES = (
    "Priya Shah", "PRIYA SHAH", "Shah, Priya", "Priya", "Priya Shah (she/her)", "Dr. Priya Shah", "", "P. Shah", "李娜",
)  # fmt: skip
NOTES = (
    "the new plant", "We discussed the budget.", "The team is moving to Rust", "I led such a move [twice]",
    "today's rush",
)  # fmt: skip
ASKED_FOR = (
    FollowUpKind.WITHDRAWAL, FollowUpKind.DECLINE, FollowUpKind.NO_SHOW, FollowUpKind.APOLOGY,
    FollowUpKind.CONFIRMATION,
)  # fmt: skip
ME = Me("Sam Porter", ("sam.porter@home.test",), "America/New_York", phone="+1 212 555 0100")


@st.composite
def worlds(draw: st.DrawFn) -> Letters:
    """A mailbox whose application goes through every letter, on different days."""
    name = draw(st.sampled_from(NAMES))
    priya = f"{name} <priya.shah@acme.test>".strip() if "," not in name else f'"{name}" <priya.shah@acme.test>'
    preset = draw(st.sampled_from(("coach", "ten-steps", "one-follow-up", "three-strikes")))
    tone = draw(st.sampled_from(Tone))
    desk = Letters(preset=preset, company=draw(st.sampled_from(COMPANIES)), role=draw(st.sampled_from(ROLES)))  # type: ignore[arg-type]
    desk.person = replace(
        ME,
        manner=draw(st.sampled_from(("", "us", "uk", "de", "in"))),
        strengths=draw(st.sampled_from(((), ("reporting",), ("reporting.", "team [lead]", "SQL")))),
    )
    desk.applied()
    slots = [desk.slot(f"2026-03-0{day} 1{day}:00", 60) for day in draw(st.sampled_from(((), (4, 5), (4, 5, 6))))]
    facet = draw(st.sampled_from((Facet.ASKS, Facet.BOOKING_LINK)))
    desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[facet], proposed=slots, tone=tone)
    fixed = desk.interview("2026-03-12 14:00", 60, people=(priya, OMAR, "Lee Marsh"), tone=tone)
    for topic in draw(st.lists(st.sampled_from(NOTES), max_size=2)):
        desk.note(fixed, topic, draw(st.sampled_from(("", "priya.shah@acme.test", "Omar Bell"))))
    if draw(st.booleans()):
        desk.promised("2026-03-13 09:00", "2026-03-17")
    return desk


MOMENTS = (
    "2026-03-02 10:05", "2026-03-11 18:30", "2026-03-12 15:00", "2026-03-13 12:00", "2026-03-17 09:00",
    "2026-03-18 09:00", "2026-03-19 09:00", "2026-03-20 09:00", "2026-03-23 09:00", "2026-03-26 09:00",
)  # fmt: skip


def letters(desk: Letters) -> Iterator[Letter]:
    """Whatever is due at any of the moments, then what a check-in, an offer or a no brings."""
    for at in MOMENTS:
        yield from desk.due(at)
    asked = replace(desk, readings=list(desk.readings))
    asked.asked_news("2026-03-24 09:00")
    yield from asked.due("2026-03-31 09:00")
    offered = replace(desk, readings=list(desk.readings))
    offered.heard("2026-03-27 10:00", DANA, Kind.OFFER, respond_by=date(2026, 4, 2))
    yield from offered.due("2026-03-27 10:05")
    refused = replace(desk, readings=list(desk.readings))
    refused.heard("2026-03-27 10:00", DANA, Kind.REJECTION)
    for at in ("2026-03-27 10:05", "2026-05-12 09:00"):
        yield from refused.due(at)
    for kind in ASKED_FOR:
        yield desk.asked_for("2026-03-13 10:00", kind)


def is_sendable(letter: Letter) -> None:
    body = letter.body
    assert not any(mark in letter.subject + body for mark in "[]{}<>")
    assert DAY_WORDS.search(letter.subject + "\n" + body) is None
    assert "None" not in body
    assert "  " not in body
    assert "\n\n\n" not in body
    words = body.lower().replace("\n", " ").split(" ")
    assert not any(one == other and one for one, other in pairwise(words)), body
    assert not any(mark in body for mark in ("..", " ,", " .", " ;", ",,", ",.", "!.", "?."))
    assert body.startswith(("Hi ", "Dear ", "Hello,"))
    for paragraph in middle(letter).split("\n\n"):
        for line in paragraph.split("\n"):
            assert line[0].isupper() or line.startswith("- ") or line[0] in "李", body
            assert line[-1] in ".?!:" or line.startswith("- "), body


def has_its_length(letter: Letter) -> None:
    total, preset = len(letter.body.split()), letter.follow_up.preset
    if letter.follow_up.kind is FollowUpKind.CHECK_IN:
        low, high = (70, 130) if preset == "one-follow-up" else (0, 119)
        assert len(middle(letter).split()) >= low, letter.body
        assert total <= high, letter.body
    if letter.follow_up.kind is FollowUpKind.THANK_YOU and preset != "one-follow-up" and not letter.follow_up.arranger:
        assert 2 <= len(middle(letter).split("\n\n")) <= 4


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_every_letter_can_be_sent_as_it_stands(desk: Letters) -> None:
    for letter in letters(desk):
        if letter.follow_up.kind is not FollowUpKind.INTERVIEW_NOTES:
            is_sendable(letter)
            has_its_length(letter)


@given(worlds())
@settings(max_examples=20, deadline=None)
def test_every_letter_reads_back_as_it_was_meant(desk: Letters) -> None:
    for letter in letters(desk):
        mail = parse(letter.raw)
        assert [one.email for one in mail.to] == [one.email for one in letter.to]
        assert (mail.subject, mail.message_id, mail.in_reply_to) == (letter.subject, IDENT, letter.in_reply_to)
        assert mail.text.split() == letter.body.split()


def test_the_matrix_reaches_every_kind() -> None:
    desk = Letters(preset="coach")
    desk.applied()
    desk.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, facets=[Facet.ASKS])
    desk.interview("2026-03-12 14:00", 60, people=(PRIYA,))
    formal = replace(desk, preset="three-strikes")
    kinds = {one.follow_up.kind for world in (desk, formal) for one in letters(world)}
    assert kinds == set(FollowUpKind) - {FollowUpKind.OFFER_ELSEWHERE}  # that one needs a second application


@pytest.mark.parametrize("word", ["mailbot", "X-", "User-Agent"])
def test_nothing_tells_of_the_program(word: str) -> None:
    desk = Letters()
    desk.applied()
    desk.interview("2026-03-12 14:00", 60, people=(PRIYA,))
    for letter in letters(desk):
        assert word.lower() not in letter.raw.decode("ascii").lower()
