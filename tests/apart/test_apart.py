"""Mail read in a process apart: the same Reading, and no mail can hang, fill or take over the service."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from mailbot.apart.child import MEMORY
from mailbot.apart.frames import Answer, unpacked
from mailbot.apart.parent import ReaderApart
from mailbot.errors import Unreadable
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader, Reading
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


def read(apart: ReaderApart, raw: RawMessage) -> Reading:
    """That mail alone, read. Raises Unreadable."""
    ((_, reading),) = apart([raw], ME)
    if isinstance(reading, Unreadable):
        raise reading
    assert reading is not None
    return reading


def pid(apart: ReaderApart) -> int | None:
    """Of the first child."""
    return next(iter(apart.pids), None)


def resident(apart: ReaderApart) -> int:
    return int(Path(f"/proc/{pid(apart)}/statm").read_text().split()[1])


@pytest.mark.parametrize("raw", [CONFIRMATION, CANCELLATION, ALERT], ids=["confirmation", "cancellation", "alert"])
def test_it_reads_what_is_read_in_this_process(apart: ReaderApart, raw: bytes) -> None:
    assert read(apart, stored(raw)) == read_raw(stored(raw), ME)


def test_whose_mail_it_is_follows_from_where_it_lies(apart: ReaderApart) -> None:
    assert read(apart, stored(OWN_THANKS, Place.SENT)).direction == "out"
    assert read(apart, stored(OWN_THANKS, Place.INBOX)).direction == "nobody"


def test_a_mail_that_cannot_be_read_says_so_and_the_next_one_is_read(apart: ReaderApart) -> None:
    with pytest.raises(Unreadable, match="no date"):
        read(apart, stored(b"Subject: nothing\r\n\r\n"))
    assert read(apart, stored(CONFIRMATION)).relevant


def test_a_child_that_was_killed_is_replaced() -> None:
    one = ReaderApart()
    read(one, stored(ALERT))
    assert pid(one) is not None
    os.kill(pid(one), signal.SIGKILL)
    os.waitid(os.P_PID, pid(one), os.WEXITED | os.WNOWAIT)
    assert read(one, stored(CONFIRMATION)).relevant
    one.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_of_the_whole_family_ends_no_child_over_its_mail(apart: ReaderApart, number: int) -> None:
    """Ctrl-C and systemd reach it as well as the service: a mail that is just being read is not to be blamed."""
    read(apart, stored(ALERT))
    before = pid(apart)
    assert before is not None
    os.kill(before, number)
    assert read(apart, stored(CONFIRMATION)).relevant
    assert pid(apart) == before


def test_a_mail_over_which_a_child_was_ended_from_outside_is_read_by_another() -> None:
    one = ReaderApart()
    read(one, stored(ALERT))
    first = pid(one)
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    # The kernel's killer comes while it is at the mail.
    threading.Timer(0.1, os.kill, (first, signal.SIGKILL)).start()
    assert read(one, stored(CONFIRMATION)).relevant
    assert pid(one) not in (None, first)
    one.close()


def test_a_mail_that_takes_too_long_is_set_aside_and_its_child_ended() -> None:
    one = ReaderApart()
    read(one, stored(ALERT))
    one._seconds = 0.2  # now that it is warm: a busy machine takes longer than that to read the first
    child = pid(one)
    assert child is not None
    os.kill(child, signal.SIGSTOP)  # as hanging as a process can be
    answers = one([stored(CONFIRMATION), stored(CANCELLATION)], ME)
    _, late = next(answers)
    assert "more than 0 seconds" in str(late)
    assert pid(one) is None
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    one._seconds = 60
    assert isinstance(next(answers)[1], Reading)  # what was asked behind it is read by the next child
    one.close()


def test_many_mails_are_answered_each_with_its_own_in_order(apart: ReaderApart) -> None:
    mails = [stored(raw) for raw in (CONFIRMATION, b"Subject: nothing\r\n\r\n", ALERT, CANCELLATION) * 3]
    answered = list(apart([mails[0], None, *mails[1:]], ME))
    assert [raw for raw, _ in answered] == mails
    assert [isinstance(one, Unreadable) for _, one in answered] == [False, True, False, False] * 3
    assert [one for _, one in answered[:3:2]] == [read_raw(mails[0], ME), read_raw(mails[2], ME)]


def test_mails_larger_than_a_pipe_block_nobody(apart: ReaderApart) -> None:
    """What neither side has read yet fills the pipes in both directions."""
    large = CONFIRMATION + b"A quiet harbour in the rain.\r\n" * 10_000
    people = b", ".join(b"P%d <p%d@lindenworks.example>" % (number, number) for number in range(900))
    crowded = CONFIRMATION.replace(b"Subject:", b"Cc: " + people + b"\r\nSubject:", 1)
    mails = [stored(raw) for raw in (large, crowded, crowded, large, crowded)]
    assert all(isinstance(one, Reading) for _, one in apart(mails, ME))


def test_a_child_that_has_seen_headers_alone_holds_little_memory() -> None:
    one = ReaderApart()
    answers = one([replace(stored(ALERT), whole=False), None, stored(CONFIRMATION), None], ME)
    assert next(answers)[1] == read_raw(replace(stored(ALERT), whole=False), ME)
    little = resident(one)
    assert next(answers)[1] == read_raw(stored(CONFIRMATION), ME)
    assert little < 0.7 * resident(one)
    one.close()


@pytest.mark.skipif(os.cpu_count() == 1, reason="one processor has work for one child")
def test_many_mails_are_read_by_two_children_in_order_and_none_is_lost_where_both_are_killed() -> None:
    one = ReaderApart(many=1)
    until = time.monotonic() + 60

    def mails() -> Iterator[RawMessage]:
        while time.monotonic() < until and not (len(one.pids) > 1 and one._hands[1].waiting):
            yield stored(CONFIRMATION)
        for child in one.pids:
            os.kill(child, signal.SIGKILL)
        yield from [stored(raw) for raw in (ALERT, CONFIRMATION, b"Subject: nothing\r\n\r\n") * 3]
        assert len(one.pids) == 2

    answers = [read for _, read in one(mails(), ME)][-9:]
    assert [isinstance(read, Unreadable) for read in answers] == [False, False, True] * 3
    assert answers[:2] == [read_raw(stored(raw), ME) for raw in (ALERT, CONFIRMATION)]
    assert len(one.pids) == 1
    one.close()


def test_at_a_none_what_was_asked_before_is_answered_before_the_next_is_taken(apart: ReaderApart) -> None:
    answered: list[object] = []

    def mails() -> Iterator[RawMessage | None]:
        yield stored(ALERT)
        yield stored(CANCELLATION)
        yield None
        assert len(answered) == 2

    for one in apart(mails(), ME):
        answered.append(one)  # noqa: PERF402 - as they come


def test_who_stops_listening_leaves_no_answer_to_the_next(apart: ReaderApart) -> None:
    first = apart([stored(ALERT), stored(CANCELLATION)], ME)
    next(first)
    assert read(apart, stored(CONFIRMATION)) == read_raw(stored(CONFIRMATION), ME)
    child = pid(apart)
    first.close()
    assert read(apart, stored(CANCELLATION)) == read_raw(stored(CANCELLATION), ME)
    assert pid(apart) == child


def test_a_child_that_has_grown_too_much_makes_room_for_another_after_its_answer() -> None:
    one = ReaderApart(grown=-1)
    assert read(one, stored(CONFIRMATION)).relevant
    assert pid(one) is None
    assert read(one, stored(CONFIRMATION)).relevant
    one.close()


def test_a_child_that_has_not_grown_stays(apart: ReaderApart) -> None:
    read(apart, stored(CONFIRMATION))
    before = pid(apart)
    read(apart, stored(CANCELLATION))
    assert before is not None
    assert pid(apart) == before


def test_the_child_has_a_bound_of_memory_and_leaves_no_core_file(apart: ReaderApart) -> None:
    read(apart, stored(ALERT))
    proc = Path(f"/proc/{pid(apart)}")
    limits = {line[:25].strip(): line[26:].split()[0] for line in (proc / "limits").read_text().splitlines()}
    held = int((proc / "statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
    assert limits["Max core file size"] == "0"
    assert held < int(limits["Max address space"]) <= held + MEMORY


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x93\x01\x02\x03", b"\x81\xa7reading\xa4evil"])
def test_nonsense_from_a_child_is_refused_not_run(body: bytes) -> None:
    """Whatever a child says that hostile mail has taken over, the parent takes it for a Reading or not at all."""
    with pytest.raises(msgspec.MsgspecError):
        unpacked(Answer, body)
