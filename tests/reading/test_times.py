"""What the times of whole mails mean: whose action each belongs to decides."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from mailbot.reading.statements import Interview, InterviewStatus
from tests.reading.time_mails import FOLDER, noted, read_row, rows, wanted

TABLES = ("times_one", "times_two", "times_three", "times_four", "times_five")
MAILS = [row for name in TABLES for row in rows(name)]
NOTHING = tomllib.loads((FOLDER / "times_none.toml").read_text(encoding="utf-8"))["rows"]


def _named(row: dict[str, Any]) -> str:
    return f"{row['kind']} {row['at']}"


def _params() -> list[Any]:
    """Every mail; `beyond` says why a mail is not yet read as a person would read it."""
    return [
        pytest.param(
            row, id=_named(row), marks=pytest.mark.xfail(reason=row["beyond"], strict=True) if "beyond" in row else ()
        )
        for row in MAILS
    ]


@pytest.mark.parametrize("row", _params())
def test_a_mail_tells_what_each_of_its_times_means(row: dict[str, Any]) -> None:
    assert noted(read_row(row)) == wanted(row)


@pytest.mark.parametrize(("kind", "words"), NOTHING)
def test_other_times_are_no_talk_no_promise_and_no_deadline(kind: str, words: str) -> None:
    text = f"Dear Sam,\n\n{words}\n\nNora Feld\n"
    times = read_row({"kind": kind, "at": "2027-03-10 11:00", "tz": "Europe/London", "text": text})
    assert noted(times) == {"interviews": [], "decision": "", "respond": ""}


def test_of_single_wordings_94_in_100_are_read_as_promise_deadline_or_neither() -> None:
    table = tomllib.loads((FOLDER / "times_told.toml").read_text(encoding="utf-8"))["rows"]
    wrong = [words for kind, words, *dues in table if _dues(kind, words) != dues]
    assert len(wrong) <= 0.06 * len(table), wrong


TALKS = tomllib.loads((FOLDER / "times_talks.toml").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize(("kind", "words", "talks"), TALKS)
def test_a_talk_is_fixed_moved_and_called_off_in_many_words(kind: str, words: str, talks: list[str]) -> None:
    row = {"kind": kind, "at": "2027-03-08 08:10", "tz": "Europe/London", "text": f"Hi Sam,\n\n{words}\n\nNora Feld\n"}
    found = read_row(row | ({"from": "me"} if kind.startswith("own_") else {})).interviews
    assert sorted(_briefly(one) for one in found) == sorted(talks)


def _briefly(one: Interview) -> str:
    end = f"-{one.end:%H:%M}" if one.end else ""
    return f"{one.start:%m-%d %H:%M}{end}{' c' if one.status is InterviewStatus.CANCELLED else ''}"


def _dues(kind: str, words: str) -> list[str]:
    """The last day of the promise and the day of the deadline in a mail of one sentence."""
    text = f"Dear Sam,\n\n{words}\n\nNora Feld\n"
    times = read_row({"kind": kind, "at": "2027-03-08 10:00", "tz": "Europe/London", "text": text})
    return [str(times.decision_by.latest if times.decision_by else ""), str(times.respond_by or "")]


FORMATS = tomllib.loads((FOLDER / "times_formats.toml").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize(("words", "form"), FORMATS)
def test_words_tell_how_a_talk_is_held(words: str, form: str) -> None:
    text = f"Hi Sam,\n\nWe meet on Thursday 11 March at 10am. {words}\n\nNora Feld\n"
    row = {"kind": "interview_confirmed", "at": "2027-03-08 08:10", "tz": "Europe/London", "text": text}
    assert [one.format or "" for one in read_row(row).interviews] == [form]


PICKS = [
    ("interview_confirmed", "Option B it is.", "11"),
    ("interview_confirmed", "Let's go with slot 3 then.", "12"),
    ("interview_confirmed", "The last one suits us as well.", "12"),
    ("own_reply", "A please :)", "10"),
    ("own_reply", "The second one works for me, thank you.", "11"),
    ("own_reply", "Would the second one still be free?", ""),
]


@pytest.mark.parametrize("marks", ["ABC", "---"])
@pytest.mark.parametrize(("kind", "words", "day"), PICKS)
def test_a_letter_or_a_place_picks_one_of_the_times_offered(kind: str, words: str, day: str, marks: str) -> None:
    row = {"kind": kind, "at": "2027-03-08 08:10", "tz": "Europe/London", "subject": "Re: Interview"}
    offers = "".join(f"> {mark}) {10 + place} March 2027, 4pm\n" for place, mark in enumerate(marks))
    row |= {"text": f"Hi,\n\n{words}\n\nNora Feld\n\n> For the interview we can offer:\n{offers}"}
    row |= {"from": "me"} if kind.startswith("own_") else {}
    assert [_briefly(one) for one in read_row(row).interviews] == ([f"03-{day} 16:00"] if day else [])
