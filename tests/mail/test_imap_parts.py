"""What is fetched of a mail by its structure, and what it is put together to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mailbot.errors import ActionNeeded
from mailbot.mail.imap.drafts import appended, is_safe
from mailbot.mail.imap.fetching import Looks, read_heads, read_mails
from mailbot.mail.imap.folders import Folders, read_folders
from mailbot.mail.imap.keys import Key
from mailbot.mail.imap.line import Line
from mailbot.mail.imap.parts import read_structure, sections
from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.mail.port import MessageRef, Place
from tests.mail.conformance.imap_world import ImapWorld
from tests.servers.dovecot import dovecot

HEAD = "From: Robin Vale <robin@firm.example>\r\nSubject: Talk\r\nDate: Tue, 03 Mar 2026 10:00:00 +0000\r\n"
HEAD += "Message-ID: <a@firm.example>\r\nMIME-Version: 1.0\r\n"
SECRET = "c2VjcmV0" * 400
ICS = "BEGIN:VCALENDAR\r\nEND:VCALENDAR"


def multipart(kind: str, boundary: str, *parts: str) -> str:
    opened = "".join(f"--{boundary}\r\n{one}\r\n" for one in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{opened}--{boundary}--\r\n'


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\nCome on Friday."
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Come on Friday.</p>"
PDF = (
    'Content-Type: application/pdf; name="map.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
    f'Content-Disposition: attachment; filename="map.pdf"\r\n\r\n{SECRET}'
)
LOG = f'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="log.txt"\r\n\r\n{SECRET}'
CALENDAR = f'Content-Type: application/ics; name="invite.ics"\r\n\r\n{ICS}'
ENCLOSED = f"Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\n{PLAIN}"
ENCLOSED_MIXED = (
    "Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\nFrom: lee@firm.example\r\n"
    "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n" + multipart("mixed", "i", PLAIN, PDF)
)
REPORT = "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nAction: failed\r\n"

SLY = f'{PLAIN} \u00fc) UID 7 BODY[1] {{9999999}}\r\n)\r\n* 2 EXPUNGE\r\n* BYE\r\nA7 NO "done'

MAILS = {
    "text alone": PLAIN,
    "text like a server's answer": SLY,
    "alternatives": multipart("alternative", "a", PLAIN, HTML),
    "a file": multipart("mixed", "m", PLAIN, PDF),
    "alternatives and files": multipart("mixed", "m", multipart("alternative", "a", PLAIN, HTML), PDF, LOG),
    "a calendar beside a file": multipart("mixed", "m", PLAIN, CALENDAR, PDF),
    "an enclosed mail": multipart("mixed", "m", PLAIN, ENCLOSED, PDF),
    "an enclosed mail with a file": multipart("mixed", "m", PLAIN, ENCLOSED_MIXED),
    "a report": multipart("report", "r", PLAIN, REPORT, PDF),
    "a file alone": PDF,
}


def without_boundary(mail: Message) -> Message:
    """The mail but for the boundary, which is another where it was put together."""
    headers = tuple((name, value.partition("boundary=")[0]) for name, value in mail.headers)
    return replace(mail, headers=headers)


@pytest.fixture
def world() -> Iterator[ImapWorld]:
    world = ImapWorld(dovecot())
    yield world
    world.close()


def deliver(world: ImapWorld, body: str) -> tuple[Line, MessageRef, bytes]:
    raw = (HEAD + body).encode()
    world.deliver(raw)
    line = Line("imap", world.server())
    opened = line.examine("INBOX")
    return line, MessageRef("imap", Place.INBOX, str(Key(opened.validity, opened.following - 1, "INBOX"))), raw


@pytest.mark.parametrize("body", MAILS.values(), ids=MAILS.keys())
def test_a_mail_reads_the_same_as_if_it_had_come_whole(world: ImapWorld, body: str) -> None:
    line, ref, raw = deliver(world, body)
    (mail,) = read_mails(line, [ref], Looks())
    assert without_boundary(parse(mail.raw)) == without_boundary(parse(raw))
    line.drop()


@pytest.mark.parametrize("body", MAILS.values(), ids=MAILS.keys())
def test_no_content_of_an_attachment_travels(world: ImapWorld, body: str) -> None:
    line, ref, _ = deliver(world, body)
    before = world.proxy.passed["down"]
    (mail,) = read_mails(line, [ref], Looks())
    assert SECRET.encode() not in mail.raw
    assert world.proxy.passed["down"] - before < len(SECRET)
    line.drop()


def test_headers_tell_of_an_attached_calendar(world: ImapWorld) -> None:
    line, ref, _ = deliver(world, MAILS["a calendar beside a file"])
    assert [one.calendar for one in read_heads(line, [ref], Looks())] == [True]
    line.drop()


def test_a_boundary_that_stands_in_a_text_splits_nothing(world: ImapWorld) -> None:
    sly = PLAIN.replace("Come", "--=_0\r\n\r\nStay\r\n--=_0--\r\nCome")
    line, ref, raw = deliver(world, multipart("mixed", "m", sly, PDF))
    (mail,) = read_mails(line, [ref], Looks())
    assert parse(mail.raw).text == parse(raw).text
    line.drop()


def test_a_structure_deeper_than_any_mail_is_read_to_a_depth() -> None:
    leaf = (b"text", b"plain", None, None, None, b"7bit", 4, 1)
    body: tuple[object, ...] = leaf
    for _ in range(200):
        body = ([body], b"mixed", (b"boundary", b"x"))
    assert sections(read_structure(body)) == ()


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (b"[APPENDUID 38505 3955] APPEND completed", Key(38505, 3955)),
        (b"APPEND completed", None),
        (b"[APPENDUID 1493194087 none] APPEND completed", None),
        (None, None),
    ],
)
def test_the_uid_of_an_append_is_known_where_the_server_tells_it(answer: object, key: Key | None) -> None:
    assert appended(answer) == key


@pytest.mark.parametrize(
    "name",
    ["<a\r\nX9 CREATE pwned@b>", '<a"@b>', "<{10}@b>", "<a(@b>", "a@b", "<ab>", "<é@b>", "<a@b", f"<{'a' * 600}@b>"],
)
def test_a_message_id_of_odd_form_never_reaches_a_search(name: str) -> None:
    assert not is_safe(name)


def test_our_own_message_ids_may_be_searched_for() -> None:
    assert is_safe("<mzxw6ytboi4a====.x_1@home.example>")


LISTED = [
    ((b"\\HasNoChildren",), b"/", b"INBOX"),
    ((b"\\Noselect",), b"/", b"[Gmail]"),
    ((b"\\Drafts",), b"/", b"[Gmail]/Entw&APw-rfe"),
    ((b"\\Sent",), b"/", b"[Gmail]/Gesendet"),
    ((b"\\All",), b"/", b"[Gmail]/Alle Nachrichten"),
    ((b"\\Trash",), b"/", b"[Gmail]/Papierkorb"),
    ((b"\\HasNoChildren",), b"/", b"&###-"),
    ((b"\\HasNoChildren",), b"/", "é".encode()),
    ((b"\\HasNoChildren",), b"/", b"Jobs"),
]


def test_folders_are_known_by_what_the_server_marks_whatever_they_are_called() -> None:
    folders = read_folders("a", LISTED, {}, ())
    assert folders.drafts().shown == "[Gmail]/Entwürfe"
    assert [one.shown for one in folders.at(Place.SENT)] == ["[Gmail]/Gesendet"]


def test_a_name_that_cannot_be_decoded_hides_no_other_folder() -> None:
    assert "&###-" in [one.shown for one in read_folders("a", LISTED, {}, ()).all]


def unmarked(*names: bytes) -> Folders:
    return read_folders("a", [((b"\\HasNoChildren",), b".", name) for name in (b"INBOX", *names)], {}, ())


@pytest.mark.parametrize("name", [b"Drafts", b"INBOX.Drafts", b"INBOX.Entw&APw-rfe", b"&BCcENQRABD0EPgQyBDgEOgQ4-"])
def test_where_the_server_marks_none_drafts_go_by_the_usual_names(name: bytes) -> None:
    assert unmarked(b"Sent", name, b"Outbox").drafts().name == name.decode()


def test_of_two_usual_names_for_drafts_the_person_says_which() -> None:
    with pytest.raises(ActionNeeded, match="'Drafts' and 'Entwürfe'") as raised:
        unmarked(b"Drafts", b"Entw&APw-rfe").drafts()
    assert 'drafts = "' in raised.value.mend


@pytest.mark.parametrize("name", [b"Outbox", b"OUTBOX", b"INBOX.Outbox", b"Postausgang", b"Unsent", b"Drafts.Old"])
def test_nothing_is_placed_into_what_may_be_sent_from(name: bytes) -> None:
    with pytest.raises(ActionNeeded, match="no Drafts folder"):
        unmarked(name).drafts()


def test_a_folder_of_the_persons_own_is_read_when_it_is_named() -> None:
    assert "Jobs" not in [one.name for one in read_folders("a", LISTED, {}, ()).read(labels=False)]
    assert "Jobs" in [one.name for one in read_folders("a", LISTED, {}, ["Jobs"]).read(labels=False)]


def test_where_one_folder_shows_all_mail_no_other_is_read_twice() -> None:
    read = [one.name for one in read_folders("a", LISTED, {}, ()).read(labels=True)]
    assert sorted(read) == ["[Gmail]/Alle Nachrichten", "[Gmail]/Entw&APw-rfe", "[Gmail]/Papierkorb"]
