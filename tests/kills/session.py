"""A session that places drafts, composes one anew and takes one back, and what must be true however it was killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.drafting.fingerprint import fingerprint
from mailbot.mail.port import Place
from mailbot.store.sqlite import open_ledger
from tests.kills.homes import KilledHome
from tests.kills.nursery import Fault, Nursery, Ran
from tests.sample_mail import CONFIRMATION, OWN_THANKS, at

BEFORE = at("2026-03-03 12:00")
AFTER = at("2026-03-04 14:46")
HAND = b"\nAnd a line of my own.\n"
OWN_THANKS_LATER = OWN_THANKS.replace(b"15:30:00", b"15:10:00")


@dataclass(frozen=True)
class Act:
    """`before`: what others do first. `reads`: mail has come, which is read before the command that is killed."""

    name: str
    now: datetime
    before: Callable[[KilledHome, Nursery], None]
    args: tuple[str, ...] = ("sync",)
    reads: bool = True


def mail_comes(home: KilledHome, nursery: Nursery) -> None:
    home.deliver(CONFIRMATION)


def they_edit_one(home: KilledHome, nursery: Nursery) -> None:
    (mine,) = (one for one in home.drafts() if b"tom.varga" in one.raw.partition(b"\n\n")[0].replace(b"\r", b""))
    home.edit(mine.message_id, mine.raw + HAND)


def they_noted_something(home: KilledHome, nursery: Nursery) -> None:
    they_edit_one(home, nursery)
    assert nursery.run(home.folder, AFTER + timedelta(minutes=5), NOTE).status == 0


def they_write_themselves(home: KilledHome, nursery: Nursery) -> None:
    home.deliver(OWN_THANKS_LATER, Place.SENT)


# How a request begins that changes a mailbox: IMAP's, with its tag, and Gmail's.
REQUESTS = (b" APPEND ", b" UID MOVE ", b" UID COPY ", b"POST /gmail/v1/users/me/drafts", b"DELETE /gmail/")
NOTE = ("note", "linden", "the new fly system", "--with", "Ella")
ACTS = (
    Act("place", AFTER, mail_comes),
    Act("recompose", AFTER + timedelta(minutes=10), they_noted_something, reads=False),
    Act("withdraw", AFTER + timedelta(minutes=40), they_write_themselves),
)


@dataclass
class Session:
    """One home, brought to the moment before each act, and what that act leads to where nothing goes wrong."""

    home: KilledHome
    nursery: Nursery

    def acts(self) -> Iterator[tuple[Act, Ran]]:
        """Each act in turn; between two of them the home is as it was before the act, saved."""
        self.run(BEFORE, "sync")
        for act in ACTS:
            act.before(self.home, self.nursery)
            if act.reads:
                self.run(act.now - timedelta(minutes=1), "sync", "--dry-run")
            self.home.save()
            done = self.nursery.run(self.home.folder, act.now, act.args, trace=True)
            assert done.status == 0, done.said
            self.wanted, self.theirs = meanings(self.home), self.home.theirs()
            self.taken_back = meanings(self.home, Place.TRASH)
            yield act, done
            self.home.restore()
            self.run(act.now, *act.args)

    def run(self, now: datetime, *args: str) -> None:
        done = self.nursery.run(self.home.folder, now, args)
        assert done.status == 0, done.said

    def killed(self, act: Act, fault: Fault) -> bool:
        """The act with a fault in it, from the saved moment on; the next start makes it good. False where the act was
        over before the fault."""
        self.home.restore()
        ran = self.nursery.run(self.home.folder, act.now, act.args, fault)
        if fault.how != "fail" and not ran.died:
            return False
        assert not placed_without_intent(self.home)
        self.go_on(act)
        return True

    def writes(self, ran: Ran) -> int:
        """How often it wrote to the store."""
        return sum(self._state in one.path for one in ran.calls)

    def disk_fails(self, act: Act, at: int, number: int, *, lasting: bool) -> None:
        """The `at`-th write of the store fails with that error, and all after it where it is `lasting`: a sentence
        says so, and when there is room again all is made good."""
        self.home.restore()
        fault = Fault("fail", at, number, lasting, within=self._state)
        failed = self.nursery.run(self.home.folder, act.now, act.args, fault)
        assert failed.status in (0, 2, 75), failed.said
        assert "Traceback" not in failed.said, failed.said
        assert failed.status == 0 or str(self.home.folder / "state") in failed.said, failed.said
        assert not placed_without_intent(self.home)
        self.go_on(act)

    @property
    def _state(self) -> str:
        return str(self.home.folder / "state")

    def go_on(self, act: Act) -> None:
        """The next start makes good what a fault in the act left."""
        again = self.nursery.run(self.home.folder, act.now + timedelta(minutes=2), ("sync",))
        assert again.status == 0, again.said
        self.check()

    def check(self) -> None:
        """Every follow-up has the draft that it would have had, and what the person wrote is as they wrote it."""
        assert meanings(self.home) == self.wanted
        # A second copy that was healed at once would lie here: there never was one.
        assert meanings(self.home, Place.TRASH) == self.taken_back
        assert self.home.theirs() == self.theirs
        with open_ledger(self.home.folder / "state") as ledger:
            assert ledger.integrity_check() == ()
            assert not any(one.in_doubt for one in ledger.all_drafts())


def meanings(home: KilledHome, place: Place = Place.DRAFTS) -> Counter[tuple[str, bytes]]:
    """The drafts there by what they mean; one that the person edited by its very bytes."""
    return Counter(
        ("theirs", one.raw) if HAND.strip() in one.raw else ("ours", fingerprint(one.raw).encode())
        for one in home.lying()
        if one.place is place
    )


def placed_without_intent(home: KilledHome) -> set[str]:
    """Message-IDs of drafts that lie in the mailbox and of which the ledger knows nothing: as the kill left both."""
    with closing(open_ledger(home.folder / "state")) as ledger:
        known = {one.message_id for one in ledger.all_drafts()}
    return {one.message_id for one in home.drafts()} - known


def effects(ran: Ran, home: KilledHome) -> list[int]:
    """Which calls, counted from 1, begin to change the mailbox: a new file or a new name in it, a request."""
    mail = str(home.folder / "mail")
    made = [at for at, one in enumerate(ran.calls, 1) if one.name in ("openat", "rename") and one.path.startswith(mail)]
    asked = [at for at, one in enumerate(ran.calls, 1) if one.path == "socket" and any(w in one.data for w in REQUESTS)]
    return made + asked
