"""What lies in Junk: read only where it belongs to something known, by its thread or by a sender that DMARC proves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.assistant import Assistant
from mailbot.intake import Intake, one_by_one
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader
from mailbot.reading.stored import read_raw
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from mailbot.tracking.calling import keys
from tests.cli.person import PersonAtDesk
from tests.sample_mail import CANCELLATION, CONFIRMATION, ELLA, mail
from tests.test_assistant import BEFORE, PROFILE

PASSED = b"Authentication-Results: mx.google.com; dkim=pass; dmarc=pass (p=NONE) header.from=lindenworks.example\r\n"
FAILED = PASSED.replace(b"dmarc=pass", b"dmarc=fail")
NEWS = mail(
    "2026-03-03 08:00", "Ivo Lang <ivo.lang@lindenworks.example>", "Your interview on Wednesday",
    "Hi Robin,\n\nA quick word before your interview for the Stage Technician position at Linden Works: please bring"
    " your portfolio.\n\nIvo Lang\nLinden Works\n", ident="ivo@lindenworks.example",
)  # fmt: skip
LURE = mail(
    "2026-03-03 08:00", "HR <hr@quick-jobs.example>", "You are hired: Stage Technician",
    "Dear candidate,\n\nYour interview for the Stage Technician position is confirmed for Friday, March 6, 2026, at"
    " 10:00 AM Eastern.\n\nHR Department\n", ident="lure@quick-jobs.example", cc=ELLA,
)  # fmt: skip


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened


def step(box: MemoryMailbox, ledger: Ledger) -> list[str]:
    """The applications that are known after a step."""
    outcome = Assistant((box,), ledger, PROFILE, bytes(32)).step(BEFORE)
    return [one.slug for one in outcome.outlook.tracked.applications]


def junk(*mails: bytes, known: bool = True) -> MemoryMailbox:
    box = MemoryMailbox("work")
    if known:
        box.deliver(CONFIRMATION)
    for raw in mails:
        box.deliver(raw, Place.JUNK)
    return box


def test_a_mail_of_a_known_thread_is_read(ledger) -> None:
    step(junk(CANCELLATION), ledger)
    assert ledger.in_junk() == {"<cancel@lindenworks.example>"}


def test_a_known_company_that_dmarc_proves_is_read(ledger) -> None:
    step(junk(PASSED + NEWS), ledger)
    assert ledger.in_junk() == {"<ivo@lindenworks.example>"}


@pytest.mark.parametrize("claim", [b"", FAILED, PASSED.replace(b"mx.google.com", b"mail.quick-jobs.example")])
def test_a_known_company_that_nothing_proves_is_not_read(ledger, claim: bytes) -> None:
    step(junk(claim + NEWS), ledger)
    assert ledger.in_junk() == frozenset()


def test_what_belongs_to_nothing_known_makes_no_application(ledger) -> None:
    assert step(junk(PASSED + LURE, known=False), ledger) == []
    assert ledger.readings() == ()


def test_a_known_person_in_cc_proves_nothing(ledger) -> None:
    step(junk(PASSED + LURE), ledger)
    assert ledger.in_junk() == frozenset()


def test_what_came_before_its_application_was_known_is_read_when_it_is(ledger) -> None:
    box = junk(PASSED + NEWS, known=False)
    step(box, ledger)
    assert ledger.readings() == ()
    box.deliver(CONFIRMATION)
    step(box, ledger)
    assert ledger.in_junk() == {"<ivo@lindenworks.example>"}


def test_a_mail_that_the_person_took_out_of_junk_is_ordinary_mail(ledger) -> None:
    box = junk(NEWS)
    step(box, ledger)
    box.store.move("<ivo@lindenworks.example>", Place.JUNK, Place.INBOX)
    step(box, ledger)
    assert "<ivo@lindenworks.example>" in {one.message_id for one in ledger.readings()}
    assert ledger.in_junk() == frozenset()


def test_what_nobody_can_read_in_junk_is_nobodys_trouble(ledger) -> None:
    from mailbot.errors import Unreadable

    def refuse(raw: RawMessage, reader: Reader) -> None:
        raise Unreadable("It cannot be read.")

    intake = Intake(ledger, PROFILE.reader, None, one_by_one(refuse), lambda reading: False)
    assert list(intake.fetch(junk(LURE, known=False), BEFORE)) == []
    assert ledger.quarantined() == ()


@given(st.sampled_from([CONFIRMATION, CANCELLATION, NEWS, LURE]), st.booleans())
def test_by_its_headers_alone_a_mail_in_junk_is_always_set_aside(raw: bytes, calendar: bool) -> None:
    ref = MessageRef("work", Place.JUNK, "1")
    read = read_raw(RawMessage(ref, PASSED + raw, draft=False, whole=False, calendar=calendar), PROFILE.reader)
    assert read is not None
    assert not read.whole
    assert not any("ella" in key for key in keys(read))


def test_status_names_what_was_found_in_junk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonAtDesk(tmp_path, monkeypatch)
    person.receive(CONFIRMATION)
    for folder in ("cur", "new", "tmp"):
        (person.folder / "work" / ".Junk" / folder).mkdir(parents=True)
    person.receive(CANCELLATION, folder=".Junk/new")
    person.at("2026-03-04 09:00")
    person.do("sync")
    assert "In Junk, but it belongs to your search: 'Re: Interview confirmed" in person.do("status")
    assert [one["in_junk"] for one in person.objects("status") if "in_junk" in one] == [
        "Re: Interview confirmed: Stage Technician at Linden Works"
    ]
