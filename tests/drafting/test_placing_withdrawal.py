"""Taking back and composing anew: only what is exactly ours, and never two at any moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.fingerprint import fingerprint
from mailbot.drafting.placing import Blocked, Doubt, Placed
from mailbot.etiquette.follow_up import Identity
from mailbot.mail.memory import EVERYTHING
from mailbot.mail.port import Capability, Place
from tests.drafting.placing_scene import BODY, DANA, NOW, Scene, again, letter, mail
from tests.drafting.test_placing_after import EDITED, HANDS, OWN

WHY = "They have answered."
NEWER = again(letter(), BODY + "The crane on pier four stays with me.\r\n")
touched = pytest.mark.parametrize(
    ("hand", "status"), [one for name, one in HANDS.items() if name != "nothing"],
    ids=[name for name in HANDS if name != "nothing"],
)  # fmt: skip


def cut_at(*names: str) -> Callable[[str], None]:
    """A step that cuts the line once at each of these."""
    left = list(names)

    def step(name: str) -> None:
        if name in left:
            left.remove(name)
            raise ConnectionResetError("cut")

    return step


def test_an_unedited_draft_is_taken_back() -> None:
    scene = Scene()
    change = scene.open().withdraw(scene.placed(), WHY, NOW)
    assert (change.was, change.at, change.why) == (DraftStatus.PLACED, DraftStatus.WITHDRAWN, WHY)
    assert scene.at(Place.DRAFTS) == []
    assert scene.at(Place.TRASH) == [letter().raw]


@touched
def test_what_the_person_touched_is_not_taken_back(hand: Callable[[Scene], object], status: DraftStatus) -> None:
    scene = Scene()
    record = scene.placed()
    hand(scene)
    before = scene.home.mails()
    change = scene.open().withdraw(record, WHY, NOW)
    assert change.at is (DraftStatus.OBSOLETE if status is DraftStatus.EDITED else status)
    assert scene.home.mails() == before


def test_an_edited_draft_that_is_overtaken_is_left_and_said() -> None:
    scene = Scene()
    scene.placed()
    scene.home.edit_draft(OWN, EDITED)
    change = scene.open().withdraw(scene.settle(), WHY, NOW)
    assert change.at is DraftStatus.OBSOLETE
    assert scene.at(Place.DRAFTS) == [EDITED]


def test_a_server_that_cannot_take_back_leaves_it_and_says_so() -> None:
    scene = Scene(EVERYTHING - {Capability.WITHDRAW})
    change = scene.open().withdraw(scene.placed(), WHY, NOW)
    assert change.at is DraftStatus.OBSOLETE
    assert "delete it" in change.why
    assert len(scene.at(Place.DRAFTS)) == 1


@pytest.mark.parametrize("cut", ["connected", "request sent", "carried out", "answered"])
def test_a_withdrawal_that_was_cut_is_finished(cut: str) -> None:
    scene = Scene()
    record = scene.placed()
    scene.step = cut_at(cut)
    change = scene.open().withdraw(record, WHY, NOW)
    assert change.at is DraftStatus.PLACED
    assert change.record.withdrawing
    settled = scene.settle()
    assert (settled.status, settled.end_reason) == (DraftStatus.WITHDRAWN, WHY)
    assert scene.at(Place.DRAFTS) == []


@pytest.mark.parametrize("bin_or_not", [EVERYTHING, EVERYTHING - {Capability.RECOVERABLE}])
def test_a_withdrawal_that_the_server_carries_out_while_it_is_asked_again_was_ours(
    bin_or_not: frozenset[Capability],
) -> None:
    scene = Scene(bin_or_not)
    record = scene.placed()
    scene.step = cut_at("connected")
    scene.open().withdraw(record, WHY, NOW)

    def late(name: str) -> None:
        if name == "connected" and scene.at(Place.DRAFTS):
            scene.home.delete_draft(OWN)
            if Capability.RECOVERABLE not in bin_or_not:
                scene.home.expunge(OWN, Place.TRASH)

    scene.step = late
    settled = scene.settle()
    assert (settled.status, settled.end_reason) == (DraftStatus.WITHDRAWN, WHY)


def test_an_edit_after_a_cut_withdrawal_is_the_persons() -> None:
    scene = Scene()
    record = scene.placed()
    scene.step = cut_at("connected")
    scene.open().withdraw(record, WHY, NOW)
    scene.home.edit_draft(OWN, EDITED)
    assert scene.settle().status is DraftStatus.EDITED
    assert scene.at(Place.DRAFTS) == [EDITED]


def test_a_draft_deleted_in_the_moment_of_its_withdrawal_is_dismissed() -> None:
    scene = Scene()
    record = scene.placed()
    scene.step = lambda name: name == "connected" and bool(scene.home.delete_draft(OWN))  # type: ignore[assignment,return-value]
    assert scene.open().withdraw(record, WHY, NOW).at is DraftStatus.DISMISSED


def test_a_doubtful_draft_is_left_to_recovery() -> None:
    scene = Scene(step=cut_at("answered"))
    doubt = scene.place(letter())
    assert isinstance(doubt, Doubt)
    change = scene.open().withdraw(doubt.record, WHY, NOW)
    assert change.at is DraftStatus.INTENDED
    assert len(scene.at(Place.DRAFTS)) == 1


def test_an_intent_that_never_arrived_is_tried_again_only_while_wanted() -> None:
    scene = Scene(step=cut_at("connected"))
    scene.place(letter())
    asked: list[Identity] = []
    scene.open().recover("home", NOW, still_wanted=lambda identity: bool(asked.append(identity)))
    assert asked == [letter().follow_up.identity]
    assert scene.ledger.all_drafts()[0].status is DraftStatus.WITHDRAWN
    assert scene.at(Place.DRAFTS) == []


def test_a_letter_composed_anew_takes_the_place_of_the_old_one() -> None:
    scene = Scene()
    record = scene.placed()
    result = scene.open().recompose(record, NEWER, NOW)
    assert isinstance(result, Placed)
    assert scene.at(Place.DRAFTS) == [NEWER.raw]
    old, new = scene.ledger.all_drafts()
    assert (old.status, new.status, new.replaces) == (DraftStatus.WITHDRAWN, DraftStatus.PLACED, old.id)
    assert scene.ledger.draft_for(record.identity) == new
    scene.settle()
    assert scene.at(Place.DRAFTS) == [NEWER.raw]


def test_there_are_never_two_while_a_letter_is_composed_anew() -> None:
    scene = Scene()
    record = scene.placed()
    counts: list[int] = []
    scene.step = lambda name: counts.append(len(scene.at(Place.DRAFTS)))
    scene.open().recompose(record, NEWER, NOW)
    assert max(counts) == 1


def test_a_letter_that_means_the_same_is_not_placed_anew() -> None:
    scene = Scene()
    record = scene.placed()
    same = again(letter(), BODY.replace(" ", "  "))
    assert fingerprint(same.raw) == record.fingerprint
    assert scene.open().recompose(record, same, NOW) == Placed(record)
    assert scene.at(Place.DRAFTS) == [letter().raw]


@touched
def test_what_the_person_touched_is_not_composed_anew(hand: Callable[[Scene], object], status: DraftStatus) -> None:
    scene = Scene()
    record = scene.placed()
    hand(scene)
    before = scene.home.mails()
    result = scene.open().recompose(record, NEWER, NOW)
    assert isinstance(result, Blocked)
    assert scene.home.mails() == before
    assert scene.ledger.all_drafts()[0].status is status


def test_without_withdrawal_nothing_is_composed_anew() -> None:
    scene = Scene(frozenset())
    assert isinstance(scene.open().recompose(scene.placed(), NEWER, NOW), Blocked)
    assert scene.at(Place.DRAFTS) == [letter().raw]


def test_the_new_letter_is_dismissed_with_the_copy_that_the_person_deletes() -> None:
    scene = Scene()
    record = scene.placed()
    scene.open().recompose(record, NEWER, NOW)
    scene.home.delete_draft(OWN)
    scene.settle()
    assert scene.ledger.all_drafts()[1].status is DraftStatus.DISMISSED
    assert isinstance(scene.place(letter()), Blocked)


def test_an_old_letter_edited_in_doubt_ends_the_new_one() -> None:
    scene = Scene()
    record = scene.placed()
    scene.step = cut_at("connected")
    assert isinstance(scene.open().recompose(record, NEWER, NOW), Doubt)
    scene.home.edit_draft(OWN, mail(DANA, OWN, body="Mine."))
    scene.settle()
    assert [one.status for one in scene.ledger.all_drafts()] == [DraftStatus.EDITED, DraftStatus.SETTLED]
    assert len(scene.at(Place.DRAFTS)) == 1


def test_a_version_that_no_longer_means_what_was_placed_is_left() -> None:
    scene = Scene()
    record = replace(scene.placed(), fingerprint=fingerprint(EDITED))
    assert scene.open().withdraw(record, WHY, NOW).at is DraftStatus.OBSOLETE
    assert scene.at(Place.DRAFTS) == [letter().raw]


def test_a_letter_composed_anew_knows_the_messages_that_its_occasion_has_gained() -> None:
    scene = Scene()
    wider = letter(occasion=("<first@firm.example>", *letter().follow_up.identity.occasion), body="Dear Dana, again.")
    assert isinstance(scene.open().recompose(scene.placed(), wider, NOW), Placed)
    assert scene.at(Place.DRAFTS) == [wider.raw]
    assert isinstance(scene.place(letter(occasion=("<first@firm.example>",))), Blocked)
    scene.settle()
    assert scene.at(Place.DRAFTS) == [wider.raw]
