"""A real process is killed in the midst of its work, and the next start makes it good: a few of the calls at which
`python -m tests.torture.kill_anywhere` kills."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from mailbot.drafting.drafts import DraftStatus
from mailbot.store.sqlite import open_ledger
from tests.kills.nursery import Fault
from tests.kills.session import Session, effects


def test_one_draft_a_follow_up_wherever_it_is_killed(session: Session) -> None:
    killed = 0
    for act, ran in session.acts():
        begun = effects(ran, session.home)
        for at in {*begun[:1], len(ran.calls) // 3, begun[-1] + 1}:
            killed += session.killed(act, Fault("die", at))
        for at in begun[-1:]:
            killed += session.killed(act, Fault("halfway", at))
    assert killed >= 10


def test_each_intent_is_on_disk_before_the_first_byte_of_its_effect(session: Session) -> None:
    """The folder is synced after the journal was removed (which is the commit), and nothing of the ledger is written
    between that and the call that changes the mailbox."""
    seen = 0
    for act, ran in session.acts():
        for at in effects(ran, session.home):
            state = str(session.home.folder / "state")
            ledger = [one for one in ran.calls[: at - 1] if one.path.startswith(state) and "lock" not in one.path]
            assert (ledger[-1].name, ledger[-1].path) == ("fdatasync", state), act.name
            assert ledger[-2].name == "unlink"
            assert ledger[-2].path.endswith("-journal")
            seen += 1
    assert seen >= 4  # two drafts placed, one composed anew (taken back, placed), one taken back


def test_at_the_first_byte_of_an_effect_the_ledger_knows_what_it_will_be(session: Session) -> None:
    """Killed just before it, the file on disk says so: the letter that is to come, or the draft that is to go."""
    for act, ran in session.acts():
        (at, *_) = effects(ran, session.home)
        session.home.restore()
        lying = {one.message_id for one in session.home.drafts()}
        assert session.nursery.run(session.home.folder, act.now, act.args, Fault("die", at)).died
        assert {one.message_id for one in session.home.drafts()} == lying
        with open_ledger(session.home.folder / "state") as ledger:
            doubts = [one for one in ledger.open_drafts() if one.in_doubt]
        assert doubts
        assert all(one.withdrawing or (one.status is DraftStatus.INTENDED and one.raw) for one in doubts)


def test_a_journal_that_a_kill_left_is_rolled_back_by_whoever_reads_next(maildir_session: Session) -> None:
    for act, ran in maildir_session.acts():
        ledger = str(maildir_session.home.folder / "state" / "ledger.sqlite")
        writes = [at for at, one in enumerate(ran.calls, 1) if (one.name, one.path) == ("pwrite64", ledger)]
        maildir_session.home.restore()
        maildir_session.nursery.run(maildir_session.home.folder, act.now, act.args, Fault("halfway", writes[-1]))
        assert (maildir_session.home.folder / "state" / "ledger.sqlite-journal").exists()
        with closing(sqlite3.connect(ledger)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
