"""A replay as a mirror: what would have been drafted, and what the person did instead."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.assistant import Profile
from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.mirror import Mirror, in_words, mirror
from mailbot.outcome import DraftPlaced, Outcome
from mailbot.reading.statements import Reader
from mailbot.replay import replay
from tests.sample_mail import CANCELLATION, CONFIRMATION, OWN_THANKS, TOM, at, mail

PROFILE = Profile(
    Reader(frozenset({"robin@example.com"}), "America/New_York", name="Robin Adeyemi"),
    Me("Robin Adeyemi", ("robin@example.com",), "America/New_York"),
    load("coach"),
)
REJECTION = mail(
    "2026-03-05 16:00",
    TOM,
    "Your application at Linden Works",
    "Hi Robin,\n\nThank you for your interest in the Stage Technician position at Linden Works. I am sorry to say that"
    " we have chosen another candidate.\n\nTom Varga\nRecruiter, Linden Works\n",
    ident="no@lindenworks.example",
    reply_to="confirm@lindenworks.example",
)


def played(folder: Path, *mails: bytes, until: str = "2026-03-09 18:00") -> Mirror:
    for number, raw in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(raw)
    placed: list[DraftPlaced] = []
    outcome: Outcome | None = None
    for outcome in replay(folder, PROFILE, None, at(until)).outcomes():
        placed += [one for one in outcome.events if isinstance(one, DraftPlaced)]
    assert outcome is not None
    return mirror(placed, outcome.outlook)


def instead(seen: Mirror) -> dict[str, str]:
    return {one.placed.letter.to[0].email.partition("@")[0]: one.instead for one in seen.reflections}


def test_it_says_how_much_later_the_person_wrote_and_what_they_never_wrote(tmp_path: Path) -> None:
    assert instead(played(tmp_path, CONFIRMATION, OWN_THANKS)) == {
        "ella.brandt": "you wrote yourself 45 minutes later",
        "tom.varga": "you sent nothing",
    }


def test_what_the_person_wrote_before_any_draft_is_counted(tmp_path: Path) -> None:
    seen = played(tmp_path, CONFIRMATION, OWN_THANKS.replace(b"15:30:00", b"14:40:00"))
    assert list(instead(seen)) == ["tom.varga"]
    assert seen.faster == 1


def test_events_that_went_past_a_draft_are_told(tmp_path: Path) -> None:
    seen = played(tmp_path, CONFIRMATION, REJECTION)
    assert instead(seen)["ella.brandt"] == "you sent nothing; a decision has come since."


def test_what_was_cancelled_is_in_no_mirror(tmp_path: Path) -> None:
    seen = played(tmp_path, CONFIRMATION, CANCELLATION)
    assert "thank_you" not in {one.placed.follow_up.kind for one in seen.reflections}


def test_notes_to_oneself_are_left_out(tmp_path: Path) -> None:
    assert {one.placed.follow_up.kind for one in played(tmp_path, CONFIRMATION).reflections} == {"thank_you"}


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(seconds=20), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=61), "1 hour"),
        (timedelta(hours=25), "1 day"),
        (timedelta(days=9, hours=23), "9 days"),
    ],
)
def test_times_are_told_in_their_largest_unit(time: timedelta, words: str) -> None:
    assert in_words(time) == words
