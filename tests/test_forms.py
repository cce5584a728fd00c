"""The notes form, filled in in Drafts and read back by the real step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes

import pytest

from mailbot.drafting.drafts import DraftStatus
from mailbot.etiquette.follow_up import FollowUpKind, Verdict
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.mime import parse
from mailbot.mail.port import Place
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from mailbot.tracking.application import Application
from tests.sample_mail import TOM, at, mail
from tests.test_assistant import assistant

EVENING, DURING, AFTER = at("2026-03-03 18:01"), at("2026-03-04 14:30"), at("2026-03-04 14:46")
MET = "Met Ella Brandt (address, first names?):"
DECIDES = "Decides by ('not said' is an answer):"
LOOK_FOR, PROMISED, WRITES = "What they look for:", "Promised (a file? 'the case study'):", "Who will write:"
FIXED = mail(
    "2026-03-02 09:10",
    TOM,
    "Interview confirmed: Stage Technician at Linden Works",
    "Hi Robin,\n\nYour interview for the Stage Technician position at Linden Works is confirmed for Wednesday,"
    " March 4, 2026, from 2:00 to 2:45 PM Eastern, by video. You will speak with Ella Brandt, our technical"
    " director.\n\nBest,\nTom Varga\nRecruiter, Linden Works\n",
    ident="fixed@lindenworks.example",
)


class Talk:
    """An interview with Ella Brandt, whose address no mail shows, and the form that the evening before brought."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.box = MemoryMailbox("home")
        self.box.deliver(FIXED, Place.INBOX)
        self.worker = assistant((self.box,), ledger)
        self.worker.step(EVENING)
        (form,) = ledger.open_drafts()
        self.form = form.message_id
        self.blank = form.raw

    def write(self, answers: dict[str, str]) -> None:
        raw = self.blank
        for label, answer in answers.items():
            assert label.encode() in raw
            raw = raw.replace(label.encode(), f"{label} {answer}".encode())
        self.box.store.edit_draft(self.form, raw)

    def letter(self, to: str) -> str:
        """The text of the one draft to that address, as it lies in the mailbox."""
        found = [self.box.read_draft(ref) or b"" for ref in self.box.drafts()]
        (mine,) = [one for one in found if to in str(message_from_bytes(one)["To"])]
        return " ".join(parse(mine).text.split())

    def written_to(self) -> set[str]:
        return {str(message_from_bytes(self.box.read_draft(ref) or b"")["To"]) for ref in self.box.drafts()}

    def application(self) -> Application:
        (found,) = self.worker.outlook(AFTER).tracked.applications
        return found


@pytest.fixture
def talk() -> Iterator[Talk]:
    with memory_ledger() as ledger:
        yield Talk(ledger)


def test_the_day_on_which_they_decide_is_their_promise_and_dates_the_check_in(talk: Talk) -> None:
    talk.write({DECIDES: "next Friday"})
    talk.worker.step(AFTER)
    assert talk.application().promises[-1].window.latest == date(2026, 3, 13)
    plan = talk.worker.outlook(AFTER).plan.follow_ups
    (check_in,) = [one for one in plan if one.kind is FollowUpKind.CHECK_IN and one.verdict is Verdict.COMING]
    assert check_in.due.date() == date(2026, 3, 16)


def test_relative_days_count_from_the_interview_however_late_the_form_is_read(talk: Talk) -> None:
    talk.write({DECIDES: "Friday"})
    talk.worker.step(at("2026-03-09 09:00"))
    assert talk.application().promises[-1].window.latest == date(2026, 3, 6)


@pytest.mark.parametrize("answer", ["not said", "soon", "1 March 2019", "Friday or Monday", "2031-01-01"])
def test_no_one_day_that_can_be_meant_promises_nothing(talk: Talk, answer: str) -> None:
    talk.write({DECIDES: answer})
    talk.worker.step(AFTER)
    assert not talk.application().promises
    assert not talk.ledger.words()


def test_another_day_takes_the_place_of_the_first_and_none_takes_it_back(talk: Talk) -> None:
    talk.write({DECIDES: "13 March"})
    talk.worker.step(AFTER)
    talk.write({DECIDES: "20 March"})
    talk.worker.step(AFTER + timedelta(minutes=5))
    assert [one.window.latest for one in talk.application().promises] == [date(2026, 3, 20)]
    talk.write({DECIDES: "not said", LOOK_FOR: "patience"})
    talk.worker.step(AFTER + timedelta(minutes=10))
    assert not talk.application().promises


def test_what_the_person_undid_is_not_said_again(talk: Talk) -> None:
    talk.write({DECIDES: "13 March"})
    talk.worker.step(AFTER)
    (word,) = talk.ledger.words()
    talk.ledger.unsay(word.id, AFTER)
    talk.write({DECIDES: "13 March", LOOK_FOR: "patience"})
    assistant((talk.box,), talk.ledger).step(AFTER + timedelta(minutes=5))
    assert not talk.ledger.words()


def test_a_newer_day_by_mail_holds_though_the_form_is_edited_again(talk: Talk) -> None:
    talk.write({DECIDES: "13 March"})
    talk.worker.step(AFTER)
    later = "Hi Robin,\n\nA short update: you will hear from us by Friday, March 27, 2026.\n\nBest,\nTom Varga\n"
    talk.box.deliver(
        mail("2026-03-05 10:00", TOM, "Re: Interview confirmed: Stage Technician at Linden Works", later,
             ident="later@lindenworks.example", reply_to="fixed@lindenworks.example"),
        Place.INBOX,
    )  # fmt: skip
    talk.worker.step(at("2026-03-05 10:05"))
    talk.write({DECIDES: "13 March", LOOK_FOR: "patience"})
    talk.worker.step(at("2026-03-05 11:00"))
    assert talk.application().promises[-1].window.latest == date(2026, 3, 27)


def test_who_was_met_at_an_address_is_thanked_there(talk: Talk) -> None:
    talk.write({MET: "ella@lindenworks.example, first names"})
    talk.worker.step(AFTER)
    assert talk.letter("ella@lindenworks.example").startswith("Hi Ella")


@pytest.mark.parametrize(
    "answer",
    ["robin@example.com", "no-reply@lindenworks.example", "ella@lindenworks", "ella@lindenworks.example, e@b.example",
     "ella@lindenworks.example%0D%0ABcc:mallory@evil.example", "<ella@lindenworks.example\r\n Bcc: m@evil.example>"],
)  # fmt: skip
def test_no_letter_goes_to_what_is_no_address_of_theirs(talk: Talk, answer: str) -> None:
    before = talk.written_to()
    talk.write({MET: answer})
    talk.worker.step(AFTER)
    assert talk.written_to() - before == {TOM}
    drafts = [message_from_bytes(talk.box.read_draft(ref) or b"") for ref in talk.box.drafts()]
    assert not any(one["Bcc"] or one["Cc"] for one in drafts)


def test_an_address_that_the_mail_shows_is_not_overridden(talk: Talk) -> None:
    talk.write({WRITES: "Tom Varga, tom@evil.example"})
    talk.worker.step(AFTER)
    assert not talk.ledger.words()


def test_who_will_write_is_known_by_their_address_and_not_thanked(talk: Talk) -> None:
    talk.write({WRITES: "Nora Field, nora.field@lindenworks.example, by mail"})
    talk.worker.step(AFTER)
    assert "nora.field@lindenworks.example" in {one.email for one in talk.application().contacts}
    assert not any("nora" in one for one in talk.written_to())


def test_what_they_look_for_and_what_was_promised_stand_in_the_thank_you(talk: Talk) -> None:
    talk.write({MET: "ella@lindenworks.example", LOOK_FOR: "patience with old systems", PROMISED: "the case study"})
    talk.worker.step(AFTER)
    thanks = talk.letter("ella@lindenworks.example")
    assert "You told me what you are looking for: patience with old systems." in thanks
    assert "I will send you the case study, as promised." in thanks


@pytest.mark.parametrize("answer", ["nothing", "call her back", "They want it soon.", "to think about it"])
def test_a_promise_that_is_no_thing_to_send_stays_out_of_letters(talk: Talk, answer: str) -> None:
    talk.write({MET: "ella@lindenworks.example", PROMISED: answer})
    talk.worker.step(AFTER)
    assert "promised" not in talk.letter("ella@lindenworks.example")


def test_the_thank_you_that_lies_unedited_is_composed_anew_with_the_answers(talk: Talk) -> None:
    talk.write({MET: "ella@lindenworks.example"})
    talk.worker.step(AFTER)
    talk.write({MET: "ella@lindenworks.example", LOOK_FOR: "patience"})
    talk.worker.step(AFTER + timedelta(minutes=10))
    assert "looking for: patience" in talk.letter("ella@lindenworks.example")


def test_what_was_noted_stands_in_the_notes_of_the_next_round(talk: Talk) -> None:
    talk.write({LOOK_FOR: "patience", PROMISED: "the case study", WRITES: "Tom, by phone"})
    talk.worker.step(AFTER)
    second = (
        "Hi Robin,\n\nYour second interview for the Stage Technician position at Linden Works is confirmed for"
        " Wednesday, March 11, 2026, at 2:00 PM Eastern, by video.\n\nBest,\nTom Varga\nRecruiter, Linden Works\n"
    )
    talk.box.deliver(
        mail("2026-03-06 10:00", TOM, "Second interview: Stage Technician at Linden Works", second,
             ident="second@lindenworks.example"),
        Place.INBOX,
    )  # fmt: skip
    talk.worker.step(at("2026-03-10 18:01"))
    forms = [one for one in talk.ledger.open_drafts() if one.identity.kind is FollowUpKind.INTERVIEW_NOTES]
    for line in ("- they look for: patience", "- you promised: the case study", "- who will write: Tom, by phone"):
        assert line in forms[-1].body


def test_a_form_that_cannot_be_read_takes_nothing_back(talk: Talk) -> None:
    talk.write({DECIDES: "13 March"})
    talk.worker.step(AFTER)
    assert talk.ledger.open_drafts()[0].status is DraftStatus.EDITED
    gone = MemoryMailbox("home", store=talk.box.store)
    gone.read_draft = lambda ref: None  # type: ignore[method-assign]
    assistant((gone,), talk.ledger).step(AFTER + timedelta(minutes=5))
    assert len(talk.ledger.words()) == 1


def test_the_words_of_a_form_are_listed_like_any_other(talk: Talk) -> None:
    talk.write({DECIDES: "13 March", MET: "ella@lindenworks.example"})
    talk.worker.step(AFTER)
    texts = [one.said.text for one in talk.ledger.words()]
    assert [one.partition(", from your notes: ")[2] for one in texts] == [
        "Ella Brandt <ella@lindenworks.example>.", "news is to come by Friday, 13 March.",
    ]  # fmt: skip
