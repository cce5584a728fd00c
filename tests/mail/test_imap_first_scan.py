"""A first scan over IMAP: one that is interrupted goes on where it stopped, and says how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from mailbot import intake, scanning
from mailbot.intake import Intake, one_by_one
from mailbot.mail.imap import fetching
from mailbot.mail.imap.mailbox import ImapMailbox
from mailbot.mail.port import MessageRef
from mailbot.reading.stored import read_raw
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import memory_ledger
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail
from tests.servers.dovecot import dovecot
from tests.test_assistant import BEFORE, PROFILE

MAILS = 12


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapWorld]:
    monkeypatch.setattr(intake, "BATCH", 4)
    monkeypatch.setattr(scanning, "LOOKED_AT", 4)
    with closing(ImapWorld(dovecot())) as world:
        for number in range(MAILS):
            world.deliver(mail(f"m{number}"))
        yield world


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with memory_ledger() as opened:
        yield opened


def scan(box: ImapMailbox, ledger: Ledger, told: list[tuple[int, int]]) -> Iterator[object]:
    progress = lambda done, every: told.append((done, every))  # noqa: E731
    reads = Intake(ledger, PROFILE.reader, None, one_by_one(read_raw), lambda reading: False, progress)
    return reads.fetch(box, BEFORE)


def test_an_interrupted_first_scan_goes_on_where_it_stopped(world, ledger, monkeypatch) -> None:
    first = scan(world.open(), ledger, [])
    next(first)
    next(first)
    first.close()
    assert ledger.account("imap").first_scan_done is None
    asked: list[MessageRef] = []
    real = fetching.read_heads
    monkeypatch.setattr(
        "mailbot.mail.imap.mailbox.read_heads",
        lambda line, refs, looks: real(line, [one for one in refs if not asked.append(one)], looks),
    )
    told: list[tuple[int, int]] = []
    assert sum(len(one) for one in scan(world.open(), ledger, told)) == MAILS - 8
    assert len(asked) == MAILS - 8
    assert told == [(4, 4)]
    assert ledger.account("imap").first_scan_done == BEFORE


def test_a_line_that_breaks_in_a_first_scan_loses_nothing(world, ledger) -> None:
    scanning = scan(world.open(), ledger, [])
    next(scanning)
    with world.proxy.block(), pytest.raises(Exception, match="line"):
        list(scanning)
    list(scan(world.open(), ledger, []))
    known = {f"<m{number}@mail.example>" for number in range(MAILS)}
    assert ledger.known_ids(known) == known


def test_how_far_it_is_is_told_after_every_batch(world, ledger) -> None:
    told: list[tuple[int, int]] = []
    list(scan(world.open(), ledger, told))
    assert told == [(4, MAILS), (8, MAILS), (12, MAILS)]
