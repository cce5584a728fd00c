"""What the person is told: each event once, at moments that suit, and names only if they want them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.errors import Transient
from mailbot.mail.port import Place
from mailbot.outcome import Problem
from mailbot.telling.holding import is_held, is_quiet
from mailbot.telling.teller import Teller
from tests.sample_mail import CANCELLATION, CONFIRMATION, ELLA, TOM, ZONE, at, mail
from tests.telling.desk import Desk, at_desk

THANKS_DRAFT = "A draft waits for you: thank-you. (2)"
PROMISE = mail(
    "2026-03-05 10:00",
    TOM,
    "Stage Technician at Linden Works",
    "Hi Robin,\n\nThank you for coming in yesterday. We will let you know our decision by Wednesday, March 11.\n\n"
    "Best,\nTom Varga\nRecruiter, Linden Works\n",
    ident="promise@lindenworks.example",
    reply_to="confirm@lindenworks.example",
)
REJECTION = mail(
    "2026-03-10 10:00",
    TOM,
    "Stage Technician at Linden Works",
    "Hi Robin,\n\nUnfortunately, we have decided not to move forward with your application for the Stage Technician"
    " position.\n\nTom Varga\nRecruiter, Linden Works\n",
    ident="no@lindenworks.example",
    reply_to="confirm@lindenworks.example",
)
TEST = mail(
    "2026-03-02 11:00",
    "Assessments <no-reply@assessments.example>",
    "Your online assessment for Stage Technician at Linden Works",
    "Hello Robin,\n\nThank you for applying for the Stage Technician position at Linden Works. As the next step, please"
    " take the online assessment.\n\nPlease complete the assessment by Friday, March 13, 2026.\n\nLinden Works\n",
    ident="test@assessments.example",
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with at_desk() as one:
        yield one


@pytest.fixture
def interviewed(desk: Desk) -> Desk:
    """An interview was confirmed for 4 March, 14:00 to 14:45."""
    desk.receive(CONFIRMATION, "2026-03-02 09:11")
    desk.step("2026-03-02 09:12")
    return desk


def test_a_draft_is_told_once(interviewed: Desk) -> None:
    interviewed.step("2026-03-04 15:00")
    assert interviewed.tell("2026-03-04 15:20") == [THANKS_DRAFT]
    assert interviewed.tell("2026-03-04 15:21") == []
    interviewed.step("2026-03-04 16:00")
    assert interviewed.tell("2026-03-04 16:00") == []


def test_what_was_told_is_not_told_again_after_a_restart(interviewed: Desk) -> None:
    interviewed.step("2026-03-04 15:00")
    interviewed.tell("2026-03-04 15:20")
    again = Desk(interviewed.ledger)
    assert again.tell("2026-03-04 15:30") == []


def test_what_is_about_to_be_told_is_kept_first(interviewed: Desk) -> None:
    interviewed.step("2026-03-04 15:00")

    def broken(_text: str) -> None:
        raise Transient("no desktop")

    with pytest.raises(Transient):
        Teller(interviewed.ledger, broken, None, details=False).tell(interviewed.outlook("2026-03-04 15:20"), [])
    assert Desk(interviewed.ledger).tell("2026-03-04 15:21") == []


def texts(*, details: bool) -> str:
    """Everything that is told of an interview, a test that is asked for and a promise, in one."""
    with at_desk(details=details) as desk:
        desk.receive(CONFIRMATION, "2026-03-02 09:11")
        desk.step("2026-03-02 09:12")
        desk.step("2026-03-04 15:00")
        desk.receive(PROMISE, "2026-03-05 10:01")
        desk.receive(TEST, "2026-03-05 11:00")
        desk.step("2026-03-05 12:00")
        return "\n".join([*desk.tell("2026-03-05 12:01"), *desk.tell("2026-03-12 09:00")])


@pytest.mark.parametrize("name", ["Ella", "ella.", "Linden", "lindenworks", "Stage", "Tom"])
def test_nobody_is_named_unless_details_are_wanted(name: str) -> None:
    assert name not in texts(details=False)
    assert "ella.brandt@lindenworks.example" in texts(details=True)


def test_an_account_is_named_in_details_alone(interviewed: Desk) -> None:
    interviewed.ledger.note_trouble("home", "The sign-in was revoked.", at("2026-03-02 10:00"))
    (told,) = interviewed.tell("2026-03-02 10:01", [Problem("home", "The sign-in was revoked.", transient=False)])
    assert told == "An account needs you: mailbot status says what is wrong."


def test_a_lost_sign_in_is_told_once_and_the_next_one_again(interviewed: Desk) -> None:
    lost = [Problem("home", "The sign-in was revoked.", transient=False)]
    interviewed.ledger.note_trouble("home", "x", at("2026-03-02 10:00"))
    assert len(interviewed.tell("2026-03-02 10:01", lost)) == 1
    assert interviewed.tell("2026-03-02 10:11", lost) == []
    interviewed.ledger.note_synced("home", at("2026-03-02 11:00"))
    interviewed.ledger.note_trouble("home", "x", at("2026-03-02 12:00"))
    assert len(interviewed.tell("2026-03-02 12:01", lost)) == 1


def test_what_passes_by_itself_is_told_after_a_day(interviewed: Desk) -> None:
    away = [Problem("home", "The line broke.", transient=True)]
    interviewed.ledger.note_trouble("home", "x", at("2026-03-02 10:00"))
    assert interviewed.tell("2026-03-03 09:59", away) == []
    assert interviewed.tell("2026-03-03 10:00", away) == ["An account has not answered for a day."]


def test_nothing_comes_in_quiet_hours_and_all_of_it_after(interviewed: Desk) -> None:
    interviewed.step("2026-03-04 15:00")
    assert interviewed.tell("2026-03-04 23:00") == []
    assert interviewed.tell("2026-03-05 07:59") == []
    assert interviewed.tell("2026-03-05 08:00") == [THANKS_DRAFT]


def test_a_draft_that_was_taken_back_meanwhile_is_not_told(interviewed: Desk) -> None:
    interviewed.step("2026-03-04 15:00")
    own = mail("2026-03-04 22:00", "Robin Adeyemi <robin@example.com>", "Thank you", "Hi Ella,\n\nThank you for taking"
               " the time to talk with me about the Stage Technician role today.\n\nBest,\nRobin\n",
               ident="own@example.com", to=f"{ELLA}, {TOM}")  # fmt: skip
    interviewed.receive(own, "2026-03-04 22:00", Place.SENT)
    interviewed.step("2026-03-04 22:01")
    assert interviewed.ledger.open_drafts() == ()
    assert interviewed.tell("2026-03-05 08:00") == []


def test_what_is_days_old_is_no_news(interviewed: Desk) -> None:
    interviewed.step("2026-03-04 15:00")
    assert interviewed.tell("2026-03-08 12:00") == []


def test_a_promised_day_that_passed_without_a_word_is_told_the_next_morning(interviewed: Desk) -> None:
    interviewed.receive(PROMISE, "2026-03-05 10:01")
    interviewed.step("2026-03-05 10:02")
    interviewed.tell("2026-03-05 10:03")
    assert interviewed.tell("2026-03-11 20:00") == []
    assert interviewed.tell("2026-03-12 08:00") == ["A promised day has passed without a word."]
    assert interviewed.tell("2026-03-12 08:01") == []


def test_a_promise_that_was_kept_is_not_told(interviewed: Desk) -> None:
    interviewed.receive(PROMISE, "2026-03-05 10:01")
    interviewed.step("2026-03-05 10:02")
    interviewed.receive(REJECTION, "2026-03-10 10:01")
    interviewed.step("2026-03-10 10:02")
    interviewed.tell("2026-03-10 10:03")
    assert interviewed.tell("2026-03-12 08:00") == []


def test_what_is_owed_is_told_when_asked_and_on_the_mornings_before_its_day(desk: Desk) -> None:
    desk.receive(TEST, "2026-03-02 11:00")
    desk.step("2026-03-02 11:01")
    text = "You owe an answer by Friday 13 March."
    days = [datetime(2026, 3, 2, 12, tzinfo=ZONE) + timedelta(days=n) for n in range(13)]
    told = {f"{day:%d}": found for day in days if (found := desk.tell(f"{day:%Y-%m-%d %H:%M}"))}
    assert told == {"02": [text], "11": [text], "13": [text]}


def test_several_events_come_in_one_text(interviewed: Desk) -> None:
    interviewed.receive(TEST, "2026-03-04 22:00")
    interviewed.step("2026-03-04 22:01")
    (told,) = interviewed.tell("2026-03-05 08:00")
    assert THANKS_DRAFT in told.splitlines()
    assert len(told.splitlines()) == 2


@given(st.integers(min_value=-300, max_value=300))
def test_nothing_ever_comes_from_half_an_hour_before_an_interview_to_half_an_hour_after(minutes: int) -> None:
    with at_desk() as desk:
        desk.receive(CONFIRMATION, "2026-03-02 09:11")
        desk.step("2026-03-02 09:12")
        moment = at("2026-03-04 14:00") + timedelta(minutes=minutes)
        assert is_held(desk.outlook(moment), None) == (-30 <= minutes < 75)


def test_an_interview_that_is_cancelled_holds_nothing(interviewed: Desk) -> None:
    interviewed.receive(CANCELLATION, "2026-03-03 16:00")
    interviewed.step("2026-03-03 16:01")
    assert not is_held(interviewed.outlook("2026-03-04 14:10"), None)


@pytest.mark.parametrize(
    ("quiet", "clock", "held"),
    [
        ((time(21), time(8)), time(20, 59), False), ((time(21), time(8)), time(21), True),
        ((time(21), time(8)), time(3), True), ((time(21), time(8)), time(8), False),
        ((time(13), time(14)), time(13, 30), True), ((time(13), time(14)), time(14), False),
        ((time(8), time(8)), time(8), False),
    ],
)  # fmt: skip
def test_quiet_hours_may_go_over_midnight(quiet: tuple[time, time], clock: time, held: bool) -> None:
    assert is_quiet(datetime.combine(datetime(2026, 3, 4).date(), clock, ZONE), quiet) == held
