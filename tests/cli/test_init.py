"""`mailbot init`: from nothing to a first look, by options or by answers at a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.utils import make_msgid
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailbot.cli import cli
from mailbot.config import load_settings
from mailbot.config.editing import with_value
from mailbot.store.lock import InstanceLock
from tests.cli.person import PersonAtDesk
from tests.cli.test_commands import Home
from tests.sample_mail import CONFIRMATION, ZONE, fresh_invitation
from tests.servers.dovecot import PASSWORD, dovecot

WHO = ("--name", "Robin Adeyemi", "--address", "robin@example.com", "--tz", "America/New_York")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    one = Home(tmp_path, ("work",))
    one.config.unlink()
    one.deliver(fresh_invitation(datetime.now(ZONE)))
    return one


def init(home: Home, *args: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """In a process of its own."""
    environment = {**os.environ, "HOME": str(home.folder)}
    return subprocess.run(
        home.command("init", *args), input=said, capture_output=True, text=True, check=False, env=environment
    )


def answered(home: Home, *args: str, said: str = "") -> Result:
    """The same in this process, with nobody there."""
    _, *words = home.command("init", *args)[2:]
    return CliRunner(env={"HOME": str(home.folder)}).invoke(cli, words, input=said)


def maildir(folder: Path) -> Path:
    for part in ("cur", "new", "tmp", ".Drafts/cur", ".Drafts/new", ".Drafts/tmp"):
        (folder / part).mkdir(parents=True)
    return folder


def files(folder: Path) -> Sequence[str]:
    return sorted(str(one) for one in folder.rglob("*"))


def test_answers_by_options_lead_to_a_first_look_that_changes_nothing(home: Home) -> None:
    before = files(home.folder / "work")
    done = init(home, *WHO, "--path", str(home.folder / "work"))
    assert done.returncode == 0, done.stderr
    assert "Linden Works" in done.stdout
    assert "Would draft: invitation reply to tom.varga@lindenworks.example" in done.stdout
    assert files(home.folder / "work") == before


def test_what_it_writes_is_ones_own_alone_and_can_be_changed(home: Home) -> None:
    answered(home, *WHO, "--path", str(home.folder / "work"), "--preset", "ten-steps")
    assert home.config.stat().st_mode & 0o777 == 0o600
    settings = load_settings(home.config)
    assert (settings.preset, settings.me.timezone, settings.account[0].kind) == (
        "ten-steps", "America/New_York", "maildir",
    )  # fmt: skip
    text = home.config.read_text()
    assert with_value(text, "x", "me.phone", ["1"]).count("\n") == text.count("\n")


def test_after_it_a_sync_places_the_draft(home: Home) -> None:
    answered(home, *WHO, "--path", str(home.folder / "work"))
    home.mailbot("sync")
    assert len(home.drafts()) == 1


def test_with_nobody_there_the_option_that_is_missing_is_named(home: Home) -> None:
    done = answered(home, "--name", "Robin Adeyemi", "--path", str(home.folder / "work"))
    assert "--address is needed" in str(done.exception)
    assert not home.config.exists()


def test_a_configuration_that_is_there_is_left_alone(home: Home) -> None:
    home.config.write_text("# mine")
    done = answered(home, *WHO, "--path", str(home.folder / "work"))
    assert "There is a configuration" in str(done.exception)
    assert "mailbot init --add" in str(done.exception)
    assert home.config.read_text() == "# mine"


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    """Somebody with a configuration of two accounts, and a Maildir beside them."""
    maildir(tmp_path / "more")
    return PersonAtDesk(tmp_path, monkeypatch)


def add(person: PersonAtDesk, *args: str) -> tuple[str, ...]:
    return ("init", "--add", "--kind", "maildir", "--path", str(person.folder / "more"), *args)


def test_one_more_mailbox_is_added_behind_the_others_and_looked_at(person: PersonAtDesk) -> None:
    (person.folder / "more" / "new" / "1.a.sample").write_bytes(CONFIRMATION)
    person.config.write_text(person.config.read_text() + "\n# the rules that I follow\n[etiquette]\n")
    before = person.config.read_text().splitlines()
    page = person.do(*add(person, "--address", "robin@elsewhere.example", "--account", "new one"))
    assert "Linden Works" in page
    settings = load_settings(person.config)
    assert [one.name for one in settings.account] == ["work", "private", "new one"]
    assert settings.me.addresses == ("robin@example.com", "robin@elsewhere.example")
    after = person.config.read_text().splitlines()
    assert [one for one in before if one not in after and "addresses" not in one] == []
    assert after[-2:] == before[-2:]


def test_an_added_mailbox_is_called_by_its_address_and_told_in_json(person: PersonAtDesk) -> None:
    (told,) = person.objects(*add(person))
    assert told["accounts"] == ["example"]
    (told,) = person.objects(*add(person, "--address", "robin@example.com"))
    assert told["accounts"] == ["example-2"]
    assert load_settings(person.config).me.addresses == ("robin@example.com",)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--account", "work"), "There is an account 'work' already. Give another name with --account."),
        (("--name", "Robin"), "--name was answered when mailbot was set up. Change it with: mailbot config set"),
    ],
)
def test_what_cannot_be_added_leaves_the_configuration_as_it_was(
    person: PersonAtDesk, args: tuple[str, ...], said: str
) -> None:
    before = person.config.read_bytes()
    assert person.refused(*add(person, *args)) == said
    assert person.config.read_bytes() == before


def test_to_nothing_nothing_is_added(person: PersonAtDesk) -> None:
    person.config.unlink()
    assert "There is no configuration at" in person.refused(*add(person))


def test_while_mailbot_is_at_work_the_new_mailbox_waits_for_it(person: PersonAtDesk) -> None:
    person.do("sync")
    with InstanceLock(person.state):
        done = person.run(*add(person))
    assert f"Have it read anew: kill -HUP {os.getpid()}" in done.output
    assert len(load_settings(person.config).account) == 3


def test_a_wrong_answer_leaves_no_configuration(home: Home) -> None:
    done = answered(home, *WHO, "--path", str(home.folder / "work"), "--preset", "coch")
    assert "did you mean 'coach'?" in str(done.exception)
    assert not home.config.exists()


def test_a_mailbox_that_is_not_there_keeps_the_answers(home: Home) -> None:
    done = answered(home, *WHO, "--path", str(home.folder / "nowhere"))
    assert "Your answers are kept" in str(done.exception)
    assert load_settings(home.config).me.name == "Robin Adeyemi"


def test_a_consent_that_fails_is_said_with_the_command_that_tries_it_again(home: Home) -> None:
    wrong = home.folder / "client_secret_1.json"
    wrong.write_text('{"installed": {}}')
    done = answered(home, *WHO, "--kind", "gmail", "--client", str(wrong))
    assert str(done.exception).endswith(
        "is no OAuth client of the type 'Desktop app'. Sign in with: mailbot auth personal. Your answers are kept. Then"
        " go on with: mailbot sync --dry-run"
    )
    assert load_settings(home.config).account[0].user == "robin@example.com"


@pytest.mark.parametrize(("text", "said"), [(None, "There is no OAuth client at"), ("{}", "is no OAuth client of")])
def test_a_client_that_is_none_is_said_before_anything_is_written(home: Home, text: str | None, said: str) -> None:
    file = home.folder / "client.json"
    if text is not None:
        file.write_text(text)
    done = answered(home, *WHO, "--kind", "gmail", "--client", str(file))
    assert said in str(done.exception)
    assert not home.config.exists()
    assert not (home.folder / "client_secret.json").exists()


def on_server(user: str) -> Sequence[str]:
    server = dovecot()
    return ("--kind", "imap", "--host", "127.0.0.1", "--port", str(server.port), "--security", "none", "--user", user,
            "--keep", "file")  # fmt: skip


def test_a_mailbox_on_a_server_is_signed_in_to_with_a_password_kept_in_a_file(home: Home) -> None:
    user = dovecot().new_user()
    done = answered(home, *WHO, *on_server(user), said=f"{PASSWORD}\n")
    assert done.exit_code == 0, done.exception
    assert PASSWORD not in home.config.read_text()
    assert (home.folder / "password-personal").stat().st_mode & 0o777 == 0o600
    assert home.mailbot("sync").returncode == 0


def test_a_wrong_password_is_a_sentence(home: Home) -> None:
    done = init(home, *WHO, *on_server(dovecot().new_user()), said="wrong\n")
    assert done.returncode == 2
    assert "Your answers are kept" in done.stderr
    assert "Traceback" not in done.stderr


def typed(home: Home, answers: Sequence[tuple[str, str]], *args: str) -> str:
    """What the terminal shows; each answer is typed once its question stands there."""
    ours, theirs = pty.openpty()
    command = home.command("init", *args)
    environment = {**os.environ, "TERM": "xterm", "HOME": str(home.folder)}
    shown, waiting = "", list(answers)
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end was closed (Linux)
                break
            if not piece:
                break
            shown += piece.decode()
            if waiting and waiting[0][0] in shown.rpartition("\n")[2]:
                os.write(ours, f"{waiting.pop(0)[1]}\n".encode())
    os.close(ours)
    assert waiting == [], shown
    return shown


def test_questions_at_a_terminal_lead_there_too(home: Home) -> None:
    maildir(home.folder / "more")
    shown = typed(
        home,
        [
            ("Your full name", "Robin Adeyemi"), ("Your e-mail address", "robin@example.com, r@example.org"),
            ("Your time zone", "America/New_York"), ("Where does your mail lie", "maildir"),
            ("The Maildir's folder", str(home.folder / "work")), ("Preset", "one-follow-up"),
            ("notice on your desktop", "y"),
            ("another mailbox", "y"), ("Its e-mail address", "robin@elsewhere.example"),
            ("What do you call it", "second"), ("Where does your mail lie", "maildir"),
            ("The Maildir's folder", str(home.folder / "more")), ("another mailbox", "n"),
            ("session", "n"),
        ],
    )  # fmt: skip
    assert "Would draft: invitation reply" in shown
    settings = load_settings(home.config)
    assert settings.me.addresses == ("robin@example.com", "r@example.org", "robin@elsewhere.example")
    assert [one.name for one in settings.account] == ["personal", "second"]
    assert settings.preset == "one-follow-up"
    assert settings.notify.desktop


def test_set_up_already_it_offers_to_add_a_mailbox(home: Home) -> None:
    answered(home, *WHO, "--path", str(home.folder / "work"))
    shown = typed(
        home,
        [("one more mailbox be added", "y"), ("Its e-mail address", ""), ("What do you call it", "more")],
        "--kind", "maildir", "--path", str(maildir(home.folder / "more")),
    )  # fmt: skip
    assert "Linden Works" in shown
    assert [one.name for one in load_settings(home.config).account] == ["personal", "more"]


def test_a_wrong_password_may_be_typed_again(home: Home) -> None:
    server, user = dovecot(), dovecot().new_user()
    shown = typed(
        home,
        [("Password", "wrong"), ("Another password?", "y"), ("Password", PASSWORD)],
        *WHO, *on_server(user), "--preset", "coach", "--no-notices", "--no-service",
    )  # fmt: skip
    assert "0 mails read" in shown
    assert PASSWORD not in shown
    assert server.port


def test_many_mails_are_read_with_a_bar(home: Home) -> None:
    template = message_from_bytes(fresh_invitation(datetime.now(ZONE)))
    for _ in range(3):
        template.replace_header("Message-ID", make_msgid(domain="lindenworks.example"))
        home.deliver(template.as_bytes())
    shown = typed(home, [], *WHO, "--path", str(home.folder / "work"), "--preset", "coach", "--kind", "maildir",
                  "--no-notices", "--no-service")  # fmt: skip
    assert "4/4" in shown
