"""The line to a server: how it is kept private, how one signs in, and what it says when it fails."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.errors import ActionNeeded, Transient
from mailbot.logs import configure
from mailbot.mail.imap import secret
from mailbot.mail.imap.line import Line
from mailbot.mail.imap.secret import secret_of, variable_of
from mailbot.mail.imap.server import Security, Server, SignIn, is_this_machine
from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.conformance.letters import mail
from tests.mail.imap_cuts import cut_while_placing
from tests.servers.dovecot import PASSWORD, Dovecot, dovecot


@pytest.fixture
def server() -> Dovecot:
    return dovecot()


@pytest.fixture
def world() -> Iterator[ImapWorld]:
    world = ImapWorld(dovecot())
    yield world
    world.close()


def tls(server: Dovecot, **changes: object) -> Server:
    whole = Server("localhost", server.tls_port, Security.TLS, "someone", lambda: PASSWORD)
    return replace(whole, **changes)  # type: ignore[arg-type]


def opens(server: Server) -> bool:
    line = Line("home", server)
    try:
        return line.able("IMAP4REV1")
    finally:
        line.drop()


@pytest.fixture
def trusted(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))


@pytest.mark.usefixtures("trusted")
def test_tls_with_a_certificate_that_is_trusted(server: Dovecot) -> None:
    assert opens(tls(server))


@pytest.mark.usefixtures("trusted")
def test_starttls_with_a_certificate_that_is_trusted(server: Dovecot) -> None:
    assert opens(tls(server, port=server.port, security=Security.STARTTLS))


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_nobody_vouches_for_is_refused(server: Dovecot, security: Security) -> None:
    port = server.tls_port if security is Security.TLS else server.port
    with pytest.raises(ActionNeeded, match="certificate of localhost is not valid"):
        opens(tls(server, port=port, security=security))


@pytest.mark.usefixtures("trusted")
def test_a_server_without_starttls_gets_no_password() -> None:
    asked: list[str] = []
    poor = dovecot("ssl = no")
    secret = Server("localhost", poor.port, Security.STARTTLS, "someone", lambda: asked.append("yes") or PASSWORD)
    with pytest.raises(ActionNeeded, match="offers no STARTTLS"):
        opens(secret)
    assert asked == []


def test_plain_text_goes_to_this_machine_alone() -> None:
    with pytest.raises(ActionNeeded, match="in the clear"):
        opens(Server("mail.example", 143, Security.NONE, "someone", lambda: PASSWORD))
    assert [one for one in ("127.0.0.1", "::1", "localhost", "10.0.0.1", "mail.example") if is_this_machine(one)] == [
        "127.0.0.1", "::1", "localhost",
    ]  # fmt: skip


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("way", [SignIn.XOAUTH2, SignIn.OAUTHBEARER, SignIn.PASSWORD])
def test_a_sign_in_that_is_refused_is_the_persons_to_mend(server: Dovecot, way: SignIn) -> None:
    with pytest.raises(ActionNeeded, match="did not accept the sign-in") as raised:
        opens(tls(server, sign_in=way, secret=lambda: "wrong"))
    assert "wrong" not in str(raised.value)


def test_a_server_that_is_not_there_is_tried_again(world: ImapWorld) -> None:
    with world.proxy.block(), pytest.raises(Transient, match=r"The line to 127\.0\.0\.1 broke"):
        opens(world.server())


def test_no_word_of_mail_and_no_password_is_logged(world: ImapWorld, caplog: pytest.LogCaptureFixture) -> None:
    world.deliver(mail("a", subject="Heron", body="Kingfisher"))
    caplog.set_level(logging.DEBUG)
    configure(verbose=True)
    box = world.open()
    list(box.fetch(box.changes_since(None).appeared))
    assert not [one for one in ("Heron", "Kingfisher", PASSWORD) if one in caplog.text]


def test_a_password_comes_from_a_command_without_a_shell(tmp_path: Path) -> None:
    said = f"{sys.executable} -c \"print('word $HOME; more')\""
    assert secret_of("home", "someone", said) == "word $HOME; more"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"{sys.executable} -c 'import sys; print(\"hidden\"); sys.exit(3)'", "ended with status 3"),
        (f"{sys.executable} -c pass", "printed nothing"),
        ("/no/such/program", "cannot be run"),
        ("'", "cannot be run"),
    ],
)
def test_a_command_that_fails_is_told_without_what_it_printed(command: str, said: str) -> None:
    with pytest.raises(ActionNeeded, match=said) as raised:
        secret_of("home", "someone", command)
    assert "hidden" not in str(raised.value)


def test_a_command_that_gives_nothing_in_time_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret, "WITHIN", 0.2)
    with pytest.raises(Transient, match="gave nothing"):
        secret_of("home", "someone", f"{sys.executable} -c 'import time; time.sleep(60)'")


def test_a_password_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable_of("my mail"), "word")
    assert variable_of("my mail") == "MAILBOT_PASSWORD_MY_MAIL"
    assert secret_of("my mail", "someone", "") == "word"


def test_without_a_password_the_person_is_told_where_to_put_it() -> None:
    with pytest.raises(ActionNeeded, match="keyring set mailbot nowhere"):
        secret_of("nowhere", "someone", "")


def test_a_line_cut_while_a_draft_is_placed_leaves_one_or_none(world: ImapWorld) -> None:
    """At some bytes; at every byte in tests/torture."""
    assert cut_while_placing(world, 37) > 20


def test_a_line_that_nobody_used_for_long_is_opened_anew_unnoticed(world: ImapWorld) -> None:
    line = Line("imap", world.server())
    line.examine("INBOX")
    world.proxy.reset()
    line._used_at -= 3600
    assert line.examine("INBOX").count == 0
    line.drop()
