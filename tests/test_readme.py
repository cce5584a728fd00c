"""The README does what it says: its commands are run as they are printed, in a home of their own."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from mailbot.cli import ALL
from tests.sample_mail import ZONE, fresh_invitation

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def commands(text: str) -> Iterator[str]:
    """The lines of the shell blocks."""
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield from (line.strip() for line in block.splitlines() if line.strip())


STEPS = list(commands(section("Five minutes with your own Maildir")))


@dataclass
class Newcomer:
    """A person with a home, a Maildir with mail in it, and mailbot on the path."""

    home: Path

    @property
    def maildir(self) -> Path:
        return self.home / "Mail" / "personal"

    def run(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-euc", command], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}", "TZ": ZONE.key}

    def drafts(self) -> list[Path]:
        return list((self.maildir / ".Drafts" / "cur").iterdir())


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    one = Newcomer(tmp_path)
    for part in ("cur", "new", "tmp", ".Drafts/cur", ".Drafts/new", ".Drafts/tmp", ".Sent/cur", ".Sent/new"):
        (one.maildir / part).mkdir(parents=True)
    (one.maildir / "new" / "1.one.host").write_bytes(fresh_invitation(datetime.now(ZONE)))
    (one.home / "bin").mkdir()
    program = one.home / "bin" / "mailbot"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m mailbot "$@"\n')
    program.chmod(0o755)
    return one


def configured(newcomer: Newcomer) -> None:
    """Step 2, said by somebody else."""
    (init,) = (one for one in STEPS if one.startswith("mailbot init "))
    newcomer.run(init.replace("Alex Rivera", "Robin Adeyemi").replace("alex.rivera@", "robin@"))


def test_five_minutes_lead_from_nothing_to_drafts_in_ones_own_maildir(newcomer: Newcomer) -> None:
    configured(newcomer)
    told = [(step, newcomer.run(step), len(newcomer.drafts())) for step in STEPS if is_plain(step)]
    assert [step for step, _, _ in told] == ["mailbot sync --dry-run", "mailbot sync", "mailbot status", "mailbot plan"]
    assert [drafts for _, _, drafts in told] == [0, 1, 1, 1]
    assert "Would draft" in told[0][1]
    assert all("Linden Works" in said or "tom.varga@lindenworks.example" in said for _, said, _ in told)


def is_plain(step: str) -> bool:
    """A command of mailbot that ends by itself."""
    return step.startswith("mailbot ") and step != "mailbot run" and not step.startswith("mailbot init")


def test_the_last_step_stays_until_it_is_stopped(newcomer: Newcomer) -> None:
    configured(newcomer)
    assert STEPS[-1] == "mailbot run"
    with subprocess.Popen(
        ["mailbot", "run"], env=newcomer.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as service:  # fmt: skip
        deadline = threading.Timer(60, service.kill)
        deadline.start()
        assert service.stdout is not None
        assert any(newcomer.drafts() for _ in service.stdout), "it stopped before it placed a draft"
        service.send_signal(signal.SIGTERM)
        assert service.wait(timeout=10) == 0
        deadline.cancel()
    assert len(newcomer.drafts()) == 1


def test_every_command_is_in_the_table_and_every_row_is_a_command() -> None:
    rows = re.findall(r"^\| (`mailbot .*?) \|", section("Everyday commands"), re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`mailbot (\w+)", row)]
    assert sorted(named) == sorted(ALL)


def test_every_preset_is_in_the_table() -> None:
    presets = {one.stem for one in (ROOT / "mailbot" / "etiquette" / "presets").glob("*.toml")} - {"common"}
    assert set(re.findall(r"^\| `([\w-]+)`", section("The rules it follows"), re.MULTILINE)) == presets


def test_every_file_that_it_names_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_house_has_a_line_for_every_room() -> None:
    house = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    parts = [one.name for one in (ROOT / "mailbot").iterdir() if one.name[0] != "_"]
    rooms = [f"`{one}`" if one.endswith(".py") else f"`{one}/`" for one in parts if one != "py.typed"]
    assert [one for one in rooms if one not in house] == []


def test_the_pictures_show_the_demo_and_load_nothing() -> None:
    demo = ("Harborview Press", "Production Editor", "Drafts that mailbot placed", "Tom Abara")
    drafts = ("mutt: Drafts", "Re: Your offer from Harborview Press", "could I see the terms in writing?")
    for name, parts in (("demo.svg", demo), ("pictures/drafts.svg", drafts)):
        picture = (ROOT / "docs" / name).read_text(encoding="utf-8").replace("&#160;", " ").replace("&#x27;", "'")
        assert [one for one in parts if one not in picture] == []
        assert not re.search(r"(url\(|href=)[\"']?http|@import", picture)


def test_both_first_commands_make_their_own_environment() -> None:
    """They are run as they are by .ci/run, which finds them by these words."""
    (demo,) = commands(section("Two commands"))
    (tests,) = commands(section("Tests"))
    assert re.fullmatch(r"python3 -m venv \.venv && \.venv/bin/pip install \. && \.venv/bin/mailbot demo", demo)
    assert tests.startswith("python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && ")
    assert tests.endswith("pytest")
    assert shutil.which("bash")


def test_every_command_has_its_page_and_every_page_is_a_command() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    made = runpy.run_path(str(ROOT / "docs" / "reference.py"))["commands"]()
    headings = [line for line in made.splitlines() if line.startswith("## ")]
    assert {f"## `mailbot {name}`" for name in ALL} <= set(headings)
    assert [line for line in page.splitlines() if line.startswith("## ")] == headings, "run: python docs/reference.py"


def test_the_page_of_stages_is_current() -> None:
    page = (ROOT / "docs" / "stages.md").read_text(encoding="utf-8")
    assert runpy.run_path(str(ROOT / "docs" / "reference.py"))["stages"]() == page, "run: python docs/reference.py"
