"""What the person wants forgotten: nothing of it stays in the file, and nothing of it comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.reading.statements import Reading
from mailbot.store.ledger import Said, WordKind
from mailbot.store.sqlite import FILE, SqliteLedger, memory_ledger, open_ledger
from mailbot.tracking.application import Constraint
from tests.store.values import NOW, draft, follow_up, reading, ref

GOING, STAYING = "<m1@firm.example>", "<m2@other.example>"


def filled(ledger: SqliteLedger) -> SqliteLedger:
    """Two applications, each with everything that the ledger keeps of one."""
    for number, (message, firm) in enumerate(((GOING, "Quillstone"), (STAYING, "Marrowby")), 1):
        statement = replace(reading().statements[0], company=firm)
        mail = reading(message, subject=f"{firm} offers", statements=(statement,))
        ledger.add_readings("home", [(ref(str(number)), mail)])
        ledger.save_application_ids({message: f"app-{number}"})
        first = ledger.intend(
            draft(message, application=f"app-{number}", subject=firm, message_id=f"<d{number}@me.example>")
        )
        ledger.intend(replace(first, replaces=first.id))
        ledger.record_missed(replace(follow_up(f"<other{number}@x.example>"), application=f"app-{number}"), NOW)
        ledger.say(WordKind.MERGE, Said(f"{firm} is one", constraints=(Constraint(True, (message,)),)), NOW)
    return ledger


def test_nothing_of_it_stays_and_the_rest_is_whole() -> None:
    with filled(memory_ledger()) as ledger:
        ledger.forget(["app-1"], [GOING])
        assert [one.message_id for one in ledger.readings()] == [STAYING]
        assert {one.application for one in ledger.all_drafts()} == {"app-2"}
        assert {one.application for one in ledger.missed()} == {"app-2"}
        assert [one.said.text for one in ledger.words()] == ["Marrowby is one"]
        assert set(ledger.application_ids()) == {STAYING}
        assert ledger.integrity_check() == ()


def test_no_word_of_it_is_left_in_the_file(tmp_path: Path) -> None:
    with filled(open_ledger(tmp_path / "state")) as ledger:
        assert b"Quillstone" in (tmp_path / "state" / FILE).read_bytes()
        ledger.forget(["app-1"], [GOING])
    content = (tmp_path / "state" / FILE).read_bytes()
    for word in (b"Quillstone", b"m1@firm.example", b"d1@me.example"):
        assert word not in content
    assert b"Marrowby" in content


@pytest.mark.parametrize(
    "mail",
    [
        reading(GOING),
        reading("<new@firm.example>", in_reply_to=GOING),
        reading("<new@firm.example>", references=("<x@y.example>", GOING)),
        reading("<d1@me.example>"),
        reading(GOING, whole=False),
    ],
    ids=["the mail", "an answer", "the thread", "the letter that was sent", "its headers"],
)
def test_what_is_seen_of_it_again_is_not_kept(mail: Reading) -> None:
    with filled(memory_ledger()) as ledger:
        ledger.forget(["app-1"], [GOING])
        ledger.add_readings("home", [(ref("9"), mail)])
        assert [one.message_id for one in ledger.readings()] == [STAYING]
        assert ledger.unknown("home", [ref("1"), ref("9"), ref("10")]) == (ref("10"),)


def test_what_answers_an_answer_is_not_kept_either() -> None:
    with filled(memory_ledger()) as ledger:
        ledger.forget(["app-1"], [GOING])
        ledger.add_readings("home", [(ref("9"), reading("<b@x.example>", in_reply_to=GOING))])
        ledger.add_readings("home", [(ref("10"), reading("<c@x.example>", in_reply_to="<b@x.example>"))])
        assert [one.message_id for one in ledger.readings()] == [STAYING]


def test_other_mail_is_kept_as_before() -> None:
    with filled(memory_ledger()) as ledger:
        ledger.forget(["app-1"], [GOING])
        ledger.add_readings("home", [(ref("9"), reading("<b@x.example>", in_reply_to=STAYING))])
        assert {one.message_id for one in ledger.readings()} == {STAYING, "<b@x.example>"}


def in_thread(ledger: SqliteLedger, *messages: tuple[str, str]) -> set[str]:
    """Which of these mails are kept, each (Message-ID, account), all of the thread 't1', once GOING is forgotten."""
    ledger.add_readings("home", [(ref("5"), reading(GOING, thread="t1"))])
    ledger.forget(["app-1"], [GOING])
    for number, (message, account) in enumerate(messages, 10):
        new = reading(message, thread="t1", account=account)
        ledger.add_readings(account, [(ref(str(number), account=account), new)])
    return {one.message_id for one in ledger.readings()}


def test_what_comes_in_a_forgotten_thread_is_not_kept_though_it_answers_nothing() -> None:
    with filled(memory_ledger()) as ledger:
        assert in_thread(ledger, ("<new@firm.example>", "home")) == {STAYING}


def test_a_thread_of_another_account_is_another_thread() -> None:
    with filled(memory_ledger()) as ledger:
        assert in_thread(ledger, ("<new@firm.example>", "work")) == {STAYING, "<new@firm.example>"}


def test_a_thread_in_which_another_application_stands_is_read_on() -> None:
    with filled(memory_ledger()) as ledger:
        ledger.add_readings("home", [(ref("6"), reading(STAYING, thread="t1", arrived=NOW - timedelta(days=1)))])
        assert in_thread(ledger, ("<new@firm.example>", "home")) == {STAYING, "<new@firm.example>"}
