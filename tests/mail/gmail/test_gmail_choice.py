"""What a first scan leaves out: none of the labelled hiring mail of this repository, and most of what else comes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot.mail.gmail.choice import queries
from mailbot.mail.gmail.service import Requests
from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.mail.tables import table
from mailbot.reading.domains import is_like_tool, is_tool
from mailbot.reading.senders import is_robot
from mailbot.reading.statements import Kind, Reader
from mailbot.reading.stored import read_raw
from mailbot.reading.tables import table as senders
from tests.mail.conformance.behaviour_mail import listing
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import invitation, mail
from tests.reading import kind_mails
from tests.reading.kind_mails import Labelled
from tests.stories.building import load

REPOSITORY = Path(__file__).parents[3]
STORIES = sorted((REPOSITORY / "tests" / "stories").glob("*.toml"))
ALIEN = (Kind.UNRELATED, Kind.JOB_ALERT)
MAILING = ("list-unsubscribe", "list-id", "list-post", "feedback-id", "precedence", "auto-submitted")
LONGEST_ADDRESS = 2048  # of a request; what is longer the client library turns into another kind


def is_machines(one: Message) -> bool:
    """Whether Gmail might sort it under updates: whatever a tool, a robot or a mailing may have sent."""
    sender = one.sender
    return sender is None or bool(
        is_tool(sender.domain) or is_like_tool(sender) or is_robot(sender) or any(map(one.header, MAILING))
    )


def place(world: GmailWorld, raw: bytes, own: frozenset[str], thread: str | None = None) -> str:
    """Deliver it as Gmail would sort it; its id."""
    seen = parse(raw, own=own)
    ours = bool(seen.sender and seen.sender.email in own)
    labels = {"SENT"} if ours else {"INBOX", "CATEGORY_UPDATES" if is_machines(seen) else "CATEGORY_PERSONAL"}
    return world.account.deliver(raw, labels, thread=thread).ident


def chosen(world: GmailWorld) -> set[str]:
    return {ref.key for ref in listing(world.open(), None).appeared}


def left_out(world: GmailWorld, rows: Iterable[Labelled]) -> tuple[int, list[str]]:
    """Of hiring mails, each in a conversation of its own, how many there are and the names of those left out."""
    names = {
        place(world, kind_mails.raw(one), kind_mails.READER.addresses, thread=one.name): one.name
        for one in rows
        if one.kinds[0] not in ALIEN
    }
    taken = chosen(world)
    return len(names), [name for ident, name in names.items() if ident not in taken]


@pytest.mark.parametrize("rows", [kind_mails.wordings, kind_mails.letters, kind_mails.learning, kind_mails.timed])
def test_no_labelled_hiring_mail_is_left_out(world: GmailWorld, rows) -> None:
    known, missing = left_out(world, rows())
    assert known > 200
    assert missing == []


@pytest.mark.parametrize("path", STORIES, ids=[one.stem for one in STORIES])
def test_of_a_whole_mailbox_all_that_the_reader_finds_to_matter_is_asked_for(world: GmailWorld, path: Path) -> None:
    story = load(path)
    own = frozenset({story.me[1]})
    reader, wanted = Reader(own, story.zone, story.me[0]), set()
    for one in story.mails:
        ident = place(world, one.raw, own)
        read = read_raw(RawMessage(MessageRef("home", one.place, ident), one.raw, draft=False), reader)
        if read is not None and read.may_matter:
            wanted.add(ident)
    assert wanted
    assert wanted <= chosen(world)


def test_whatever_a_tool_of_hiring_sends_is_asked_for(world: GmailWorld) -> None:
    tools = [one for sort in ("ats", "assessment", "calendar") for one in senders("senders")["domains"][sort].split()]
    for number, domain in enumerate(tools):
        raw = mail(f"m{number}", subject="Hello").replace(b"robin@firm.example", f"no-reply@{domain}".encode(), 1)
        world.account.deliver(raw, {"INBOX", "CATEGORY_UPDATES"}, thread=domain)
    taken = chosen(world)
    assert [one.thread for ident, one in world.account.messages.items() if ident not in taken] == []


def ordinary() -> list[bytes]:
    told = tomllib.loads((REPOSITORY / "tests/reading/data/first_look/ordinary.toml").read_text(encoding="utf-8"))
    found = []
    for text in told["mails"]:
        (first, *lines) = text.split("\n")
        one = EmailMessage()
        one["From"], _, one["Subject"] = first.partition(" | ")
        one["Message-ID"] = f"<{len(found)}@ordinary.example>"
        for line in lines:
            name, _, value = line.removeprefix("@").partition(": ")
            one[name] = value
        one.set_content("Dear customer, all the details are on our page. Unsubscribe at any time.\n")
        found.append(one.as_bytes())
    return found


@pytest.mark.parametrize("category", ["UPDATES", "PROMOTIONS", None])
def test_ordinary_mail_is_left_out_whatever_gmail_takes_it_for(world: GmailWorld, category: str | None) -> None:
    for raw in ordinary():
        world.account.deliver(raw, {"INBOX"} | ({f"CATEGORY_{category}"} if category else set()))
    assert len(chosen(world)) <= len(ordinary()) / 8


def test_a_mail_without_a_telling_word_comes_with_its_conversation(world: GmailWorld) -> None:
    labels = {"INBOX", "CATEGORY_UPDATES"}
    told = world.account.deliver(mail("a", subject="Your interview"), labels)
    short = world.account.deliver(mail("b", subject="Thursday", body="Three is fine."), labels, thread=told.thread)
    alone = world.account.deliver(mail("c", subject="Thursday", body="Three is fine."), labels)
    assert chosen(world) == {told.ident, short.ident}
    assert alone.ident not in chosen(world)


def test_what_a_person_writes_is_asked_for_whatever_it_says(world: GmailWorld) -> None:
    world.account.deliver(mail("a", subject="Thursday", body="Three is fine."), {"INBOX", "CATEGORY_PERSONAL"})
    assert len(chosen(world)) == 1


def test_own_mail_is_asked_for_whatever_it_says(world: GmailWorld) -> None:
    world.account.deliver(mail("a", subject="Thursday", body="Unsubscribe me."), {"SENT"})
    assert len(chosen(world)) == 1


def test_what_was_asked_for_whole_costs_once(world: GmailWorld) -> None:
    world.account.deliver(mail("a", subject="Your interview"), {"INBOX"})
    mailbox = world.open()
    refs = listing(mailbox, None).appeared
    world.account.calls.clear()
    (head,) = mailbox.headers(refs)
    (whole,) = mailbox.fetch(refs)
    assert world.account.calls == ["gmail.users.messages.get"]
    assert (head.whole, whole.whole) == (False, True)
    assert whole.raw.startswith(head.raw)


def test_of_a_large_mail_the_attachments_stay_on_the_server(world: GmailWorld) -> None:
    big = (
        'Content-Disposition: attachment; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n' + "x" * 200_000
    ).encode()
    world.deliver(invitation("a").replace(b"\r\n--b--", b"\r\n--b\r\n" + big + b"\r\n--b--"))
    mailbox = world.open()
    refs = listing(mailbox, None).appeared
    world.account.bytes_out = 0
    (head,) = mailbox.headers(refs)
    (whole,) = mailbox.fetch(refs)
    assert world.account.bytes_out < 5_000
    assert head.calendar
    assert parse(whole.raw).calendars


def test_every_search_fits_into_one_request() -> None:
    since, ask = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=1), Requests()
    asked = [one for search in table("gmail")["choice"]["search"] for one in queries(search, since)]
    assert len(asked) >= len(table("gmail")["choice"]["search"])
    for query in asked:
        request = ask.messages(query, token="x" * 40, most=500, spam_trash=True)
        assert len(request.uri) + len("&alt=json") < LONGEST_ADDRESS


def test_a_spam_mail_about_a_job_is_asked_for(world: GmailWorld) -> None:
    world.deliver(mail("a", subject="Your interview"), Place.JUNK)
    assert len(chosen(world)) == 1


def test_what_has_just_come_and_no_search_knows_is_asked_for_once(world: GmailWorld) -> None:
    world.deliver(mail("a", subject="Your interview"))
    world.deliver(mail("b", subject="Your interview"))
    world.account.unindexed = {list(world.account.messages)[-1]}
    refs = listing(world.open(), None).appeared
    assert [ref.key for ref in refs] == list(world.account.messages)
