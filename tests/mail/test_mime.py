"""From bytes to a Message: fields, parts, calendars, attachments, reports, forwarded mail."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.errors import Unreadable
from mailbot.mail.message import Attachment, Direction, Message
from mailbot.mail.mime import parse

HEAD = (
    "From: Ines Marlow <ines@tarn.example>\r\nTo: Alex Rivera <alex@home.example>\r\nSubject: Your talk\r\n"
    "Date: Tue, 03 Mar 2026 14:00:00 -0500\r\nMessage-ID: <m1@tarn.example>\r\n"
)


def mail(rest: str = "\r\nHello", head: str = HEAD) -> Message:
    return parse((head + rest).encode("utf-8"))


def multipart(kind: str, *parts: str) -> str:
    body = "".join(f"--edge\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="edge"\r\n\r\n{body}--edge--\r\n'


def part(content_type: str, text: str, more: str = "") -> str:
    return f"Content-Type: {content_type}\r\n{more}\r\n{text}"


def test_fields_of_a_plain_mail() -> None:
    message = mail("\r\nHello Alex,\r\nsee you then.\r\n")
    assert message.sender is not None
    assert (message.sender.name, message.sender.email) == ("Ines Marlow", "ines@tarn.example")
    assert [one.email for one in message.to] == ["alex@home.example"]
    assert message.subject == "Your talk"
    assert message.message_id == "<m1@tarn.example>"
    assert message.date.isoformat() == "2026-03-03T14:00:00-05:00"
    assert message.text == "Hello Alex,\nsee you then."


def test_direction_is_by_the_from_address_unless_it_is_given() -> None:
    raw = HEAD.encode()
    assert parse(raw).direction is Direction.IN
    assert parse(raw, own=frozenset({"ines@tarn.example"})).direction is Direction.OUT
    assert parse(raw, own=frozenset({"ines@tarn.example"}), direction=Direction.NOBODY).direction is Direction.NOBODY


def test_arrival_is_the_newest_received_header() -> None:
    received = (
        "Received: by mx; Tue, 03 Mar 2026 19:05:00 +0000\r\nReceived: by relay; Tue, 03 Mar 2026 19:01:00 +0000\r\n"
    )
    assert mail(head=received + HEAD).arrived == datetime(2026, 3, 3, 19, 5, tzinfo=UTC)


def test_the_mailbox_knows_arrival_better_than_the_headers() -> None:
    known = datetime(2026, 3, 3, 20, tzinfo=UTC)
    assert parse(HEAD.encode(), arrived=known).arrived == known


@pytest.mark.parametrize("date", ["Fri, 06 Mar 2026 14:00:00 -0500", "yesterday", "99 Foo 2026"])
def test_a_date_far_after_arrival_or_no_date_counts_as_arrival(date: str) -> None:
    received = "Received: by mx; Tue, 03 Mar 2026 19:05:00 +0000\r\n"
    head = received + HEAD.replace("Tue, 03 Mar 2026 14:00:00 -0500", date)
    assert mail(head=head).date == datetime(2026, 3, 3, 19, 5, tzinfo=UTC)


def test_a_date_within_a_day_after_arrival_stays() -> None:
    received = "Received: by mx; Tue, 03 Mar 2026 00:05:00 +0000\r\n"
    assert mail(head=received + HEAD).date.utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\nHello", b"From: a@b.example\r\n\r\nHello", b"\xff\xfe\x00" * 50])
def test_a_mail_without_any_date_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(raw)


def test_a_mail_without_a_safe_message_id_gets_a_stable_one_of_its_headers() -> None:
    odd = HEAD.replace("<m1@tarn.example>", '<"x y"@tarn.example>')
    one, other = mail(head=odd), mail("\r\nOther text", head="Received: by mx\r\n" + odd)
    assert one.message_id == other.message_id
    assert one.message_id.endswith("@digest.invalid>")
    assert mail(head=odd.replace("Your talk", "Another")).message_id != one.message_id


def test_references_and_in_reply_to_are_read_across_folds() -> None:
    message = mail("In-Reply-To:\r\n <b@x.example>\r\nReferences: <a@x.example>\r\n\t<b@x.example> junk\r\n\r\nx")
    assert message.in_reply_to == "<b@x.example>"
    assert message.references == ("<a@x.example>", "<b@x.example>")


def test_the_plain_version_is_preferred_and_the_html_kept() -> None:
    html = "<p>Hello <b>Alex</b></p>"
    message = mail(multipart("alternative", part("text/plain", "Hello Alex"), part("text/html", html)))
    assert message.text == "Hello Alex"
    assert message.html.strip() == html


@pytest.mark.parametrize("stub", ["", "Your mail client does not support HTML.", "See the HTML version."])
def test_a_useless_plain_version_gives_way_to_the_html(stub: str) -> None:
    html = "<p>" + "We would like to talk with you. " * 10 + "</p>"
    message = mail(multipart("alternative", part("text/plain", stub), part("text/html", html)))
    assert message.text.startswith("We would like to talk")


def test_a_short_plain_version_beside_a_long_html_is_a_stub() -> None:
    html = "<p>" + "Please choose one of these times for the talk. " * 10 + "</p>"
    message = mail(multipart("alternative", part("text/plain", "You have news."), part("text/html", html)))
    assert message.text.startswith("Please choose")


def test_html_labelled_plain_is_read_as_html() -> None:
    assert mail("\r\n<html><body><p>Hello<p>Alex</body></html>").text == "Hello\n\nAlex"


def test_text_parts_of_a_mixed_mail_follow_each_other_and_files_are_named_only() -> None:
    message = mail(
        multipart(
            "mixed",
            part("text/plain", "Above"),
            part(
                "application/pdf; name=brief.pdf",
                base64.b64encode(b"%PDF").decode(),
                "Content-Transfer-Encoding: base64\r\n",
            ),
            part(
                "text/plain", "not read", "Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.txt\r\n"
            ),
            part("text/plain", "Below"),
        )
    )
    assert message.text == "Above\n\nBelow"
    assert message.attachments == (Attachment("brief.pdf", "application/pdf"), Attachment("résumé.txt", "text/plain"))


def test_a_file_name_has_no_folders() -> None:
    message = mail(
        multipart(
            "mixed", part("application/pdf", "x", 'Content-Disposition: attachment; filename="../../etc/a.pdf"\r\n')
        )
    )
    assert message.attachments[0].name == "a.pdf"


def test_a_calendar_part_counts_once_and_before_an_attached_copy() -> None:
    event = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR"
    message = mail(
        multipart(
            "mixed",
            part('application/ics; name="invite.ics"', event, "Content-Disposition: attachment\r\n"),
            part("text/calendar; method=REQUEST", event),
            part("text/calendar", "BEGIN:VCALENDAR\r\nOTHER", "Content-Disposition: attachment; filename=b.ics\r\n"),
        )
    )
    assert message.calendars == ("BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR", "BEGIN:VCALENDAR\nOTHER")
    assert message.text == ""


def test_flowed_text_is_whole_paragraphs() -> None:
    message = mail(
        "Content-Type: text/plain; format=flowed; delsp=no\r\n\r\n"
        "We will \r\nmeet.\r\n> Is that \r\n> so?\r\n-- \r\nIna\r\n"
    )
    assert message.text == "We will meet.\n> Is that so?\n-- \nIna"


def test_an_attached_mail_is_a_forwarded_block_and_never_the_mail_itself() -> None:
    inner = (
        "From: Other <other@far.example>\r\nSubject: Inner\r\nMessage-ID: <inner@far.example>\r\n"
        "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\nInner text"
    )
    message = mail(multipart("mixed", part("text/plain", "See below."), part("message/rfc822", inner)))
    assert message.message_id == "<m1@tarn.example>"
    assert message.sender is not None
    assert message.sender.email == "ines@tarn.example"
    assert message.text.startswith(
        "See below.\n\n---------- Forwarded message ---------\nFrom: Other <other@far.example>\n"
    )
    assert message.text.endswith("Subject: Inner\n\nInner text")


def test_a_delivery_report_gives_its_fields_and_the_id_that_came_back() -> None:
    message = mail(
        multipart(
            "report; report-type=delivery-status",
            part("text/plain", "It could not be delivered."),
            part(
                "message/delivery-status",
                "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; gone@far.example\r\nAction: failed",
            ),
            part("message/rfc822", "Message-ID: <mine@home.example>\r\nSubject: Hello\r\n\r\nMy own words"),
        )
    )
    assert message.text == "It could not be delivered."
    assert "final-recipient: rfc822; gone@far.example" in message.header("delivery-status")
    assert message.header("returned-message-id") == "<mine@home.example>"


def test_headers_that_reading_needs_are_kept_decoded_and_no_others() -> None:
    message = mail(
        "Auto-Submitted: auto-replied\r\nX-Secret: no\r\nList-Id: =?utf-8?q?Caf=C3=A9?= <l.example>\r\n\r\nx"
    )
    assert message.header("auto-submitted") == "auto-replied"
    assert message.header("list-id") == "Café <l.example>"
    assert message.header("x-secret") == ""


def test_a_header_of_ours_cannot_be_forged() -> None:
    assert mail("Delivery-Status: Final-Recipient: x\r\n\r\nx").header("delivery-status") == ""


def test_a_header_block_alone_is_a_mail_without_text() -> None:
    assert mail(rest="").text == ""
