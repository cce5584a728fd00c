"""`mailbot web` as a person starts it: beside a service at work, until Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot.cli import cli
from mailbot.errors import MailbotError
from mailbot.store.lock import InstanceLock
from tests.daemon.test_process import until
from tests.web.serving import copied


def test_it_serves_beside_a_service_at_work_and_ends_well(demo: Path, tmp_path: Path) -> None:
    folder, opened = copied(demo, tmp_path / "own"), tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    places = ["--config", str(folder / "mailbot.toml"), "--state", str(folder / "state")]
    with (
        InstanceLock(folder / "state"),
        subprocess.Popen(
            [sys.executable, "-m", "mailbot", "web", "--json", *places],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "BROWSER": f"{browser} %s"},
        ) as process,
    ):  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        told = json.loads(process.stdout.readline())
        until(opened.exists)
        once = opened.read_text().strip()
        assert once != told["link"]
        assert "Harborview Press" in seen_by(once)
        assert "Harborview Press" in seen_by(told["link"])
        with pytest.raises(urllib.error.HTTPError, match="403"):
            seen_by(once)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""


def seen_by(link: str) -> str:
    """What a new browser shows that opens the link."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with closing(opener.open(link, timeout=20)) as page:
        return str(page.read().decode())


def test_without_its_libraries_a_sentence_names_the_command_that_mends_it(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.startswith("mailbot.web.s")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    places = ["--config", str(demo / "mailbot.toml"), "--state", str(demo / "state")]
    error = CliRunner().invoke(cli, ["web", "--no-browser", *places]).exception
    assert isinstance(error, MailbotError)
    assert str(error) == (
        "The page needs the library uvicorn. In your copy of mailbot's repository run:"
        f" {sys.executable} -m pip install '.[web]'"
    )


def test_without_a_configuration_the_command_says_so_instead_of_a_page(tmp_path: Path) -> None:
    places = ["--config", str(tmp_path / "none.toml"), "--state", str(tmp_path / "state")]
    error = CliRunner().invoke(cli, ["web", "--no-browser", *places]).exception
    assert isinstance(error, MailbotError)
    assert "There is no configuration at" in str(error)
