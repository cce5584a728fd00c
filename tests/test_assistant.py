"""The whole step, on mailboxes in memory: two accounts, drafts, answers that come late, accounts that fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.assistant import SUCCESSOR, Assistant, Profile
from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.port import Place
from mailbot.outcome import DraftChanged, DraftPlaced, Missed, StageChanged
from mailbot.reading.statements import Reader
from mailbot.store.ledger import Ledger, RuledBy, Said, WordKind
from mailbot.store.sqlite import memory_ledger
from tests.sample_mail import ALERT, CANCELLATION, CONFIRMATION, ME, OWN_THANKS, TOM, at, mail

BEFORE = at("2026-03-03 12:00")
AFTER = at("2026-03-04 14:46")
BOTH = {"ella.brandt@lindenworks.example", "tom.varga@lindenworks.example"}
PROFILE = Profile(
    Reader(addresses=frozenset({"robin@example.com"}), zone="America/New_York", name="Robin Adeyemi"),
    Me(name="Robin Adeyemi", addresses=("robin@example.com",), zone="America/New_York"),
    load("coach"),
)

OWN_APPLICATION = mail(
    "2026-02-24 10:00",
    "Robin Adeyemi <robin@example.com>",
    "Application: Stage Technician at Linden Works",
    "Dear Mr Varga,\n\nI would like to apply for the Stage Technician position at Linden Works. My resume is attached."
    "\n\nBest regards,\nRobin Adeyemi\n",
    ident="apply@example.com",
    to="Tom Varga <tom.varga@lindenworks.example>",
)


@pytest.fixture
def boxes() -> tuple[MemoryMailbox, MemoryMailbox]:
    return MemoryMailbox("work"), MemoryMailbox("home")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened


def assistant(boxes: tuple[MemoryMailbox, ...], ledger: Ledger) -> Assistant:
    return Assistant(boxes, ledger, PROFILE, bytes(32))


def drafts(box: MemoryMailbox) -> list[bytes]:
    return [box.read_draft(ref) or b"" for ref in box.drafts()]


def deliver(box: MemoryMailbox, raw: bytes, place: Place = Place.INBOX) -> None:
    box.deliver(raw, place)


def test_a_thank_you_is_placed_when_the_interview_is_over_and_not_before(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    early = worker.step(BEFORE)
    assert not drafts(boxes[0])
    assert early.next_due is not None
    late = worker.step(AFTER)
    placed = [one for one in late.events if isinstance(one, DraftPlaced)]
    assert {one.letter.to[0].email for one in placed} == BOTH
    assert len(drafts(boxes[0])) == 2


def test_a_second_step_places_nothing_again(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(AFTER)
    before = drafts(boxes[0])
    for minutes in (0, 5, 60):
        worker.step(AFTER + timedelta(minutes=minutes))
    assert drafts(boxes[0]) == before


def test_a_new_process_on_the_same_ledger_places_nothing_again(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    assistant(boxes, ledger).step(AFTER)
    before = drafts(boxes[0])
    assistant(boxes, ledger).step(AFTER + timedelta(minutes=1))
    assert drafts(boxes[0]) == before


def test_the_draft_lies_in_the_account_of_the_conversation(boxes, ledger) -> None:
    deliver(boxes[1], CONFIRMATION)
    assistant(boxes, ledger).step(AFTER)
    assert not drafts(boxes[0])
    assert len(drafts(boxes[1])) == 2


def test_one_mail_in_two_accounts_is_one_message(boxes, ledger) -> None:
    for box in boxes:
        deliver(box, CONFIRMATION)
    outcome = assistant(boxes, ledger).step(AFTER)
    assert len(outcome.outlook.tracked.applications) == 1
    assert len(drafts(boxes[0])) + len(drafts(boxes[1])) == 2


def test_no_thanks_for_what_was_cancelled(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    deliver(boxes[0], CANCELLATION)
    outcome = assistant(boxes, ledger).step(AFTER)
    assert not [one for one in outcome.events if isinstance(one, DraftPlaced) and one.follow_up.kind == "thank_you"]


def test_a_message_that_is_a_draft_is_never_read_as_mail(boxes, ledger) -> None:
    """Whatever folder shows it: by its place, and by its flag in another."""
    boxes[0].deliver(CONFIRMATION, Place.DRAFTS)
    boxes[0].deliver(CONFIRMATION, Place.OTHER, draft=True)
    outcome = assistant(boxes, ledger).step(AFTER)
    assert outcome.fetched == 0
    assert not outcome.outlook.tracked.applications


def test_our_own_drafts_are_never_read_as_mail(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(AFTER)
    assert worker.step(AFTER + timedelta(hours=1)).fetched == 0


def test_what_the_person_sent_themselves_takes_the_draft_back(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(AFTER)
    deliver(boxes[0], OWN_THANKS, Place.SENT)
    outcome = worker.step(at("2026-03-04 15:31"))
    ended = [one.change.record for one in outcome.events if isinstance(one, DraftChanged)]
    assert [(one.identity.recipient, one.status) for one in ended] == [
        ("ella.brandt@lindenworks.example", DraftStatus.WITHDRAWN)
    ]
    assert len(drafts(boxes[0])) == 1


def test_thanks_given_before_the_end_count(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    deliver(boxes[1], OWN_THANKS.replace(b"15:30:00", b"14:40:00"), Place.SENT)
    assistant(boxes, ledger).step(AFTER)
    assert [b"ella.brandt" in one for one in drafts(boxes[0])] == [False]


def test_a_mail_with_ones_own_from_outside_sent_is_nobodys(boxes, ledger) -> None:
    """It may be forged: it neither thanks nor withdraws."""
    deliver(boxes[0], CONFIRMATION)
    deliver(boxes[0], OWN_THANKS.replace(b"15:30:00", b"14:40:00"))
    assistant(boxes, ledger).step(AFTER)
    assert len(drafts(boxes[0])) == 2


def test_an_answer_that_comes_between_plan_and_draft_stops_the_draft(boxes, ledger) -> None:
    """The second look, right before placing, finds the cancellation that the first had missed."""
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(BEFORE)

    class Late(MemoryMailbox):
        looks = 0

        def changes_since(self, *args, **named):
            self.looks += 1
            if self.looks == 2:
                self.deliver(CANCELLATION)
            return super().changes_since(*args, **named)

    late = Late("work", store=boxes[0].store)
    outcome = assistant((late, boxes[1]), ledger).step(AFTER)
    assert outcome.fetched == 1
    assert not [one for one in outcome.events if isinstance(one, DraftPlaced) and one.follow_up.kind == "thank_you"]


def test_an_account_that_fails_is_a_problem_and_holds_up_no_other(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(BEFORE)
    boxes[1].store.reachable = False
    outcome = worker.step(AFTER)
    assert [one.account for one in outcome.problems] == ["home"]
    assert len(drafts(boxes[0])) == 2


@pytest.mark.parametrize(("away", "placed"), [(timedelta(hours=23), 2), (timedelta(hours=24), 0)])
def test_an_application_with_mail_elsewhere_gets_drafts_while_that_account_was_read_within_a_day(
    boxes, ledger, away: timedelta, placed: int
) -> None:
    """An answer may lie there."""
    deliver(boxes[0], CONFIRMATION)
    deliver(boxes[1], OWN_APPLICATION, Place.SENT)
    worker = assistant(boxes, ledger)
    (application,) = worker.step(AFTER - away).outlook.tracked.applications
    assert {one.account for one in application.readings} == {"work", "home"}
    boxes[1].store.reachable = False
    worker.step(AFTER)
    assert len(drafts(boxes[0])) == placed
    boxes[1].store.reachable = True
    worker.step(AFTER)
    assert len(drafts(boxes[0])) == 2


def test_a_draft_waits_for_its_own_account(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(BEFORE)
    boxes[0].store.reachable = False
    worker.step(AFTER)
    boxes[0].store.reachable = True
    assert not drafts(boxes[0])
    worker.step(AFTER)
    assert len(drafts(boxes[0])) == 2


def test_nothing_is_placed_before_every_first_scan_is_complete(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    boxes[1].store.reachable = False
    worker = assistant(boxes, ledger)
    worker.step(AFTER)
    assert not drafts(boxes[0])
    boxes[1].store.reachable = True
    worker.step(AFTER)
    assert len(drafts(boxes[0])) == 2


def test_a_dry_run_places_nothing_and_shows_the_letters(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    outcome = worker.step(AFTER, dry_run=True)
    assert not drafts(boxes[0])
    assert {one.to[0].email for one in worker.preview(outcome.outlook)} == BOTH


def test_a_ledger_that_takes_a_lost_ones_place_lists_what_was_due_and_places_none_of_it(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    ledger.set_meta(SUCCESSOR, "yes")
    outcome = assistant(boxes, ledger).step(AFTER + timedelta(minutes=10))
    assert not drafts(boxes[0])
    missed = sorted(one.follow_up.kind for one in outcome.events if isinstance(one, Missed))
    assert missed == ["interview_notes", "thank_you", "thank_you"]
    assert sorted(one.identity.kind for one in ledger.missed()) == missed


@pytest.mark.parametrize(
    ("place", "known"),
    [(Place.DRAFTS, [DraftStatus.EDITED]), (Place.SENT, []), (Place.TRASH, [DraftStatus.DISMISSED])],
)
@pytest.mark.parametrize("account", [0, 1])
def test_after_a_lost_ledger_what_it_drafted_is_recognised_as_the_persons(boxes, ledger, place, known, account) -> None:
    """What was sent is known from Sent mail alone; it needs no record."""
    deliver(boxes[0], CONFIRMATION)
    with memory_ledger() as lost:
        assistant(boxes, lost).step(AFTER)
    (thanks,) = (one for one in drafts(boxes[0]) if b"ella.brandt" in one.partition(b"\n\n")[0].replace(b"\r", b""))
    fresh = (MemoryMailbox("work"), MemoryMailbox("home"))
    deliver(fresh[0], CONFIRMATION)
    deliver(fresh[account], thanks, place)
    before = drafts(fresh[account])
    ledger.set_meta(SUCCESSOR, "yes")
    outcome = assistant(fresh, ledger).step(AFTER + timedelta(minutes=10))
    missed = {one.follow_up.identity.recipient for one in outcome.events if isinstance(one, Missed)}
    assert "ella.brandt@lindenworks.example" not in missed
    assert "tom.varga@lindenworks.example" in missed
    assert [one.status for one in ledger.all_drafts()] == known
    assert (drafts(fresh[account]), drafts(fresh[1 - account])) == (before, [])


def test_a_draft_whose_time_is_over_is_missed_once(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    outcome = worker.step(at("2026-03-10 09:00"))
    assert not drafts(boxes[0])
    assert [one for one in outcome.events if isinstance(one, Missed)]
    assert not worker.step(at("2026-03-10 09:05")).events


def test_notes_for_a_talk_that_is_over_are_no_loss_to_speak_of(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    outcome = assistant(boxes, ledger).step(at("2026-03-10 09:00"))
    missed = sorted(one.follow_up.kind for one in outcome.events if isinstance(one, Missed))
    assert missed == ["thank_you", "thank_you"]
    assert sorted(one.identity.kind for one in ledger.missed()) == missed


def test_a_thank_you_that_lies_too_long_is_taken_back_at_its_moment(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(AFTER)
    due = worker.step(AFTER + timedelta(minutes=1)).next_due
    while due is not None and due < at("2026-03-11 14:46"):
        due = worker.step(due).next_due
    assert due == at("2026-03-11 14:46")
    worker.step(due)
    assert not [one for one in ledger.open_drafts() if one.identity.kind == "thank_you"]


def test_how_long_a_draft_may_lie_goes_by_its_applications_own_rules(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    patient = replace(PROFILE, rules=lambda name: load(name, {"thank_you": {"lies": 9}}))
    worker = Assistant(boxes, ledger, patient, bytes(32))
    worker.step(AFTER)
    (about,) = (tuple(one.message_id for one in app.readings) for app in worker.outlook(AFTER).tracked.applications)
    ledger.say(WordKind.PRESET, Said("Other rules", ruled=(RuledBy(about, AFTER, "coach"),)), AFTER)
    worker.step(at("2026-03-11 14:46"))
    assert [one for one in ledger.open_drafts() if one.identity.kind == "thank_you"]
    worker.step(at("2026-03-17 14:46"))
    assert not [one for one in ledger.open_drafts() if one.identity.kind == "thank_you"]


def test_a_draft_that_the_person_edited_or_deleted_is_left(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(AFTER)
    store = boxes[0].store
    edited, deleted = ledger.open_drafts()
    store.edit_draft(edited.message_id, edited.raw.replace(b"Thank", b"Many thanks; thank"))
    store.delete_draft(deleted.message_id)
    after = drafts(boxes[0])
    deliver(boxes[0], CANCELLATION)
    worker.step(AFTER + timedelta(hours=1))
    worker.step(AFTER + timedelta(hours=2))
    assert drafts(boxes[0]) == after


def test_what_the_person_writes_into_the_notes_form_goes_into_the_thank_you(boxes, ledger) -> None:
    """The unedited thank-you is composed anew: the same follow-up, one draft at any moment."""
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(at("2026-03-03 18:01"))
    (form,) = ledger.open_drafts()
    worker.step(AFTER)
    before = drafts(boxes[0])
    label = b"Topics with Ella Brandt:"
    assert label in form.raw
    boxes[0].store.edit_draft(form.message_id, form.raw.replace(label, label + b" the new fly system"))
    worker.step(AFTER + timedelta(minutes=10))
    after = drafts(boxes[0])
    assert len(after) == len(before)
    (thanks,) = [one for one in after if b"To: Ella Brandt" in one and b"Robin" in one]
    assert b"fly system" in thanks


def test_stage_changes_are_told(boxes, ledger) -> None:
    deliver(boxes[0], CONFIRMATION)
    worker = assistant(boxes, ledger)
    worker.step(BEFORE)
    outcome = worker.step(AFTER)
    assert [(one.was, one.stage) for one in outcome.events if isinstance(one, StageChanged)] == [
        ("interviewing", "waiting")
    ]


def test_bulk_mail_changes_nothing(boxes, ledger) -> None:
    deliver(boxes[0], ALERT)
    outcome = assistant(boxes, ledger).step(BEFORE)
    assert outcome.fetched == 1
    assert not outcome.outlook.tracked.applications


def test_a_mail_that_cannot_be_read_is_set_aside_and_the_next_is_read(boxes, ledger) -> None:
    deliver(boxes[0], b"")
    deliver(boxes[0], b"\xff\xfe\x00" * 10)
    deliver(boxes[0], CONFIRMATION)
    outcome = assistant(boxes, ledger).step(BEFORE)
    assert len(outcome.outlook.tracked.applications) == 1


def test_an_organisers_reply_to_is_never_written_to(boxes, ledger) -> None:
    """The From is known, the Reply-To is a stranger's: no draft goes to the stranger."""
    raw = CONFIRMATION.replace(b"\r\nSubject:", b"\r\nReply-To: helper@attacker.example\r\nSubject:")
    deliver(boxes[0], raw)
    assistant(boxes, ledger).step(AFTER)
    assert drafts(boxes[0])
    assert not any(b"attacker" in one for one in drafts(boxes[0]))


def test_thanks_for_a_talk_that_is_moved_after_its_hour_go_and_come_again_and_hold_nothing_up(boxes, ledger) -> None:
    """The question whether the new time suits is answered at once, whatever lies in Drafts."""
    own = mail(
        "2026-03-02 08:00",
        ME,
        "Interview",
        "Hi Tom,\n\nI would like to apply for the Stage Technician position at Linden Works.\n\nRobin\n",
        ident="first@example.com",
        to=TOM,
    )
    talk = mail(
        "2026-03-02 09:10",
        TOM,
        "Re: Interview",
        "Hi Robin,\n\nI will interview you for the Stage Technician position on Wednesday, March 4, 2026, from 2:00 to"
        " 2:45 PM Eastern, by video.\n\nBest,\nTom Varga\nLinden Works\n",
        ident="talk@lindenworks.example",
        reply_to="first@example.com",
    )
    moved = mail(
        "2026-03-04 16:00",
        TOM,
        "Re: Interview",
        "Hi Robin,\n\nI am sorry that I missed our interview, I was held up. Could we reschedule it to Friday, March 6"
        " at 2:00 PM Eastern? Please let me know if that suits you.\n\nBest,\nTom Varga\nLinden Works\n",
        ident="moved@lindenworks.example",
        reply_to="talk@lindenworks.example",
    )
    deliver(boxes[0], own, Place.SENT)
    deliver(boxes[0], talk)
    worker = assistant(boxes, ledger)
    worker.step(AFTER)
    (thanks,) = [one for one in ledger.open_drafts() if one.identity.kind is FollowUpKind.THANK_YOU]
    deliver(boxes[0], moved)
    worker.step(at("2026-03-04 16:01"))
    lying = {one.identity.kind for one in ledger.open_drafts()}
    assert FollowUpKind.INVITATION_REPLY in lying
    assert thanks.id not in {one.id for one in ledger.open_drafts()}
