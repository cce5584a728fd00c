"""The real service on a real Dovecot for an hour, while mail comes and the person edits, sends and deletes drafts.

Its memory, open files and lines to the server are taken each minute; the server drops its lines now and then.

Run: python -m tests.torture.real_hour [--minutes 60]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import click

from tests.daemon.hiring import ME, ZONE, Firm, mail, words
from tests.kills.homes import DovecotHome
from tests.servers.dovecot import PASSWORD
from tests.torture.desk import ADDITION, Desk, recipient_of
from tests.torture.soak import CHATTER, FIRST, LAST, NAMES, ROLES

# What comes from one firm and what the person does, by the minute; and how many drafts to its recruiter lie in the end.
COURSES: tuple[tuple[tuple[tuple[float, str], ...], int], ...] = (
    (((0, "receipt"), (1, "ask")), 1),
    (((0, "ask"), (3, "cancelled")), 0),
    (((0, "ask"), (2, "edit"), (4, "cancelled")), 1),
    (((0, "ask"), (2, "delete"), (4, "drop")), 0),
    (((0, "ask"), (2, "send"), (3, "away")), 0),
    (((0, "answer"), (0, "ask")), 0),
    (((0, "talk"),), 1),
    (((0, "talk"), (5, "no")), 1),
)
LONGEST = 7  # minutes from the first mail of a firm until all is done about it
FIRMS = tuple(f"{one}{two} Works" for one in FIRST for two in LAST)
PAUSE = 20.0  # seconds between two mails of no importance
GROWS = 12 << 20  # bytes by which the service may differ between the second quarter of its time and the last


@dataclass(frozen=True, slots=True)
class Sample:
    """One minute's look: bytes and open files of the service, bytes of the process that reads mail, and lines."""

    own: int
    child: int
    files: int
    lines: int
    drafts: int


@dataclass
class Hour:
    """`home` is the account, `pid` the service."""

    home: DovecotHome
    pid: int
    minutes: float
    chance: Random = field(default_factory=lambda: Random(3))
    wrong: list[str] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.desk = Desk(self.home.dovecot.port, self.home.user, PASSWORD)

    def live(self) -> None:
        """Carry out what is planned, each at its time; then look at what is left."""
        begun, left = time.monotonic(), Counter[str]()
        for at, act in sorted(self._planned(left), key=lambda one: one[0]):
            time.sleep(max(0.0, begun + at - time.monotonic()))
            try:
                act()
            except (StopIteration, OSError, subprocess.SubprocessError, RuntimeError) as error:
                self.wrong.append(f"minute {at / 60:.1f}: {getattr(act, '__name__', '')} {error!r}")
        lying = [raw for raw in self.desk.drafts().values() if recipient_of(raw) not in ME]
        found = Counter(recipient_of(raw) for raw in lying)
        self.wrong += [f"{who}: {found[who]} drafts instead of {left[who]}"
                       for who in {*found, *left} if found[who] != left[who]]  # fmt: skip
        edited = sum(ADDITION in raw for raw in lying)
        if edited != self.done["edit"]:
            self.wrong.append(f"{edited} of {self.done['edit']} edited drafts are as the person left them")

    def _planned(self, left: Counter[str]) -> Iterator[tuple[float, Callable[[], None]]]:
        """What is done by the second; `left` is told how many drafts are to lie in the end, by recipient."""
        end = self.minutes * 60
        every = max(75.0, (end - LONGEST * 60) / len(FIRMS))
        for number in range(int((end - LONGEST * 60) / every)):
            steps, drafts = COURSES[number % len(COURSES)]
            firm = Firm(FIRMS[number], ROLES[number % len(ROLES)], NAMES[number % len(NAMES)], NAMES[(number + 3) % 7])
            left[recipient_of(f"To: {firm.recruiter}\n\n".encode())] += drafts
            for minute, what in steps:
                yield number * every + minute * 60, self._act(firm, number, what)
        yield from ((at * PAUSE, self._chatter) for at in range(int(end / PAUSE)))
        yield from ((at * 60, self._look) for at in range(1, int(self.minutes) + 1))

    def _act(self, firm: Firm, number: int, what: str) -> Callable[[], None]:
        def act() -> None:
            self.done[what] += 1
            now, whom = datetime.now(ZONE), recipient_of(f"To: {firm.recruiter}\n\n".encode())
            if what == "drop":
                self.home.dovecot.admin("kick", self.home.user)
            elif what == "answer":
                own = mail(f"<own.{number}@example.com>", now + timedelta(seconds=1), ME, firm.recruiter,
                           f"Re: {firm.role} at {firm.name}", "Thank you, any day next week suits me.\n\nRobin\n",
                           {"In-Reply-To": f"<{number}.ask@{firm.domain}>"})  # fmt: skip
                self.desk.store(own, "Sent", "(\\Seen)")
            elif what in ("edit", "send", "delete"):
                getattr(self.desk, what)(whom)
            else:
                self.desk.store(_theirs(firm, number, what, now))

        return act

    def _chatter(self) -> None:
        name, address, subject, text = self.chance.choice(CHATTER)
        where, number = f"site{self.chance.randrange(300)}", self.chance.randrange(10**6)
        self.done["mail of no importance"] += 1
        sender, ident = f"{name} <{address.format(where)}>", f"<{self.chance.random()}@{where}.example>"
        told = mail(ident, datetime.now(ZONE), sender, ME, subject.format(where, number), text.format(where, number))
        self.desk.store(told)

    def _look(self) -> None:
        drafts = list(self.desk.drafts().values())
        twice = [one for one, count in Counter(map(recipient_of, drafts)).items() if count > 1 and one not in ME]
        self.wrong += [f"two drafts to {one} at once" for one in twice]
        lines = self.home.dovecot.admin("who", "-1", self.home.user).splitlines()[1:]
        own = Path(f"/proc/{self.pid}")
        children = [pid for thread in own.glob("task/*/children") for pid in thread.read_text().split()]
        self.samples.append(
            Sample(_resident(str(self.pid)), sum(map(_resident, children)), len(list((own / "fd").iterdir())),
                   len(lines), len(drafts))
        )  # fmt: skip
        click.echo(f"{self.samples[-1]} {self.wrong}", err=True)


def _theirs(firm: Firm, number: int, what: str, now: datetime) -> bytes:
    """A mail of the firm's; a talk begins at once and ends four minutes later."""
    begins, ends = now + timedelta(minutes=1), now + timedelta(minutes=4)
    sender, subject, text = words(firm, "fixed" if what == "talk" else what, now, 0 if what == "talk" else 6)
    text = text.replace("at 10:00", f"from {begins:%H:%M} to {ends:%H:%M}")
    return mail(f"<{number}.{what}@{firm.domain}>", now, sender, ME, subject, text)


def _resident(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # it ended meanwhile
        return 0


def judged(samples: list[Sample]) -> list[str]:
    """What is wrong with how the service held itself."""
    quarter = max(1, len(samples) // 4)
    early, late = samples[quarter : 2 * quarter] or samples, samples[-quarter:]
    grown = max(one.own for one in late) - max(one.own for one in early)
    found = [f"the service grew by {grown >> 20} MB"] if grown > GROWS else []
    if max(one.files for one in late) > max(one.files for one in samples[: 2 * quarter]) + 2:
        found.append(f"files left open: {[one.files for one in samples]}")
    if max(one.lines for one in late) > max(one.lines for one in samples[: 2 * quarter]):
        found.append(f"lines left open: {[one.lines for one in samples]}")
    return found


@click.command()
@click.option("--minutes", default=60, show_default=True)
def main(minutes: int) -> None:
    """Live it; the exit status is 1 where a draft was not as expected or the service left something behind."""
    with tempfile.TemporaryDirectory() as folder:
        home = DovecotHome(Path(folder) / "home")
        config = home.folder / "mailbot.toml"
        config.write_text(config.read_text().replace("America/New_York", ZONE.key))
        places = ["--config", str(config), "--state", str(home.folder / "state"), "--log", str(home.folder / "log")]
        service = subprocess.Popen([sys.executable, "-m", "mailbot", "run", *places], stderr=subprocess.DEVNULL)
        hour = Hour(home, service.pid, minutes)
        try:
            hour.live()
        finally:
            service.terminate()
            service.wait(60)
        tell(hour, service.returncode)
        wrong = hour.wrong + judged(hour.samples)
    for one in wrong:
        click.echo(f"  {one}")
    sys.exit(bool(wrong))


def tell(hour: Hour, status: int) -> None:
    """What happened, in a few lines."""
    seen = hour.samples
    click.echo(
        f"{hour.minutes} minutes, ended with {status}; " + ", ".join(f"{n} x {one}" for one, n in hour.done.items())
    )
    click.echo(f"the service (MB): {[one.own >> 20 for one in seen]}")
    click.echo(f"what reads mail (MB): {[one.child >> 20 for one in seen]}")
    click.echo(f"open files: {[one.files for one in seen]}")
    click.echo(f"lines: {[one.lines for one in seen]}; drafts: {[one.drafts for one in seen]}")


if __name__ == "__main__":
    main()
