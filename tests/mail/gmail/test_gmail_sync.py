"""What is new in Gmail, what it costs, and what happens when the history no longer goes back that far."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.gmail.news import News
from mailbot.mail.port import Capability, Cursor, Place
from tests.mail.conformance.behaviour_mail import listing, names
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import invitation, mail, message_id
from tests.servers.gmail.faults import refused


def looked(world: GmailWorld) -> tuple[GmailMailbox, Cursor]:
    mailbox = world.open()
    return mailbox, listing(mailbox, None).cursor


def test_nothing_new_costs_two_units_and_one_request(world: GmailWorld) -> None:
    mailbox, cursor = looked(world)
    before = mailbox.spent
    world.account.requests.clear()
    changes = mailbox.changes_since(cursor)
    assert (changes.appeared, changes.whole) == ((), False)
    assert mailbox.spent - before == 2
    assert world.account.requests == ["GET /gmail/v1/users/me/history"]


def test_a_first_scan_goes_on_over_many_calls(world: GmailWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    from mailbot.mail.gmail import sync
    from mailbot.mail.tables import table

    small = {**table("gmail"), "scan": {**table("gmail")["scan"], "page": 3, "pages_a_call": 2}}
    monkeypatch.setattr(sync, "table", lambda name: small)
    for number in range(20):
        world.deliver(mail(f"m{number}"), Place.INBOX if number % 2 else Place.OTHER)
    mailbox = world.open()
    first = mailbox.changes_since(None)
    assert first.more
    changes = listing(mailbox, None)
    assert len(changes.appeared) == len(set(changes.appeared)) == 20


def test_a_scan_that_was_left_goes_on_from_its_cursor(world: GmailWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    from mailbot.mail.gmail import sync
    from mailbot.mail.tables import table

    small = {**table("gmail"), "scan": {**table("gmail")["scan"], "page": 3, "pages_a_call": 2}}
    monkeypatch.setattr(sync, "table", lambda name: small)
    for number in range(12):
        world.deliver(mail(f"m{number}"))
    first = world.open().changes_since(None)
    world.deliver(mail("while away"))
    mailbox = world.open()
    rest = listing(mailbox, first.cursor)
    later = listing(mailbox, rest.cursor)
    found = {ref.key for ref in (*first.appeared, *rest.appeared, *later.appeared)}
    assert found == world.account.messages.keys()


def test_only_a_404_means_that_the_history_has_expired(world: GmailWorld) -> None:
    world.deliver(mail("a"))
    mailbox, cursor = looked(world)
    world.deliver(mail("b"))
    world.account.faults += [refused("history", 403, "rateLimitExceeded"), refused("history", 503)]
    changes = mailbox.changes_since(cursor)
    assert not changes.whole
    assert names(mailbox, changes) == [message_id("b")]


def test_after_an_expired_history_there_is_one_rescan_and_each_mail_once(world: GmailWorld) -> None:
    for name in "abc":
        world.deliver(mail(name))
    mailbox, cursor = looked(world)
    world.invalidate_cursors()
    world.deliver(mail("d"))
    changes = listing(mailbox, cursor)
    assert changes.whole
    assert names(mailbox, changes) == [message_id(name) for name in "abcd"]
    assert listing(mailbox, changes.cursor).appeared == ()


def test_a_first_scan_begins_at_the_second_and_not_at_some_midnight(world: GmailWorld) -> None:
    since = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    for name, seconds in (("before", -30), ("at", 0), ("after", 30)):
        world.deliver(mail(name), arrived=since + timedelta(seconds=seconds))
    mailbox = world.open()
    found = listing(mailbox, None, since=since)
    assert sorted(names(mailbox, found)) == sorted((message_id("at"), message_id("after")))


def test_drafts_of_several_pages_are_all_seen(world: GmailWorld) -> None:
    for number in range(510):
        world.account.create_draft(mail(f"m{number}"))
    mailbox = world.open()
    world.account.calls.clear()
    assert len(set(mailbox.drafts())) == 510
    assert world.account.calls == ["gmail.users.drafts.list"] * 2


def test_a_history_of_many_pages_is_read_to_its_end(world: GmailWorld) -> None:
    mailbox, cursor = looked(world)
    for number in range(1_100):
        world.account.deliver(mail(f"m{number}"), {"INBOX"})
    changes = listing(mailbox, cursor)
    assert len(changes.appeared) == 1_100
    assert listing(mailbox, changes.cursor).appeared == ()


@pytest.mark.parametrize("label", ["UNREAD", "STARRED", "IMPORTANT", "Label_7"])
def test_labels_that_move_nothing_are_no_news(world: GmailWorld, label: str) -> None:
    world.deliver(mail("a"))
    mailbox, cursor = looked(world)
    world.account.relabel(next(iter(world.account.messages)), add={label})
    assert listing(mailbox, cursor).appeared == ()


@pytest.mark.parametrize(("label", "place"), [("TRASH", Place.TRASH), ("SPAM", Place.JUNK)])
def test_mail_thrown_away_or_reported_appears_in_its_new_place(world: GmailWorld, label: str, place: Place) -> None:
    world.deliver(mail("a"))
    world.deliver(mail("b"))
    mailbox, cursor = looked(world)
    ident = next(iter(world.account.messages))
    world.account.relabel(ident, add={label}, remove={"INBOX"})
    (ref,) = listing(mailbox, cursor).appeared
    assert (ref.key, ref.place) == (ident, place)


def test_mail_that_came_and_went_between_two_looks_is_no_news(world: GmailWorld) -> None:
    world.deliver(mail("kept"))
    mailbox, cursor = looked(world)
    world.deliver(mail("a"))
    world.expunge(message_id("a"), Place.INBOX)
    assert listing(mailbox, cursor).appeared == ()


def test_one_s_own_mail_to_oneself_is_sent_mail(world: GmailWorld) -> None:
    world.account.deliver(mail("a"), {"SENT", "INBOX"})
    mailbox = world.open()
    assert [ref.place for ref in listing(mailbox, None).appeared] == [Place.SENT]


@pytest.mark.parametrize("category", ["PROMOTIONS", "SOCIAL", "FORUMS"])
def test_a_first_scan_leaves_advertising_out_unless_it_speaks_of_a_job(world: GmailWorld, category: str) -> None:
    labels = {"INBOX", f"CATEGORY_{category}"}
    world.account.deliver(mail("shoes", subject="Half price today"), labels)
    world.account.deliver(mail("talk", subject="Your interview on Monday"), labels)
    world.account.deliver(mail("plain", subject="Half price today"), {"INBOX"})
    mailbox = world.open()
    assert names(mailbox, listing(mailbox, None)) == [message_id("plain"), message_id("talk")]


@pytest.mark.parametrize("label", ["CATEGORY_UPDATES", "CATEGORY_PROMOTIONS", "SPAM"])
def test_headers_of_what_is_seldom_a_persons_are_asked_for_without_the_text(world: GmailWorld, label: str) -> None:
    mailbox, cursor = looked(world)
    world.account.deliver(mail("a", body="Words. " * 20_000), {"INBOX", label})
    refs = listing(mailbox, cursor).appeared
    before = world.account.bytes_out
    assert len(list(mailbox.headers(refs))) == 1
    assert world.account.bytes_out - before < 2_000


def read_once(mailbox: GmailMailbox, cursor: Cursor) -> tuple[bytes, bytes]:
    """The head and the whole of the one mail that has come."""
    refs = mailbox.changes_since(cursor).appeared
    (head,) = mailbox.headers(refs)
    (whole,) = mailbox.fetch(refs)
    return head.raw, whole.raw


@pytest.mark.parametrize("labels", [{"INBOX"}, {"INBOX", "CATEGORY_PERSONAL"}, {"SENT"}])
def test_what_a_person_may_have_written_costs_once(world: GmailWorld, labels: set[str]) -> None:
    mailbox, cursor = looked(world)
    world.account.deliver(mail("a", body="Three is fine."), labels)
    world.account.calls.clear()
    head, whole = read_once(mailbox, cursor)
    assert world.account.calls == ["gmail.users.history.list", "gmail.users.messages.get"]
    assert b"VGhyZWUgaXMgZmluZS4" in whole  # in base64, as it was put together again
    assert whole.startswith(head.removesuffix(b"\r\n").partition(b"Content-T")[0])


def test_a_text_that_gmail_may_have_changed_is_asked_for_as_it_was_sent(world: GmailWorld) -> None:
    mailbox, cursor = looked(world)
    raw = mail("a").replace(b"charset=utf-8", b"charset=iso-8859-1").replace(b"\r\n\r\n", b"\r\n\r\nGr\xfc\xdfe ", 1)
    world.account.deliver(raw, {"INBOX"})
    head, whole = read_once(mailbox, cursor)
    assert whole == raw
    assert head.startswith(b"From: ")


def test_of_news_with_a_large_file_the_file_stays_on_the_server(world: GmailWorld) -> None:
    mailbox, cursor = looked(world)
    file = b"\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n"
    world.deliver(invitation("a").replace(b"\r\n--b--", file + b"x" * 900_000 + b"\r\n--b--"))
    before = world.account.bytes_out
    read_once(mailbox, cursor)
    assert world.account.bytes_out - before < 5_000


def test_what_is_archived_is_not_told_again_and_its_reference_holds(world: GmailWorld) -> None:
    world.deliver(mail("a"))
    mailbox = world.open()
    first = listing(mailbox, None)
    world.account.relabel(first.appeared[0].key, remove={"INBOX"})
    assert listing(mailbox, first.cursor).appeared == ()
    assert len(list(mailbox.fetch(first.appeared))) == 1
    world.account.relabel(first.appeared[0].key, add={"TRASH"})
    assert list(mailbox.fetch(first.appeared)) == []


def test_while_nothing_happens_the_profile_is_asked_and_now_and_then_the_history(world: GmailWorld) -> None:
    minutes = count(0, 60)
    mailbox = world.open(news=News(lambda: float(next(minutes))))
    cursor = listing(mailbox, None).cursor
    world.account.calls.clear()
    for _ in range(12):
        assert mailbox.changes_since(cursor).appeared == ()
    profile, history = "gmail.users.getProfile", "gmail.users.history.list"
    assert world.account.calls == [history, *[profile] * 5] * 2


@pytest.mark.parametrize("quiet", range(8))
def test_what_comes_after_any_number_of_quiet_looks_is_told_at_the_next(world: GmailWorld, quiet: int) -> None:
    mailbox, cursor = looked(world)
    for _ in range(quiet):
        mailbox.changes_since(cursor)
    world.deliver(mail("a"))
    changes = mailbox.changes_since(cursor)
    assert len(changes.appeared) == 1
    assert mailbox.changes_since(changes.cursor).appeared == ()


def test_a_profile_that_lags_behind_hides_nothing_for_longer_than_six_looks(world: GmailWorld) -> None:
    minutes = count(0, 60)
    mailbox = world.open(news=News(lambda: float(next(minutes))))
    cursor = listing(mailbox, None).cursor
    mailbox.changes_since(cursor)
    old = {"emailAddress": world.account.address, "messagesTotal": 0, "historyId": str(world.account.history_id)}
    world.account.does["gmail.users.getProfile"] = lambda *_: old
    world.deliver(mail("a"))
    assert any(mailbox.changes_since(cursor).appeared for _ in range(6))


def test_a_hundred_mails_are_two_requests(world: GmailWorld) -> None:
    for number in range(100):
        world.deliver(mail(f"m{number}"))
    mailbox = world.open()
    refs = listing(mailbox, None).appeared
    world.account.requests.clear()
    assert len(list(mailbox.fetch(refs))) == 100
    assert world.account.requests == ["POST /batch/gmail/v1"] * 2


def test_attachments_of_a_big_mail_stay_on_the_server(world: GmailWorld) -> None:
    big = (
        'Content-Disposition: attachment; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n' + "x" * 900_000
    ).encode()
    world.deliver(invitation("a").replace(b"\r\n--b--", b"\r\n--b\r\n" + big + b"\r\n--b--"))
    mailbox = world.open()
    refs = listing(mailbox, None).appeared
    list(mailbox.headers(refs))
    before = world.account.bytes_out
    (whole,) = mailbox.fetch(refs)
    assert world.account.bytes_out - before < 5_000
    from mailbot.mail.mime import parse

    found = parse(whole.raw)
    assert "A few words." in found.text
    assert found.calendars


def test_arrival_is_gmails_own_time_to_the_second(world: GmailWorld) -> None:
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    world.deliver(mail("a"), arrived=at)
    mailbox = world.open()
    assert [one.arrived for one in mailbox.headers(listing(mailbox, None).appeared)] == [at]


def test_gmail_can_withdraw_and_keeps_nothing_of_it(world: GmailWorld) -> None:
    assert world.open().capabilities == {Capability.WITHDRAW, Capability.PUSH, Capability.THREAD_IDS}


def test_what_the_search_does_not_know_yet_is_found_all_the_same(world: GmailWorld) -> None:
    world.deliver(mail("own"), Place.SENT)
    world.account.unindexed = set(world.account.messages)
    assert [found.ref.place for found in world.open().find_by_message_id([message_id("own")])] == [Place.SENT]


def test_what_is_long_gone_by_is_found_by_the_search(world: GmailWorld) -> None:
    world.deliver(mail("own"), Place.SENT)
    for number in range(60):
        world.deliver(mail(f"m{number}"), Place.SENT)
    assert [found.ref.place for found in world.open().find_by_message_id([message_id("own")])] == [Place.SENT]


def test_a_message_id_that_a_search_could_misread_is_not_searched_for(world: GmailWorld) -> None:
    assert world.open().find_by_message_id(['<a} in:anywhere {"b@x.example>']) == ()
