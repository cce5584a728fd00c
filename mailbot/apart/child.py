"""The child: reads one mail after the other from its standard input, within its limits, until that closes. With the
argument `whole` it is ready for whole mails from the start."""

from __future__ import annotations

from mailbot.lean import later, stay

later()
stay()
# ruff: noqa: E402 - what is imported before brings along what is not to come
import os
import resource
import signal
import sys
import traceback
from dataclasses import replace
from functools import cache
from pathlib import Path

from mailbot.apart.frames import WHOLE, Answer, Question, packed, read_frame, unpacked
from mailbot.errors import Unreadable
from mailbot.mail.port import MessageRef, Place, RawMessage
from mailbot.reading.statements import Reader
from mailbot.reading.stored import read_raw

_PAGES = Path("/proc/self/statm")
_PAGE = resource.getpagesize()
MEMORY = 256 << 20  # bytes that reading may take beyond what the child needs at rest

# Read once before the first mail, so that patterns and tables are there when the limits begin to hold: its headers at
# the start, all of it before the first whole mail. Most mail is set aside by its headers, by a third of the memory.
_WARM = (
    b"Date: Mon, 2 Mar 2026 09:00:00 +0000\r\nFrom: A <a@b.example>\r\nSubject: Interview\r\n"
    b"Message-ID: <1@b.example>\r\n\r\n"  # without one it would take a digest, and for that load OpenSSL
    b"Your interview is on Monday, 9 March at 10:00.\r\n"
)


def main() -> None:
    """Never returns by an error: a mail that breaks the limits ends the process, and the parent sees its end."""
    # Ctrl-C and systemd's stop reach the whole family: it is for the parent to say when to end, or the mail that is
    # just being read would be taken for one that cannot be.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    ready = sys.argv[1:] == [WHOLE]
    held = _made_ready(whole=ready)
    while (body := read_frame(sys.stdin.buffer)) is not None:
        question = unpacked(Question, body)
        if question.raw.whole and not ready:
            _say(Answer(preparing=True))
            held = _made_ready(whole=True)
            ready = True
        _say(replace(_answer(question), grown=_held() - held))


def _made_ready(*, whole: bool) -> int:
    """Load all that reading needs, and say so; the bytes that are held then."""
    read_raw(RawMessage(MessageRef("", Place.INBOX, ""), _WARM, draft=False, whole=whole), Reader(frozenset(), "UTC"))
    _limit(last=whole)
    _say(Answer())
    return _held()


def _answer(question: Question) -> Answer:
    try:
        return Answer(read_raw(question.raw, question.reader))
    except Unreadable as error:
        return Answer(unreadable=str(error))
    except MemoryError:
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - a bug of ours: the mail is set aside, the next one is read
        # The place alone: an exception's text may hold words of the mail, which belong in no log.
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}"
        return Answer(unreadable=f"mailbot could not read it ({place}). Please report this.")


def _say(answer: Answer) -> None:
    sys.stdout.buffer.write(packed(answer))
    sys.stdout.buffer.flush()


@cache
def _pages() -> int | None:
    """What tells of this process's memory, open: it is asked after every mail."""
    return os.open(_PAGES, os.O_RDONLY | os.O_CLOEXEC) if _PAGES.exists() else None


def _held() -> int:
    """The bytes of memory that are held; where the system does not tell, the most so far."""
    if (pages := _pages()) is not None:
        return int(os.pread(pages, 100, 0).split()[1]) * _PAGE
    # Not so on Linux: there it begins with what the parent held (getrusage(2), exec).
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit(*, last: bool) -> None:
    """No core file (it would hold mail), and no more memory than MEMORY beyond what is held now; after the `last` time
    it cannot be raised again."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _PAGES.exists():  # elsewhere (macOS) RLIMIT_AS is not honoured; the deadline alone holds there
        most = int(_PAGES.read_text().split()[0]) * _PAGE + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most if last else resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
