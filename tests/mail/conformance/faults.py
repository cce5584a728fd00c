"""The fault half of the conformance suite: whatever is cut or killed at whichever step, the next start makes good.

Placing, composing anew and withdrawing are run once to count their steps (of the backend and of the ledger's commits),
then once for every step with the line cut or the process killed there; in between the person may act. Then everything
is opened afresh and goes on. A backend joins with a class of its own, whose fixture gives a fresh world at each call:

    class TestNewBackendFaults(MailboxFaults):
        @pytest.fixture
        def fresh(self) -> Iterator[Callable[[], World]]:
            ...

`MailboxFaultsAtLength` has every combination; it takes minutes and stands in tests/torture.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.drafting.fingerprint import fingerprint
from mailbot.drafting.placing import Placing
from mailbot.mail.port import Capability, Mailbox, Place
from mailbot.mail.steps import Step, no_step
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger, open_ledger
from tests.drafting.placing_scene import BODY, DANA, INTERVIEW, KEY, NOW, again, letter, mail, sent_reading
from tests.mail.conformance import letters
from tests.mail.conformance.world import Lying, World

LETTER = letter()
NEWER = again(LETTER, BODY + "The crane on pier four stays with me.\r\n")
OWN = LETTER.message_id
ELSE = "<else@home.example>"
LATER = NOW + timedelta(hours=1)
OURS = {fingerprint(LETTER.raw): "letter", fingerprint(NEWER.raw): "newer"}


class Death(BaseException):
    """The end of a process that must share its memory with the test: nothing of ours catches it."""


class House:
    """One or two accounts and a ledger. `open` is the start of a process; what it opened, `close` lets go. Beside a
    mailbox that does not outlive the process the ledger is in memory too, and both survive a `Death`."""

    def __init__(self, worlds: dict[str, World], folder: Path) -> None:
        self.worlds = worlds
        self.folder = folder
        self._step = no_step
        self._memory = None if self.world.durable else memory_ledger(step=lambda name: self._step(name))
        self._opened: list[Ledger | Mailbox] = []

    def open(self, step: Step = no_step) -> tuple[Placing, Ledger]:
        self._step = step
        ledger = self._memory or open_ledger(self.folder, step=step)
        boxes: dict[str, Mailbox] = {}
        for account, world in self.worlds.items():
            boxes[account] = world.open(step=step)
            boxes[account].account = account
        self._opened += boxes.values()
        if not self._memory:
            self._opened.append(ledger)
        return Placing(ledger, boxes, KEY), ledger

    def close(self) -> None:
        while self._opened:
            self._opened.pop().close()

    def leave(self) -> None:
        """The test is over."""
        self.close()
        if self._memory:
            self._memory.close()

    @property
    def world(self) -> World:
        return self.worlds["first"]

    def ours(self) -> list[str]:
        """Which of our letters lie in Drafts, in any account, exactly as we wrote them."""
        drafts = [one for world in self.worlds.values() for one in world.at(Place.DRAFTS)]
        return [OURS[mark] for one in drafts if (mark := fingerprint(one.raw)) in OURS]

    def theirs(self) -> Counter[tuple[str, Lying]]:
        """Everything else, wherever it lies; also what the person deleted or sent of ours."""
        return Counter(
            (account, one)
            for account, world in self.worlds.items()
            for one in world.lying()
            if not (one.place is Place.DRAFTS and fingerprint(one.raw) in OURS)
        )


def place(house: House, step: Step = no_step) -> None:
    placing, _ = house.open(step)
    placing.place(
        LETTER, application="app-1", account="first", thread=None, reason="It is due.", now=NOW, since=INTERVIEW
    )


def recompose(house: House, step: Step = no_step) -> None:
    placing, ledger = house.open(step)
    if record := lying(ledger):
        placing.recompose(record, NEWER, NOW)


def withdraw(house: House, step: Step = no_step) -> None:
    placing, ledger = house.open(step)
    if record := lying(ledger):
        placing.withdraw(record, "They have answered.", NOW)


def lying(ledger: Ledger) -> DraftRecord | None:
    record = ledger.draft_for(LETTER.follow_up.identity)
    return record if record and record.status is DraftStatus.PLACED else None


ACTS = {"place": place, "recompose": recompose, "withdraw": withdraw}
# What lies in Drafts when each is done and the person did nothing.
DONE = {"place": ["letter"], "recompose": ["newer"], "withdraw": []}

EDITED = mail(DANA, OWN, body="Dear Dana, what a harbour.")
HANDS: dict[str, Callable[[World], None]] = {
    "nothing": lambda world: None,
    "edit": lambda world: world.edit_draft(OWN, EDITED),
    "edit under another Message-ID": lambda world: world.edit_draft(OWN, EDITED.replace(OWN.encode(), ELSE.encode())),
    "send": lambda world: world.send_draft(OWN),
    "send under another Message-ID": lambda world: world.send_draft(OWN, sent_as=ELSE),
    "delete": lambda world: world.delete_draft(OWN),
}


Build = Callable[[str, int], House]


class MailboxFaults:
    """Inherited by the class of each backend, which gives the fixture `fresh`."""

    @pytest.fixture
    def build(self, fresh: Callable[[], World], tmp_path: Path) -> Iterator[Build]:
        """A house in which everything that an act needs has been done before."""
        made: list[House] = []

        def build(act: str, accounts: int) -> House:
            names = ("first", "second")[:accounts]
            house = House({name: fresh() for name in names}, tmp_path / f"state-{len(made)}")
            made.append(house)
            for world in house.worlds.values():
                world.deliver(letters.mail("theirs", body="An answer."))
                world.deliver(mail("lee@firm.example", "<theirs@home.example>"), Place.DRAFTS)
            if Capability.WITHDRAW not in house.world.open().capabilities and act != "place":
                pytest.skip("this mailbox cannot withdraw")
            if act != "place":
                place(house)
                house.close()
            return house

        yield build
        for house in made:
            house.leave()

    @pytest.mark.parametrize("act", ACTS)
    def test_cut_at_any_step(self, build: Build, act: str) -> None:
        self.cut_everywhere(build, act)

    @pytest.mark.parametrize("hand", ["nothing", "edit", "send", "delete"])
    @pytest.mark.parametrize("act", ACTS)
    def test_killed_at_any_step(self, build: Build, act: str, hand: str) -> None:
        self.kill_everywhere(build, act, hand)

    @pytest.mark.parametrize("act", ACTS)
    def test_killed_at_any_step_with_two_accounts(self, build: Build, act: str) -> None:
        self.kill_everywhere(build, act, "nothing", accounts=2)

    def cut_everywhere(self, build: Build, act: str, accounts: int = 1) -> None:
        for at in range(1, steps_of(build(act, accounts), act) + 1):
            house = build(act, accounts)
            with house.world.settled():
                with suppress(ConnectionError):
                    ACTS[act](house, at_step(at, cut))
                house.close()
            self.check(house, act, "nothing")

    def kill_everywhere(self, build: Build, act: str, hand: str, accounts: int = 1) -> None:
        for at in range(1, steps_of(build(act, accounts), act) + 1):
            house = build(act, accounts)
            kill(house, ACTS[act], at)
            self.check(house, act, hand)

    def check(self, house: House, act: str, hand: str) -> None:
        """The person acts, mailbot starts again, and everything is as it should be."""
        touched = bool(house.ours())
        if touched:
            HANDS[hand](house.world)
        unsure = withdrawing(house)
        before = house.theirs()
        for _ in range(2):  # the second start finds nothing more to do
            go_on(house, act)
        wanted = DONE[act] if hand == "nothing" or not touched else []
        allowed = [wanted]
        if touched and hand == "delete" and act == "recompose" and unsure:
            allowed.append(["newer"])  # our withdrawal or their deletion: nobody can tell
        assert house.ours() in allowed
        taken_back = {one for one in house.theirs() - before if is_taken_back(one[1])}
        assert house.theirs() - before == Counter(taken_back)
        assert before - house.theirs() == Counter()


class MailboxFaultsAtLength(MailboxFaults):
    """Every act, every hand, one account and two; and a second kill while the first is made good."""

    @pytest.mark.parametrize("act", ACTS)
    def test_cut_at_any_step_with_two_accounts(self, build: Build, act: str) -> None:
        self.cut_everywhere(build, act, accounts=2)

    @pytest.mark.parametrize("accounts", [1, 2])
    @pytest.mark.parametrize("hand", HANDS)
    @pytest.mark.parametrize("act", ACTS)
    def test_killed_at_any_step_whatever_the_person_does(
        self, build: Build, act: str, hand: str, accounts: int
    ) -> None:
        self.kill_everywhere(build, act, hand, accounts)

    @pytest.mark.parametrize("act", ACTS)
    def test_killed_again_while_it_is_made_good(self, build: Build, act: str) -> None:
        for at in range(1, steps_of(build(act, 1), act) + 1):
            second = 0
            while True:
                second += 1
                house = build(act, 1)
                kill(house, ACTS[act], at)
                if not kill(house, lambda house, step: go_on(house, act, step), second):
                    break
                self.check(house, act, "nothing")


def go_on(house: House, act: str, step: Step = no_step) -> None:
    """A later step of a process that has just started, as the assistant does it."""
    placing, ledger = house.open(step)
    sent = [sent_reading(ident=ELSE)] if any(one.message_id == ELSE for one in house.world.at(Place.SENT)) else []
    for account in house.worlds:
        placing.settle(account, LATER, sent)
    ACTS[act](house, step)
    assert ledger.integrity_check() == ()
    assert not any(one.in_doubt for one in ledger.all_drafts())
    house.close()


def withdrawing(house: House) -> bool:
    """Whether a withdrawal was begun of which the ledger does not know the end."""
    _, ledger = house.open()
    begun = any(one.withdrawing for one in ledger.all_drafts())
    house.close()
    return begun


def is_taken_back(one: Lying) -> bool:
    return one.place is Place.TRASH and fingerprint(one.raw) in OURS


def at_step(at: int, fault: Callable[[str], None]) -> Step:
    """A step at which the fault happens, by its number."""
    taken: list[str] = []

    def step(name: str) -> None:
        taken.append(name)
        if len(taken) == at:
            fault(name)

    return step


def cut(name: str) -> None:
    raise ConnectionResetError(f"cut at '{name}'")


def die(name: str) -> None:
    raise Death(name)


def kill_self(name: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill(house: House, act: Callable[[House, Step], None], at: int) -> bool:
    """Run the act in a process that ends at that step: a real one where the mailbox outlives it. False where the act
    has fewer steps."""
    if house.world.durable:
        with house.world.settled():
            return kill_child(house, act, at)
    try:
        act(house, at_step(at, die))
    except Death:
        return True
    finally:
        house.close()
    return False


def kill_child(house: House, act: Callable[[House, Step], None], at: int) -> bool:
    with warnings.catch_warnings():
        # From Python 3.12 on: a child of a process with threads may hang. Nothing that those hold is needed here.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            act(house, at_step(at, kill_self))
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def steps_of(house: House, act: str) -> int:
    """How many steps the act has where nothing fails."""
    names: list[str] = []
    ACTS[act](house, names.append)
    house.close()
    assert house.ours() == DONE[act]
    return len(names)
