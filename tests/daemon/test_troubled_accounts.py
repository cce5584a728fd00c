"""The service with accounts in trouble beside one that is well: none of them holds it up, and `status` names each."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.test_commands import Home
from tests.daemon.test_process import Service, invitation, until

# A server that accepts a line and says nothing is given up after a second instead of twenty, and known for one that
# hangs.
IMPATIENT = (
    "from mailbot.mail import courier; from mailbot.mail.imap import line; from mailbot.cli import main; "
    "line.CONNECT_WITHIN = 1.0; courier.SLOW = 0.5; main()"
)


class Impatient(Home):
    """Its commands wait less for a server than a person's."""

    def command(self, *args: str) -> list[str]:
        python, _, _, *rest = super().command(*args)
        return [python, "-c", IMPATIENT, *rest]


class Mute:
    """A server that accepts every line and never says a word."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.listening.getsockname()[1]

    def line(self) -> socket.socket:
        """The next line that somebody opens."""
        return self.listening.accept()[0]


@pytest.fixture
def mute() -> Iterator[Mute]:
    one = Mute()
    yield one
    one.listening.close()


@pytest.fixture
def start(home: Home) -> Iterator[Callable[[], Service]]:
    """The service, once it is ready; whatever happens it ends with the test."""
    started: list[Service] = []

    def one() -> Service:
        started.append(Service(home))
        started[-1].says("READY=1")
        return started[-1]

    yield one
    for each in started:
        each.stop(signal.SIGKILL)


def put_first(home: Home, *accounts: str) -> None:
    """These [[account]]s stand before the one that is well."""
    me, mark, rest = home.config.read_text().partition("[[account]]")
    home.config.write_text(me + "".join(f"[[account]]\n{one}\n" for one in accounts) + mark + rest)


def imap(name: str, port: int) -> str:
    return (
        f'name = "{name}"\nkind = "imap"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        'password_command = "echo secret"'
    )


def nobody_listens() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Impatient(tmp_path, ["work"])


def test_a_broken_a_signed_out_and_a_hung_account_hold_up_no_other_and_are_named(
    home: Home, mute: Mute, start: Callable[[], Service]
) -> None:
    signed_out = 'name = "out"\nkind = "gmail"\nuser = "robin@example.com"'
    put_first(home, imap("broken", nobody_listens()), signed_out, imap("hung", mute.port))
    home.deliver(invitation())
    service = start()
    until(lambda: "work: read" in home.mailbot("status").stdout)
    page = " ".join(home.mailbot("status").stdout.split())
    assert "broken: trouble since" in page
    assert "out: trouble since" in page
    assert "Run: mailbot auth out" in page
    assert "hung: trouble since" in page
    # Nothing is placed before every account's first scan is complete; what was read stands in the plan.
    assert home.drafts() == []
    assert "Linden Works" in page
    began = time.monotonic()
    assert service.stop() == 0
    assert time.monotonic() - began < 5


def test_an_account_that_hangs_later_costs_the_others_no_draft(
    home: Home, mute: Mute, start: Callable[[], Service]
) -> None:
    """It was read once, and is not needed for an application that has no mail in it."""
    put_first(home, f'name = "later"\nkind = "maildir"\npath = "{home.folder / "later"}"')
    (home.folder / "later" / "cur").mkdir(parents=True)
    (home.folder / "later" / "new").mkdir()
    (home.folder / "later" / "tmp").mkdir()
    assert home.mailbot("sync").returncode == 0
    text = home.config.read_text()
    maildir = f'name = "later"\nkind = "maildir"\npath = "{home.folder / "later"}"'
    home.config.write_text(text.replace(maildir, imap("later", mute.port)))
    service = start()
    home.deliver(invitation())
    until(home.drafts)
    until(lambda: "later: trouble since" in home.mailbot("status").stdout)
    assert service.stop() == 0


def test_it_stops_within_five_seconds_while_an_account_hangs(
    home: Home, mute: Mute, start: Callable[[], Service]
) -> None:
    put_first(home, imap("hung", mute.port))
    service = start()
    with mute.line(), mute.line():  # of the courier and of the watcher: both wait for a greeting
        began = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - began < 5
