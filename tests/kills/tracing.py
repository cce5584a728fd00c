"""A function run as a process that is stopped before every system call which writes or sends, and there goes on, dies,
or is told that the call failed.

The process forks, puts a seccomp filter around itself that names those calls, and is traced by the one who forked it
(ptrace(2), seccomp(2)): the call has not happened when it is stopped, and all its threads die at once. x86-64 Linux.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

POSSIBLE = sys.platform == "linux" and platform.machine() == "x86_64"
NEEDED = "needs Linux on x86-64"

WRITES = {1: "write", 18: "pwrite64", 44: "sendto"}  # (fd, bytes, size, ...)
OF_A_FILE = {20: "writev", 46: "sendmsg", 74: "fsync", 75: "fdatasync", 77: "ftruncate"}  # (fd, ...)
OF_A_PATH = {82: "rename", 83: "mkdir", 84: "rmdir", 86: "link", 87: "unlink"}  # (path, ...)
BELOW = {257: "openat", 258: "mkdirat", 263: "unlinkat", 264: "renameat", 265: "linkat", 316: "renameat2"}
CALLS = WRITES | OF_A_FILE | OF_A_PATH | BELOW
OPEN, OPEN_TO_WRITE = 257, os.O_WRONLY | os.O_RDWR | os.O_CREAT

TRACEME, CONT, GETREGS, SETREGS, SYSCALL, SETOPTIONS = 0, 7, 12, 13, 24, 0x4200
# PTRACE_O_: TRACESYSGOOD, TRACEFORK, TRACEVFORK, TRACECLONE, TRACEEXEC, TRACESECCOMP, EXITKILL
OPTIONS = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x80 | 0x100000
SECCOMP_EVENT = 7
WALL = 0x40000000
REGISTERS = struct.Struct("27Q")  # user_regs_struct of <sys/user.h>
RAX, RDX, RSI, RDI, ORIG_RAX = 10, 12, 13, 14, 15

_libc = ctypes.CDLL(None, use_errno=True)


class Fate(Enum):
    """What becomes of a process at a call."""

    GO_ON = "go on"
    DIE = "die"
    DIE_HALFWAY = "die when half of the bytes are out"


@dataclass(frozen=True, slots=True)
class Failure:
    """The call is not made; the process is told this error number."""

    number: int


@dataclass(frozen=True, slots=True)
class Call:
    """One call that writes or sends: to the file at `path`, or to a socket ('socket'). `data` is how it begins."""

    name: str
    path: str
    size: int = 0
    data: bytes = b""

    @property
    def halves(self) -> bool:
        return self.name in WRITES.values() and self.size > 1


Decide = Callable[[Call], Fate | Failure]


def run_traced(work: Callable[[], None], root: Path, decide: Decide) -> int:
    """Run `work` in a forked process and ask `decide` at each call on a file below `root` or on a socket. The exit
    status as os.waitstatus_to_exitcode gives it: minus SIGKILL where it died."""
    pid = os.fork()
    if pid == 0:
        _be_traced(work)
    os.waitpid(pid, 0)
    _ptrace(SETOPTIONS, pid, 0, OPTIONS)
    _ptrace(CONT, pid)
    return _Watch(pid, os.fsencode(root), decide).to_the_end()


def run_untraced(work: Callable[[], None]) -> int:
    """The same without any stop."""
    pid = os.fork()
    if pid == 0:
        end_with(work)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def end_with(work: Callable[[], None]) -> None:
    """Do the work and end this process, as an interpreter does it, but without a look at what was inherited."""
    status = 1
    try:
        work()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - it is told, and the process ends
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _be_traced(work: Callable[[], None]) -> None:
    _libc.ptrace(TRACEME, 0, None, None)
    os.kill(os.getpid(), signal.SIGSTOP)
    _filter()
    end_with(work)


class _Watch:
    """Whoever waits for the process, its threads and its children."""

    def __init__(self, pid: int, root: bytes, decide: Decide) -> None:
        self._pid = pid
        self._root = root
        self._decide = decide
        self._known = {pid}

    def to_the_end(self) -> int:
        ended = 0
        while self._known:
            tid, status = os.waitpid(-1, WALL)
            if os.WIFSTOPPED(status):
                self._known.add(tid)
                self._stopped(tid, status)
                continue
            self._known.discard(tid)
            if tid == self._pid:
                ended = os.waitstatus_to_exitcode(status)
                for one in self._known:
                    _kill(one)  # a child of its own would wait for a parent that is gone
        return ended

    def _stopped(self, tid: int, status: int) -> None:
        event, number = status >> 16, os.WSTOPSIG(status)
        if event == SECCOMP_EVENT and (call := self._call(tid)) is not None:
            fate = self._decide(call)
            if isinstance(fate, Failure):
                _change(tid, {ORIG_RAX: -1, RAX: -fate.number})
            elif fate is not Fate.GO_ON:
                if fate is Fate.DIE_HALFWAY and call.halves:
                    _change(tid, {RDX: call.size // 2})
                    _ptrace(SYSCALL, tid)
                    os.waitpid(tid, WALL)
                _kill(self._pid)
                return
        passed_on = 0 if event or number in (signal.SIGSTOP, signal.SIGTRAP) else number
        _ptrace(CONT, tid, 0, passed_on)

    def _call(self, tid: int) -> Call | None:
        """The call that this thread is about to make; None where it is none of ours."""
        registers = _registers(tid)
        number, first, second, size = (registers[one] for one in (ORIG_RAX, RDI, RSI, RDX))
        name = CALLS[number]
        if number in WRITES or number in OF_A_FILE:
            path = _file_of(tid, first)
        else:
            path = _text(tid, second if number in BELOW else first)
            path = path if path.startswith(b"/") else b""
        if path.startswith(b"socket:"):
            path = b"socket"
        elif not path.startswith(self._root):
            return None
        if number not in WRITES:
            return Call(name, os.fsdecode(path))
        return Call(name, os.fsdecode(path), size, _memory(tid, second, min(size, 200)))


def _filter() -> None:
    """From now on this process is stopped at those calls, and so are its threads and children."""
    load, equal, any_bit, ret = 0x20, 0x15, 0x45, 0x06
    allow, trace, x86_64 = 0x7FFF0000, 0x7FF00000, 0xC000003E
    plain = [number for number in CALLS if number != OPEN]
    last = len(plain) + 7  # the line that traces; the one before it allows
    lines = [(load, 0, 0, 4), (equal, 0, last - 3, x86_64), (load, 0, 0, 0)]
    for number in plain:
        lines.append((equal, last - len(lines) - 1, 0, number))
    lines += [(equal, 0, 2, OPEN), (load, 0, 0, 32), (any_bit, 1, 0, OPEN_TO_WRITE)]
    lines += [(ret, 0, 0, allow), (ret, 0, 0, trace)]
    program = b"".join(struct.pack("HBBI", *one) for one in lines)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(lines), ctypes.addressof(buffer))
    _libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    if _libc.prctl(22, 2, ctypes.create_string_buffer(header, len(header)), 0, 0):  # PR_SET_SECCOMP, FILTER
        raise OSError(ctypes.get_errno(), "no filter")


def _ptrace(request: int, tid: int, address: object = 0, data: object = 0) -> None:
    where = ctypes.c_void_p(address) if isinstance(address, int) else address
    what = ctypes.c_void_p(data) if isinstance(data, int) else data
    _libc.ptrace(ctypes.c_long(request), ctypes.c_int(tid), where, what)  # a thread that has just died is no fault


def _registers(tid: int) -> list[int]:
    buffer = ctypes.create_string_buffer(REGISTERS.size)
    _ptrace(GETREGS, tid, 0, buffer)
    return list(REGISTERS.unpack(buffer.raw))


def _change(tid: int, new: dict[int, int]) -> None:
    registers = _registers(tid)
    for index, value in new.items():
        registers[index] = value % 2**64
    _ptrace(SETREGS, tid, 0, ctypes.create_string_buffer(REGISTERS.pack(*registers)))


def _file_of(tid: int, number: int) -> bytes:
    try:
        return os.fsencode(Path(f"/proc/{tid}/fd/{number & 0xFFFFFFFF}").readlink())
    except OSError:
        return b""


def _memory(tid: int, address: int, size: int) -> bytes:
    try:
        with open(f"/proc/{tid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - a file without an end
            memory.seek(address)
            return memory.read(size)
    except (OSError, OverflowError, ValueError):
        return b""


def _text(tid: int, address: int) -> bytes:
    """The path that stands there; a page may end behind it."""
    until_page_ends = 4096 - address % 4096
    start = _memory(tid, address, min(1024, until_page_ends))
    if b"\0" not in start:
        start += _memory(tid, address + len(start), 1024)
    return start.partition(b"\0")[0]


def _kill(tid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(tid, signal.SIGKILL)
