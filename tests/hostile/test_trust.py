"""Whom mailbot does not answer without the person's word, and how the word is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.assistant import Assistant
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.port import Place
from mailbot.outcome import Outcome
from mailbot.reading.beware import imitates
from mailbot.store.sqlite import memory_ledger
from tests.cli.person import PersonAtDesk
from tests.sample_mail import CONFIRMATION, at, mail
from tests.test_assistant import PROFILE

OFFER = "Hi Robin,\n\nWe are pleased to offer you the position of Stage Technician at Linden Works.{}\n\nTom Varga\n"
TOM = "Tom Varga <tom.varga@lindenworks.example>"


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        ("lindenw0rks.example", "lindenworks.example"),
        ("iindenworks.example", "lindenworks.example"),
        ("1indenworks.example", "lindenworks.example"),
        ("lindenvvorks.example", "lindenworks.example"),
        ("linden-works.example", "lindenworks.example"),
        ("lindenwоrks.example", "lindenworks.example"),  # a Cyrillic o
        ("lindénworks.example", "lindenworks.example"),
        ("lindenwork.example", "lindenworks.example"),
        ("lindenworkss.example", "lindenworks.example"),
        ("lindenwroks.example", "lindenworks.example"),
        ("lindenwarks.example", "lindenworks.example"),
        ("mail.lindenw0rks.example", "hr.lindenworks.example"),
        ("acrne.example", "acme.example"),
        ("acme.example", "acrne.example"),
        ("c1oudberry.example", "cloudberry.example"),
        ("doudberry.example", "cloudberry.example"),
    ],
)
def test_a_domain_that_looks_like_a_known_one(domain: str, known: str) -> None:
    assert imitates(domain, known)


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        ("lindenworks.example", "lindenworks.example"),
        ("mail.lindenworks.example", "lindenworks.example"),
        ("lindenworks.test", "lindenworks.example"),  # a firm's other home
        ("linden.example", "lindenworks.example"),
        ("cole.example", "cale.example"),  # short names differ by a letter every day
        ("brackwater.example", "lindenworks.example"),
        ("works.example", "lindenworks.example"),
    ],
)
def test_a_domain_of_its_own(domain: str, known: str) -> None:
    assert not imitates(domain, known)


def after(*mails: bytes) -> tuple[Outcome, list[bytes]]:
    box = MemoryMailbox("work")
    box.deliver(
        mail("2026-03-01 09:00", "Robin Adeyemi <robin@example.com>", "Stage Technician", "I apply for the Stage"
             " Technician position at Linden Works.\n\nRobin\n", ident="own@example.com", to=TOM), Place.SENT,
    )  # fmt: skip
    for one in mails:
        box.deliver(one)
    with memory_ledger() as ledger:
        outcome = Assistant((box,), ledger, PROFILE, bytes(32)).step(at("2026-03-04 10:00"))
    return outcome, [raw for ref in box.drafts() if (raw := box.read_draft(ref)) and b"Notes" not in raw]


def offer(sender: str, more: str = "") -> bytes:
    return mail("2026-03-04 09:00", sender, "Re: Interview confirmed: Stage Technician at Linden Works",
                OFFER.format(more), ident="offer@x.example", reply_to="confirm@lindenworks.example")  # fmt: skip


def test_a_known_sender_is_answered_and_its_double_is_a_question() -> None:
    _, drafts = after(CONFIRMATION, offer(TOM))
    assert [b"tom.varga@lindenworks.example" in one for one in drafts] == [True]
    outcome, drafts = after(CONFIRMATION, offer("Tom Varga <tom.varga@lindenw0rks.example>"))
    assert drafts == []
    assert any("only looks like the one you know" in one.text for one in outcome.outlook.questions)


def test_who_asked_for_bank_details_once_is_not_thanked_for_anything_else() -> None:
    trap = mail("2026-03-04 09:30", TOM, "Payroll", "Please send your bank details for the Stage Technician position at"
                " Linden Works.\n\nTom Varga\n", ident="trap@lindenworks.example")  # fmt: skip
    _, drafts = after(CONFIRMATION, offer(TOM), trap)
    assert drafts == []


def test_the_persons_word_lets_the_letter_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonAtDesk(tmp_path, monkeypatch)
    person.at("2026-03-04 10:00")
    person.receive(CONFIRMATION)
    person.receive(offer(TOM, " Please send your bank details for the payroll."))
    person.do("sync")
    assert "offer_reply" not in dict(person.drafted())
    (question,) = [one for one in person.objects("status") if "question" in one]
    assert "Beware of the mail by Tom Varga" in str(question["question"])
    assert "bank details for the payroll" in str(question["question"])
    _, _, command = str(question["command"]).partition("mailbot ")
    person.do(*command.partition(",")[0].split())
    person.do("sync")
    assert dict(person.drafted())["offer_reply"] == "tom.varga@lindenworks.example"


def test_a_suspicious_offer_is_told_to_nobody_else() -> None:
    """The letter that tells others of an offer waits too: its occasion is the offer."""
    other = CONFIRMATION.replace(b"lindenworks", b"aldersyde").replace(b"Linden Works", b"Aldersyde Foods")
    outcome, drafts = after(CONFIRMATION, other, offer(TOM, " Please send your bank details."))
    assert drafts == []
    assert outcome.problems == ()


FAILED = (
    "Authentication-Results: mx.google.com; dkim=none; spf=fail; dmarc=fail (p=REJECT) header.from=lindenworks.example"
)


def no(results: str) -> bytes:
    """A no that comes after the interview is fixed."""
    text = "Hi Robin,\n\nUnfortunately we have decided to move forward with other candidates.\n\nTom Varga\n"
    told = mail("2026-03-04 09:00", TOM, "Re: Interview confirmed: Stage Technician at Linden Works", text,
                ident="no@lindenworks.example", reply_to="confirm@lindenworks.example")  # fmt: skip
    return f"{results}\r\n".encode() + told if results else told


@pytest.mark.parametrize(
    ("results", "stage"),
    [
        (FAILED, "interviewing"),
        (FAILED.replace("mx.google.com", "mx.elsewhere.example"), "rejected"),  # anybody may write that
        (FAILED.replace("dmarc=fail", "dmarc=none"), "rejected"),
        ("", "rejected"),
    ],
)
def test_a_no_that_its_own_domain_denies_changes_no_stage(results: str, stage: str) -> None:
    outcome, _ = after(CONFIRMATION, no(results))
    (standing,) = outcome.outlook.stages.values()
    assert standing == stage


def test_a_forged_no_is_a_question_and_takes_back_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = PersonAtDesk(tmp_path, monkeypatch)
    person.at("2026-03-04 10:00")
    person.receive(CONFIRMATION)
    person.do("sync")
    before = person.drafted()
    person.receive(no(FAILED))
    person.do("sync")
    assert before
    assert person.drafted() == before
    (question,) = [one for one in person.objects("status") if "question" in one]
    assert "Beware of" in str(question["question"])


@pytest.mark.parametrize(("word", "stage"), [("yes", "rejected"), ("no", "interviewing")])
def test_the_persons_word_on_a_no_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, stage: str) -> None:
    person = PersonAtDesk(tmp_path, monkeypatch)
    person.at("2026-03-04 10:00")
    person.receive(CONFIRMATION)
    person.receive(no(FAILED))
    person.do("sync")
    (question,) = [one for one in person.objects("status") if "question" in one]
    _, _, name = str(question["command"]).partition("mailbot answer ")
    person.do("answer", name.split()[0], word)
    person.do("sync")
    lines = person.objects("status")
    assert [one["stage"] for one in lines if "stage" in one] == [stage]
    assert not [one for one in lines if "Beware" in str(one.get("question", ""))]
