"""Mail read in a process apart: the same Reading, and no mail can hang, fill or take over the service."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from mailbot.apart.child import MEMORY
from mailbot.apart.frames import Answer, unpacked
from mailbot.apart.parent import ReaderApart
from mailbot.errors import Unreadable
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader
from mailbot.reading.stored import read_raw
from tests.sample_mail import ALERT, CANCELLATION, CONFIRMATION, OWN_THANKS

ME = Reader(addresses=frozenset({"robin@example.com"}), zone="America/New_York", name="Robin Adeyemi")


@pytest.fixture(scope="module")
def apart() -> Iterator[ReaderApart]:
    one = ReaderApart()
    yield one
    one.close()


def stored(raw: bytes, place: Place = Place.INBOX) -> RawMessage:
    return RawMessage(MessageRef("work", place, "1"), raw, draft=False, thread="t1")


@pytest.mark.parametrize("raw", [CONFIRMATION, CANCELLATION, ALERT], ids=["confirmation", "cancellation", "alert"])
def test_it_reads_what_is_read_in_this_process(apart: ReaderApart, raw: bytes) -> None:
    assert apart(stored(raw), ME) == read_raw(stored(raw), ME)


def test_whose_mail_it_is_follows_from_where_it_lies(apart: ReaderApart) -> None:
    assert apart(stored(OWN_THANKS, Place.SENT), ME).direction == "out"
    assert apart(stored(OWN_THANKS, Place.INBOX), ME).direction == "nobody"


def test_a_mail_that_cannot_be_read_says_so_and_the_next_one_is_read(apart: ReaderApart) -> None:
    with pytest.raises(Unreadable, match="no date"):
        apart(stored(b"Subject: nothing\r\n\r\n"), ME)
    assert apart(stored(CONFIRMATION), ME).relevant


def test_a_child_that_was_killed_is_replaced() -> None:
    one = ReaderApart()
    one(stored(ALERT), ME)
    assert one.pid is not None
    os.kill(one.pid, signal.SIGKILL)
    os.waitid(os.P_PID, one.pid, os.WEXITED | os.WNOWAIT)
    assert one(stored(CONFIRMATION), ME).relevant
    one.close()


def test_a_mail_that_takes_too_long_is_set_aside_and_its_child_ended() -> None:
    one = ReaderApart()
    one(stored(ALERT), ME)
    one._seconds = 0.2  # now that it is warm: a busy machine takes longer than that to read the first
    child = one.pid
    assert child is not None
    os.kill(child, signal.SIGSTOP)  # as hanging as a process can be
    with pytest.raises(Unreadable, match="more than 0 seconds"):
        one(stored(CONFIRMATION), ME)
    assert one.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_child_that_has_grown_too_much_makes_room_for_another_after_its_answer() -> None:
    one = ReaderApart(grown=-1)
    assert one(stored(CONFIRMATION), ME).relevant
    assert one.pid is None
    assert one(stored(CONFIRMATION), ME).relevant
    one.close()


def test_a_child_that_has_not_grown_stays(apart: ReaderApart) -> None:
    apart(stored(CONFIRMATION), ME)
    before = apart.pid
    apart(stored(CANCELLATION), ME)
    assert before is not None
    assert apart.pid == before


def test_the_child_has_a_bound_of_memory_and_leaves_no_core_file(apart: ReaderApart) -> None:
    apart(stored(ALERT), ME)
    proc = Path(f"/proc/{apart.pid}")
    limits = {line[:25].strip(): line[26:].split()[0] for line in (proc / "limits").read_text().splitlines()}
    held = int((proc / "statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
    assert limits["Max core file size"] == "0"
    assert held < int(limits["Max address space"]) <= held + MEMORY


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x93\x01\x02\x03", b"\x81\xa7reading\xa4evil"])
def test_nonsense_from_a_child_is_refused_not_run(body: bytes) -> None:
    """Whatever a child says that hostile mail has taken over, the parent takes it for a Reading or not at all."""
    with pytest.raises(msgspec.MsgspecError):
        unpacked(Answer, body)
