"""The person and mailbot at work on the same drafts, with crashes, in whatever order: never two drafts of one
follow-up, an edited draft is never touched, a deleted one never comes back, an untouched one is never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.letter import Letter
from mailbot.drafting.placing import Placed, Placing
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.memory import EVERYTHING, MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import Capability, Place
from mailbot.reading.statements import Kind, Reading
from mailbot.store.sqlite import SqliteLedger, memory_ledger
from tests.drafting.placing_scene import BODY, INTERVIEW, KEY, NOW, again, letter, mail, sent_reading

ACCOUNTS = ("home", "work")
KINDS = {FollowUpKind.THANK_YOU: Kind.OWN_THANK_YOU, FollowUpKind.CHECK_IN: Kind.OWN_CHECK_IN}
# Two kinds of letters in each of three threads.
LETTERS = {
    f"{kind} {number}": letter(kind, occasion=(f"<m{number}@firm.example>",), reply_to=f"<m{number}@firm.example>")
    for kind in KINDS
    for number in range(3)
}
names = st.sampled_from(sorted(LETTERS))
accounts = st.sampled_from(ACCOUNTS)
# At which step of the next act the process dies, if it does.
crashes = st.one_of(st.none(), st.integers(1, 8), st.integers(1, 14))
something_lies = precondition(lambda self: any(map(self.lying, LETTERS)))


class Death(BaseException):
    """The end of the process."""


class Drafting(RuleBasedStateMachine):
    @initialize(capabilities=st.sampled_from([EVERYTHING, EVERYTHING - {Capability.RECOVERABLE}, frozenset()]))
    def begin(self, capabilities: frozenset[Capability]) -> None:
        self.capabilities = capabilities
        self.stores = {account: MemoryStore() for account in ACCOUNTS}
        self.now = NOW
        self.count = 0
        self.left: int | None = None
        self.ledger = self.new_ledger()
        self.sent: dict[str, list[Reading]] = {name: [] for name in LETTERS}
        self.persons: set[bytes] = set()  # drafts of the person's hand, which must stay as they are
        self.deleted: set[str] = set()  # letters that may never come back
        self.gone: set[str] = set()  # nor these, as long as the ledger knows that they lay there
        self.safe: set[str] = set()  # letters that lie there, and that nobody but us may take away

    def new_ledger(self) -> SqliteLedger:
        return memory_ledger(step=self.step)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.settle(None)
            self.everything_is_settled()
            self.ledger.close()

    # Mailbot

    def step(self, name: str) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                self.left = None
                raise Death(name)

    def mailbot(self, act: Callable[[Placing], object], crash: int | None) -> object:
        """A process that starts, acts, and may die; None where it did."""
        self.now += timedelta(minutes=1)
        self.left = crash
        boxes = {
            account: MemoryMailbox(account, store=store, step=self.step, capabilities=self.capabilities)
            for account, store in self.stores.items()
        }
        try:
            return act(Placing(self.ledger, boxes, KEY))
        except Death:
            return None
        finally:
            self.left = None

    @rule(name=names, account=accounts, crash=crashes)
    def place(self, name: str, account: str, crash: int | None) -> None:
        result = self.mailbot(
            lambda placing: placing.place(
                LETTERS[name], application="a", account=account, thread=None, reason="", now=self.now,
                since=INTERVIEW, sent=self.sent[name],
            ),
            crash,
        )  # fmt: skip
        if isinstance(result, Placed):
            self.safe.add(name)

    @something_lies
    @rule(data=st.data(), crash=crashes)
    def withdraw(self, data: st.DataObject, crash: int | None) -> None:
        name = self.one_that_lies(data)
        record = self.ledger.draft_for(LETTERS[name].follow_up.identity)
        if record and record.status in (DraftStatus.PLACED, DraftStatus.EDITED):
            self.safe.discard(name)
            self.mailbot(lambda placing: placing.withdraw(record, "Overtaken.", self.now), crash)

    @something_lies
    @rule(data=st.data(), crash=crashes)
    def recompose(self, data: st.DataObject, crash: int | None) -> None:
        name = self.one_that_lies(data)
        record = self.ledger.draft_for(LETTERS[name].follow_up.identity)
        if record and record.status is DraftStatus.PLACED:
            self.count += 1
            newer = again(LETTERS[name], f"{BODY}Version {self.count}.\r\n")
            self.mailbot(lambda placing: placing.recompose(record, newer, self.now), crash)

    @rule(crash=crashes)
    def settle(self, crash: int | None) -> None:
        sent = [one for readings in self.sent.values() for one in readings]
        for account in ACCOUNTS:
            self.mailbot(lambda placing, account=account: placing.settle(account, self.now, sent), crash)  # type: ignore[misc]

    @rule()
    def lose_the_ledger(self) -> None:
        self.ledger.close()
        self.ledger = self.new_ledger()
        # Whether a draft that was on its way comes is then for nobody to say; what lies there, stays.
        self.safe = {name for name in self.safe if self.lying(name)}
        self.gone.clear()

    # The person

    def lying(self, name: str) -> list[tuple[str, bytes]]:
        """Accounts and bytes of the drafts of that letter that nobody has touched."""
        return [
            (account, one.raw)
            for account, store in self.stores.items()
            for one in store.mails(Place.DRAFTS)
            if one.message_id == LETTERS[name].message_id and one.raw not in self.persons
        ]

    def one_that_lies(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([name for name in LETTERS if self.lying(name)]))

    def touch(self, data: st.DataObject) -> tuple[str, str, MemoryStore]:
        """A draft that the person comes upon: its name, its Message-ID, and where it lies. From now on nobody waits
        for it."""
        self.now += timedelta(minutes=1)
        self.count += 1
        name = self.one_that_lies(data)
        self.safe.discard(name)
        return name, LETTERS[name].message_id, self.stores[self.lying(name)[0][0]]

    def in_doubt(self, name: str) -> bool:
        same = LETTERS[name].follow_up.identity.same
        return any(one.in_doubt for one in self.ledger.all_drafts() if same(one.identity))

    @something_lies
    @rule(data=st.data(), renamed=st.booleans())
    def edit(self, data: st.DataObject, renamed: bool) -> None:
        name, ident, store = self.touch(data)
        raw = self.theirs(LETTERS[name], f"<edit-{self.count}@home.example>" if renamed else ident)
        store.edit_draft(ident, raw)
        self.persons.add(raw)

    @something_lies
    @rule(data=st.data(), renamed=st.booleans())
    def send(self, data: st.DataObject, renamed: bool) -> None:
        name, ident, store = self.touch(data)
        new = f"<sent-{self.count}@home.example>" if renamed else ident
        store.send_draft(ident, sent_as=new)
        one = LETTERS[name]
        self.sent[name].append(
            sent_reading(kind=KINDS[one.follow_up.kind], ident=new, date=self.now, reply_to=one.in_reply_to)
        )
        self.deleted.add(name)

    @something_lies
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        withdrawing = any(one.withdrawing for one in self.ledger.all_drafts())
        name, ident, store = self.touch(data)
        store.delete_draft(ident)
        if not withdrawing:  # in the moment of a withdrawal nobody can tell whose hand it was
            self.deleted.add(name)

    @something_lies
    @rule(data=st.data())
    def delete_for_good(self, data: st.DataObject) -> None:
        name, ident, store = self.touch(data)
        unsure = self.in_doubt(name)
        store.expunge(ident, Place.DRAFTS)
        if not unsure and self.ledger.draft_for(LETTERS[name].follow_up.identity):
            self.gone.add(name)

    @rule(name=names)
    def write_a_draft(self, name: str) -> None:
        self.count += 1
        # In doubt, theirs may be taken for ours, and is enough.
        thread = [other for other in LETTERS if LETTERS[other].in_reply_to == LETTERS[name].in_reply_to]
        self.safe -= {other for other in thread if self.in_doubt(other)}
        raw = self.theirs(LETTERS[name], f"<own-{self.count}@home.example>")
        self.stores["home"].deliver(raw, Place.DRAFTS)
        self.persons.add(raw)

    def theirs(self, of: Letter, ident: str) -> bytes:
        text = f"My own words, number {self.count}."
        return mail(of.to[0].email, ident, body=text, date=self.now, reply_to=of.in_reply_to)

    # What always holds

    @invariant()
    def there_are_never_two_drafts_of_one_follow_up(self) -> None:
        for name in LETTERS:
            assert len(self.lying(name)) <= 1

    @invariant()
    def what_the_person_wrote_is_never_touched(self) -> None:
        drafts = {one.raw for store in self.stores.values() for one in store.mails(Place.DRAFTS)}
        assert self.persons <= drafts

    @invariant()
    def what_the_person_deleted_or_sent_never_comes_back(self) -> None:
        for name in self.deleted | self.gone:
            assert not self.lying(name)

    @invariant()
    def the_ledger_is_whole(self) -> None:
        assert self.ledger.integrity_check() == ()

    def everything_is_settled(self) -> None:
        """Once nothing crashes any more, no doubt is left and nothing is lost."""
        assert not any(one.in_doubt for one in self.ledger.all_drafts())
        for name in self.safe:
            assert len(self.lying(name)) == 1


Drafting.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestDrafting = Drafting.TestCase
