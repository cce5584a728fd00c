"""How pages look: on a narrow and a wide terminal, without colour, and piped. The commands run on a terminal of their
own (pty(7))."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from datetime import datetime

import pytest

from tests.cli.test_commands import Home
from tests.cli.test_status import TRAP
from tests.sample_mail import ZONE, fresh_invitation

STYLE = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7])m")
PAGES = [("status",), ("plan",), ("show", "linden")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("home"))
    home.deliver(fresh_invitation(datetime.now(ZONE)))
    home.deliver(TRAP)
    home.mailbot("sync")
    return home


def on_terminal(home: Home, columns: int, *args: str, **environment: str) -> list[str]:
    """The lines of a page as a terminal of that width gets them."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    with subprocess.Popen(
        home.command(*args), stdin=theirs, stdout=theirs, stderr=theirs, env={**kept, "TERM": "xterm", **environment}
    ):
        os.close(theirs)
        pieces = []
        while True:
            try:
                pieces.append(os.read(ours, 65536))
            except OSError:  # the other end was closed (Linux)
                break
            if not pieces[-1]:
                break
    os.close(ours)
    return b"".join(pieces).decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("columns", [60, 200])
@pytest.mark.parametrize("args", PAGES, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(home: Home, columns: int, args: tuple[str, ...]) -> None:
    lines = [STYLE.sub("", line) for line in on_terminal(home, columns, *args)]
    letter = next((at for at, line in enumerate(lines) if line.startswith("(placed")), len(lines))
    assert lines
    assert [line for line in lines[:letter] if len(line) > columns] == []  # a letter's own lines are left as they are


def test_a_narrow_terminal_breaks_sentences_between_words(home: Home) -> None:
    page = [STYLE.sub("", line) for line in on_terminal(home, 50, "status")]
    assert "mailbot is not running. Start it with: mailbot" in page
    assert "  run, or: mailbot service install" in page


@pytest.mark.parametrize("args", PAGES, ids=" ".join)
def test_no_colour_is_none(home: Home, args: tuple[str, ...]) -> None:
    assert not COLOUR.search("\n".join(on_terminal(home, 100, *args, NO_COLOR="1")))


@pytest.mark.parametrize("args", PAGES, ids=" ".join)
def test_what_is_piped_has_no_style_and_no_blanks_at_the_end_of_lines(home: Home, args: tuple[str, ...]) -> None:
    page = home.mailbot(*args).stdout
    assert "\x1b" not in page
    assert [line for line in page.splitlines() if line != line.rstrip()] == []


def test_what_is_piped_is_a_line_for_each_sentence(home: Home) -> None:
    beware = [line for line in home.mailbot("status").stdout.splitlines() if line.startswith("Beware")]
    assert len(beware) == 1
    assert "bank details" in beware[0]
