"""What the watcher of an account is told, the step that follows need not ask again; and nothing is lost by that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.mail.gmail import cursor as cursors
from mailbot.mail.gmail.cursor import Position
from mailbot.mail.gmail.news import News
from mailbot.mail.port import Cursor, MessageRef, Place
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail

PROFILE, HISTORY = "gmail.users.getProfile", "gmail.users.history.list"


def read_so_far(world: GmailWorld) -> Cursor:
    """As after a first scan that ended now, which would take as long as all else."""
    return cursors.write(Position(str(world.account.history_id), len(world.account.messages)))


class Two:
    """The two lines of the service to one account, a minute after the mailbox was read."""

    def __init__(self, world: GmailWorld) -> None:
        self.world = world
        self.now = 0.0
        news = News(lambda: self.now)
        self.reader = world.open(news=news)
        self.watcher = world.open(news=news, every=lambda since: 60)
        self.cursor: Cursor | None = read_so_far(world)
        self.look()
        self.now += 60
        world.account.calls.clear()

    def look(self) -> list[MessageRef] | None:
        """What a step is told; None where there is more."""
        changes = self.reader.changes_since(self.cursor)
        self.cursor = changes.cursor
        return None if changes.more else list(changes.appeared)

    def asked(self) -> list[str]:
        calls, self.world.account.calls[:] = list(self.world.account.calls), []
        return calls


@pytest.fixture
def two(world: GmailWorld) -> Two:
    return Two(world)


def test_what_the_watcher_was_just_told_a_step_is_told_without_a_question(two: Two) -> None:
    two.world.deliver(mail("a"))
    assert two.watcher.wait_for_change(0)
    assert two.asked() == [PROFILE, HISTORY]
    assert len(two.look()) == 1
    assert two.asked() == []


def test_what_the_watcher_was_told_a_while_ago_holds_if_nothing_happened_since(two: Two) -> None:
    two.world.account.deliver(mail("a"), {"INBOX", "CATEGORY_PROMOTIONS"})
    assert not two.watcher.wait_for_change(0)
    two.now += 30
    two.asked()
    assert len(two.look()) == 1
    assert two.asked() == [PROFILE]


def test_a_second_look_in_the_same_step_asks_for_itself(two: Two) -> None:
    two.world.deliver(mail("a"))
    two.watcher.wait_for_change(0)
    two.look()
    two.world.deliver(mail("b"))
    two.asked()
    assert len(two.look()) == 1
    assert two.asked() == [HISTORY]


def test_what_a_step_has_read_is_no_news_to_the_watcher_and_puts_off_its_question(two: Two) -> None:
    two.world.deliver(mail("a"))
    assert len(two.look()) == 1
    two.asked()
    two.now += 59
    assert not two.watcher.wait_for_change(0)
    assert two.asked() == []
    two.now += 1
    assert not two.watcher.wait_for_change(0)
    assert two.asked() == [PROFILE]


def test_where_the_watcher_was_told_too_much_a_step_asks_for_itself(two: Two) -> None:
    for number in range(600):
        two.world.account.deliver(mail(f"m{number}"), {"INBOX"})
    assert two.watcher.wait_for_change(0)
    assert len(two.look()) == 600


def test_where_the_history_has_expired_the_watcher_says_that_something_came(two: Two) -> None:
    two.world.invalidate_cursors()
    two.world.deliver(mail("a"))
    assert two.watcher.wait_for_change(0)


def test_a_step_that_failed_is_told_the_same_again(two: Two) -> None:
    two.world.deliver(mail("a"))
    two.watcher.wait_for_change(0)
    before = two.cursor
    first = two.look()
    two.cursor = before
    two.now += 600
    assert two.look() == first


def acts() -> st.SearchStrategy[list[str]]:
    names = ("mail", "promotion", "own", "read", "trash", "delete", "watch", "step", "fail", "wait", "long")
    return st.lists(st.sampled_from(names), max_size=25)


@settings(max_examples=40, deadline=None)
@given(acts())
def test_whoever_asks_when_every_mail_is_told_a_step_where_it_lies(happens: list[str]) -> None:
    with TemporaryDirectory() as folder, closing(GmailWorld(Path(folder) / "token.json")) as world:
        two = Two(world)
        told: dict[str, Place] = {}
        for act in [*happens, "long", "step"]:
            told |= {ref.key: ref.place for ref in happened(two, act)}
        kept = world.account.messages
        assert kept.keys() <= told.keys() | {key for key, one in kept.items() if "TRASH" in one.labels}
        assert all((told[key] is Place.TRASH) == ("TRASH" in kept[key].labels) for key in kept.keys() & told.keys())


def happened(two: Two, act: str) -> Iterator[MessageRef]:
    """One thing in the mailbox, or at ours; what a step was told."""
    account, names = two.world.account, list(two.world.account.messages)
    match act:
        case "mail" | "promotion" | "own":
            labels = {"mail": {"INBOX"}, "promotion": {"INBOX", "CATEGORY_PROMOTIONS"}, "own": {"SENT"}}[act]
            account.deliver(mail(f"m{account.history_id}"), labels)
        case "read" if names:
            account.relabel(names[-1], add={"UNREAD"})
        case "trash" if names:
            account.relabel(names[0], add={"TRASH"}, remove={"INBOX"})
        case "delete" if names:
            account.remove(names[-1])
        case "watch":
            two.watcher.wait_for_change(0)
        case "wait" | "long":
            two.now += 7 if act == "wait" else 61
        case "fail":  # what it was told is lost
            two.reader.changes_since(two.cursor)
        case "step":
            while (found := two.look()) is None:
                pass
            yield from found
