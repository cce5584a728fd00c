"""How every mailbox behaves when mail is read: one test for each thing that `port.Mailbox` documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailbot.errors import ActionNeeded, Transient
from mailbot.mail.port import Capability, Changes, Cursor, Mailbox, MessageRef, Place, RawMessage
from tests.mail.conformance.letters import invitation, mail, message_id, same
from tests.mail.conformance.world import World

MARCH = datetime(2026, 3, 10, tzinfo=UTC)
FIND = (Place.DRAFTS, Place.SENT, Place.TRASH)
DRAFT = message_id("own")

READS: tuple[Callable[[Mailbox], object], ...] = (
    lambda mailbox: mailbox.changes_since(None),
    lambda mailbox: list(mailbox.fetch([MessageRef(mailbox.account, Place.INBOX, "1")])),
    lambda mailbox: list(mailbox.headers([MessageRef(mailbox.account, Place.INBOX, "1")])),
    lambda mailbox: mailbox.find_by_message_id([DRAFT]),
    lambda mailbox: mailbox.drafts(),
    lambda mailbox: mailbox.snapshot(),
    lambda mailbox: mailbox.find_drafts(DRAFT, ""),
    lambda mailbox: mailbox.place_draft(mail("own"), ""),
    lambda mailbox: mailbox.wait_for_change(0),
)


def listing(mailbox: Mailbox, cursor: Cursor | None, *, since: datetime | None = None) -> Changes:
    """All of `changes_since`, however many calls it takes; the last answer with what appeared in any."""
    changes = mailbox.changes_since(cursor, since=since)
    appeared = changes.appeared
    while changes.more:
        changes = mailbox.changes_since(changes.cursor, since=since)
        appeared += changes.appeared
    return Changes(appeared, changes.cursor, changes.whole, suspicious=changes.suspicious)


def names(mailbox: Mailbox, changes: Changes) -> list[str]:
    """The Message-IDs of what appeared, sorted."""
    return sorted(find_name(raw) for raw in mailbox.headers(changes.appeared))


def find_name(raw: RawMessage) -> str:
    return next(line for line in raw.raw.decode().splitlines() if line.startswith("Message-ID: ")).partition(" ")[2]


class MailBehaviour:
    """Inherited by the class of each backend, which gives the fixture `world`."""

    def test_a_first_scan_lists_every_mail_with_its_place(self, world: World) -> None:
        for place in Place:
            world.deliver(mail(place.value), place)
        mailbox = world.open()
        changes = listing(mailbox, None)
        assert changes.whole
        assert {(find_name(raw), raw.ref.place) for raw in mailbox.headers(changes.appeared)} == {
            (message_id(place.value), place) for place in Place
        }

    def test_a_reference_names_its_account(self, world: World) -> None:
        world.deliver(mail("a"))
        mailbox = world.open()
        assert [ref.account for ref in listing(mailbox, None).appeared] == [mailbox.account]

    def test_a_first_scan_leaves_out_what_arrived_before_since(self, world: World) -> None:
        world.deliver(mail("old"), arrived=datetime(2026, 1, 5, tzinfo=UTC))
        world.deliver(mail("new"), arrived=datetime(2026, 3, 20, tzinfo=UTC))
        mailbox = world.open()
        assert names(mailbox, listing(mailbox, None, since=MARCH)) == [message_id("new")]

    def test_what_since_left_out_never_appears_later(self, world: World) -> None:
        world.deliver(mail("old"), arrived=datetime(2026, 1, 5, tzinfo=UTC))
        mailbox = world.open()
        first = listing(mailbox, None, since=MARCH)
        assert listing(mailbox, first.cursor, since=MARCH).appeared == ()

    def test_an_empty_mailbox_is_listed_as_empty(self, world: World) -> None:
        changes = listing(world.open(), None)
        assert (changes.appeared, changes.whole, changes.suspicious) == ((), True, "")

    def test_a_new_mail_appears_once(self, world: World) -> None:
        world.deliver(mail("a"))
        mailbox = world.open()
        first = listing(mailbox, None)
        world.deliver(mail("b"))
        second = listing(mailbox, first.cursor)
        assert names(mailbox, second) == [message_id("b")]
        assert not second.whole
        assert listing(mailbox, second.cursor).appeared == ()

    def test_a_cursor_holds_for_a_mailbox_opened_anew(self, world: World) -> None:
        world.deliver(mail("a"))
        first = listing(world.open(), None)
        world.deliver(mail("b"))
        again = world.open()
        assert names(again, listing(again, first.cursor)) == [message_id("b")]

    def test_a_moved_mail_appears_in_its_new_place(self, world: World) -> None:
        world.deliver(mail("a"))
        world.deliver(mail("b"))
        mailbox = world.open()
        first = listing(mailbox, None)
        world.move(message_id("a"), Place.INBOX, world.elsewhere)
        second = listing(mailbox, first.cursor)
        assert names(mailbox, second) == [message_id("a")]
        assert [ref.place for ref in second.appeared] == [world.elsewhere]

    def test_an_expunged_mail_is_no_change_that_appears(self, world: World) -> None:
        world.deliver(mail("a"))
        world.deliver(mail("b"))
        mailbox = world.open()
        first = listing(mailbox, None)
        world.expunge(message_id("a"), Place.INBOX)
        second = listing(mailbox, first.cursor)
        assert (second.appeared, second.suspicious) == ((), "")

    @pytest.mark.parametrize("value", ["", "nonsense", "1:2", "é:9:9", "names:!", "names:AAAA"])
    def test_a_cursor_that_is_none_of_ours_gives_a_whole_listing(self, world: World, value: str) -> None:
        world.deliver(mail("a"))
        mailbox = world.open()
        changes = listing(mailbox, Cursor(value))
        assert changes.whole
        assert names(mailbox, changes) == [message_id("a")]

    def test_a_cursor_that_no_longer_holds_gives_a_whole_listing(self, world: World) -> None:
        world.deliver(mail("a"))
        mailbox = world.open()
        first = listing(mailbox, None)
        if not world.invalidate_cursors():
            pytest.skip("here every cursor holds")
        changes = listing(mailbox, first.cursor)
        assert changes.whole
        assert names(mailbox, changes) == [message_id("a")]

    def test_an_emptied_mailbox_is_suspicious_until_mail_is_there(self, world: World) -> None:
        world.deliver(mail("a"))
        world.deliver(mail("b"), Place.SENT)
        mailbox = world.open()
        first = listing(mailbox, None)
        world.vanish()
        second = listing(mailbox, first.cursor)
        assert second.suspicious
        assert second.appeared == ()
        assert listing(mailbox, second.cursor).suspicious
        world.deliver(mail("c"))
        assert not listing(mailbox, second.cursor).suspicious

    def test_fetch_gives_the_mails_in_the_order_asked_for(self, world: World) -> None:
        for name in "abc":
            world.deliver(mail(name))
        mailbox = world.open()
        refs = tuple(reversed(listing(mailbox, None).appeared))
        fetched = list(mailbox.fetch(iter(refs)))
        assert tuple(raw.ref for raw in fetched) == refs
        assert all(same(raw.raw, mail(find_name(raw)[1])) for raw in fetched)

    def test_headers_are_the_header_blocks_alone(self, world: World) -> None:
        world.deliver(mail("a", body="Not a header"))
        mailbox = world.open()
        (head,) = mailbox.headers(listing(mailbox, None).appeared)
        assert same(head.raw, mail("a", body="").removesuffix(b"\r\n"))

    def test_headers_tell_of_a_calendar_part(self, world: World) -> None:
        world.deliver(mail("a"))
        world.deliver(invitation("b"))
        mailbox = world.open()
        heads = mailbox.headers(listing(mailbox, None).appeared)
        assert {find_name(head): head.calendar for head in heads} == {message_id("a"): False, message_id("b"): True}

    def test_headers_come_in_the_order_asked_for(self, world: World) -> None:
        for name in "abc":
            world.deliver(mail(name))
        mailbox = world.open()
        refs = tuple(reversed(listing(mailbox, None).appeared))
        assert tuple(raw.ref for raw in mailbox.headers(iter(refs))) == refs

    @pytest.mark.parametrize("read", ["fetch", "headers"])
    def test_a_mail_that_is_gone_is_left_out(self, world: World, read: str) -> None:
        world.deliver(mail("a"))
        world.deliver(mail("b"))
        mailbox = world.open()
        refs = listing(mailbox, None).appeared
        world.expunge(message_id("a"), Place.INBOX)
        assert [find_name(raw) for raw in getattr(mailbox, read)(refs)] == [message_id("b")]

    def test_what_lies_in_drafts_is_a_draft(self, world: World) -> None:
        world.deliver(mail("a"), Place.DRAFTS)
        mailbox = world.open()
        assert [raw.draft for raw in mailbox.fetch(listing(mailbox, None).appeared)] == [True]

    def test_a_draft_that_another_folder_shows_is_a_draft(self, world: World) -> None:
        world.deliver(mail("a"), Place.OTHER, draft=True)
        mailbox = world.open()
        assert [raw.draft for raw in mailbox.headers(listing(mailbox, None).appeared)] == [True]

    def test_other_mail_is_no_draft(self, world: World) -> None:
        world.deliver(mail("a"))
        world.deliver(mail("b"), Place.SENT)
        mailbox = world.open()
        assert [raw.draft for raw in mailbox.fetch(listing(mailbox, None).appeared)] == [False, False]

    def test_arrival_is_the_mailboxs_own_idea(self, world: World) -> None:
        world.deliver(mail("a"), arrived=MARCH)
        mailbox = world.open()
        assert [raw.arrived for raw in mailbox.fetch(listing(mailbox, None).appeared)] == [MARCH]

    @pytest.mark.parametrize("place", FIND)
    def test_a_message_id_is_found_in_drafts_sent_and_trash(self, world: World, place: Place) -> None:
        world.deliver(mail("own"), place)
        world.deliver(mail("other"), place)
        (found,) = world.open().find_by_message_id([message_id("none"), DRAFT])
        assert (found.ref.place, found.message_id) == (place, DRAFT)
        assert (found.draft is not None) == (place is Place.DRAFTS)

    @pytest.mark.parametrize("place", [place for place in Place if place not in FIND])
    def test_a_message_id_elsewhere_is_not_looked_for(self, world: World, place: Place) -> None:
        world.deliver(mail("own"), place)
        assert world.open().find_by_message_id([DRAFT]) == ()

    def test_every_copy_of_a_message_id_is_found(self, world: World) -> None:
        for place in FIND:
            world.deliver(mail("own"), place)
        assert {found.ref.place for found in world.open().find_by_message_id([DRAFT])} == set(FIND)

    def test_a_folded_message_id_is_found(self, world: World) -> None:
        world.deliver(mail("own").replace(b"Message-ID: ", b"message-id:\r\n "), Place.SENT)
        assert len(world.open().find_by_message_id([DRAFT])) == 1

    def test_a_message_id_is_looked_up_in_the_mailbox_as_it_is_now(self, world: World) -> None:
        mailbox = world.open()
        assert mailbox.find_by_message_id([DRAFT]) == ()
        world.deliver(mail("own"), Place.DRAFTS)
        assert len(mailbox.find_by_message_id([DRAFT])) == 1
        world.expunge(DRAFT, Place.DRAFTS)
        assert mailbox.find_by_message_id([DRAFT]) == ()

    def test_what_was_found_can_be_fetched(self, world: World) -> None:
        world.deliver(mail("own"), Place.SENT)
        mailbox = world.open()
        (found,) = mailbox.find_by_message_id([DRAFT])
        assert [same(raw.raw, mail("own")) for raw in mailbox.fetch([found.ref])] == [True]

    @pytest.mark.parametrize("read", READS)
    def test_a_mailbox_out_of_reach_says_so(self, world: World, read: Callable[[Mailbox], object]) -> None:
        mailbox = world.open()
        with world.unreachable(), pytest.raises((Transient, ActionNeeded)):
            read(mailbox)

    def test_reading_changes_nothing(self, world: World) -> None:
        for place in Place:
            world.deliver(mail(place.value), place)
        before = world.lying()
        mailbox = world.open()
        refs = listing(mailbox, None).appeared
        assert len(list(mailbox.fetch(refs))) == len(list(mailbox.headers(refs))) == len(before)
        mailbox.find_by_message_id([DRAFT])
        for ref in mailbox.drafts():
            mailbox.read_draft(ref)
            mailbox.draft_state(ref)
        mailbox.find_drafts(DRAFT, mailbox.snapshot())
        assert world.lying() == before

    def test_waiting_ends_without_a_change(self, world: World) -> None:
        world.deliver(mail("a"))
        mailbox = world.open()
        listing(mailbox, None)
        assert mailbox.wait_for_change(0) is False

    def test_waiting_ends_when_mail_comes(self, world: World) -> None:
        mailbox = world.open()
        if Capability.PUSH not in mailbox.capabilities:
            pytest.skip("this mailbox does not say when mail comes")
        listing(mailbox, None)
        world.deliver(mail("a"))
        assert mailbox.wait_for_change(60) is True

    def test_a_closed_mailbox_opens_again_by_itself(self, world: World) -> None:
        world.deliver(mail("a"))
        mailbox = world.open()
        mailbox.close()
        assert names(mailbox, listing(mailbox, None)) == [message_id("a")]
