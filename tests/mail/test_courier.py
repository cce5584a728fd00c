"""A mailbox that hangs is left behind at the deadline; a fresh courier is sent after a pause."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from mailbot.errors import Transient, Uncertain
from mailbot.mail.courier import HEADS_TOGETHER, PAUSES, SLOW, Courier
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import DraftRef, Place
from tests.sample_mail import CONFIRMATION

DRAFT = b"Message-ID: <a@x.example>\r\nSubject: Thanks\r\n\r\nThank you.\r\n"
QUICK = 0.05  # seconds; a mailbox that hangs does so until the test lets it go


class Hanging:
    """A mailbox in memory that can be made to hang in the midst of an effect."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.hangs = False
        self.let_go = threading.Event()
        self.opened = 0
        self.now = 0.0

    def open(self) -> MemoryMailbox:
        self.opened += 1
        return MemoryMailbox("work", store=self.store, step=self._step)

    def _step(self, _name: str) -> None:
        if self.hangs:
            self.let_go.wait(30)

    def courier(self, deadline: float = QUICK) -> Courier:
        return Courier("work", self.open, deadline=deadline, clock=lambda: self.now)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    one = Hanging()
    yield one
    one.let_go.set()


def test_an_effect_past_its_deadline_is_uncertain(hanging: Hanging) -> None:
    courier = hanging.courier()
    snapshot = courier.snapshot()
    hanging.hangs = True
    with pytest.raises(Uncertain, match="work did not answer"):
        courier.place_draft(DRAFT, snapshot)


def test_after_a_deadline_it_is_not_asked_again_until_the_pause_is_over(hanging: Hanging) -> None:
    courier = hanging.courier()
    snapshot = courier.snapshot()
    hanging.hangs = True
    with pytest.raises(Uncertain):
        courier.place_draft(DRAFT, snapshot)
    with pytest.raises(Transient, match="tried again in 60 seconds"):
        courier.drafts()
    assert hanging.opened == 1
    hanging.hangs = False
    hanging.now = PAUSES[0]
    assert courier.drafts() == ()
    assert hanging.opened == 2


def test_the_pause_doubles_up_to_its_most_and_is_short_again_after_an_answer(hanging: Hanging) -> None:
    courier = hanging.courier()
    snapshot = courier.snapshot()
    hanging.hangs = True
    for pause in (60, 120, 240, 480, 960, 1800, 1800):
        with pytest.raises(Uncertain):
            courier.place_draft(DRAFT, snapshot)
        with pytest.raises(Transient, match=f"in {pause} seconds"):
            courier.drafts()
        hanging.now += pause
    hanging.hangs = False
    courier.drafts()
    hanging.hangs = True
    with pytest.raises(Uncertain):
        courier.place_draft(DRAFT, snapshot)
    with pytest.raises(Transient, match="in 60 seconds"):
        courier.drafts()


class GivingUp(MemoryMailbox):
    """Its library gives up by itself, after `seconds`."""

    seconds = 0.0

    def __init__(self, hanging: Hanging) -> None:
        super().__init__("work")
        self._hanging = hanging

    def drafts(self) -> tuple[DraftRef, ...]:
        self._hanging.now += self.seconds
        raise Transient("The line broke.")


@pytest.mark.parametrize(("seconds", "said"), [(SLOW - 1, "The line broke"), (SLOW + 1, "tried again in 60 seconds")])
def test_who_fails_only_after_a_while_is_left_alone_for_a_pause(hanging: Hanging, seconds: float, said: str) -> None:
    """A server that hangs holds up the step of every account: it is not asked at each one."""
    mailbox = GivingUp(hanging)
    mailbox.seconds = seconds
    courier = Courier("work", lambda: mailbox, clock=lambda: hanging.now)
    with pytest.raises(Transient, match="The line broke"):
        courier.drafts()
    with pytest.raises(Transient, match=said):
        courier.drafts()
    courier.close()


def test_what_is_brought_after_the_deadline_is_seen_by_the_next_look(hanging: Hanging) -> None:
    """The request may be carried out after all: the draft is then found, as after any doubt."""
    courier = hanging.courier()
    snapshot = courier.snapshot()
    hanging.hangs = True
    with pytest.raises(Uncertain):
        courier.place_draft(DRAFT, snapshot)
    hanging.hangs = False
    hanging.let_go.set()
    hanging.now = PAUSES[0]
    done = threading.Event()
    threading.Thread(target=lambda: (_until(lambda: len(hanging.store.mails(Place.DRAFTS)) == 1), done.set())).start()
    assert done.wait(10)
    assert len(courier.find_drafts("<a@x.example>", snapshot)) == 1


def _until(holds) -> None:
    while not holds():
        threading.Event().wait(0.001)


def test_mail_comes_in_small_batches_so_that_the_deadline_is_one_of_progress() -> None:
    store, answers = MemoryStore(), []
    for number in range(220):
        store.deliver(CONFIRMATION.replace(b"Message-ID: <", b"Message-ID: <%d." % number), Place.INBOX)
    courier = Courier("work", lambda: MemoryMailbox("work", store=store), answered=lambda: answers.append(1))
    refs = courier.changes_since(None).appeared
    answers.clear()
    assert len(list(courier.fetch(refs))) == 220
    assert len(answers) == 3
    courier.close()


def test_the_next_headers_are_on_their_way_while_some_are_read() -> None:
    store = MemoryStore()
    box = MemoryMailbox("work", store=store)
    for _ in range(HEADS_TOGETHER + 1):
        box.deliver(CONFIRMATION)
    asked: list[int] = []
    later = threading.Event()

    class Telling(MemoryMailbox):
        def headers(self, refs):  # type: ignore[no-untyped-def]
            several = list(refs)
            asked.append(len(several))
            if len(asked) == 2:
                later.set()
            return super().headers(several)

    courier = Courier("work", lambda: Telling("work", store=store))
    heads = courier.headers(courier.changes_since(None).appeared)
    next(heads)
    assert later.wait(30)
    assert len(list(heads)) == HEADS_TOGETHER
    assert asked == [HEADS_TOGETHER, 1]
    courier.close()


def test_mails_are_on_their_way_before_the_first_is_taken() -> None:
    fetched = threading.Event()

    class Telling(MemoryMailbox):
        def fetch(self, refs):  # type: ignore[no-untyped-def]
            fetched.set()
            return super().fetch(refs)

    store = MemoryStore()
    store.deliver(CONFIRMATION, Place.INBOX)
    courier = Courier("work", lambda: Telling("work", store=store))
    mails = courier.fetch(courier.changes_since(None).appeared)
    assert fetched.wait(30)
    assert len(list(mails)) == 1
    courier.close()
