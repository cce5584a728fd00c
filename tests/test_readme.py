"""The README does what it says: its commands are run as they are printed, in a home of their own."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import click
import pytest
from imapclient import IMAPClient

from mailbot.cli import ALL, cli
from tests.sample_mail import ZONE, fresh_invitation
from tests.servers.dovecot import NAMESAKE, PASSWORD, dovecot
from tests.servers.gmail.server import gmail_server

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def commands(text: str) -> Iterator[str]:
    """The lines of the shell blocks."""
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield from (line.strip() for line in block.splitlines() if line.strip())


PATHS = {
    kind: list(commands(section(f"Five minutes with {title}")))
    for kind, title in (
        ("imap", "a mailbox on a server (IMAP)"),
        ("maildir", "your own Maildir"),
        ("gmail", "Gmail, by Google's own API"),
    )
}
LOOKING = ["mailbot sync", "mailbot status", "mailbot plan"]
DRAFT = "Would draft: invitation reply to tom.varga@lindenworks.example"


@dataclass
class Newcomer:
    """A person with a home, and mailbot on the path. `elsewhere` says what the names of the world lead to, `more` is
    added to the environment."""

    home: Path
    elsewhere: dict[str, object] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)

    def run(self, command: str, said: str = "") -> str:
        done = subprocess.run(
            ["bash", "-euc", command],
            cwd=ROOT, env=self.environment, input=said, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def follow(self, path: str, said: str = "") -> list[str]:
        """Every step of a path but the last, under the newcomer's own name; what each prints."""
        steps = [one.replace("Alex Rivera", "Robin Adeyemi").replace("alex.rivera@", "robin@") for one in PATHS[path]]
        assert steps[-1] == "mailbot run"
        return [self.run(one, said) for one in steps[:-1]]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home), "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}", "TZ": ZONE.key,
            "PYTHON_KEYRING_BACKEND": os.environ["PYTHON_KEYRING_BACKEND"],
            "MAILBOT_ELSEWHERE": json.dumps(self.elsewhere), **self.more,
        }  # fmt: skip

    def command(self, name: str, text: str) -> Path:
        """A program of that name on the path."""
        program = self.home / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(text)
        program.chmod(0o755)
        return program


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    one = Newcomer(tmp_path)
    one.command("mailbot", f'#!/bin/sh\nexec {sys.executable} -m tests.servers.elsewhere "$@"\n')
    return one


@pytest.fixture
def maildir(newcomer: Newcomer) -> Path:
    """Where the README has it, with an invitation in it."""
    folder = newcomer.home / "Mail" / "personal"
    for part in ("cur", "new", "tmp", ".Drafts/cur", ".Drafts/new", ".Drafts/tmp", ".Sent/cur", ".Sent/new"):
        (folder / part).mkdir(parents=True)
    (folder / "new" / "1.one.host").write_bytes(fresh_invitation(datetime.now(ZONE)))
    return folder


def test_five_minutes_lead_from_nothing_to_drafts_in_ones_own_maildir(newcomer: Newcomer, maildir: Path) -> None:
    first, again, *looks = newcomer.follow("maildir")
    assert DRAFT in first
    assert DRAFT in again
    assert all("Linden Works" in one or "tom.varga@lindenworks.example" in one for one in looks)
    assert len(list((maildir / ".Drafts" / "cur").iterdir())) == 1


def test_five_minutes_lead_to_drafts_in_a_mailbox_on_a_server(newcomer: Newcomer) -> None:
    """The name of the README's provider leads to a Dovecot here, whose certificate is made out to it."""
    server, user = dovecot(), "robin@fastmail.com"
    newcomer.elsewhere["imap"] = {f"{NAMESAKE}:993": server.tls_port}
    newcomer.more["SSL_CERT_FILE"] = str(server.authority)
    with IMAPClient("127.0.0.1", server.port, ssl=False) as box:
        box.login(user, PASSWORD)
        box.create_folder("Drafts")
        box.append("INBOX", fresh_invitation(datetime.now(ZONE)))
        first, *looks = newcomer.follow("imap", said=f"{PASSWORD}\n")
        assert DRAFT in first
        assert all("Linden Works" in one or "tom.varga@lindenworks.example" in one for one in looks)
        assert box.folder_status("Drafts")[b"MESSAGES"] == 1


def test_five_minutes_lead_to_drafts_at_gmail(newcomer: Newcomer) -> None:
    """Google's consent, its API and the browser are those of the tests; what the consent brings stays in a file."""
    server = gmail_server()
    account = server.account(address="robin@gmail.com")
    account.deliver(fresh_invitation(datetime.now(ZONE)), {"INBOX"})
    server.sign_in.signed_in, server.sign_in.untick, server.sign_in.refuse = account, set(), False
    newcomer.elsewhere["gmail"] = server.url
    newcomer.more["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # the server of the tests speaks no TLS
    follow = "import sys, urllib.request\nurllib.request.urlopen(sys.argv[1]).read()\n"
    newcomer.more["BROWSER"] = str(newcomer.command("browser", f"#!{sys.executable}\n{follow}"))
    pages = {"auth_uri": f"{server.url}/auth", "token_uri": f"{server.url}/token", "redirect_uris": ["http://localhost"]}
    client = {"installed": {"client_id": "mine", "client_secret": "s", **pages}}
    downloads = newcomer.home / "Downloads"
    downloads.mkdir()
    (downloads / "client_secret_1.apps.json").write_text(json.dumps(client))
    first, *looks = newcomer.follow("gmail")
    assert DRAFT in first
    assert all("Linden Works" in one or "tom.varga@lindenworks.example" in one for one in looks)
    assert len(account.drafts) == 1
    kept = newcomer.home / ".config" / "mailbot" / "client_secret.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    newcomer.run("mailbot auth personal --revoke")
    assert account.refresh_token is None
    assert account.violations == []


def test_the_last_step_stays_until_it_is_stopped(newcomer: Newcomer, maildir: Path) -> None:
    newcomer.run(PATHS["maildir"][0])
    with subprocess.Popen(
        ["bash", "-euc", f"exec {PATHS['maildir'][-1]}"],
        cwd=ROOT, env=newcomer.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as service:  # fmt: skip
        deadline = threading.Timer(60, service.kill)
        deadline.start()
        drafts = maildir / ".Drafts" / "cur"
        assert service.stdout is not None
        assert any(list(drafts.iterdir()) for _ in service.stdout), "it stopped before it placed a draft"
        service.send_signal(signal.SIGTERM)
        assert service.wait(timeout=10) == 0
        deadline.cancel()
    assert len(list(drafts.iterdir())) == 1


def test_every_path_ends_with_the_same_steps() -> None:
    for path in PATHS.values():
        assert path[-4:] == [*LOOKING, "mailbot run"]


def test_every_command_is_in_the_table_and_every_row_is_a_command() -> None:
    rows = re.findall(r"^\| (`mailbot .*?) \|", section("Everyday commands"), re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`mailbot (\w+)", row)]
    assert sorted(named) == sorted(ALL)


DOCS = sorted(one for one in (ROOT / "docs").glob("*.md") if one.name != "commands.md")


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "SECURITY.md", *DOCS], ids=lambda page: page.name)
def test_every_command_that_a_page_shows_is_one_with_these_options(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = [*commands(text), *re.findall(r"`(mailbot [^`]+)`", text)]
    wrong = [one for one in shown if one.startswith("mailbot ") and not is_known(one)]
    assert wrong == []


def is_known(shown: str) -> bool:
    command: click.Command | None = cli
    words = [word for word in re.split(r"[\s`]+", shown)[1:] if word]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command = command.get_command(click.Context(command), words.pop(0))
    if command is None:
        return False
    options = {name for one in command.params for name in one.opts} | {"--help", "--version"}
    return {word.partition("=")[0] for word in words if word.startswith("--")} <= options


def test_every_block_of_commands_in_the_readme_is_run() -> None:
    """The first, Install and Tests by .ci/run, the paths here, the page's by tests/web/test_command.py."""
    elsewhere = {*commands(section("Two commands")), *commands(section("Install")), *commands(section("Tests"))}
    page = ["~/.mailbot/bin/pip install '.[web]'", "mailbot web"]
    assert set(commands(README)) == {*elsewhere, *page, *(step for path in PATHS.values() for step in path)}


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
