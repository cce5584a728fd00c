"""Drafts, what was missed, application ids, and what the person said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.letter import Note
from mailbot.errors import Bug
from mailbot.etiquette.follow_up import FollowUpKind, Identity
from mailbot.etiquette.wishes import Answered, Asked, Muted, Paused, Uninterested, Wanted
from mailbot.mail.port import DraftRef
from mailbot.reading.statements import Part, Person
from mailbot.store.ledger import Ledger, Missed, RuledBy, Said, WordKind
from mailbot.store.sqlite import memory_ledger
from mailbot.tracking.application import Constraint, Stage
from mailbot.tracking.words import Correction, Moved, Redated, Told
from tests.store.values import NOW, draft, follow_up, reading


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened
        assert opened.integrity_check() == ()


def test_a_record_comes_back_as_it_was(ledger: Ledger) -> None:
    record = ledger.intend(draft("<a@x.example>", "<b@x.example>"))
    assert record.id == 1
    placed = replace(
        record, status=DraftStatus.PLACED, ref=DraftRef("home", "k", "v"), fingerprint="f", placed_at=NOW, attempts=2,
        withdrawing=True, end_reason="why", trashed=1,
    )  # fmt: skip
    ledger.update(placed)
    assert ledger.all_drafts() == ledger.open_drafts() == (placed,)


def test_the_letter_of_a_record_never_changes(ledger: Ledger) -> None:
    record = ledger.intend(draft("<a@x.example>"))
    ledger.update(replace(record, raw=b"other", message_id="<other@x.example>", status=DraftStatus.PLACED))
    (kept,) = ledger.all_drafts()
    assert (kept.raw, kept.message_id) == (record.raw, record.message_id)


def test_a_record_is_found_by_any_message_that_it_shares(ledger: Ledger) -> None:
    record = ledger.intend(draft("<a@x.example>", "<b@x.example>"))
    identity = record.identity
    assert ledger.draft_for(replace(identity, occasion=("<b@x.example>", "<c@x.example>"))) == record
    assert ledger.draft_for(replace(identity, occasion=("<c@x.example>",))) is None
    assert ledger.draft_for(replace(identity, kind=FollowUpKind.THANK_YOU)) is None
    assert ledger.draft_for(Identity(identity.kind, "lee@firm.example", identity.occasion)) is None


def test_of_several_records_the_newest_is_found(ledger: Ledger) -> None:
    first = ledger.intend(draft("<a@x.example>"))
    ledger.update(replace(first, status=DraftStatus.WITHDRAWN))
    second = ledger.intend(draft("<a@x.example>"))
    assert ledger.draft_for(first.identity) == second


def test_a_second_open_record_of_one_follow_up_is_refused(ledger: Ledger) -> None:
    first = ledger.intend(draft("<a@x.example>"))
    with pytest.raises(Bug):
        ledger.intend(draft("<a@x.example>", "<b@x.example>"))
    assert ledger.intend(draft("<a@x.example>", replaces=first.id)).replaces == first.id


def test_a_record_that_is_not_there_cannot_change(ledger: Ledger) -> None:
    with pytest.raises(Bug):
        ledger.update(draft("<a@x.example>", id=7))


def test_several_writes_are_one_transaction(ledger: Ledger) -> None:
    def twice_the_same() -> None:
        with ledger.transaction():
            ledger.intend(draft("<a@x.example>"))
            ledger.intend(draft("<a@x.example>"))

    with pytest.raises(Bug):
        twice_the_same()
    assert ledger.all_drafts() == ()


def test_each_follow_up_is_missed_once(ledger: Ledger) -> None:
    ledger.record_missed(follow_up("<a@x.example>"), NOW)
    ledger.record_missed(follow_up("<a@x.example>", "<b@x.example>"), NOW)
    ledger.record_missed(follow_up("<c@x.example>", due=NOW - timedelta(days=1)), NOW)
    assert [one.identity.occasion for one in ledger.missed()] == [("<c@x.example>",), ("<a@x.example>",)]
    assert ledger.missed()[1] == Missed(follow_up("<a@x.example>").identity, "app-1", NOW, "The day has passed.", NOW)
    assert set(ledger.missed_identities()) == {one.identity for one in ledger.missed()}


def test_applications_keep_their_ids_and_aliases(ledger: Ledger) -> None:
    ledger.save_application_ids({"<a@x.example>": "app-1", "<b@x.example>": "app-2"})
    ledger.save_application_ids({"<b@x.example>": "app-1"}, {"app-2": "app-1"})
    assert ledger.application_ids() == {"<a@x.example>": "app-1", "<b@x.example>": "app-1"}
    assert ledger.aliases() == {"app-2": "app-1"}


def test_words_hold_until_they_are_undone(ledger: Ledger) -> None:
    note = Said("noted", notes=(Note(("<a@x.example>",), "harbour cranes", "Dana"),))
    merge = Said("merged", constraints=(Constraint(True, ("<a@x.example>", "<b@x.example>")),))
    first = ledger.say(WordKind.NOTE, note, NOW)
    ledger.say(WordKind.MERGE, merge, NOW)
    assert [(one.id, one.said, one.said_at) for one in ledger.words()] == [(first, note, NOW), (first + 1, merge, NOW)]
    assert ledger.unsay(first, NOW) is True
    assert ledger.unsay(first, NOW) is False
    assert [one.kind for one in ledger.words()] == [WordKind.MERGE]


def test_everything_that_a_command_can_say_comes_back_as_it_was(ledger: Ledger) -> None:
    about = ("<a@x.example>",)
    identity = Identity(FollowUpKind.CHECK_IN, "dana@firm.example", about)
    person = Person("Dana", None, Part.INTERVIEWER)
    said = Said(
        "all of it",
        constraints=(Constraint(False, ("<a@x.example>", "<b@x.example>")),),
        corrections=(
            Correction(about, NOW, "Acme", "Analyst", Stage.OFFER, Moved(NOW, NOW), Redated(about[0], NOW.date()),
                       person, about),
        ),
        told=(Told(about, reading()),),
        notes=(Note(about, "harbour cranes", "Dana"),),
        muted=(Muted(about, NOW),),
        paused=(Paused((), NOW, None), Paused(about, NOW, NOW)),
        uninterested=(Uninterested(about, NOW),),
        ruled=(RuledBy(about, NOW, "coach"),),
        asked=(Asked(about, NOW, FollowUpKind.WITHDRAWAL, "<1@told.invalid>"),),
        wanted=(Wanted(about, NOW, identity),),
        answered=(Answered(about, NOW, False),),
    )  # fmt: skip
    ledger.say(WordKind.NOTE, said, NOW)
    assert [one.said for one in ledger.words()] == [said]


def test_facts_about_the_ledger_are_kept(ledger: Ledger) -> None:
    assert ledger.meta("reader") is None
    ledger.set_meta("reader", "3")
    ledger.set_meta("reader", "4")
    assert ledger.meta("reader") == "4"
