"""Whole conversations in a first scan: one question for many mails, and each read as if it had been asked for alone."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from mailbot.mail.gmail import conversations
from mailbot.mail.mime import parse
from mailbot.mail.port import RawMessage
from tests.mail.conformance.behaviour_mail import listing
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import invitation, mail
from tests.servers.gmail.account import Message

THREAD, GET = "gmail.users.threads.get", "gmail.users.messages.get"
PERSONAL = frozenset({"INBOX", "CATEGORY_PERSONAL"})


def letter(number: int, charset: str = "utf-8") -> bytes:
    """A mail with two forms of its text, and a word that is no ASCII."""
    one = EmailMessage()
    one["From"], one["To"], one["Subject"] = "Robin Vale <robin@firm.example>", "sam@home.example", f"Café {number}"
    one["Message-ID"], one["Date"] = f"<m{number}@mail.example>", "Tue, 03 Mar 2026 10:00:00 +0000"
    one.set_content(f"Thé at {number} o'clock?\n", charset=charset)
    one.add_alternative(f"<p>Thé at {number} o'clock?</p>", subtype="html", charset=charset)
    return one.as_bytes().replace(b"\n", b"\r\n")


def exchange(world: GmailWorld, raws: list[bytes], thread: str = "19afff0000000001") -> list[Message]:
    """A conversation in which every third mail is one's own."""
    return [
        world.account.deliver(raw, {"SENT"} if number % 3 == 2 else set(PERSONAL), thread=thread)
        for number, raw in enumerate(raws)
    ]


def scanned(world: GmailWorld) -> tuple[list[RawMessage], list[str]]:
    """Every mail of a first scan, and the calls that its mails took."""
    mailbox = world.open()
    refs = listing(mailbox, None).appeared
    world.account.calls.clear()
    assert len(list(mailbox.headers(refs))) == len(refs)
    found = list(mailbox.fetch(refs))
    return found, [one for one in world.account.calls if one in (THREAD, GET)]


def test_a_conversation_of_six_mails_is_one_question(world: GmailWorld) -> None:
    there = exchange(world, [letter(number) for number in range(6)])
    found, calls = scanned(world)
    assert calls == [THREAD]
    assert {one.ref.key for one in found} == {one.ident for one in there}


def test_what_comes_with_its_conversation_reads_as_what_comes_alone(world: GmailWorld) -> None:
    there = {one.ident: one for one in exchange(world, [letter(number) for number in range(4)])}
    for one in scanned(world)[0]:
        alone, together = parse(there[one.ref.key].raw), parse(one.raw)
        assert (together.text, together.html, together.subject) == (alone.text, alone.html, alone.subject)
        assert (together.message_id, together.sender, together.date) == (alone.message_id, alone.sender, alone.date)


@pytest.mark.parametrize("mails", [1, 2])
def test_a_short_conversation_is_asked_for_mail_by_mail(world: GmailWorld, mails: int) -> None:
    exchange(world, [letter(number) for number in range(mails)])
    assert scanned(world)[1] == [GET] * mails


def test_a_mail_whose_charset_is_old_comes_as_it_is(world: GmailWorld) -> None:
    there = exchange(world, [letter(0), letter(1, "iso-8859-1"), letter(2), letter(3)])
    found, calls = scanned(world)
    assert calls == [THREAD, GET]
    assert [one.raw for one in found if one.ref.key == there[1].ident] == [there[1].raw]


def test_an_invitation_whose_calendar_is_kept_apart_comes_as_it_is(world: GmailWorld) -> None:
    named = invitation("i").replace(b"method=REQUEST\r\n", b'method=REQUEST; name="invite.ics"\r\n', 1)
    there = exchange(world, [letter(0), named, letter(2), letter(3)])
    found, _ = scanned(world)
    assert [one.raw for one in found if one.ref.key == there[1].ident] == [named]
    assert parse(named).calendars


def test_an_attachment_stays_on_the_server(world: GmailWorld) -> None:
    one = EmailMessage()
    one["From"], one["Subject"], one["Message-ID"] = "robin@firm.example", "A file", "<f@mail.example>"
    one.set_content("Here it is.\n")
    one.add_attachment(b"x" * 60_000, maintype="application", subtype="pdf", filename="a.pdf")
    exchange(world, [letter(0), one.as_bytes().replace(b"\n", b"\r\n"), letter(2), letter(3)])
    world.account.bytes_out = 0
    found, calls = scanned(world)
    assert calls == [THREAD]
    assert len(found) == 4
    assert world.account.bytes_out < 20_000


def test_what_does_not_fit_into_memory_is_asked_for_again(world: GmailWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "KEPT", 2_000)
    there = exchange(world, [letter(number) for number in range(9)])
    found, calls = scanned(world)
    assert {one.ref.key for one in found} == {one.ident for one in there}
    assert calls[0] == THREAD
    assert GET in calls


def test_a_conversation_that_is_gone_meanwhile_is_no_problem(world: GmailWorld) -> None:
    there = exchange(world, [letter(number) for number in range(4)])
    mailbox = world.open()
    refs = listing(mailbox, None).appeared
    for one in there:
        world.account.remove(one.ident)
    assert list(mailbox.headers(refs)) == []


def test_a_mail_that_was_moved_meanwhile_is_left_to_the_history(world: GmailWorld) -> None:
    there = exchange(world, [letter(number) for number in range(4)])
    mailbox = world.open()
    refs = listing(mailbox, None).appeared
    world.account.relabel(there[0].ident, add={"TRASH"}, remove={"INBOX"})
    assert {one.ref.key for one in mailbox.headers(refs)} == {one.ident for one in there[1:]}


def test_other_mail_of_a_conversation_is_not_taken_along(world: GmailWorld) -> None:
    """What the search left out is asked for by its header fields, as ever."""
    there = exchange(world, [letter(number) for number in range(4)])
    shop = mail("shop", subject="20 % off", body="Unsubscribe at any time.")
    extra = world.account.deliver(shop, {"INBOX", "CATEGORY_PROMOTIONS"}, thread=there[0].thread)
    mailbox = world.open()
    heads = {one.ref.key: one for one in mailbox.headers(listing(mailbox, None).appeared)}
    assert len(heads) == 5
    assert heads[extra.ident].raw.startswith(b"From: Robin Vale")
