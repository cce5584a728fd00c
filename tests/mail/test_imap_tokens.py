"""Signing in to IMAP by a consent at Google or Microsoft: the command, what is kept, and what is said when it ends."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailbot.cli import auth, cli
from mailbot.config import load_settings
from mailbot.errors import ActionNeeded, Transient
from mailbot.household import open_mailbox
from mailbot.mail.gmail import sign_in
from mailbot.mail.imap import issuers
from mailbot.mail.imap.issuers import issuer_of
from mailbot.mail.port import Mailbox
from mailbot.mail.tables import table
from tests.mail.conformance.gmail_imap_world import GmailImapWorld
from tests.ring import Ring, in_use
from tests.servers.gmail.server import gmail_server
from tests.servers.microsoft import Consent, MicrosoftServer

MODE = 0o777


class Person:
    """Robin, with an account on an IMAP server that takes tokens, and its [[account]] in a configuration."""

    def __init__(self, world: GmailImapWorld, folder: Path, keys: str) -> None:
        self.world = world
        self.config = folder / "mailbot.toml"
        me = f'[me]\nname = "Robin Vale"\naddresses = ["{world.account.address}"]\ntimezone = "Europe/London"\n'
        line = f'host = "127.0.0.1"\nport = {world.proxy.port}\nsecurity = "none"\nsign_in = "xoauth2"\n'
        self.config.write_text(f'{me}[[account]]\nname = "office"\nkind = "imap"\n{line}{keys}')
        self.config.chmod(0o600)
        self.kept = folder / "imap-office.json"

    def auth(self, *args: str) -> Result:
        return CliRunner().invoke(cli, ["auth", "office", *args, "--config", str(self.config)])

    def open(self) -> Mailbox:
        settings = load_settings(self.config)
        box = open_mailbox(settings.account[0], settings.me, self.config.parent)
        self.world.boxes.append(box)  # type: ignore[arg-type]
        return box


@pytest.fixture
def world() -> Iterator[GmailImapWorld]:
    world = GmailImapWorld()
    yield world
    world.close()


def stands_for(monkeypatch: pytest.MonkeyPatch, name: str, **changes: str) -> None:
    """The server of the tests is in the table in the place of that issuer's."""
    row = next(one for one in table("sign_in")["issuer"] if one["name"] == name)
    monkeypatch.setattr(issuers, "table", lambda _: {"issuer": [{**row, "hosts": ["127.0.0.1"], **changes}]})


@pytest.fixture
def google(world: GmailImapWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    stands_for(monkeypatch, "google")
    server = gmail_server()
    server.accounts.append(world.account)
    server.sign_in.signed_in, server.sign_in.untick, server.sign_in.refuse = world.account, set(), False
    pages = {"auth_uri": f"{server.url}/auth", "token_uri": f"{server.url}/token", "redirect_uris": ["http://localhost"]}
    client = {"installed": {"client_id": "mine", "client_secret": "s", **pages}}
    (tmp_path / "client_secret.json").write_text(json.dumps(client))
    browsers: list[threading.Thread] = []

    def browse(address: str) -> bool:
        browsers.append(threading.Thread(target=lambda: urllib.request.urlopen(address, timeout=10).close()))
        browsers[-1].start()
        return True

    monkeypatch.setattr(sign_in.consent, "__kwdefaults__", {"ask": None, "browse": browse})
    yield Person(world, tmp_path, "")
    for one in browsers:
        one.join(10)


@pytest.fixture
def microsoft(world: GmailImapWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    server = MicrosoftServer(tmp_path, Consent(world.account))
    stands_for(monkeypatch, "microsoft", authority=server.authority)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(server.certificate))
    person = Person(world, tmp_path, 'client = "0f2c-heron"\n')
    person.server = server  # type: ignore[attr-defined]
    yield person
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["google", "microsoft"])
def person(request: pytest.FixtureRequest) -> Person:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def revoke(person: Person) -> None:
    person.world.account.refresh_token = None
    person.world.account.access_tokens.clear()


def test_the_command_signs_in_and_the_mailbox_opens(person: Person) -> None:
    done = person.auth()
    assert done.exit_code == 0, repr(done.exception)
    assert "'office' is signed in as robin" in done.stdout
    assert person.open().drafts() == ()


def test_with_a_keyring_no_file_holds_it(person: Person) -> None:
    ring = Ring()
    with in_use(ring):
        assert "in your keyring" in person.auth().stdout
        assert person.open().drafts() == ()
        assert person.open().drafts() == ()  # by the sign-in as it was kept anew
        (held,) = ring.kept.values()
        assert "oken" not in person.kept.read_text()
        assert len(held) > len(person.kept.read_text())
        person.auth("--revoke")
    assert ring.kept == {}


def test_what_comes_of_it_is_kept_for_its_owner_alone(person: Person) -> None:
    person.auth()
    assert person.kept.stat().st_mode & MODE == 0o600
    assert person.world.account.access_tokens


def test_a_sign_in_that_others_can_read_is_refused(person: Person) -> None:
    person.auth()
    person.kept.chmod(0o644)
    with pytest.raises(ActionNeeded, match=r"can be read by others. Run: chmod 600"):
        person.open().drafts()


def test_an_access_token_lasts_for_many_sign_ins(person: Person) -> None:
    person.auth()
    before = person.world.account.token_calls
    box = person.open()
    for _ in range(3):
        box.close()
        box.drafts()
    assert person.world.account.token_calls - before <= 1


def test_without_a_sign_in_the_command_is_named(person: Person) -> None:
    with pytest.raises(ActionNeeded, match=r"is not signed in.*Run: mailbot auth office"):
        person.open().drafts()


def test_a_revoked_sign_in_is_said_plainly_and_asked_about_once(person: Person) -> None:
    person.auth()
    revoke(person)
    expire(person)
    box = person.open()
    for _ in range(3):
        with pytest.raises(ActionNeeded, match=r"no longer accepts the sign-in of 'office'.*Run: mailbot auth office"):
            box.drafts()


def expire(person: Person) -> None:
    """An hour has passed: the access token that was kept is no longer good."""
    kept = json.loads(person.kept.read_text())
    if "cache" in kept:
        cache = json.loads(kept["cache"])
        for one in cache["AccessToken"].values():
            one["expires_on"] = one["extended_expires_on"] = "1"
        kept["cache"] = json.dumps(cache)
        person.kept.write_text(json.dumps(kept))


def test_an_hour_later_another_access_token_is_got_without_a_word(person: Person) -> None:
    person.auth()
    for _ in range(2):  # Microsoft gives another refresh token each time
        expire(person)
        person.world.account.access_tokens.clear()
        assert person.open().drafts() == ()


def test_an_address_that_the_server_does_not_know_is_not_kept(person: Person) -> None:
    person.config.write_text(person.config.read_text().replace("robin", "kim"))
    done = person.auth()
    assert isinstance(done.exception, ActionNeeded)
    assert "Sign in with the address of this account." in str(done.exception)
    assert not person.kept.exists()


def test_signed_out_the_sign_in_is_forgotten(person: Person) -> None:
    person.auth()
    done = person.auth("--revoke")
    assert done.exit_code == 0, repr(done.exception)
    assert not person.kept.exists()


def test_signed_out_with_a_locked_keyring_what_stays_is_said(microsoft: Person) -> None:
    ring = Ring()
    with in_use(ring):
        microsoft.auth()
        ring.locked = True
        done = microsoft.auth("--revoke")
    assert isinstance(done.exception, ActionNeeded)
    assert str(done.exception) == (
        "The sign-in of 'office' stays in the keyring: it is locked."
        " Unlock it, and run again: mailbot auth office --revoke"
    )


def test_google_is_asked_for_imap_alone(google: Person) -> None:
    google.auth()
    assert google.world.account.scopes == {"https://mail.google.com/"}


def test_microsoft_is_asked_for_imap_alone_which_cannot_send(microsoft: Person) -> None:
    microsoft.auth()
    asked = microsoft.server.consent.asked_for  # type: ignore[attr-defined]
    assert {one for one in asked if "/" in one} == {"https://outlook.office.com/IMAP.AccessAsUser.All"}


def test_the_code_for_microsoft_is_shown(microsoft: Person) -> None:
    done = microsoft.auth()
    assert "open https://microsoft.com/devicelogin and type this code:\n\n  HERON7" in done.stderr


def test_who_says_no_at_microsoft_is_told_and_nothing_is_kept(microsoft: Person) -> None:
    microsoft.server.consent.says = "no"  # type: ignore[attr-defined]
    done = microsoft.auth()
    assert "Microsoft refused the sign-in of 'office': The person said no." in str(done.exception)
    assert not microsoft.kept.exists()


def test_a_microsoft_that_does_not_answer_is_asked_again_later(microsoft: Person) -> None:
    microsoft.auth()
    expire(microsoft)
    microsoft.server.shutdown()  # type: ignore[attr-defined]
    microsoft.server.server_close()  # type: ignore[attr-defined]
    with pytest.raises(Transient, match="Microsoft's sign-in does not answer"):
        microsoft.open().drafts()


def test_no_token_stands_in_an_error(microsoft: Person) -> None:
    microsoft.auth()
    tokens = {*microsoft.world.account.access_tokens, str(microsoft.world.account.refresh_token)}
    microsoft.kept.write_text(microsoft.kept.read_text()[:-20])
    with pytest.raises(ActionNeeded, match="cannot be read") as raised:
        microsoft.open().drafts()
    assert not [one for one in tokens if one in str(raised.value)]


@pytest.mark.parametrize(
    ("host", "name"),
    [("imap.gmail.com", "google"), ("Outlook.Office365.com", "microsoft"), ("imap.example.com", None)],
)
def test_who_gives_the_tokens_goes_by_the_server(host: str, name: str | None) -> None:
    issuer = issuer_of(host)
    assert (issuer.name if issuer else None) == name


def test_the_help_says_what_google_allows(google: Person) -> None:
    assert "could send" in CliRunner().invoke(auth.command, ["--help"]).stdout
