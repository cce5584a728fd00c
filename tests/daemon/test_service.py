"""The unit files that `mailbot service install` writes."""

from __future__ import annotations

import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.service import units
from mailbot.service.manager import Launchd, Systemd

CONFIG = Path(__file__).parents[2] / "config"
AWKWARD = "/home/a b/100%/mail$bot"


def setting(text: str, key: str) -> str:
    return next(line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{key}="))


@pytest.mark.parametrize("name", ["mailbot.service", "mailbot.plist"])
def test_the_files_in_config_are_what_the_command_installs(name: str) -> None:
    assert (CONFIG / name).read_text() == (Path(units.__file__).parent / name).read_text()


def test_the_unit_runs_this_mailbot_with_its_options() -> None:
    unit = Systemd("/opt/mailbot", ("--config", "/etc/mine.toml")).text()
    assert setting(unit, "ExecStart") == "/opt/mailbot run --config /etc/mine.toml"
    assert "@" not in unit.replace("@system-service", "")


def test_an_awkward_path_stays_one_word() -> None:
    said = setting(Systemd(AWKWARD).text(), "ExecStart")
    assert shlex.split(said.replace("%%", "%").replace("$$", "$")) == [AWKWARD, "run"]


def test_readiness_signs_of_life_and_waits_between_failures_are_asked_for() -> None:
    unit = Systemd("/opt/mailbot").text()
    assert setting(unit, "Type") == "notify"
    assert setting(unit, "WatchdogSec") == "6min"
    assert setting(unit, "RestartMaxDelaySec") == "1h"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "mailbot.service"
    file.write_text(Systemd(sys.executable).text())
    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", str(file)], capture_output=True, text=True, check=False
    )
    faults = [line for line in done.stderr.splitlines() if "mailbot.service" in line and "RestartSteps" not in line]
    assert not [line for line in faults if "RestartMaxDelaySec" not in line], done.stderr


def test_the_agent_is_a_property_list_that_logs_to_a_file() -> None:
    agent = plistlib.loads(Launchd("/opt/mail & bot", ("--state", "/s<1>")).text().encode())
    assert agent["ProgramArguments"][:3] == ["/opt/mail & bot", "run", "--log"]
    assert agent["ProgramArguments"][-2:] == ["--state", "/s<1>"]
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["RunAtLoad"]


def test_uninstalling_what_is_not_there_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not Systemd("/opt/mailbot").uninstall()
    assert Systemd("/opt/mailbot").status() == "not installed"
