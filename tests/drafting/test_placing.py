"""Placing: the look before, the one attempt, and what the mailbox gives back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.identity import message_id
from mailbot.drafting.placing import Blocked, Doubt, Placed
from mailbot.errors import Transient
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.port import Place
from mailbot.reading.statements import Kind
from mailbot.store.sqlite import memory_ledger
from mailbot.tracking.application import Meeting, MeetingStatus
from tests.drafting.placing_scene import (
    CONFIRMATION,
    DANA,
    INTERVIEW,
    KEY,
    NOW,
    Scene,
    again,
    letter,
    mail,
    sent_reading,
)


def test_a_letter_lies_once_in_drafts_as_it_was_composed() -> None:
    scene = Scene()
    record = scene.placed()
    assert record.status is DraftStatus.PLACED
    assert scene.at(Place.DRAFTS) == [letter().raw]
    assert scene.at(Place.DRAFTS, "work") == []
    assert scene.ledger.draft_for(letter().follow_up.identity) == record


def test_the_same_follow_up_is_not_placed_twice() -> None:
    scene = Scene()
    scene.placed()
    assert isinstance(scene.place(letter()), Blocked)
    assert len(scene.at(Place.DRAFTS)) == 1


def test_a_follow_up_that_shares_a_message_is_the_same() -> None:
    scene = Scene()
    scene.placed()
    assert isinstance(scene.place(letter(occasion=("<moved@firm.example>", CONFIRMATION))), Blocked)


@pytest.mark.parametrize("account", ["home", "work"])
@pytest.mark.parametrize(
    ("place", "status"),
    [
        (Place.DRAFTS, DraftStatus.EDITED),
        (Place.SENT, DraftStatus.SENT),
        (Place.TRASH, DraftStatus.DISMISSED),
    ],
)
def test_a_copy_that_no_ledger_knows_counts_as_the_persons(account: str, place: Place, status: DraftStatus) -> None:
    scene = Scene()
    scene.stores[account].deliver(letter().raw, place)
    result = scene.place(letter())
    assert isinstance(result, Blocked)
    assert result.record is not None
    assert (result.record.status, result.record.account) == (status, account)
    assert scene.settle().status is status


def test_a_copy_is_recognised_by_the_id_of_any_message_of_the_occasion() -> None:
    scene = Scene()
    later = letter(occasion=(CONFIRMATION, "<moved@firm.example>"))
    ident = message_id(KEY, FollowUpKind.THANK_YOU, DANA, "<moved@firm.example>", "home.example")
    scene.home.deliver(mail(DANA, ident), Place.SENT)
    assert isinstance(scene.place(later), Blocked)


def test_a_copy_is_recognised_under_every_domain_of_the_person() -> None:
    scene = Scene()
    ident = message_id(KEY, FollowUpKind.THANK_YOU, DANA, CONFIRMATION, "other.example")
    scene.home.deliver(mail(DANA, ident), Place.DRAFTS)
    placing = scene.open()
    placing._domains = frozenset({"other.example"})
    result = placing.place(
        letter(), application="a", account="home", thread=None, reason="", now=NOW, since=INTERVIEW
    )  # fmt: skip
    assert isinstance(result, Blocked)


def test_the_persons_own_thanks_settle_a_thank_you() -> None:
    scene = Scene()
    result = scene.place(letter(), sent=(sent_reading(date=NOW - timedelta(minutes=5)),))
    assert isinstance(result, Blocked)
    assert result.record is not None
    assert result.record.status is DraftStatus.SETTLED
    assert scene.at(Place.DRAFTS) == []


@pytest.mark.parametrize(
    "other",
    [
        {"kind": Kind.OWN_CHECK_IN},
        {"to": "lee@firm.example"},
        {"date": INTERVIEW - timedelta(days=1)},
    ],
)
def test_sent_mail_that_does_something_else_settles_nothing(other: dict[str, object]) -> None:
    assert isinstance(Scene().place(letter(), sent=(sent_reading(**other),)), Placed)  # type: ignore[arg-type]


def test_any_mail_in_the_thread_settles_an_answer() -> None:
    answer = letter(FollowUpKind.INVITATION_REPLY)
    assert isinstance(Scene().place(answer, sent=(sent_reading(kind=Kind.OWN_REPLY),)), Blocked)
    elsewhere = sent_reading(kind=Kind.OWN_REPLY, reply_to="<else@firm.example>")
    assert isinstance(Scene().place(answer, sent=(elsewhere,)), Placed)


def test_an_answer_counts_whatever_its_date_where_the_senders_clock_is_ahead() -> None:
    before = INTERVIEW - timedelta(minutes=5)
    answer = letter(FollowUpKind.INVITATION_REPLY)
    assert isinstance(Scene().place(answer, sent=(sent_reading(kind=Kind.OWN_REPLY, date=before),)), Blocked)
    scene = Scene()
    scene.home.deliver(mail(DANA, "<own@home.example>", date=before), Place.DRAFTS)
    assert isinstance(scene.place(answer), Blocked)


def test_what_was_sent_before_the_no_in_the_thread_that_the_thanks_join_settles_nothing() -> None:
    thanks = letter(FollowUpKind.REJECTION_THANKS, occasion=("<no@robots.example>",))
    before = sent_reading(kind=Kind.OWN_CHECK_IN, date=INTERVIEW - timedelta(days=2))
    assert isinstance(Scene().place(thanks, sent=(before,)), Placed)
    assert isinstance(Scene().place(thanks, sent=(sent_reading(kind=Kind.OWN_REPLY),)), Blocked)


def test_thanks_before_the_end_of_the_interview_settle_nothing() -> None:
    meeting = Meeting(
        INTERVIEW, None, INTERVIEW + timedelta(hours=1), None, MeetingStatus.FIXED, (CONFIRMATION,), (), None, 1, "UTC"
    )
    thanks = letter()
    thanks = replace(thanks, follow_up=replace(thanks.follow_up, meeting=meeting))
    early = sent_reading(date=INTERVIEW + timedelta(minutes=5))
    assert isinstance(Scene().place(thanks, sent=(early,)), Placed)


def test_an_answer_to_a_no_settles_no_word_after_months() -> None:
    later = letter(FollowUpKind.STAY_IN_TOUCH)
    assert isinstance(Scene().place(later, sent=(sent_reading(kind=Kind.OWN_REPLY),)), Placed)


def test_our_own_sent_letter_of_another_kind_settles_nothing() -> None:
    scene = Scene()
    first = scene.placed(letter(FollowUpKind.CHECK_IN))
    ours = sent_reading(kind=Kind.OWN_THANK_YOU, ident=first.message_id)
    assert isinstance(scene.place(letter(), sent=(ours,)), Placed)


def test_a_draft_of_the_persons_in_that_thread_to_that_recipient_settles_it() -> None:
    scene = Scene()
    scene.home.deliver(mail(DANA, "<own@home.example>", body="Hello Dana"), Place.DRAFTS)
    result = scene.place(letter())
    assert isinstance(result, Blocked)
    assert result.record is not None
    assert result.record.status is DraftStatus.SETTLED
    assert len(scene.at(Place.DRAFTS)) == 1


def test_a_draft_of_the_persons_counts_in_every_account() -> None:
    scene = Scene()
    scene.work.deliver(mail(DANA, "<own@work.example>"), Place.DRAFTS)
    assert isinstance(scene.place(letter()), Blocked)


@pytest.mark.parametrize(
    "draft",
    [
        mail("lee@firm.example", "<own@home.example>"),
        mail(DANA, "<own@home.example>", reply_to="<else@firm.example>"),
        mail(DANA, "<own@home.example>", reply_to=None),
        mail(DANA, "<own@home.example>", date=INTERVIEW - timedelta(days=3)),
    ],
    ids=["other recipient", "other thread", "new thread", "older than the occasion"],
)
def test_other_drafts_of_the_persons_do_not_count(draft: bytes) -> None:
    scene = Scene()
    scene.home.deliver(draft, Place.DRAFTS)
    assert isinstance(scene.place(letter()), Placed)
    assert draft in scene.at(Place.DRAFTS)


def test_our_own_draft_of_another_kind_does_not_count() -> None:
    scene = Scene()
    scene.placed()
    assert isinstance(scene.place(letter(FollowUpKind.CHECK_IN)), Placed)


def test_our_own_draft_of_another_kind_does_not_count_once_edited() -> None:
    scene = Scene()
    record = scene.placed()
    scene.home.edit_draft(record.message_id, mail(DANA, "<new@home.example>", body="Better"))
    scene.settle()
    assert isinstance(scene.place(letter(FollowUpKind.CHECK_IN)), Placed)


def test_our_own_draft_of_another_kind_does_not_count_in_a_version_not_yet_seen() -> None:
    scene = Scene()
    record = scene.placed()
    scene.home.edit_draft(record.message_id, mail(DANA, record.message_id, body="Better"))
    assert isinstance(scene.place(letter(FollowUpKind.CHECK_IN)), Placed)


def test_another_account_that_does_not_answer_stops_nothing() -> None:
    scene = Scene()
    scene.work.reachable = False
    assert isinstance(scene.place(letter()), Placed)


def test_the_drafts_own_account_must_answer_first() -> None:
    scene = Scene()
    scene.home.reachable = False
    with pytest.raises(Transient):
        scene.place(letter())
    assert scene.ledger.all_drafts() == ()


def test_what_comes_back_as_something_else_is_edited() -> None:
    scene = Scene()
    changed = mail(DANA, letter().message_id, body="A virus scanner was here.")
    deliver = scene.home.deliver

    def altered(raw: bytes, place: Place, **rest: object) -> object:
        return deliver(changed if place is Place.DRAFTS else raw, place, **rest)  # type: ignore[arg-type]

    scene.home.deliver = altered  # type: ignore[assignment,method-assign]
    result = scene.place(letter())
    assert isinstance(result, Placed)
    assert result.record.status is DraftStatus.EDITED


def test_a_cut_line_leaves_a_doubt_that_the_next_step_ends() -> None:
    def cut(name: str) -> None:
        if name == "carried out":
            raise ConnectionResetError("cut")

    scene = Scene(step=cut)
    assert isinstance(scene.place(letter()), Doubt)
    assert scene.ledger.all_drafts()[0].status is DraftStatus.INTENDED
    scene.step = lambda name: None
    assert scene.settle().status is DraftStatus.PLACED
    assert len(scene.at(Place.DRAFTS)) == 1


def test_a_withdrawn_follow_up_may_come_again() -> None:
    scene = Scene()
    scene.open().withdraw(scene.placed(), "The interview is in doubt.", NOW)
    assert scene.at(Place.DRAFTS) == []
    assert isinstance(scene.place(letter()), Placed)
    assert len(scene.at(Place.DRAFTS)) == 1


def test_a_withdrawn_draft_that_the_person_took_out_of_the_trash_is_theirs() -> None:
    scene = Scene()
    record = scene.placed()
    scene.open().withdraw(record, "The interview is in doubt.", NOW)
    scene.home.move(record.message_id, Place.TRASH, Place.DRAFTS)
    result = scene.place(letter())
    assert isinstance(result, Blocked)
    assert result.record is not None
    assert result.record.status is DraftStatus.EDITED


@pytest.mark.parametrize("act", ["place", "withdraw", "recompose"])
def test_the_intent_is_on_disk_before_the_mailbox_is_touched(act: str) -> None:
    steps: list[str] = []
    scene = Scene(ledger=memory_ledger(step=steps.append), step=steps.append)
    record = scene.placed()
    if act == "withdraw":
        steps.clear()
        scene.open().withdraw(record, "They have answered.", NOW)
    elif act == "recompose":
        steps.clear()
        scene.open().recompose(record, again(letter(), "Dear Dana, better words."), NOW)
    first = {"place": "committed intent", "withdraw": "committed draft placed", "recompose": "committed drafts"}[act]
    assert first in steps[: steps.index("connected")]
