"""The unit files that `mailbot service install` writes."""

from __future__ import annotations

import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailbot.cli import cli
from mailbot.daemon import STOP_WITHIN
from mailbot.errors import ActionNeeded
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


def test_readiness_and_signs_of_life_are_asked_for() -> None:
    unit = Systemd("/opt/mailbot").text()
    assert setting(unit, "Type") == "notify"
    assert setting(unit, "WatchdogSec") == "6min"


def test_after_a_crash_it_is_started_again_after_a_wait_and_never_given_up() -> None:
    unit = Systemd("/opt/mailbot").text()
    assert setting(unit, "Restart") == "on-failure"
    assert setting(unit, "RestartSec") == "30"
    assert setting(unit, "StartLimitIntervalSec") == "0"
    assert plistlib.loads(Launchd("/opt/mailbot").text().encode())["ThrottleInterval"] >= 30


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "mailbot.service"
    file.write_text(Systemd(sys.executable).text())
    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", str(file)], capture_output=True, text=True, check=False
    )
    assert not [line for line in done.stderr.splitlines() if "mailbot.service" in line], done.stderr


def test_the_agent_is_a_property_list_that_logs_to_a_file() -> None:
    agent = plistlib.loads(Launchd("/opt/mail & bot", ("--state", "/s<1>")).text().encode())
    assert agent["ProgramArguments"][:3] == ["/opt/mail & bot", "run", "--log"]
    assert agent["ProgramArguments"][-2:] == ["--state", "/s<1>"]
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["RunAtLoad"]


def test_the_agent_says_nothing_twice() -> None:
    keys = re.findall(r"<key>(\w+)</key>", Launchd("/opt/mailbot").text())
    assert len(keys) == len(set(keys))


# launchd.plist(5): the keys that the agent uses, and what each must be.
KEYS = {
    "Label": str, "ProgramArguments": list, "RunAtLoad": bool, "KeepAlive": dict, "ThrottleInterval": int,
    "ExitTimeOut": int, "Umask": int, "ProcessType": str, "LowPriorityIO": bool,
}  # fmt: skip


def test_the_agent_says_only_what_launchd_knows() -> None:
    agent = plistlib.loads(Launchd("/opt/mailbot").text().encode())
    assert {name: type(value) for name, value in agent.items()} == KEYS
    assert all(type(one) is str for one in agent["ProgramArguments"])
    assert agent["ProcessType"] == "Background"
    assert agent["Umask"] == 0o077


def test_launchd_waits_for_the_end_longer_than_it_may_take() -> None:
    agent = plistlib.loads(Launchd("/opt/mailbot").text().encode())
    assert agent["ExitTimeOut"] > STOP_WITHIN


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A session with a systemd of our own making: it writes down what it is asked; `linger` is what loginctl says."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "systemctl").write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n')
    (tools / "loginctl").write_text(f"#!/bin/sh\ncat {tmp_path}/linger\n")
    for one in tools.iterdir():
        one.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "linger").write_text("no\n")
    return tmp_path


def install(session: Path) -> str:
    """What `mailbot service install` says, as a person runs it."""
    config = session / "mailbot.toml"
    config.write_text(
        '[me]\nname = "Robin Adeyemi"\naddresses = ["robin@example.com"]\n'
        f'[[account]]\nname = "work"\nkind = "maildir"\npath = "{session}"\n'
    )
    config.chmod(0o600)
    command = [sys.executable, "-m", "mailbot", "service", "install", "--config", str(config)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_who_installs_it_is_told_of_lingering_and_offered_the_command(session: Path) -> None:
    assert "To have it run always: loginctl enable-linger" in install(session)


def test_who_lingers_already_is_told_nothing(session: Path) -> None:
    (session / "linger").write_text("yes\n")
    assert "loginctl" not in install(session)


def test_installing_writes_the_unit_and_starts_it(session: Path) -> None:
    install(session)
    unit = (session / "config" / "systemd" / "user" / "mailbot.service").read_text()
    assert setting(unit, "ExecStart").endswith(f"run --config {session}/mailbot.toml")
    asked = (session / "asked").read_text().splitlines()
    assert asked == ["--user daemon-reload", "--user enable mailbot.service", "--user restart mailbot.service"]


def service(*args: str) -> str:
    """What `mailbot service ARGS` says."""
    command = [sys.executable, "-m", "mailbot", "service", *args]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_status_asks_systemd_and_uninstalling_stops_it_and_leaves_the_rest(session: Path) -> None:
    install(session)
    (session / "tools" / "systemctl").write_text(f'#!/bin/sh\necho "$*" >> {session}/asked\necho active\n')
    assert service("status") == "The service is active.\n"
    assert service("uninstall") == "The service is stopped and removed.\n"
    assert "--user disable --now mailbot.service" in (session / "asked").read_text()
    assert not (session / "config" / "systemd" / "user" / "mailbot.service").exists()
    assert (session / "mailbot.toml").exists()


@pytest.fixture
def bare(session: Path) -> Path:
    """A session in which systemd has no manager for the user."""
    (session / "tools" / "systemctl").write_text("#!/bin/sh\necho 'Failed to connect to bus' >&2\nexit 1\n")
    return session


def test_without_a_user_manager_nothing_is_left_installed(bare: Path) -> None:
    with pytest.raises(ActionNeeded, match=r"Failed to connect to bus\. Is this a session of your own"):
        Systemd("/opt/mailbot").install()
    assert not Systemd("/opt/mailbot").file.exists()


def test_a_service_that_cannot_be_told_to_stop_does_not_keep_the_rest_from_being_removed(bare: Path) -> None:
    unit = Systemd("/opt/mailbot").file
    unit.parent.mkdir(parents=True)
    unit.write_text("[Unit]\n")
    state = ["--config", str(bare / "mailbot.toml"), "--state", str(bare / "state")]
    (bare / "mailbot.toml").write_text("# mine")
    done = CliRunner().invoke(cli, ["uninstall", "--purge", "--yes", *state])
    assert done.exit_code == 0, done.exception
    assert "it could not be told to stop. 'systemctl --user disable" in done.stderr
    assert not unit.exists()
    assert not (bare / "mailbot.toml").exists()


def test_logs_are_those_of_the_unit(session: Path) -> None:
    (session / "tools" / "journalctl").write_text('#!/bin/sh\necho "journalctl $*"\n')
    (session / "tools" / "journalctl").chmod(0o755)
    assert service("logs", "--follow") == "journalctl --user-unit mailbot.service --lines 100 --follow\n"


def test_uninstalling_what_is_not_there_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not Systemd("/opt/mailbot").uninstall()
    assert Systemd("/opt/mailbot").status() == "not installed"
