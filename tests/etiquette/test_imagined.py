"""A letter of any kind that makes sense, whether or not it is due."""

from __future__ import annotations

import pytest

from mailbot.etiquette import PRESETS, imagined, load, why_not
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Verdict
from mailbot.etiquette.wishes import Asked, Wish
from mailbot.reading.statements import Facet, Kind
from mailbot.tracking import track
from tests.etiquette.desk import DANA, OMAR, PRIYA, Desk

NOW = "2026-03-16 10:00"


def seen(desk: Desk, kind: FollowUpKind, at: str = NOW, wishes: tuple[Wish, ...] = ()) -> tuple[FollowUp, ...]:
    known = track([one for one in desk.readings if one.arrived <= desk.at(at)]).applications
    return imagined(kind, known[0], known, desk.at(at), load(desk.preset), desk.reader, wishes)


def applied(preset: str = "coach") -> Desk:
    desk = Desk(preset=preset)
    desk.applied()
    desk.heard("2026-03-02 10:00", DANA, Kind.RECRUITER_REPLY)
    return desk


def held(preset: str = "coach") -> Desk:
    desk = applied(preset)
    desk.interview("2026-03-12 14:00", 60, people=(PRIYA, OMAR))
    return desk


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("kind", [FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER, FollowUpKind.CHECK_IN])
def test_every_preset_shows_what_follows_an_interview(preset: str, kind: FollowUpKind) -> None:
    assert seen(held(preset), kind)


@pytest.mark.parametrize(
    "kind", [FollowUpKind.WITHDRAWAL, FollowUpKind.NO_SHOW, FollowUpKind.APOLOGY, FollowUpKind.DECLINE]
)
def test_what_the_person_would_ask_for_is_shown_before_they_do(kind: FollowUpKind) -> None:
    (one,) = seen(held(), kind)
    assert (one.verdict, one.identity.recipient) == (Verdict.DUE, "dana.reed@acme.test")


@pytest.mark.parametrize("kind", [one for one in FollowUpKind if one is not FollowUpKind.WITHDRAWAL])
def test_nothing_is_shown_that_nothing_calls_for(kind: FollowUpKind) -> None:
    assert seen(applied(), kind) == ()
    assert why_not(kind).endswith((".", ")."))


def test_who_has_ended_it_cannot_withdraw_once_more() -> None:
    desk = held()
    desk.heard("2026-03-13 10:00", DANA, Kind.REJECTION)
    assert seen(desk, FollowUpKind.WITHDRAWAL) == ()


def test_a_letter_that_was_asked_for_is_shown_once() -> None:
    desk = held()
    wish = Asked(
        (desk.readings[0].message_id,), desk.at("2026-03-16 09:00"), FollowUpKind.WITHDRAWAL, "<a@told.invalid>"
    )
    assert [one.identity.occasion for one in seen(desk, FollowUpKind.WITHDRAWAL, wishes=(wish,))] == [(wish.ident,)]


def test_the_open_ones_are_shown_before_what_is_done() -> None:
    desk = held()
    desk.wrote("2026-03-12 16:00", Kind.OWN_THANK_YOU, to=PRIYA, facets=[Facet.THANKS])
    shown = seen(desk, FollowUpKind.THANK_YOU, "2026-03-12 17:00")
    assert {one.to.email for one in shown} == {"omar.bell@acme.test", "dana.reed@acme.test"}
