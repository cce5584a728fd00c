"""Every command of the README's tables, run as printed with something real for each word in capitals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.person import PersonAtDesk
from tests.sample_mail import CONFIRMATION, mail

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EVERYDAY = README.partition("\n## Everyday commands\n")[2].partition("\n## ")[0]
# What needs a question, a browser, a server or a process of its own, and where it is run.
ELSEWHERE = {
    "answer": "hostile/test_trust.py", "auth": "mail/gmail/test_gmail_sign_in.py",
    "config": "cli/test_config_command.py", "demo": "cli/test_demo.py", "init": "cli/test_init.py",
    "run": "test_readme.py", "service": "daemon/test_service.py", "web": "web/test_command.py",
}  # fmt: skip
# What only makes sense with an option, or names two where the table names one.
MORE: Mapping[str, tuple[str, ...]] = {
    "correct": ("--role", "Rigger"), "draft": ("--to", "tom.varga@lindenworks.example"),
    "replay": ("--me", "robin@example.com", "--name", "Robin Adeyemi", "--tz", "America/New_York"),
    "forget": ("--yes",), "uninstall": ("--purge", "--yes"),
}  # fmt: skip
LAST = ("forget", "uninstall")


def rows() -> list[str]:
    """The first command of each row, what removes things last."""
    shown = [one for line in re.findall(r"^\| (.*?) \|", EVERYDAY, re.MULTILINE) for one in line.split("`")[1::2]]
    return sorted((one for one in shown if one.startswith("mailbot ")), key=lambda one: one.split()[1] in LAST)


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    """Somebody with two applications, right after an interview."""
    one = PersonAtDesk(tmp_path, monkeypatch)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    one.receive(CONFIRMATION)
    invites = "Hi Robin,\n\nThank you for applying for the Rigger position at Corver Hall. When could we talk?\n\nMei\n"
    mei = "Mei Tanaka <mei.tanaka@corverhall.example>"
    for day in ("02", "03"):
        one.receive(mail(f"2026-03-{day} 11:00", mei, "Rigger at Corver Hall", invites, ident=f"{day}@corver.example"))
    one.at("2026-03-04 14:50")
    one.do("sync")
    return one


def test_every_command_of_the_tables_does_something(person: PersonAtDesk, tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir()
    file = tmp_path / "mails" / "one.eml"
    file.write_bytes(CONFIRMATION)
    words = {
        "NAME": "linden", "KIND": "thank_you", "WORDS": "the new stage", "PRESET": "ten-steps", "FILE...": str(file),
        "PATH": str(file.parent), "MAIL...": "2", "NUMBER": "",
    }  # fmt: skip
    made = 0
    for shown in rows():
        _, name, *rest = shown.split()
        if name in ELSEWHERE:
            assert re.search(rf"\b{name}\b", (Path(__file__).parents[1] / ELSEWHERE[name]).read_text())
            continue
        if name in ("split", "merge"):
            rest = ["corver", *rest[1:]]
        made += 1
        given = [words.get(one, str(tmp_path / f"made-{made}") if one == "FILE" else one) for one in rest]
        told = person.do(name, *(one for one in given if one), *MORE.get(name, ()))
        if re.search(r"Take it back with: mailbot undo \d", told) and name != "mute":
            assert "Taken back" in person.do("undo")
    assert not person.config.exists()
