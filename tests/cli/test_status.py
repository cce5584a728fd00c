"""What status tells besides applications and drafts: each kind of news once, with what it rests on."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbot.mail.port import MessageRef, Place
from mailbot.reading.reader import read
from mailbot.reading.statements import Facet, Reader
from mailbot.rereading import CHANGES
from mailbot.store.sqlite import open_ledger
from tests.cli.test_commands import Home
from tests.sample_mail import ZONE, fresh_invitation, mail

NOW = datetime.now(ZONE)
EARLIER = f"{NOW - timedelta(hours=3):%Y-%m-%d %H:%M}"
PERSON = Reader(frozenset({"robin@example.com"}), "America/New_York", "Robin Adeyemi")
TRAP = mail(
    EARLIER, "Kara Lind <kara.lind@quickhire.example>", "Your position as data clerk",
    "Dear Robin,\n\nWe are pleased to offer you the position of Data Clerk at Quickhire. Send us your bank details"
    " and a copy of your passport on Telegram.\n\nKara Lind\n", ident="trap@quickhire.example",
)  # fmt: skip
GERMAN = mail(
    EARLIER, "Jutta Kern <jutta.kern@rosental.example>", "Ihre Bewerbung",
    "Guten Tag Robin Adeyemi,\n\nvielen Dank für Ihre Bewerbung als Bauingenieurin bei der Rosental GmbH. Wir würden"
    " Sie gern kennenlernen und melden uns in der nächsten Woche bei Ihnen.\n\nMit freundlichen Grüßen\nJutta Kern\n",
    ident="bewerbung@rosental.example",
)  # fmt: skip
PRIVATE = mail(
    EARLIER, "Oma <oma@familie.example>", "Sonntag",
    "Liebe Robin,\n\nich habe für euch und die Kinder einen Kuchen gebacken. Kommt ihr am Sonntag? Wir freuen uns auf"
    " euch und auch auf den Hund.\n\nDeine Oma\n", ident="kuchen@familie.example",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def said(home: Home, *mails: bytes) -> tuple[str, list[dict[str, object]]]:
    """What status says of these mails, for a person and as objects."""
    for one in mails:
        home.deliver(one)
    assert home.here("sync").returncode == 0
    objects = home.here("status", "--json").stdout.splitlines()
    return home.here("status").stdout, [json.loads(one) for one in objects]


def test_a_suspicious_mail_is_named_with_the_words_that_make_it_so(home: Home) -> None:
    page, objects = said(home, TRAP)
    assert "Beware: 'Your position as data clerk' from Kara Lind" in page
    assert "bank details and a copy of your passport" in page
    (warned,) = [one for one in objects if "suspicious" in one]
    assert warned["from"] == "kara.lind@quickhire.example"
    assert "bank details" in str(warned["reasons"])


def test_a_mail_in_a_language_that_is_not_read_is_named(home: Home) -> None:
    page, objects = said(home, GERMAN)
    assert "Not read, since it is in German: 'Ihre Bewerbung' from Jutta Kern" in page
    assert [one["language"] for one in objects if "not_read" in one] == ["de"]


def test_mail_in_another_language_that_is_not_about_a_job_is_not_named(home: Home) -> None:
    page, objects = said(home, PRIVATE)
    assert "Not read" not in page
    assert not [one for one in objects if "not_read" in one]


def test_what_the_person_owes_comes_first(home: Home) -> None:
    asked = fresh_invitation(NOW).replace(b"Would ", b"Please complete the application form. Would ")
    page, objects = said(home, asked)
    owed = [one for one in objects if "owed" in one]
    assert all(str(one["owed"]) in page for one in owed)
    assert page.count("Yours") == len(owed)


def test_the_plan_of_a_reply_begins_with_the_calendar(home: Home) -> None:
    said(home, fresh_invitation(NOW))
    reply = " ".join(home.here("plan").stdout.partition("invitation reply")[2].split())
    assert "Names a time: check your calendar." in reply


def test_a_mail_that_could_not_be_read_is_counted_and_named(home: Home) -> None:
    said(home)
    with open_ledger(home.state) as ledger:
        ledger.quarantine(MessageRef("work", Place.INBOX, "new/7"), "Reading it took more than 5 seconds.", NOW)
    page, objects = said(home)
    assert "One mail could not be read" in page
    (aside,) = [one for one in objects if "set_aside" in one]
    assert aside == {"set_aside": "new/7", "account": "work", "error": "Reading it took more than 5 seconds."}


def test_what_a_better_reader_changed_is_told_for_two_weeks(home: Home) -> None:
    said(home)
    with open_ledger(home.state) as ledger:
        news = [
            {"at": (NOW - timedelta(days=1)).isoformat(), "text": "Alder, Clerk is an application."},
            {"at": (NOW - timedelta(days=15)).isoformat(), "text": "Brack, Cook is an application."},
        ]
        ledger.set_meta(CHANGES, json.dumps(news))
    page = home.here("status").stdout
    assert "Read again, and better: Alder, Clerk is an application." in page
    assert "Brack" not in page
    assert home.here("status", "--json").stdout.count("read_again") == 2


@pytest.mark.parametrize(("raw", "told"), [(GERMAN, True), (PRIVATE, False), (TRAP, False)])
def test_only_mail_of_hiring_in_another_language_is_told_of(raw: bytes, told: bool) -> None:
    from mailbot.mail.mime import parse

    reading = read(parse(raw, own=PERSON.addresses), PERSON)
    assert reading.main.has(Facet.OTHER_LANGUAGE) == told
    assert not told or reading.may_matter
