"""The command line's frame: help answers at once, every command explains itself, errors are sentences."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot.cli import ALL, cli
from tests.cli.timing import takes_less_than

# What `--help` may not load: each costs tens of milliseconds, and help needs none of them.
HEAVY = {
    "apscheduler", "email.message", "holidays", "icalendar", "jinja2", "mailbot.assistant", "mailbot.config",
    "mailbot.drafting", "mailbot.etiquette", "mailbot.mail", "mailbot.reading", "mailbot.store", "mailbot.tracking",
    "mailbot.speech", "msgspec", "platformdirs", "re2", "rich", "sqlite3", "structlog", "tzlocal", "zoneinfo",
}  # fmt: skip


def mailbot(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mailbot", *args],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_help_loads_none_of_the_heavy_modules() -> None:
    code = "import sys\nfrom mailbot.cli import cli\ncli.main(['--help'], standalone_mode=False)\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "mailbot.cli" in loaded
    assert not loaded & HEAVY


def test_help_answers_in_less_than_three_tenths_of_a_second() -> None:
    assert takes_less_than(0.3, ["--help"])


@pytest.mark.parametrize("name", ALL)
def test_every_command_has_help_and_an_example(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert f"Example: mailbot {name}" in " ".join(result.output.split())


GROUPS = ("config", "service", "templates")
PARTS = [*(["config", name] for name in ("check", "get", "path", "set", "unset")), ["service", "status"]]
TELLING = [*([name] for name in ALL if name not in GROUPS), *PARTS]


@pytest.mark.parametrize("words", TELLING, ids=" ".join)
def test_every_command_that_tells_something_speaks_json(words: list[str]) -> None:
    assert "--json" in CliRunner().invoke(cli, [*words, "--help"]).output


def test_a_mistyped_command_gets_a_suggestion() -> None:
    done = mailbot("statsu")
    assert done.returncode == 2
    assert "Did you mean status?" in done.stderr


def test_an_error_is_a_sentence_with_its_mend(tmp_path: Path) -> None:
    done = mailbot("status", "--config", str(tmp_path / "none.toml"))
    assert done.returncode == 2
    assert done.stderr.startswith("mailbot: There is no configuration at")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("zone", ["Europe/Londn", "Europe", "../etc/passwd", "É"])
def test_a_zone_that_there_is_not_is_a_sentence(zone: str, tmp_path: Path) -> None:
    done = mailbot("explain", "--tz", zone, str(tmp_path / "any.eml"))
    assert done.returncode == 2
    assert done.stderr.startswith(f"mailbot: There is no time zone {zone!r}.")
