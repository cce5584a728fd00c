"""A person at the command line, at a moment of their own: the commands run in this process on two Maildirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailbot import config
from mailbot.cli import cli
from mailbot.errors import MailbotError
from tests.cli.test_commands import Home
from tests.sample_mail import at


class PersonAtDesk(Home):
    """`at` sets the wall clock of the commands that follow."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder)
        self.now = at("2026-03-01 09:00")
        self._count = 0
        monkeypatch.setattr(config, "local_now", lambda _zone: self.now)

    def at(self, when: str) -> None:
        self.now = at(when)

    def receive(self, raw: bytes, account: str = "work", folder: str = "new") -> Path:
        """A mail arrives; `folder` '.Sent/new' for one that the person sent."""
        self._count += 1
        file = self.folder / account / folder / f"{self._count}.a.sample"
        file.write_bytes(raw)
        return file

    def run(self, *args: str) -> Result:
        return CliRunner(env={"MAILBOT_CONFIG": str(self.config), "MAILBOT_STATE": str(self.state)}).invoke(cli, args)

    def do(self, *args: str) -> str:
        """What a command prints that works."""
        result = self.run(*args)
        assert result.exit_code == 0, result.output + repr(result.exception)
        return result.output

    def refused(self, *args: str) -> str:
        """The sentence with which a command refuses."""
        result = self.run(*args)
        assert isinstance(result.exception, MailbotError), result.output
        return str(result.exception)

    def objects(self, *args: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.do(*args, "--json").splitlines()]

    def stage(self) -> dict[str, object]:
        """Handle -> stage of every application."""
        rows = self.objects("status")
        return {str(one["application"]): one["stage"] for one in rows if "stage" in one}

    def drafted(self, account: str = "work") -> list[tuple[str, str]]:
        """Kind and receiver of all drafts that lie there."""
        return [(str(one["draft"]), str(one["to"])) for one in self.objects("status") if "draft" in one]
