"""How every mailbox behaves when drafts are placed, looked up and taken back: one test for each thing that
`port.Mailbox` documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailbot.errors import ActionNeeded, Transient, Uncertain
from mailbot.mail.port import Capability, DraftPresence, DraftRef, Mailbox, Place
from tests.mail.conformance.letters import mail, message_id, same
from tests.mail.conformance.world import World

OWN = message_id("own")
LETTER = mail("own", subject="Thank you", body="Thank you for your time.")
EDITED = mail("own", subject="Thank you", body="Thank you for your time and the tea.")

# What the person can do with a draft, each of which ends that version of it.
HANDS: dict[str, Callable[[World], None]] = {
    "edit": lambda world: world.edit_draft(OWN, EDITED),
    "send": lambda world: world.send_draft(OWN),
    "send under another Message-ID": lambda world: world.send_draft(OWN, sent_as=message_id("theirs")),
    "delete": lambda world: world.delete_draft(OWN),
    "move away": lambda world: world.move(OWN, Place.DRAFTS, Place.OTHER),
    "expunge": lambda world: world.expunge(OWN, Place.DRAFTS),
}
hands = pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS.keys())


class Cut:
    """A step that cuts the line at the step of that number, and counts them."""

    def __init__(self, at: int | None = None) -> None:
        self.at = at
        self.taken: list[str] = []

    def __call__(self, name: str) -> None:
        self.taken.append(name)
        if self.at == len(self.taken):
            raise ConnectionResetError(f"cut at '{name}'")


def place(mailbox: Mailbox, raw: bytes = LETTER) -> DraftRef:
    return mailbox.place_draft(raw, mailbox.snapshot())


class DraftBehaviour:
    """Inherited by the class of each backend, which gives the fixture `world`."""

    def test_a_placed_draft_lies_once_in_drafts_with_the_draft_flag(self, world: World) -> None:
        place(world.open())
        (lying,) = world.lying()
        assert lying.place is Place.DRAFTS
        assert same(lying.raw, LETTER)
        again = world.open()
        (found,) = again.find_by_message_id([OWN])
        assert [raw.draft for raw in again.fetch([found.ref])] == [True]

    def test_placing_leaves_everything_else_as_it_was(self, world: World) -> None:
        for each in Place:
            world.deliver(mail(each.value), each)
        before = world.lying()
        place(world.open())
        assert [each for each in world.lying() if each.message_id != OWN] == list(before)

    def test_a_placed_draft_is_given_back_as_it_was(self, world: World) -> None:
        ref = place(world.open())
        assert same(world.open().read_draft(ref), LETTER)

    def test_a_placed_draft_is_present(self, world: World) -> None:
        ref = place(world.open())
        assert world.open().draft_state(ref) is DraftPresence.PRESENT

    def test_the_reference_of_a_placed_draft_is_the_one_that_is_listed(self, world: World) -> None:
        ref = place(world.open())
        assert world.open().drafts() == (ref,)

    def test_two_drafts_have_two_references(self, world: World) -> None:
        mailbox = world.open()
        refs = {place(mailbox), place(mailbox)}
        assert len(refs) == 2
        assert set(world.open().drafts()) == refs

    def test_the_persons_drafts_are_listed_and_read(self, world: World) -> None:
        world.deliver(mail("theirs"), Place.DRAFTS)
        mailbox = world.open()
        (ref,) = mailbox.drafts()
        assert same(mailbox.read_draft(ref), mail("theirs"))

    def test_without_drafts_none_is_listed(self, world: World) -> None:
        world.deliver(mail("a"))
        assert world.open().drafts() == ()

    def test_without_a_drafts_folder_the_person_is_asked_and_nothing_placed(self, world: World) -> None:
        world.deliver(mail("a"))
        mailbox = world.open()
        snapshot = mailbox.snapshot()
        world.lose_drafts_folder()
        with pytest.raises(ActionNeeded) as raised:
            world.open().place_draft(LETTER, snapshot)
        assert raised.value.mend
        assert [each.message_id for each in world.lying()] == [message_id("a")]

    @hands
    def test_a_version_that_the_person_touched_is_absent(self, world: World, hand: Callable[[World], None]) -> None:
        ref = place(world.open())
        hand(world)
        assert world.open().draft_state(ref) is DraftPresence.ABSENT

    @hands
    def test_a_version_that_the_person_touched_is_not_read(self, world: World, hand: Callable[[World], None]) -> None:
        ref = place(world.open())
        hand(world)
        assert world.open().read_draft(ref) is None

    def test_an_edited_draft_is_another_version(self, world: World) -> None:
        ref = place(world.open())
        world.edit_draft(OWN, EDITED)
        mailbox = world.open()
        (edited,) = mailbox.drafts()
        assert edited != ref
        assert same(mailbox.read_draft(edited), EDITED)

    def test_a_draft_is_found_by_its_message_id_after_the_snapshot(self, world: World) -> None:
        mailbox = world.open()
        snapshot = mailbox.snapshot()
        ref = mailbox.place_draft(LETTER, snapshot)
        assert world.open().find_drafts(OWN, snapshot) == (ref,)

    def test_a_draft_that_was_there_at_the_snapshot_is_not_found(self, world: World) -> None:
        mailbox = world.open()
        place(mailbox)
        assert world.open().find_drafts(OWN, world.open().snapshot()) == ()

    def test_a_draft_of_another_message_id_is_not_found(self, world: World) -> None:
        snapshot = world.open().snapshot()
        world.deliver(mail("theirs"), Place.DRAFTS)
        assert world.open().find_drafts(OWN, snapshot) == ()

    def test_a_deleted_draft_is_not_found(self, world: World) -> None:
        mailbox = world.open()
        snapshot = mailbox.snapshot()
        mailbox.place_draft(LETTER, snapshot)
        world.delete_draft(OWN)
        assert world.open().find_drafts(OWN, snapshot) == ()

    def test_copies_are_found_oldest_first(self, world: World) -> None:
        mailbox = world.open()
        snapshot = mailbox.snapshot()
        refs = tuple(mailbox.place_draft(LETTER, snapshot) for _ in range(3))
        assert world.open().find_drafts(OWN, snapshot) == refs
        assert tuple(found.draft for found in world.open().find_by_message_id([OWN])) == refs

    def test_a_withdrawn_draft_is_gone_from_drafts(self, world: World) -> None:
        mailbox = world.open()
        ref = place(mailbox)
        require(mailbox, Capability.WITHDRAW)
        assert mailbox.withdraw_draft(ref) is True
        assert world.at(Place.DRAFTS) == ()
        assert world.open().draft_state(ref) is DraftPresence.ABSENT

    def test_a_withdrawn_draft_lands_in_trash(self, world: World) -> None:
        mailbox = world.open()
        require(mailbox, Capability.WITHDRAW, Capability.RECOVERABLE)
        mailbox.withdraw_draft(place(mailbox))
        (lying,) = world.lying()
        assert lying.place is Place.TRASH
        assert same(lying.raw, LETTER)

    def test_withdrawing_leaves_everything_else_as_it_was(self, world: World) -> None:
        for each in Place:
            world.deliver(mail(each.value), each)
        before = world.lying()
        mailbox = world.open()
        require(mailbox, Capability.WITHDRAW)
        mailbox.withdraw_draft(place(mailbox))
        assert [each for each in world.lying() if each.message_id != OWN] == list(before)

    @hands
    def test_what_the_person_touched_is_not_withdrawn(self, world: World, hand: Callable[[World], None]) -> None:
        mailbox = world.open()
        ref = place(mailbox)
        require(mailbox, Capability.WITHDRAW)
        hand(world)
        before = world.lying()
        assert world.open().withdraw_draft(ref) is False
        assert world.lying() == before

    def test_a_draft_is_withdrawn_once(self, world: World) -> None:
        mailbox = world.open()
        ref = place(mailbox)
        require(mailbox, Capability.WITHDRAW)
        assert mailbox.withdraw_draft(ref) is True
        before = world.lying()
        assert world.open().withdraw_draft(ref) is False
        assert world.lying() == before

    def test_of_two_copies_only_the_named_one_is_withdrawn(self, world: World) -> None:
        mailbox = world.open()
        first, second = place(mailbox), place(mailbox)
        require(mailbox, Capability.WITHDRAW)
        assert mailbox.withdraw_draft(second) is True
        assert world.open().drafts() == (first,)

    def test_a_mailbox_that_cannot_withdraw_says_so(self, world: World) -> None:
        mailbox = world.open()
        ref = place(mailbox)
        if Capability.WITHDRAW in mailbox.capabilities:
            pytest.skip("this mailbox can withdraw")
        with pytest.raises(ActionNeeded):
            mailbox.withdraw_draft(ref)
        assert world.open().draft_state(ref) is DraftPresence.PRESENT

    def test_placing_cut_anywhere_is_transient_only_if_it_did_not_happen(self, world: World) -> None:
        for at in range(1, steps_of(world, place) + 1):
            snapshot = world.open().snapshot()
            with pytest.raises(Transient) as raised:
                world.open(step=Cut(at)).place_draft(LETTER, snapshot)
            found = world.open().find_drafts(OWN, snapshot)
            assert len(found) <= (1 if isinstance(raised.value, Uncertain) else 0)

    def test_withdrawing_cut_anywhere_is_transient_only_if_it_did_not_happen(self, world: World) -> None:
        require(world.open(), Capability.WITHDRAW)
        for at in range(1, steps_of(world, lambda mailbox: mailbox.withdraw_draft(mailbox.drafts()[0])) + 1):
            ref = place(world.open())
            with pytest.raises(Transient) as raised:
                world.open(step=Cut(at)).withdraw_draft(ref)
            if not isinstance(raised.value, Uncertain):
                assert world.open().draft_state(ref) is DraftPresence.PRESENT


def require(mailbox: Mailbox, *capabilities: Capability) -> None:
    """Skip the test where the mailbox lacks one of these."""
    for each in capabilities:
        if each not in mailbox.capabilities:
            pytest.skip(f"this mailbox is without {each.value}")


def steps_of(world: World, effect: Callable[[Mailbox], object]) -> int:
    """How many steps the effect has where nothing fails."""
    place(world.open())
    count = Cut()
    effect(world.open(step=count))
    assert count.taken
    return len(count.taken)
