"""Within the quota, and how often Gmail is asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.errors import Transient
from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.gmail.news import News
from mailbot.mail.gmail.pace import Pace, cost, pause
from mailbot.mail.gmail.polling import interval
from mailbot.mail.gmail.service import Requests
from mailbot.mail.port import DraftPresence, Found, Place
from mailbot.mail.tables import table
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail, message_id
from tests.mail.gmail.test_gmail_news import read_so_far

README = Path(__file__).parents[3] / "README.md"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@given(st.lists(st.integers(1, 250), min_size=1, max_size=300))
def test_no_minute_has_more_units_than_google_gives_a_new_project(wanted: list[int]) -> None:
    clock = Clock()
    pace = Pace(clock, clock.wait)
    spent = []
    for units in wanted:
        pace.take(units)
        spent.append((clock.now, units))
    for end, _ in spent:
        assert sum(units for at, units in spent if end - 60 < at <= end) <= 6_000


def test_a_batch_never_waits_longer_than_a_few_seconds() -> None:
    clock = Clock()
    pace = Pace(clock, clock.wait)
    for _ in range(100):
        before = clock.now
        pace.take(50 * cost("gmail.users.messages.get"))
        assert clock.now - before < 5


@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_pauses_double_with_jitter_and_have_an_end(chance: float) -> None:
    pauses = [pause(attempt, lambda: chance) for attempt in range(8)]
    assert all(0.5 <= one <= 16 for one in pauses)
    assert pauses == sorted(pauses)


def test_every_request_that_is_made_has_a_cost_in_the_table() -> None:
    ask = Requests("http://127.0.0.1:9")
    made = [
        ask.profile(), ask.messages("", token=None, most=1), ask.labelled("SENT", 1), ask.head("a"), ask.raw("a"),
        ask.full("a"), ask.labels("a"), ask.name("a"), ask.thread("a"), ask.conversation("a"), ask.history("1"),
        ask.drafts(None), ask.draft("a"), ask.create_draft("", None), ask.delete_draft("a"),
    ]  # fmt: skip
    assert {one.methodId for one in made} == set(table("gmail")["cost"]) - {"other"}


MONDAY, SATURDAY = datetime(2026, 3, 2), datetime(2026, 3, 7)


@pytest.mark.parametrize(
    ("day", "hour", "since", "seconds"),
    [
        (MONDAY, 12, 30, 20), (MONDAY, 3, 30, 20), (MONDAY, 12, 130, 60), (MONDAY, 23, 200, 600), (MONDAY, 6, 1e9, 600),
        (MONDAY, 7, 1e9, 120), (MONDAY, 8, 1e9, 60), (MONDAY, 19, 1e9, 120), (SATURDAY, 12, 1e9, 120),
        (SATURDAY, 12, 30, 20),
    ],
)  # fmt: skip
def test_it_asks_often_after_something_came_less_in_the_evening_and_seldom_at_night(
    day: datetime, hour: int, since: float, seconds: float
) -> None:
    assert interval(day + timedelta(hours=hour), since) == seconds


@pytest.mark.parametrize("hour", [3, 12])
def test_it_asks_often_around_an_interview(hour: int) -> None:
    asked: list[tuple[float, float]] = []

    def near(before: float, after: float) -> bool:
        asked.append((before, after))
        return before > 0

    assert interval(MONDAY + timedelta(hours=hour), 1e9, near) == 30
    assert asked == [(3600, 7200), (0, 0)]


def test_while_an_interview_lasts_it_asks_as_on_any_day() -> None:
    assert interval(MONDAY + timedelta(hours=12), 1e9, lambda before, after: True) == 60


def test_a_mailbox_asks_by_what_it_is_told_of_interviews(world: GmailWorld) -> None:
    told: list[float] = []

    def near(before: float, after: float) -> bool:
        told.append(before + after)
        mailbox.close()  # which ends the wait
        return True

    mailbox = GmailMailbox("gmail", world.token, api=world.server.url, token_uri=f"{world.server.url}/token", near=near)
    assert not mailbox.wait_for_change(60)
    assert told


def test_the_readme_says_what_a_quiet_day_of_asking_costs() -> None:
    """Whoever asks, the next question waits for the interval. A step looks every ten minutes and believes what the
    watcher was told within ten seconds; once an hour it asks the history."""
    asked = stepped = -601
    units = steps = 0
    for second in range(86_400):
        if second - asked >= interval(MONDAY + timedelta(seconds=second), 1e9):
            asked, units = second, units + cost("gmail.users.getProfile")
        if second % 60 == 0 and second - stepped >= 600:
            stepped, steps = second, steps + 1
            if steps % 6 == 0:
                asked, units = second, units + cost("gmail.users.history.list")
    assert f"about {round(units, -1):,} units of quota on a quiet day" in README.read_text(encoding="utf-8")


def test_however_often_one_waits_gmail_is_asked_when_its_time_has_come(world: GmailWorld) -> None:
    clock = Clock()
    mailbox = world.open(every=lambda since: 60, news=News(clock))
    mailbox.wait_for_change(0)
    world.account.calls.clear()
    for _ in range(60):
        clock.now += 5
        mailbox.wait_for_change(0)
    assert world.account.calls == ["gmail.users.getProfile"] * 5


def test_after_a_failure_the_next_wait_begins_with_a_question(world: GmailWorld) -> None:
    mailbox = world.open(every=lambda since: 60, news=News(Clock()))
    with world.unreachable(), pytest.raises(Transient):
        mailbox.wait_for_change(0)
    world.account.calls.clear()
    mailbox.wait_for_change(0)
    assert world.account.calls == ["gmail.users.getProfile"]


def waiting(world: GmailWorld) -> GmailMailbox:
    """A mailbox that has seen all there is, and asks whenever it is waited for."""
    mailbox = world.open(every=lambda since: 0)
    mailbox.wait_for_change(0)
    return mailbox


def test_what_is_only_read_or_starred_is_no_news(world: GmailWorld) -> None:
    world.deliver(mail("a"))
    (ident,) = world.account.messages
    world.account.relabel(ident, add={"UNREAD"})
    mailbox = waiting(world)
    world.account.relabel(ident, add={"STARRED"}, remove={"UNREAD"})
    assert not mailbox.wait_for_change(0)


@pytest.mark.parametrize(("label", "woken"), [("PROMOTIONS", False), ("UPDATES", True), ("SOCIAL", True)])
def test_an_advertisement_wakes_nobody(world: GmailWorld, label: str, woken: bool) -> None:
    mailbox = waiting(world)
    world.account.deliver(mail("a"), {"INBOX", f"CATEGORY_{label}"})
    assert mailbox.wait_for_change(0) is woken


@pytest.mark.parametrize(("labels", "seconds"), [({"INBOX"}, 20), ({"INBOX", "CATEGORY_UPDATES"}, 60)])
def test_it_asks_more_often_after_what_a_person_may_have_written(
    world: GmailWorld, labels: set[str], seconds: float
) -> None:
    clock = Clock()
    mailbox = world.open(every=lambda since: interval(MONDAY + timedelta(hours=12), since), news=News(clock))
    mailbox.wait_for_change(0)
    world.account.deliver(mail("a"), labels)
    clock.now += 60
    assert mailbox.wait_for_change(0)
    world.account.calls.clear()
    while not world.account.calls:
        clock.now += 1
        mailbox.wait_for_change(0)
    assert clock.now - 60 == seconds


def test_a_draft_that_is_being_written_is_no_news_and_one_that_is_sent_is(world: GmailWorld) -> None:
    mailbox = waiting(world)
    world.deliver(mail("theirs"), Place.DRAFTS)
    for words in ("Dear", "Dear Ms", "Dear Ms Heron"):
        world.edit_draft(message_id("theirs"), mail("theirs", body=words))
        assert not mailbox.wait_for_change(0)
    world.send_draft(message_id("theirs"))
    assert mailbox.wait_for_change(0)


@pytest.mark.parametrize("place", [Place.INBOX, Place.SENT, Place.JUNK, Place.OTHER])
def test_mail_is_news_wherever_it_lies(world: GmailWorld, place: Place) -> None:
    mailbox = waiting(world)
    world.deliver(mail("a"), place)
    assert mailbox.wait_for_change(0)
    assert not mailbox.wait_for_change(0)


def test_a_deletion_and_a_move_are_news(world: GmailWorld) -> None:
    world.deliver(mail("a"))
    mailbox = waiting(world)
    world.move(message_id("a"), Place.INBOX, Place.JUNK)
    assert mailbox.wait_for_change(0)
    world.expunge(message_id("a"), Place.JUNK)
    assert mailbox.wait_for_change(0)


class Looking:
    """A mailbox in which two drafts of ours lie, as a step looks after them."""

    def __init__(self, world: GmailWorld) -> None:
        self.world = world
        self.clock = Clock()
        self.mailbox = world.open(news=News(self.clock))
        self.names = [message_id("one"), message_id("two")]
        for name in ("one", "two"):
            world.deliver(mail(name), Place.DRAFTS)
        self.cursor = read_so_far(world)

    def step(self) -> tuple[tuple[Found, ...], list[str]]:
        """What was found, and which calls it took."""
        self.clock.now += 600
        self.cursor = self.mailbox.changes_since(self.cursor).cursor
        self.world.account.calls.clear()
        return self.mailbox.find_by_message_id(self.names), list(self.world.account.calls)


@pytest.fixture
def looking(world: GmailWorld) -> Looking:
    one = Looking(world)
    one.step()
    return one


def test_drafts_are_not_asked_for_again_where_nothing_happened_to_any(looking: Looking) -> None:
    before, _ = looking.step()
    looking.world.deliver(mail("a"))
    found, calls = looking.step()
    assert found == before
    assert len(found) == 2
    assert calls == []


def edits(world: GmailWorld) -> None:
    world.edit_draft(message_id("one"), mail("one", body="Other words.\r\n"))


HAPPENS: dict[str, Callable[[GmailWorld], object]] = {
    "edited": edits,
    "sent": lambda world: world.send_draft(message_id("one")),
    "deleted": lambda world: world.delete_draft(message_id("one")),
    "gone": lambda world: world.expunge(message_id("one"), Place.DRAFTS),
    "copied": lambda world: world.deliver(mail("one"), Place.DRAFTS),
    "sent elsewhere": lambda world: world.deliver(mail("one"), Place.SENT),
    "history expired": lambda world: world.invalidate_cursors(),
}


@pytest.mark.parametrize("happens", HAPPENS.values(), ids=HAPPENS.keys())
def test_whatever_happens_to_a_draft_is_seen_at_the_next_look(
    looking: Looking, happens: Callable[[GmailWorld], object]
) -> None:
    happens(looking.world)
    found, calls = looking.step()
    assert calls != []
    assert set(found) == set(looking.world.open().find_by_message_id(looking.names))


WRITES: dict[str, Callable[[GmailWorld], object]] = {
    **{name: one for name, one in HAPPENS.items() if name != "history expired"},
    "edited under another Message-ID": lambda world: world.edit_draft(message_id("one"), mail("else")),
    "their own": lambda world: world.deliver(mail("own"), Place.DRAFTS),
    "their own sent": lambda world: world.send_draft(message_id("own")),
    "to Trash": lambda world: world.move(message_id("one"), Place.SENT, Place.TRASH),
}


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.sampled_from(list(WRITES)), max_size=2), max_size=5))
def test_what_is_remembered_is_always_what_a_fresh_look_finds(days: list[list[str]]) -> None:
    with TemporaryDirectory() as folder, closing(GmailWorld(Path(folder) / "token.json")) as world:
        looking, other = Looking(world), world.open()  # which reads no history, and so remembers nothing
        for acts in days:
            for act in acts:
                with suppress(IndexError, StopIteration):  # what is no longer there cannot be written on
                    WRITES[act](world)
            found, _ = looking.step()
            assert set(found) == set(other.find_by_message_id(looking.names))


def test_what_was_not_found_is_looked_for_once_more_and_then_when_the_history_speaks_of_it(looking: Looking) -> None:
    looking.names.append(message_id("three"))
    assert [bool(looking.step()[1]) for _ in range(3)] == [True, True, False]
    looking.world.deliver(mail("three"), Place.SENT)
    found, calls = looking.step()
    assert {one.message_id for one in found} == set(looking.names)
    assert calls != []


def test_of_a_draft_that_the_person_writes_nothing_but_its_name_is_asked(looking: Looking) -> None:
    before, _ = looking.step()
    looking.world.deliver(mail("own"), Place.DRAFTS)
    looking.world.edit_draft(message_id("own"), mail("own", body="Dear Ms Heron"))
    assert looking.step() == (before, ["gmail.users.messages.get"])
    assert looking.step() == (before, [])


def test_of_sent_mail_that_was_read_nothing_is_asked(looking: Looking) -> None:
    looking.step()
    looking.world.deliver(mail("own"), Place.SENT)
    changes = looking.mailbox.changes_since(looking.cursor)
    list(looking.mailbox.headers(changes.appeared))
    looking.cursor = changes.cursor
    assert looking.step()[1] == []


def test_of_a_draft_that_was_edited_under_another_message_id_nothing_is_asked_until_it_is_touched(
    looking: Looking,
) -> None:
    looking.world.edit_draft(message_id("one"), mail("other"))
    ref = next(one for one in looking.mailbox.drafts() if looking.mailbox.read_draft(one).count(b"other"))
    for _ in range(3):
        looking.step()
        looking.mailbox.draft_state(ref)
    assert looking.step()[1] == []
    looking.world.account.calls.clear()
    assert looking.mailbox.draft_state(ref) is DraftPresence.PRESENT
    assert looking.world.account.calls == []
    looking.world.edit_draft(message_id("other"), mail("other", body="More."))
    looking.step()
    assert looking.mailbox.draft_state(ref) is DraftPresence.ABSENT


def test_before_a_draft_is_taken_back_gmail_itself_is_asked(looking: Looking) -> None:
    looking.step()
    (ref, _) = looking.mailbox.drafts()
    assert looking.mailbox.draft_state(ref) is DraftPresence.PRESENT
    edits(looking.world)
    assert not looking.mailbox.withdraw_draft(ref)


def test_a_fresh_connection_asks_again(looking: Looking) -> None:
    looking.mailbox.close()
    assert looking.step()[1] != []


def test_what_the_history_said_a_while_ago_does_not_hold(looking: Looking) -> None:
    looking.clock.now += 61
    looking.world.account.calls.clear()
    looking.mailbox.find_by_message_id(looking.names)
    assert looking.world.account.calls != []
