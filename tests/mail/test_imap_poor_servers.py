"""Servers that offer less: a draft is taken back without MOVE, and not at all where it could hit more than itself."""

from __future__ import annotations

from contextlib import closing

import pytest

from mailbot.errors import ActionNeeded
from mailbot.mail.imap.mailbox import ImapMailbox
from mailbot.mail.port import Capability, Place
from tests.mail.conformance.behaviour_drafts import Cut
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail
from tests.servers.dovecot import dovecot

LITTLE = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE UNSELECT CHILDREN NAMESPACE SPECIAL-USE"


def place(box: ImapMailbox) -> None:
    box.place_draft(mail("own"), box.snapshot())


def test_without_move_a_draft_is_copied_to_trash_and_expunged() -> None:
    with closing(ImapWorld(dovecot(f"{LITTLE} UIDPLUS"))) as world:
        world.deliver(mail("theirs"), Place.DRAFTS)
        world.person.select_folder("Drafts")
        world.person.add_flags([1], ["\\Deleted"], silent=True)
        box = world.open()
        place(box)
        (own,) = box.drafts()
        assert box.withdraw_draft(own) is True
        assert [one.message_id for one in world.at(Place.TRASH)] == ["<own@mail.example>"]
        # What the person marked and did not expunge still lies there.
        assert [one.message_id for one in world.at(Place.DRAFTS)] == ["<theirs@mail.example>"]


def test_without_move_a_withdrawal_cut_at_any_step_and_tried_again_leaves_one_copy_in_trash() -> None:
    with closing(ImapWorld(dovecot(f"{LITTLE} UIDPLUS"))) as world:
        for at in range(1, 5):
            place(world.open())
            (own,) = world.open().drafts()
            with pytest.raises(Exception, match="cut at"):
                world.open(step=Cut(at)).withdraw_draft(own)
            again = world.open()
            if again.drafts():
                assert again.withdraw_draft(own) is True
            assert len(world.at(Place.TRASH)) == 1
            world.expunge("<own@mail.example>", Place.TRASH)
            world.expunge("<own@mail.example>", Place.DRAFTS)


def test_without_move_and_uidplus_nothing_is_taken_back() -> None:
    with closing(ImapWorld(dovecot(LITTLE))) as world:
        box = world.open()
        place(box)
        (own,) = box.drafts()
        assert Capability.WITHDRAW not in box.capabilities
        with pytest.raises(ActionNeeded, match="cannot take back one draft alone"):
            box.withdraw_draft(own)
        assert len(world.at(Place.DRAFTS)) == 1


def test_a_full_mailbox_is_the_persons_to_mend_and_nothing_is_placed() -> None:
    quota = (
        "mail_plugins = quota\nprotocol imap {\n  mail_plugins = quota imap_quota\n}\n"
        "plugin {\n  quota = count:User quota\n  quota_vsizes = yes\n  quota_rule = *:bytes=100B\n  quota_grace = 0\n}"
    )
    with closing(ImapWorld(dovecot(quota))) as world:
        box = world.open()
        snapshot = box.snapshot()
        with pytest.raises(ActionNeeded, match="is full"):
            box.place_draft(mail("own"), snapshot)
        assert box.find_drafts("<own@mail.example>", snapshot) == ()


def test_a_server_without_idle_is_looked_at_now_and_then() -> None:
    with closing(ImapWorld(dovecot(LITTLE.replace(" IDLE", "")))) as world:
        box = world.open()
        assert Capability.PUSH not in box.capabilities
        assert box.wait_for_change(0) is False
