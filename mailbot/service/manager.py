"""Installing, asking and removing the service. Everything is one call of the system's own tool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mailbot.errors import ActionNeeded
from mailbot.service.units import launchd_agent, systemd_unit

NO_SESSION = "Is this a session of your own, not one by su or sudo? Else start 'mailbot run' by other means."
PATIENCE = 30  # seconds that systemctl or launchctl may take


@dataclass(frozen=True, slots=True)
class Manager(ABC):
    """`command`: the path of the mailbot that is to run; `options` name another configuration or state folder."""

    command: str
    options: tuple[str, ...] = ()

    @property
    @abstractmethod
    def file(self) -> Path:
        """Where the unit lies."""

    @abstractmethod
    def text(self) -> str:
        """The unit."""

    @abstractmethod
    def start(self) -> None:
        """Have the installed unit run now and at each login. Raises ActionNeeded."""

    @abstractmethod
    def stop(self) -> None:
        """Stop it and forget it."""

    @abstractmethod
    def status(self) -> str:
        """What the system says of it, in one line."""

    @abstractmethod
    def show_logs(self, *, follow: bool) -> None:
        """Print its log."""

    @property
    def advice(self) -> str:
        """What the person may want to do besides; empty where there is nothing."""
        return ""

    def install(self) -> None:
        """Write the unit and start it. Raises ActionNeeded; then no new unit is left behind."""
        new = not self.file.exists()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.text(), encoding="utf-8")
        try:
            self.start()
        except ActionNeeded:
            if new:
                with suppress(ActionNeeded):
                    self.uninstall()
            raise

    def uninstall(self) -> bool:
        """Stop it and remove the unit; False where none was installed. Raises ActionNeeded where it could not be
        stopped; the unit is gone then, too."""
        if not self.file.exists():
            return False
        try:
            self.stop()
        finally:
            self.file.unlink()
        return True


class Systemd(Manager):
    """The user manager of systemd."""

    @property
    def file(self) -> Path:
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        return home / "systemd" / "user" / "mailbot.service"

    def text(self) -> str:
        return systemd_unit(self.command, self.options)

    def start(self) -> None:
        _run("systemctl", "--user", "daemon-reload")
        _run("systemctl", "--user", "enable", "mailbot.service")
        _run("systemctl", "--user", "restart", "mailbot.service")

    def stop(self) -> None:
        _run("systemctl", "--user", "disable", "--now", "mailbot.service")

    def status(self) -> str:
        if not self.file.exists():
            return "not installed"
        return _said("systemctl", "--user", "is-active", "mailbot.service") or "unknown"

    def show_logs(self, *, follow: bool) -> None:
        _show("journalctl", "--user-unit", "mailbot.service", "--lines", "100", *(["--follow"] if follow else []))

    @property
    def advice(self) -> str:
        user = os.environ.get("USER", "")
        if _said("loginctl", "show-user", user, "--property=Linger", "--value") == "yes":
            return ""
        return "It runs while you are logged in. To have it run always: loginctl enable-linger"


class Launchd(Manager):
    """macOS."""

    @property
    def file(self) -> Path:
        return Path.home() / "Library" / "LaunchAgents" / "mailbot.plist"

    @property
    def log(self) -> Path:
        return Path.home() / "Library" / "Logs" / "mailbot.log"

    def text(self) -> str:
        return launchd_agent(self.command, self.options, self.log)

    def start(self) -> None:
        _said("launchctl", "unload", str(self.file))
        _run("launchctl", "load", "-w", str(self.file))

    def stop(self) -> None:
        _run("launchctl", "unload", "-w", str(self.file))

    def status(self) -> str:
        if not self.file.exists():
            return "not installed"
        return "active" if _said("launchctl", "list", "mailbot") else "inactive"

    def show_logs(self, *, follow: bool) -> None:
        _show("tail", "-n", "100", *(["-f"] if follow else []), str(self.log))


def for_this_system(options: tuple[str, ...] = ()) -> Manager:
    """The manager of services here. Raises ActionNeeded where there is none that is known."""
    beside = Path(sys.executable).with_name("mailbot")
    command = str(beside) if beside.exists() else shutil.which("mailbot") or "mailbot"
    if sys.platform == "darwin":
        return Launchd(command, options)
    if shutil.which("systemctl"):
        return Systemd(command, options)
    raise ActionNeeded("There is no systemd here.", mend="Start 'mailbot run' with your session by other means.")


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ActionNeeded(f"{command[0]} could not be asked: {error}.", mend="Run it by hand.") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no reason given"]
        raise ActionNeeded(f"'{' '.join(command)}' failed: {said[0].rstrip('.')}.", mend=NO_SESSION)


def _said(*command: str) -> str:
    """What a question brought; empty where it could not be asked."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _show(*command: str) -> None:
    try:
        subprocess.run(command, check=False)  # noqa: S603
    except OSError as error:
        raise ActionNeeded(f"{command[0]} is not here.", mend="Run: mailbot run --verbose") from error
