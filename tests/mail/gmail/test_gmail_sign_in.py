"""Signing in: consent in a browser here or elsewhere, and every way in which it can fail said in one sentence."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from mailbot.cli import cli
from mailbot.errors import ActionNeeded, MailbotError, Transient
from mailbot.mail.gmail import loopback, sign_in
from mailbot.mail.gmail.tokens import SCOPES, load_sign_in
from mailbot.setup.keeping import Keeping
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail
from tests.ring import Ring, in_use
from tests.servers.gmail.faults import FAULTS, Fault

ADDRESS = "robin@gmail.example"
MODE = 0o777


class Person:
    """Robin with a browser, and a client made in the Google console."""

    def __init__(self, world: GmailWorld, folder: Path) -> None:
        self.world = world
        self.server = world.server.sign_in
        self.server.signed_in, self.server.untick, self.server.refuse = world.account, set(), False
        self.token = folder / "gmail-home.json"
        self.client = folder / "client_secret.json"
        url = world.server.url
        made = {"client_id": "mine", "client_secret": "s", "auth_uri": f"{url}/auth", "token_uri": f"{url}/token"}
        self.client.write_text(json.dumps({"installed": {**made, "redirect_uris": ["http://localhost"]}}))
        self.told: list[str] = []
        self.browsers: list[threading.Thread] = []
        self.before: Callable[[str], None] = lambda redirect: None

    def signs_in(self, user: str = ADDRESS, *, ask: Callable[[], str] | None = None) -> str:
        return sign_in.sign_in(
            "home", user, self.client, Keeping(self.token, None), tell=self.told.append, ask=ask,
            browse=self.browse, api=self.world.server.url,
        )  # fmt: skip

    def browse(self, address: str) -> bool:
        self.browsers.append(threading.Thread(target=self.follow, args=(address,), daemon=True))
        self.browsers[-1].start()
        return True

    def follow(self, address: str) -> None:
        redirect = parse_qs(urlsplit(address).query)["redirect_uri"][0]
        self.before(redirect)
        with urllib.request.urlopen(address, timeout=10) as page:
            page.read()

    def leaves(self) -> None:
        for one in self.browsers:
            one.join(10)


@pytest.fixture
def person(world: GmailWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # the server of the tests speaks no TLS
    one = Person(world, tmp_path)
    yield one
    one.leaves()


def test_a_consent_in_the_browser_signs_in(person: Person) -> None:
    assert person.signs_in() == ADDRESS
    person.world.token = person.token
    person.world.deliver(mail("a"))
    assert len(person.world.open().changes_since(None).appeared) == 1


def test_the_sign_in_is_kept_for_its_owner_alone(person: Person) -> None:
    person.signs_in()
    assert person.token.stat().st_mode & MODE == 0o600
    assert [one.name for one in person.token.parent.iterdir() if one.name.startswith(".")] == []


def test_exactly_two_rights_are_asked_for(person: Person) -> None:
    person.signs_in()
    query = parse_qs(urlsplit(person.told[0]).query)
    assert query["scope"][0].split() == list(SCOPES)
    assert [one.rpartition("/")[2] for one in SCOPES] == ["gmail.readonly", "gmail.compose"]


def test_the_code_is_bound_to_this_program(person: Person) -> None:
    person.signs_in()
    query = parse_qs(urlsplit(person.told[0]).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"][0].startswith("http://127.0.0.1:")


def test_stray_requests_do_not_end_the_wait(person: Person) -> None:
    def strays(redirect: str) -> None:
        for path in ("favicon.ico", "?code=forged&state=other", "?state=x", "%00"):
            with pytest.raises(urllib.error.HTTPError) as raised:
                urllib.request.urlopen(f"{redirect}{path}", timeout=10)
            raised.value.close()

    person.before = strays
    assert person.signs_in() == ADDRESS


def test_a_stray_that_never_says_what_it_wants_does_not_hold_up_the_answer(person: Person) -> None:
    with ExitStack() as open_:

        def strays(redirect: str) -> None:
            where = ("127.0.0.1", urlsplit(redirect).port)
            for word in (b"", b"GET /"):
                open_.enter_context(closing(socket.create_connection(where))).send(word)

        person.before = strays
        began = time.monotonic()
        assert person.signs_in() == ADDRESS
        assert time.monotonic() - began < loopback.SILENCE


def test_the_code_is_never_logged(
    person: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    person.signs_in()
    said = caplog.text + "".join(capfd.readouterr())
    assert "code=" not in said
    assert "4/" not in said


def test_the_wait_is_bounded(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loopback.Loopback.wait, "__defaults__", (0.05,))
    person.follow = lambda address: None  # type: ignore[method-assign]
    with pytest.raises(ActionNeeded, match="Nobody signed in"):
        person.signs_in()


def test_a_browser_on_another_machine_signs_in_by_the_address_it_ends_at(person: Person) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    def ask() -> str:
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.build_opener(Stay).open(person.told[0], timeout=10)
        raised.value.close()
        return f" {raised.value.headers['Location']}\n"

    assert person.signs_in(ask=ask) == ADDRESS


@pytest.mark.parametrize("pasted", ["", "no address", "http://127.0.0.1/?code=1&state=other"])
def test_another_address_is_refused(person: Person, pasted: str) -> None:
    with pytest.raises(ActionNeeded, match="not the address of this sign-in"):
        person.signs_in(ask=lambda: pasted)


def test_who_says_no_is_told_that_nothing_changed(person: Person) -> None:
    person.server.refuse = True
    with pytest.raises(ActionNeeded, match="You did not let mailbot in"):
        person.signs_in()
    assert not person.token.exists()


def test_why_google_does_not_ask_for_a_consent_is_said(person: Person) -> None:
    def ask() -> str:
        query = parse_qs(urlsplit(person.told[0]).query)
        return f"{query['redirect_uri'][0]}?error=org_internal&state={query['state'][0]}"

    with pytest.raises(ActionNeeded, match=r"Google refused the sign-in: org_internal\."):
        person.signs_in(ask=ask)


LOST = Fault("", garbage=b'{"error": "deleted_client", "error_description": "It was deleted."}', status=401)


def test_a_client_that_google_has_deleted_is_said_where_a_consent_is_asked(person: Person) -> None:
    person.server.faults.append(replace(LOST))
    with pytest.raises(ActionNeeded, match=r"deleted_client\. Make another as the README tells.*the command again\."):
        person.signs_in()
    assert not person.token.exists()


def test_a_client_that_google_has_deleted_is_said_and_not_asked_for_again(world: GmailWorld) -> None:
    world.server.sign_in.faults.append(replace(LOST))
    mailbox, wanted = world.open(), r"no longer knows the OAuth client with which 'gmail' .*: mailbot auth gmail$"
    for _ in range(2):
        with pytest.raises(ActionNeeded, match=wanted):
            mailbox.changes_since(None)


@pytest.mark.parametrize("scope", SCOPES)
def test_an_unticked_box_is_said_and_nothing_kept(person: Person, scope: str) -> None:
    person.server.untick = {scope}
    with pytest.raises(ActionNeeded, match="A box was left unticked"):
        person.signs_in()
    assert not person.token.exists()


def test_another_account_is_said_and_nothing_kept(person: Person) -> None:
    with pytest.raises(ActionNeeded, match=r"You signed in as robin@gmail.example, but 'home' is kim@gmail.example"):
        person.signs_in("kim@gmail.example")
    assert not person.token.exists()


@pytest.mark.parametrize("user", ["r.o.bin@gmail.com", "Robin+jobs@googlemail.com"])
def test_gmails_own_spellings_of_an_address_are_one(person: Person, user: str) -> None:
    person.world.account.address = "robin@gmail.com"
    assert person.signs_in(user) == "robin@gmail.com"


@pytest.mark.parametrize("text", [None, "", "{}", '{"web": {}}', "[]"])
def test_a_client_that_is_none_is_said(person: Person, text: str | None) -> None:
    person.client.unlink() if text is None else person.client.write_text(text)
    with pytest.raises(ActionNeeded, match=r"OAuth client.*README"):
        person.signs_in()


def problem(world: GmailWorld) -> MailbotError:
    with pytest.raises(MailbotError) as raised:
        world.open().changes_since(None)
    return raised.value


def test_without_a_sign_in_the_command_is_named(world: GmailWorld) -> None:
    world.token.unlink()
    assert str(problem(world)) == "'gmail' is not signed in to Gmail. Run: mailbot auth gmail"


def test_a_sign_in_that_others_can_read_is_refused(world: GmailWorld) -> None:
    world.token.chmod(0o640)
    assert "can be read by others. Run: chmod 600" in str(problem(world))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"refresh_token": "x"}', "\x00"])
def test_a_sign_in_that_cannot_be_read_is_said(world: GmailWorld, text: str) -> None:
    world.token.write_text(text)
    assert "cannot be read. Run: mailbot auth gmail" in str(problem(world))


def test_a_link_in_the_place_of_the_sign_in_is_not_followed(world: GmailWorld) -> None:
    away = world.token.rename(world.token.with_name("elsewhere"))
    world.token.symlink_to(away)
    assert isinstance(problem(world), ActionNeeded)


def revoke_at_google(world: GmailWorld) -> None:
    world.account.refresh_token = None
    world.account.access_tokens.clear()


def test_a_revoked_sign_in_is_said_plainly_with_the_command(world: GmailWorld) -> None:
    mailbox = world.open()
    mailbox.changes_since(None)
    revoke_at_google(world)
    with pytest.raises(ActionNeeded, match=r"no longer accepts the sign-in of 'gmail'.*Run: mailbot auth gmail"):
        mailbox.changes_since(None)


def test_a_revoked_sign_in_makes_no_storm_of_retries(world: GmailWorld) -> None:
    mailbox = world.open()
    revoke_at_google(world)
    before = world.account.token_calls
    for _ in range(20):
        with pytest.raises(ActionNeeded):
            mailbox.changes_since(None)
    assert world.account.token_calls - before == 1


def test_after_a_new_sign_in_the_same_mailbox_goes_on(world: GmailWorld) -> None:
    mailbox = world.open()
    revoke_at_google(world)
    with pytest.raises(ActionNeeded):
        mailbox.changes_since(None)
    world.account.refresh_token = "another"
    world.sign_in()
    assert mailbox.changes_since(None).whole


def test_an_access_token_that_has_run_out_is_renewed_without_a_word(world: GmailWorld) -> None:
    mailbox = world.open()
    mailbox.changes_since(None)
    world.account.access_tokens.clear()
    assert mailbox.changes_since(None).whole


# What may come from the sign-in in the place of a token, and is no word of Google's about the sign-in itself.
HARMS: dict[str, Fault] = {
    **{name: made("") for name, made in FAULTS.items()},
    "nothing": Fault("", garbage=b""), "no text": Fault("", garbage=b"\xff\xfe"), "no object": Fault("", garbage=b"[]"),
    "no token": Fault("", garbage=b"{}"), "400 page": Fault("", garbage=b"<html>No.</html>", status=400),
    "a number": Fault("", garbage=b'{"access_token": 7, "expires_in": "soon"}'),
}  # fmt: skip


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own pauses between its questions for a token."""
    monkeypatch.setattr("google.auth._exponential_backoff.time", SimpleNamespace(sleep=lambda seconds: None))


@pytest.fixture
def harmed(world: GmailWorld) -> Iterator[list[Fault]]:
    faults = world.server.sign_in.faults
    yield faults
    faults.clear()


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("name", HARMS)
def test_a_sign_in_that_answers_badly_passes_and_is_no_lost_sign_in(
    world: GmailWorld, harmed: list[Fault], name: str
) -> None:
    mailbox = world.open()
    harmed += [HARMS[name]] * 3
    with pytest.raises(Transient, match="does not answer for 'gmail'"):
        mailbox.changes_since(None)
    harmed.clear()
    assert mailbox.changes_since(None).whole


@pytest.mark.parametrize("name", HARMS)
def test_a_consent_whose_answer_is_lost_is_said_and_nothing_kept(
    person: Person, harmed: list[Fault], name: str
) -> None:
    harmed += [HARMS[name]] * 3
    with pytest.raises((Transient, ActionNeeded), match="Run the command again") as raised:
        person.signs_in()
    assert "{" not in str(raised.value)
    assert not person.token.exists()


NO_WORD = [name for name in HARMS if name not in ("no token", "a number")]  # these are objects, as Google's word is


@pytest.mark.parametrize("name", NO_WORD)
def test_a_revocation_without_googles_word_keeps_the_sign_in(person: Person, harmed: list[Fault], name: str) -> None:
    person.signs_in()
    harmed.append(HARMS[name])
    with pytest.raises(Transient, match="The sign-in still holds"):
        sign_in.revoke("home", person.token)
    assert person.token.exists()


@pytest.fixture
def home(person: Person, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration with that account, for the command."""
    file = person.token.with_name("mailbot.toml")
    me = f'[me]\nname = "Robin Vale"\naddresses = ["{ADDRESS}"]\ntimezone = "Europe/London"\n'
    file.write_text(f'{me}[[account]]\nname = "home"\nkind = "gmail"\nuser = "{ADDRESS}"\n')
    file.chmod(0o600)
    real = sign_in.sign_in

    def here(*args: object, **how: object) -> str:
        return real(*args, **how, browse=person.browse, api=person.world.server.url)  # type: ignore[arg-type]

    monkeypatch.setattr(sign_in, "sign_in", here)
    return file


def test_the_command_signs_in_and_out(person: Person, home: Path) -> None:
    done = CliRunner().invoke(cli, ["auth", "--config", str(home)])
    assert done.exit_code == 0
    assert "'home' is signed in as robin@gmail.example." in done.stdout
    assert load_sign_in("home", person.token).refresh_token == person.world.account.refresh_token
    done = CliRunner().invoke(cli, ["auth", "home", "--revoke", "--json", "--config", str(home)])
    assert json.loads(done.stdout) == {"account": "home", "signed_in": None, "kept": None}
    assert person.world.account.refresh_token is None
    assert not person.token.exists()


def test_a_keyring_that_does_not_give_the_sign_in_up_is_said_and_signing_out_again_ends_it(
    person: Person, home: Path
) -> None:
    ring, args = Ring(), ["auth", "home", "--revoke", "--config", str(home)]
    with in_use(ring):
        CliRunner().invoke(cli, ["auth", "--config", str(home)])
        ring.holds_fast = True
        assert str(CliRunner().invoke(cli, args).exception) == (
            "Google was told, but the sign-in of 'home' stays in the keyring: it holds fast."
            " Unlock it, and run again: mailbot auth home --revoke"
        )
        ring.holds_fast = False
        assert CliRunner().invoke(cli, args).exit_code == 0
    assert ring.kept == {}


def test_the_command_prints_the_address_and_what_to_do_where_no_browser_opens(home: Path, person: Person) -> None:
    opened = person.browse
    person.browse = lambda address: not opened(address)  # type: ignore[method-assign]  # by hand
    done = CliRunner().invoke(cli, ["auth", "--config", str(home)])
    assert done.exit_code == 0
    assert f"{person.world.server.url}/auth?" in done.stderr
    assert "run it again with --elsewhere" in done.stderr


def test_the_command_keeps_the_sign_in_in_the_keyring_and_takes_it_out_again(person: Person, home: Path) -> None:
    ring = Ring()
    with in_use(ring):
        done = CliRunner().invoke(cli, ["auth", "--config", str(home)])
        assert "The sign-in lies in your keyring." in done.stdout
        assert str(person.world.account.refresh_token) not in person.token.read_text()
        person.world.token = person.token
        assert person.world.open().drafts() == ()
        CliRunner().invoke(cli, ["auth", "--revoke", "--config", str(home)])
    assert ring.kept == {}
    assert not person.token.exists()


def test_the_command_says_where_a_sign_in_lies_without_a_keyring(person: Person, home: Path) -> None:
    done = CliRunner().invoke(cli, ["auth", "--config", str(home)])
    assert f"The sign-in lies in {person.token}, which you alone can read." in done.stdout


def test_the_command_names_the_accounts_that_there_are(home: Path) -> None:
    done = CliRunner().invoke(cli, ["auth", "other", "--config", str(home)])
    assert isinstance(done.exception, ActionNeeded)
    assert "home" in str(done.exception)
