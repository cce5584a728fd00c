"""After placing: sent, edited, deleted and gone are told apart, or said unknown; copies are healed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.placing import Blocked
from mailbot.mail.memory import EVERYTHING
from mailbot.mail.port import Capability, Place
from mailbot.reading.statements import Kind
from tests.drafting.placing_scene import DANA, NOW, Scene, letter, mail, renamed, sent_reading

OWN = letter().message_id
EDITED = mail(DANA, OWN, body="Dear Dana, thank you for the tea.")
ELSE = "<else@mail.example>"
POOR = [EVERYTHING, frozenset({Capability.WITHDRAW}), frozenset()]

HANDS: dict[str, tuple[Callable[[Scene], object], DraftStatus]] = {
    "nothing": (lambda scene: None, DraftStatus.PLACED),
    "edited": (lambda scene: scene.home.edit_draft(OWN, EDITED), DraftStatus.EDITED),
    "saved again as it was": (lambda scene: scene.home.edit_draft(OWN, letter().raw), DraftStatus.EDITED),
    "subject changed": (
        lambda scene: scene.home.edit_draft(OWN, mail(DANA, OWN, subject="Thanks again")), DraftStatus.EDITED,
    ),
    "edited under another Message-ID": (
        lambda scene: scene.home.edit_draft(OWN, renamed(EDITED, OWN, ELSE)), DraftStatus.EDITED,
    ),
    "sent": (lambda scene: scene.home.send_draft(OWN), DraftStatus.SENT),
    "deleted": (lambda scene: scene.home.delete_draft(OWN), DraftStatus.DISMISSED),
    "deleted for good": (lambda scene: scene.home.expunge(OWN, Place.DRAFTS), DraftStatus.GONE),
    "moved away": (lambda scene: scene.home.move(OWN, Place.DRAFTS, Place.OTHER), DraftStatus.GONE),
    "edited, then deleted": (
        lambda scene: (scene.home.edit_draft(OWN, EDITED), scene.home.delete_draft(OWN)), DraftStatus.DISMISSED,
    ),
    "edited, then sent": (
        lambda scene: (scene.home.edit_draft(OWN, EDITED), scene.home.send_draft(OWN)), DraftStatus.SENT,
    ),
    "the folder numbered anew": (lambda scene: scene.home.renumber(), DraftStatus.EDITED),
}  # fmt: skip


@pytest.mark.parametrize("capabilities", POOR, ids=["all", "withdraws for good", "poor"])
@pytest.mark.parametrize(("hand", "status"), HANDS.values(), ids=HANDS.keys())
def test_what_the_person_did_gets_its_right_name(
    capabilities: frozenset[Capability], hand: Callable[[Scene], object], status: DraftStatus
) -> None:
    scene = Scene(capabilities)
    scene.placed()
    hand(scene)
    before = scene.home.mails()
    assert scene.settle().status is status
    assert scene.settle().status is status
    assert scene.home.mails() == before


@pytest.mark.parametrize(("hand", "status"), HANDS.values(), ids=HANDS.keys())
def test_what_was_placed_is_never_placed_again(hand: Callable[[Scene], object], status: DraftStatus) -> None:
    scene = Scene()
    scene.placed()
    hand(scene)
    scene.settle()
    before = scene.home.mails()
    assert isinstance(scene.place(letter(), now=NOW + timedelta(hours=3)), Blocked)
    assert scene.home.mails() == before


def test_sent_under_another_message_id_is_known_by_recipient_thread_kind_and_time() -> None:
    scene = Scene()
    scene.placed()
    scene.home.send_draft(OWN, sent_as=ELSE)
    assert scene.settle(sent=(sent_reading(ident=ELSE),)).status is DraftStatus.SENT


@pytest.mark.parametrize(
    "other",
    [
        {"to": "lee@firm.example"},
        {"reply_to": "<other@firm.example>"},
        {"kind": Kind.OWN_REPLY},
        {"date": NOW - timedelta(hours=1)},
    ],
    ids=["other recipient", "other thread", "other kind", "earlier"],
)
def test_sent_mail_that_cannot_be_told_apart_leaves_it_gone(other: dict[str, object]) -> None:
    scene = Scene()
    scene.placed()
    scene.home.send_draft(OWN, sent_as=ELSE)
    assert scene.settle(sent=(sent_reading(**other),)).status is DraftStatus.GONE  # type: ignore[arg-type]


def test_sent_mail_that_turns_up_later_mends_what_was_gone() -> None:
    scene = Scene()
    scene.placed()
    scene.home.expunge(OWN, Place.DRAFTS)
    assert scene.settle().status is DraftStatus.GONE
    assert scene.settle(sent=(sent_reading(ident=OWN),)).status is DraftStatus.SENT


def test_an_edited_draft_is_followed_to_its_end() -> None:
    scene = Scene()
    scene.placed()
    scene.home.edit_draft(OWN, renamed(EDITED, OWN, ELSE))
    assert scene.settle().status is DraftStatus.EDITED
    scene.home.edit_draft(ELSE, renamed(EDITED, OWN, "<third@mail.example>"))
    assert scene.settle().status is DraftStatus.EDITED
    scene.home.send_draft("<third@mail.example>")
    done = scene.settle(sent=(sent_reading(ident="<third@mail.example>", date=NOW + timedelta(hours=1)),))
    assert done.status is DraftStatus.SENT


def test_of_two_copies_the_oldest_stays() -> None:
    scene = Scene()
    record = scene.placed()
    scene.home.deliver(letter().raw, Place.DRAFTS)
    settled = scene.settle()
    assert (settled.status, settled.ref) == (DraftStatus.PLACED, record.ref)
    assert scene.at(Place.DRAFTS) == [letter().raw]


def test_of_two_copies_the_edited_one_stays() -> None:
    scene = Scene()
    scene.placed()
    scene.home.deliver(EDITED, Place.DRAFTS)
    assert scene.settle().status is DraftStatus.EDITED
    assert scene.at(Place.DRAFTS) == [EDITED]


def test_two_edited_copies_both_stay() -> None:
    scene = Scene()
    scene.placed()
    scene.home.edit_draft(OWN, EDITED)
    other = mail(DANA, OWN, body="And another.")
    scene.home.deliver(other, Place.DRAFTS)
    scene.settle()
    scene.settle()
    assert scene.at(Place.DRAFTS) == [EDITED, other]


def test_copies_that_the_server_cannot_take_back_stay() -> None:
    scene = Scene(frozenset())
    scene.placed()
    scene.home.deliver(letter().raw, Place.DRAFTS)
    assert scene.settle().status is DraftStatus.PLACED
    assert len(scene.at(Place.DRAFTS)) == 2


def test_a_draft_deleted_after_a_copy_was_taken_back_is_dismissed() -> None:
    scene = Scene()
    scene.placed()
    scene.home.deliver(letter().raw, Place.DRAFTS)
    scene.settle()
    scene.home.delete_draft(OWN)
    assert scene.settle().status is DraftStatus.DISMISSED


def test_every_draft_that_lies_where_it_was_costs_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene()
    for number in range(5):
        scene.placed(letter(occasion=(f"<m{number}@firm.example>",), reply_to=f"<m{number}@firm.example>"))
    asked: list[str] = []
    reached = type(scene.open()._acts.mailbox("home"))._reached
    monkeypatch.setattr(
        "mailbot.mail.memory.MemoryMailbox._reached", lambda self: (asked.append(self.account), reached(self))[1]
    )
    scene.settle()
    assert asked == ["home"]
