"""What happens to a person's mail, clock and disk, and what mailbot then does: never a second draft."""

from __future__ import annotations

import errno
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.assistant import Assistant
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import Place
from mailbot.store.sqlite import memory_ledger
from tests.cli.person import PersonAtDesk
from tests.kills.conftest import nursery
from tests.kills.homes import MaildirHome
from tests.kills.nursery import Fault
from tests.kills.tracing import NEEDED, POSSIBLE
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.maildir_world import make_maildir
from tests.sample_mail import CONFIRMATION, at
from tests.servers.dovecot import dovecot
from tests.test_assistant import AFTER, PROFILE


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    """Two thank-yous lie in Drafts."""
    one = PersonAtDesk(tmp_path / "one", monkeypatch)
    one.at("2026-03-03 12:00")
    one.receive(CONFIRMATION)
    one.do("sync")
    one.at("2026-03-04 14:46")
    one.do("sync")
    assert len(one.drafts()) == 2
    return one


@pytest.mark.parametrize("same_key", [True, False], ids=["configuration copied", "set up anew"])
def test_a_second_machine_on_the_same_mailbox_places_nothing_again(person: PersonAtDesk, same_key: bool) -> None:
    placed = sorted(person.drafts())
    person.state = person.folder / "state of another machine"
    if not same_key:
        (person.folder / "identity.key").unlink()
    for when in ("2026-03-04 14:50", "2026-03-04 15:50"):
        person.at(when)
        person.do("sync")
    assert sorted(person.drafts()) == placed


@pytest.mark.parametrize("moment", ["connected", "request sent"])
def test_of_what_two_machines_place_at_one_moment_the_next_step_leaves_one_each(moment: str) -> None:
    store = MemoryStore()
    with memory_ledger() as here, memory_ledger() as there:
        other = Assistant((MemoryMailbox("work", store=store),), there, PROFILE, bytes(32))
        waiting = [lambda: other.step(AFTER)]

        def step(name: str) -> None:
            if name == moment and waiting:  # the first has just looked and found nothing
                waiting.pop()()

        first = Assistant((MemoryMailbox("work", store=store, step=step),), here, PROFILE, bytes(32))
        for worker in (first, other):
            worker.step(AFTER - timedelta(days=1))
        store.deliver(CONFIRMATION, Place.INBOX)
        first.step(AFTER)
        assert len(store.mails(Place.DRAFTS)) > 2
        for minutes, worker in enumerate((other, first), 1):
            worker.step(AFTER + timedelta(minutes=minutes))
    assert len({one.message_id for one in store.mails(Place.DRAFTS)}) == len(store.mails(Place.DRAFTS)) == 2


def test_a_clock_that_goes_back_a_month_and_forth_again_changes_no_draft(person: PersonAtDesk) -> None:
    placed = sorted(person.drafts())
    for when in ("2026-02-02 14:46", "2026-02-03 09:00", "2026-03-04 14:47"):
        person.at(when)
        person.do("sync")
    assert sorted(person.drafts()) == placed


def test_a_mailbox_that_is_suddenly_empty_stops_everything_and_is_named(person: PersonAtDesk) -> None:
    placed, full = sorted(person.drafts()), person.folder / "work"
    full.rename(person.folder / "away")
    for name in ("", ".Drafts", ".Sent"):
        make_maildir(full / name)
    person.at("2026-03-20 09:00")  # a check-in would be due
    done = person.run("sync")
    assert done.exit_code == 75
    assert "is empty now" in done.output
    assert "work: trouble since" in " ".join(person.do("status").split())
    assert person.drafts() == []
    shutil.rmtree(full)
    (person.folder / "away").rename(full)
    person.at("2026-03-04 16:00")
    person.do("sync")
    assert "trouble" not in person.do("status")
    assert sorted(person.drafts()) == placed


def test_a_mailbox_whose_numbers_begin_anew_is_scanned_anew_and_nothing_placed_twice() -> None:
    with closing(ImapWorld(dovecot())) as world, memory_ledger() as ledger:
        world.deliver(CONFIRMATION)
        for minutes in (0, 5):
            Assistant((world.open(),), ledger, PROFILE, bytes(32)).step(AFTER + timedelta(minutes=minutes))
            placed = world.at(Place.DRAFTS)
            assert len(placed) == 2
            for name in ("INBOX", "Drafts", "Sent"):
                world.dovecot.admin("mailbox", "update", "-u", world.user, "--uid-validity", f"7777{minutes}", name)
        assert {one.raw for one in world.at(Place.DRAFTS)} == {one.raw for one in placed}
        outcome = Assistant((world.open(),), ledger, PROFILE, bytes(32)).step(AFTER + timedelta(minutes=10))
        assert outcome.problems == ()
        assert {one.raw for one in world.at(Place.DRAFTS)} == {one.raw for one in placed}


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES], ids=["read-only", "not permitted"])
def test_a_store_that_may_not_be_written_is_a_sentence_and_no_draft(tmp_path: Path, number: int) -> None:
    if not POSSIBLE:
        pytest.skip(NEEDED)
    nursery().gmail = ""
    home = MaildirHome(tmp_path / "home")
    assert nursery().run(home.folder, at("2026-03-03 12:00"), ["sync"]).status == 0
    home.deliver(CONFIRMATION)
    fault = Fault("fail", 1, number, lasting=True, within=str(home.folder / "state" / "ledger"))
    ran = nursery().run(home.folder, AFTER, ["sync"], fault)
    assert ran.status in (2, 75)
    assert "Traceback" not in ran.said
    assert "ledger.sqlite" in ran.said
    assert home.drafts() == []


def test_a_ledger_that_is_damaged_is_named_with_the_backup_to_put_back(person: PersonAtDesk) -> None:
    placed = sorted(person.drafts())
    (person.state / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    said = person.refused("sync")
    assert "is damaged" in said
    assert str(person.state / "backups") in said
    newest = max((person.state / "backups").iterdir())
    shutil.copy(newest, person.state / "ledger.sqlite")
    person.at("2026-03-04 15:00")
    person.do("sync")
    assert sorted(person.drafts()) == placed
