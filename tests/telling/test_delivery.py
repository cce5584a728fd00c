"""How a notice reaches the person: without a shell, and never as code."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mailbot.config.editing import with_value
from mailbot.files import write
from mailbot.telling.delivery import desktop_command, run
from tests.cli.test_commands import Home
from tests.sample_mail import ZONE, fresh_invitation


def test_a_command_gets_the_text_on_its_standard_input(tmp_path: Path) -> None:
    assert run(["tee", str(tmp_path / "told")], "Zwölf „Entwürfe“; $(id)\n")
    assert (tmp_path / "told").read_text(encoding="utf-8") == "Zwölf „Entwürfe“; $(id)\n"


def test_a_command_that_fails_or_is_not_there_ends_nothing() -> None:
    assert not run(["false"], "x")
    assert not run(["/nowhere/at/all"], "x")


@given(st.text())
def test_a_text_is_one_argument_and_no_option_or_markup(text: str) -> None:
    words = desktop_command(text, "linux")
    assert words[words.index("--") + 2 :] == (words[-1],)
    assert "<" not in words[-1]
    assert desktop_command(text, "darwin")[-1] == text


def test_the_service_tells_of_a_draft_once(tmp_path: Path) -> None:
    home = Home(tmp_path, ("work",))
    told = tmp_path / "told"
    text = home.config.read_text()
    for key, word in (("command", shlex.join(["tee", "-a", str(told)])), ("quiet", "")):
        text = with_value(text, "x", f"notify.{key}", [word])
    write(home.config, text)
    home.config.chmod(0o600)
    home.deliver(fresh_invitation(datetime.now(ZONE)))
    for _ in range(2):
        with subprocess.Popen(home.command("run"), stderr=subprocess.DEVNULL, env=dict(os.environ)) as service:
            deadline = time.monotonic() + 30
            while not (home.drafts() and told.exists() and told.read_text()) and time.monotonic() < deadline:
                time.sleep(0.1)
            service.send_signal(signal.SIGTERM)
    assert told.read_text() == "A draft waits for you: invitation reply. It names a time: check your calendar.\n"
