"""docs/json.md is what the commands print: every object is on that page, key by key, and every type holds."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import mailbot.cli
from mailbot.cli import ALL
from mailbot.mail.port import MessageRef, Place
from mailbot.rereading import CHANGES
from mailbot.store.sqlite import open_ledger
from tests.cli.person import PersonAtDesk
from tests.cli.test_commands import Home
from tests.cli.test_status import GERMAN, TRAP
from tests.sample_mail import CANCELLATION, CONFIRMATION, ZONE, fresh_invitation

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")


def is_time(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def is_list_of(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(isinstance(one, kind) for one in value)


TYPES: dict[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "yes or no": lambda value: isinstance(value, bool),
    "time": is_time,
    "day": lambda value: isinstance(value, str) and bool(date.fromisoformat(value)),
    "texts": is_list_of(str),
    "objects": is_list_of(dict),
    "object": lambda value: isinstance(value, dict),
    "any": lambda value: isinstance(value, (str, int, float, list, dict)),
}


def documented() -> dict[str, list[Mapping[str, str]]]:
    """Command -> the objects that it may print, each as key -> type."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for section in PAGE.split("\n### ")[1:]:
        keys = dict(re.findall(r"^\| (\w+) \| ([a-z ]+?) \|", section, re.MULTILINE))
        keys.pop("key", None)
        for command in re.findall(r"`(\w+)`", section.partition("From: ")[2].partition("\n")[0]):
            found.setdefault(command, []).append(keys)
    return found


OBJECTS = documented()


def fits(value: object, kind: str) -> bool:
    bare = kind.removesuffix(" or null")
    return value is None if value is None and bare != kind else TYPES[bare](value)


def check(command: str, objects: list[dict[str, object]]) -> set[frozenset[str]]:
    """Every object is on the page; the shapes that came."""
    for one in objects:
        shape = next((keys for keys in OBJECTS[command] if set(keys) == set(one)), None)
        assert shape is not None, f"{command} prints what is not on the page: {one}"
        wrong = {key: one[key] for key, kind in shape.items() if not fits(one[key], kind)}
        assert not wrong, f"{command}: {wrong} is not of the type on the page"
    return {frozenset(one) for one in objects}


def shapes(command: str) -> set[frozenset[str]]:
    return {frozenset(keys) for keys in OBJECTS[command]}


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    one = PersonAtDesk(tmp_path, monkeypatch)
    one.receive(CONFIRMATION)
    one.at("2026-03-04 14:50")
    return one


def test_every_command_with_json_is_on_the_page() -> None:
    folder = Path(mailbot.cli.__file__).parent
    modules = {name: (folder / f"{name}.py").read_text() for name in ALL}
    assert {name for name, text in modules.items() if "json" in text} == set(OBJECTS)


def test_sync(person: PersonAtDesk) -> None:
    came = check("sync", person.objects("sync", "--dry-run"))
    came |= check("sync", person.objects("sync"))
    person.receive(CANCELLATION)
    came |= check("sync", person.objects("sync"))
    (person.folder / "private").rename(person.folder / "gone")
    failed = person.run("sync", "--json")
    came |= check("sync", [json.loads(line) for line in failed.output.splitlines() if line.startswith("{")])
    assert came == shapes("sync")


def test_status(tmp_path: Path) -> None:
    home, now = Home(tmp_path), datetime.now(ZONE)
    for one in (fresh_invitation(now), TRAP, GERMAN):
        home.deliver(one)
    for folder in ("cur", "new", "tmp"):
        (home.folder / "work" / ".Junk" / folder).mkdir(parents=True)
    asked = fresh_invitation(now)
    junk = asked.replace(b"Message-ID: <", b"In-Reply-To: <ask@lindenworks.example>\r\nMessage-ID: <again.")
    (home.folder / "work" / ".Junk" / "new" / "1.a.sample").write_bytes(junk)
    home.mailbot("sync")
    with open_ledger(home.state) as ledger:
        ledger.quarantine(MessageRef("work", Place.INBOX, "new/7"), "It has no date.", now)
        ledger.set_meta(CHANGES, json.dumps([{"at": now.isoformat(), "text": "Alder is an application."}]))
    came = check("status", [json.loads(line) for line in home.mailbot("status", "--json").stdout.splitlines()])
    rare = {"question", "missed", "owed"}
    assert {one for one in shapes("status") if not one & rare} <= came


def test_what_was_missed(person: PersonAtDesk) -> None:
    person.at("2026-03-09 09:00")
    person.objects("sync")
    assert any("missed" in one for one in check("status", person.objects("status")))


def test_plan_and_show_and_letter(person: PersonAtDesk) -> None:
    person.objects("sync")
    assert check("plan", person.objects("plan"))
    assert check("show", person.objects("show", "linden")) == shapes("show")
    assert check("calendar", person.objects("calendar")) == shapes("calendar")
    assert check("letter", person.objects("letter", "linden", "check_in")) == shapes("letter")


def test_what_you_say_and_take_back(person: PersonAtDesk) -> None:
    person.objects("sync")
    for words in (("note", "linden", "the new stage"), ("pause",), ("mute", "linden"), ("withdraw", "linden")):
        assert check(words[0], person.objects(*words)) == shapes(words[0])
    came = check("undo", person.objects("undo", "--list")) | check("undo", person.objects("undo"))
    assert came == shapes("undo")


def test_templates(person: PersonAtDesk) -> None:
    assert check("templates", person.objects("templates", "export", "thank_you.1")) == shapes("templates")


def test_config(person: PersonAtDesk) -> None:
    came: set[frozenset[str]] = set()
    for words in (("path",), ("check",), ("get",), ("get", "me.name"), ("set", "me.phone", "1")):
        came |= check("config", [json.loads(line) for line in person.do("config", *words, "--json").splitlines()])
    assert came == shapes("config")


def test_init(person: PersonAtDesk) -> None:
    person.config.unlink()
    answers = ("--name", "Robin", "--address", "robin@example.com", "--path", str(person.folder / "work"))
    assert check("init", person.objects("init", *answers)) == shapes("init")


def test_doctor(person: PersonAtDesk) -> None:
    assert check("doctor", person.objects("doctor")) == shapes("doctor")


def test_your_data(person: PersonAtDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(person.folder))
    person.objects("sync")
    person.objects("note", "linden", "the new stage")
    assert check("export", person.objects("export")) == shapes("export")
    file = str(person.folder / "copy.sqlite")
    assert check("backup", person.objects("backup", file)) == shapes("backup")
    assert check("restore", person.objects("restore", file)) == shapes("restore")
    assert check("forget", person.objects("forget", "linden", "--yes")) == shapes("forget")
    assert check("uninstall", person.objects("uninstall", "--purge", "--yes")) == shapes("uninstall")


def test_explain(tmp_path: Path) -> None:
    files = [tmp_path / "good.eml", tmp_path / "gone.eml"]
    files[0].write_bytes(CONFIRMATION)
    command = [sys.executable, "-m", "mailbot", "explain", "--json", "--me", "robin@example.com", "--tz", "UTC"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    assert check("explain", [json.loads(line) for line in done.stdout.splitlines()]) == shapes("explain")
    assert done.returncode == 1


def test_replay(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_bytes(CONFIRMATION)
    (tmp_path / "2.eml").write_bytes(CANCELLATION)
    command = [sys.executable, "-m", "mailbot", "replay", str(tmp_path), "--json", "--me", "robin@example.com"]
    until = (datetime.now(ZONE) - timedelta(days=1)).isoformat()
    done = subprocess.run(
        [*command, "--tz", "UTC", "--until", until], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    assert check("replay", [json.loads(line) for line in done.splitlines()])


@pytest.mark.parametrize(
    ("args", "status"),
    [(("status",), 0), (("show", "nobody"), 2), (("letter", "nobody", "check_in"), 2), (("status", "--nonsense"), 2)],
)
def test_exit_statuses_are_those_of_the_page(tmp_path: Path, args: tuple[str, ...], status: int) -> None:
    assert f"| {status} |" in PAGE
    assert Home(tmp_path).mailbot(*args).returncode == status


def test_each_error_ends_with_a_status_of_the_page() -> None:
    from mailbot import errors

    family = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.MailbotError)]
    assert {str(one.exit_status) for one in family} == set(re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)) - {"0"}
