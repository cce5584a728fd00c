"""What the service logs: an allow-list of fields, and nothing that a library or a mail says."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest

from mailbot import logs

CANARY = "canary-7f3a"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure(verbose=True)
    yield stream
    logging.getLogger().handlers.clear()


def test_a_line_has_the_fields_of_the_list_and_no_other(said: io.StringIO) -> None:
    logs.logger("test").info("draft_placed", account="work", follow_up="thank_you", subject=CANARY, body=CANARY)
    assert "draft_placed" in said.getvalue()
    assert "account=work" in said.getvalue()
    assert CANARY not in said.getvalue()


def test_a_value_cannot_forge_a_second_line_or_steer_a_terminal(said: io.StringIO) -> None:
    logs.logger("test").warning("account_in_trouble", error="no\nlevel=error \x1b[31m\u202e" + "x" * 5000)
    assert said.getvalue().count("\n") == 1
    assert "\x1b" not in said.getvalue()
    assert len(said.getvalue()) < 1000


@pytest.mark.parametrize("name", ["imapclient", "googleapiclient.http", "google_auth_oauthlib.flow", "anything"])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR])
def test_what_a_library_says_is_never_logged(said: io.StringIO, name: str, level: int) -> None:
    logging.getLogger(name).log(level, "GET /?code=%s", CANARY)
    assert CANARY not in said.getvalue()


def test_that_a_library_warned_is_logged(said: io.StringIO) -> None:
    logging.getLogger("anything").warning(CANARY)
    assert "library=anything" in said.getvalue()


def test_a_bug_is_logged_by_its_place_without_its_text(said: io.StringIO) -> None:
    try:
        int(CANARY)
    except ValueError as error:
        logs.logger("test").bug("step_failed", error)
    assert "ValueError" in said.getvalue()
    assert "test_logs.py" in said.getvalue()
    assert CANARY not in said.getvalue()


def test_a_log_file_is_turned_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "SIZE", 2000)
    file = tmp_path / "mailbot.log"
    logs.configure(file=file)
    for _ in range(200):
        logs.logger("test").info("mail_read", count=1)
    logging.getLogger().handlers.pop().close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mailbot.log"] + [f"mailbot.log.{n}" for n in (1, 2, 3)]
    assert all(one.stat().st_size <= 2000 for one in tmp_path.iterdir())
