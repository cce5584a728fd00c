"""How a notice reaches the person: the desktop, and a command of their own."""

from __future__ import annotations

import shlex
import subprocess
import sys
import threading
from collections.abc import Sequence

from mailbot.logs import logger

log = logger("notices")

WITHIN = 30.0  # seconds that a command may take
TITLE = "mailbot"
# AppleScript takes the text as an argument: nothing in it is code.
APPLE = ("-e", "on run told", "-e", f'display notification (item 1 of told) with title "{TITLE}"', "-e", "end run")


def deliver(text: str, *, desktop: bool, command: str) -> None:
    """Show and hand over that text, beside everything else; what fails is logged. `command` gets it on its standard
    input, and is run without a shell."""
    if desktop:
        _beside(desktop_command(text), "")
    if command:
        _beside(shlex.split(command), f"{text}\n")


def desktop_command(text: str, system: str = sys.platform) -> Sequence[str]:
    """The system's own tool that shows a text: notify-send, whose body is markup, or osascript on macOS."""
    if system == "darwin":
        return ("osascript", *APPLE, text)
    body = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return ("notify-send", f"--app-name={TITLE}", "--icon=mail-message-new", "--", TITLE, body)


def _beside(words: Sequence[str], said: str) -> None:
    threading.Thread(target=run, args=(words, said), name="notice", daemon=True).start()


def run(words: Sequence[str], said: str) -> bool:
    """Run it; whether it did what it should. What it prints is nobody's."""
    try:
        done = subprocess.run(  # noqa: S603 - the system's tool, or the person's own command
            list(words), input=said.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=WITHIN,
            check=False,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.warning("notice_failed", error=type(error).__name__)
        return False
    if done.returncode:
        log.warning("notice_failed", status=done.returncode)
    return done.returncode == 0
