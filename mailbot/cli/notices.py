"""What `mailbot status` tells beside applications and drafts: mail to beware of, mail that is not read, mail that the
provider took for junk, what a better reader changed. Each lately, and whole with --json."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.cli.printing import print_json, say
from mailbot.standing.notices import in_junk, not_read, suspicious
from mailbot.standing.wording import short_day

if TYPE_CHECKING:
    from mailbot.pages import Pages
    from mailbot.reading.statements import Reading
    from mailbot.store.ledger import Ledger

LATELY = timedelta(days=14)


def print_notices(ledger: Ledger, now: datetime, pages: Pages) -> None:
    """Those of the last two weeks, a line each."""
    from mailbot.reading.beware import quotes
    from mailbot.reading.language import language_name
    from mailbot.rereading import changes

    readings = [one for one in ledger.readings() if now - one.date < LATELY]
    for warned in suspicious(readings):
        why = " ".join(f"“{one}”" if one in quotes(warned.mail) else one for one in warned.reasons)
        say(f"Beware: {_named(warned.mail, now)}. {why} {pages.of_mail(warned.mail)}".rstrip())
    for one in not_read(readings):
        why = f"Not read, since it is in {language_name(one.language)}"
        say(f"{why}: {_named(one, now)}. {pages.of_mail(one)}".rstrip())
    for one in in_junk(ledger, readings):
        say(f"In Junk, but it belongs to your search: {_named(one, now)}.")
    for change in changes(ledger):
        if now - change.at < LATELY:
            say(f"Read again, and better: {change.text}")


def print_notice_objects(ledger: Ledger, pages: Pages) -> None:
    """All of them, an object each."""
    from mailbot.rereading import changes

    readings = ledger.readings()
    for warned in suspicious(readings):
        print_json({"suspicious": warned.mail.subject, **_object(pages, warned.mail), "reasons": list(warned.reasons)})
    for one in not_read(readings):
        print_json({"not_read": one.subject, **_object(pages, one), "language": one.language})
    for one in in_junk(ledger, readings):
        print_json({"in_junk": one.subject, **_object(pages, one)})
    for change in changes(ledger):
        print_json({"read_again": change.text, "at": change.at.isoformat()})


def _named(mail: Reading, now: datetime) -> str:
    """'Subject' of somebody, of a day."""
    who = (mail.sender.name or mail.sender.email) if mail.sender else "nobody"
    return f"'{mail.subject}' from {who}, {short_day(mail.date, now)}"


def _object(pages: Pages, mail: Reading) -> dict[str, object]:
    sender = mail.sender.email if mail.sender else None
    named = {"from": sender, "date": mail.date.isoformat(), "message_id": mail.message_id}
    return {**named, "open": pages.of_mail(mail) or None}
