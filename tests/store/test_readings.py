"""Readings, where they lie, and cursors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings

from mailbot.errors import Bug
from mailbot.mail.message import Direction
from mailbot.mail.port import Cursor, Place
from mailbot.reading.statements import Evidence, Facet, Kind, Reading, Statement, Writer
from mailbot.store.ledger import SYNCED_EVERY, AccountState, Ledger, Quarantined, SetAside
from mailbot.store.sqlite import memory_ledger
from tests.store.values import NOW, READINGS, reading, ref


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened
        assert opened.integrity_check() == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(READINGS)
def test_a_reading_comes_back_as_it_was(one: Reading) -> None:
    with memory_ledger() as ledger:
        ledger.add_readings("home", [(ref("1"), one)])
        assert ledger.readings() == (one,)


def test_what_a_reading_says_twice_is_held_once(ledger: Ledger) -> None:
    said = replace(reading().main, company="Fern Freight", evidence=(Evidence("kind", "We would like to offer ..."),))
    ledger.add_readings("home", [(ref("1"), reading(statements=(said,), in_context=(replace(said, confidence=0.5),)))])
    held = ledger.readings()[0]
    assert held.in_context[0].company is held.main.company
    assert held.in_context[0].evidence is held.main.evidence


def test_a_moment_keeps_its_offset(ledger: Ledger) -> None:
    ledger.add_readings("home", [(ref("1"), reading())])
    assert ledger.readings()[0].date.utcoffset() == timedelta(hours=-5)


def test_a_moment_without_an_offset_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Bug):
        ledger.add_readings("home", [(ref("1"), reading(date=datetime(2026, 1, 1)))])
    assert ledger.readings() == ()


def test_equal_readings_are_equal_bytes(ledger: Ledger) -> None:
    facets = list(Facet)
    one = reading(statements=(Statement(Kind.OFFER, 1.0, facets=frozenset(facets)),))
    other = reading(statements=(Statement(Kind.OFFER, 1.0, facets=frozenset(reversed(facets))),))
    bodies = []
    for each in (one, other):
        ledger.add_readings("home", [(ref("1"), each)])
        bodies.append(ledger._db.value("SELECT body FROM reading"))  # type: ignore[attr-defined]
    assert bodies[0] == bodies[1]


def test_readings_come_oldest_date_first_whatever_their_zones(ledger: Ledger) -> None:
    early = reading("<early@firm.example>", date=datetime.fromisoformat("2026-03-04T23:00:00+14:00"))
    late = reading("<late@firm.example>", date=datetime.fromisoformat("2026-03-04T12:00:00-05:00"))
    ledger.add_readings("home", [(ref("1"), late), (ref("2"), early)])
    assert ledger.readings() == (early, late)


def test_of_irrelevant_mail_only_id_kind_and_date_are_kept(ledger: Ledger) -> None:
    ledger.add_readings("home", [(ref("1"), reading(kind=Kind.JOB_ALERT, subject="private"))])
    assert ledger.readings() == ()
    assert ledger.set_aside(NOW) == (SetAside("<m1@firm.example>", Kind.JOB_ALERT, NOW, 1),)
    assert ledger.set_aside(NOW + timedelta(seconds=1)) == ()
    rows = ledger._db.rows("SELECT * FROM reading")  # type: ignore[attr-defined]
    assert "private" not in repr(rows)


def test_what_may_matter_once_other_mail_is_known_is_kept_and_set_aside(ledger: Ledger) -> None:
    late = reading(kind=Kind.UNRELATED, in_context=(Statement(Kind.STATUS_UPDATE, 0.8),))
    absent = reading("<m2@firm.example>", kind=Kind.UNRELATED, writer=Writer.AUTO_REPLY)
    ledger.add_readings("home", [(ref("1"), late), (ref("2"), absent)])
    assert ledger.readings() == (late, absent)
    assert [one.message_id for one in ledger.set_aside(NOW)] == ["<m1@firm.example>", "<m2@firm.example>"]


def test_what_was_read_or_set_aside_or_quarantined_is_known(ledger: Ledger) -> None:
    refs = [ref(str(number)) for number in range(4)]
    ledger.add_readings("home", [(refs[0], reading()), (refs[1], reading("<m2@firm.example>", Kind.UNRELATED))])
    ledger.quarantine(refs[2], "It cannot be read.", NOW)
    assert ledger.unknown("home", refs) == (refs[3],)
    assert ledger.unknown("work", [ref("0", account="work")]) == (ref("0", account="work"),)
    assert ledger.known_ids(["<m1@firm.example>", "<m2@firm.example>", "<m3@firm.example>"]) == {
        "<m1@firm.example>", "<m2@firm.example>",
    }  # fmt: skip


def test_one_message_in_two_places_is_one_reading(ledger: Ledger) -> None:
    copies = [ref("7"), ref("9", Place.OTHER), ref("3", Place.SENT, "work")]
    for copy in copies:
        ledger.add_readings(copy.account, [(copy, reading())])
    assert len(ledger.readings()) == 1
    assert ledger.where("<m1@firm.example>") == (copies[2], copies[0], copies[1])


SAME_MAIL = [
    reading(direction=Direction.OUT, account="home"),
    reading(direction=Direction.IN, account="work", arrived=NOW),
    reading(direction=Direction.IN, account="late", arrived=NOW + timedelta(hours=1)),
    reading(direction=Direction.NOBODY, account="list"),
]


@pytest.mark.parametrize("best", range(3))
def test_which_copy_counts_does_not_depend_on_the_order_of_scanning(best: int) -> None:
    copies = SAME_MAIL[best:]
    for order in permutations(copies):
        with memory_ledger() as ledger:
            for number, one in enumerate(order):
                ledger.add_readings(one.account, [(ref(str(number), account=one.account), one)])
            assert ledger.readings() == (copies[0],)


def test_a_newer_readers_reading_replaces_the_old_one_and_never_the_reverse(ledger: Ledger) -> None:
    newer = reading(reader_version=2, kind=Kind.REJECTION)
    for one in (reading(), newer, reading()):
        ledger.add_readings("home", [(ref("1"), one)])
    assert ledger.readings() == (newer,)


def test_a_newer_reader_can_set_aside_and_bring_back(ledger: Ledger) -> None:
    ledger.add_readings("home", [(ref("1"), reading())])
    assert len(ledger.readings()) == 1
    ledger.add_readings("home", [(ref("1"), reading(kind=Kind.UNRELATED, reader_version=2))])
    assert ledger.readings() == ()
    ledger.add_readings("home", [(ref("1"), reading(reader_version=3))])
    assert len(ledger.readings()) == 1


def test_what_an_older_reader_read_is_listed_relevant_first_then_recent(ledger: Ledger) -> None:
    old, recent = NOW - timedelta(days=91), NOW - timedelta(days=2)
    ledger.add_readings(
        "home",
        [
            (ref("1"), reading("<relevant@x.example>", date=old)),
            (ref("2"), reading("<aside@x.example>", Kind.UNRELATED, date=recent)),
            (ref("3"), reading("<old-aside@x.example>", Kind.UNRELATED, date=old)),
            (ref("4"), reading("<new@x.example>", reader_version=2)),
        ],
    )
    assert ledger.stale_readings(2, NOW - timedelta(days=90)) == ("<relevant@x.example>", "<aside@x.example>")


def test_readings_and_cursor_are_one_transaction() -> None:
    def cut(name: str) -> None:
        if name == "commit readings":
            raise ConnectionError(name)

    with memory_ledger(step=cut) as ledger:
        with pytest.raises(ConnectionError):
            ledger.add_readings("home", [(ref("1"), reading())], Cursor("5"))
        assert ledger.readings() == ()
        assert ledger.account("home") == AccountState()


def test_a_cursor_is_kept_for_each_account(ledger: Ledger) -> None:
    ledger.add_readings("home", [], Cursor("5"))
    ledger.save_cursor("work", Cursor("9"))
    assert ledger.account("home") == AccountState(Cursor("5"), None)
    assert ledger.account("work") == AccountState(Cursor("9"), None)
    assert ledger.account("never seen") == AccountState()


def test_the_first_scan_ends_once_and_the_first_of_all_begins_the_ledger(ledger: Ledger) -> None:
    assert ledger.began_at() is None
    ledger.finish_first_scan("home", NOW)
    ledger.finish_first_scan("home", NOW + timedelta(days=1))
    ledger.finish_first_scan("work", NOW + timedelta(days=2))
    assert ledger.account("home").first_scan_done == NOW
    assert ledger.account("work").first_scan_done == NOW + timedelta(days=2)
    assert ledger.began_at() == NOW


def test_a_forgotten_account_is_scanned_anew_and_keeps_its_readings(ledger: Ledger) -> None:
    ledger.add_readings("home", [(ref("1"), reading())], Cursor("5"))
    ledger.quarantine(ref("2"), "It cannot be read.", NOW)
    ledger.finish_first_scan("home", NOW)
    ledger.forget_account("home")
    assert ledger.account("home") == AccountState(None, NOW)
    assert len(ledger.unknown("home", [ref("1"), ref("2")])) == 2
    assert len(ledger.readings()) == 1


def test_what_is_quarantined_is_named_until_it_is_read(ledger: Ledger) -> None:
    ledger.quarantine(ref("1"), "It cannot be read.", NOW, "<m1@firm.example>")
    assert ledger.quarantined() == (Quarantined(ref("1"), "<m1@firm.example>", "It cannot be read.", NOW),)
    ledger.add_readings("home", [(ref("1"), reading())])
    assert ledger.quarantined() == ()


def test_the_health_of_an_account_is_kept_and_trouble_is_news_once(ledger: Ledger) -> None:
    later = NOW + timedelta(hours=1)
    ledger.note_synced("home", NOW)
    assert ledger.note_trouble("home", "It does not answer.", later)
    assert not ledger.note_trouble("home", "It still does not answer.", later + timedelta(hours=1))
    state = ledger.account("home")
    assert (state.synced, state.trouble, state.troubled_since) == (NOW, "It still does not answer.", later)
    ledger.note_synced("home", later + timedelta(hours=2))
    state = ledger.account("home")
    assert (state.synced, state.trouble, state.troubled_since) == (later + timedelta(hours=2), "", None)


def test_an_account_that_is_well_is_not_written_at_every_step() -> None:
    commits: list[str] = []
    with memory_ledger(step=commits.append) as ledger:
        ledger.note_synced("home", NOW)
        commits.clear()
        ledger.note_synced("home", NOW + SYNCED_EVERY - timedelta(seconds=1))
        assert commits == []
        ledger.note_synced("home", NOW + SYNCED_EVERY)
        assert commits == ["commit health", "committed health"]
