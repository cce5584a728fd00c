"""The real command killed before, and in the midst of, every system call that writes or sends, on each kind of mailbox.

With --disk the disk is full from each write of the store on, or fails once at it, instead.

Run: python -m tests.torture.kill_anywhere [--kind maildir] [--every 1] [--disk]
"""

from __future__ import annotations

import errno
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from tests.kills.homes import KINDS
from tests.kills.nursery import Fault, Nursery, Ran
from tests.kills.session import Act, Session


def faults_of(ran: Ran, every: int = 1) -> Iterator[Fault]:
    """Death before each call, and after half of the bytes of each that has several."""
    for at, call in enumerate(ran.calls, 1):
        if at % every == 0:
            yield Fault("die", at)
            if call.halves:
                yield Fault("halfway", at)


def failures(writes: int, every: int) -> Iterator[Fault]:
    """A full disk from each write on, and each write that fails once."""
    for at in range(1, writes + 1, every):
        yield Fault("fail", at, errno.ENOSPC, lasting=True)
        yield Fault("fail", at, errno.EIO)


def suffered(session: Session, act: Act, fault: Fault) -> bool:
    """Whether the fault came to pass; whatever did not come right is an AssertionError."""
    if fault.how != "fail":
        return session.killed(act, fault)
    session.disk_fails(act, fault.at, fault.number, lasting=fault.lasting)
    return True


@click.command()
@click.option("--kind", type=click.Choice(tuple(KINDS)), multiple=True, help="Which mailboxes; default: all.")
@click.option("--every", default=1, show_default=True, help="Only every N-th call.")
@click.option("--disk", is_flag=True, help="Let the disk fail instead.")
def main(kind: tuple[str, ...], every: int, disk: bool) -> None:
    """Kill the session everywhere; the exit status is 1 where a start after it did not make it good."""
    wrong: list[str] = []
    points: Counter[str] = Counter()
    for name in kind or KINDS:
        with tempfile.TemporaryDirectory() as folder:
            home = KINDS[name](Path(folder) / "home")
            with closing(Nursery(home.gmail)) as nursery:
                session = Session(home, nursery)
                for act, ran in session.acts():
                    faults = list(failures(session.writes(ran), every) if disk else faults_of(ran, every))
                    for fault in track(faults, f"{name}: {act.name}", console=Console(stderr=True)):
                        try:
                            points[name] += suffered(session, act, fault)
                        except AssertionError as error:
                            wrong.append(f"{name}, {act.name}, {fault.how} at {fault.at}: {str(error)[:300]}")
    told = ", ".join(f"{name} {count}" for name, count in points.items())
    click.echo(f"{'the disk failed' if disk else 'killed'} {points.total()} times ({told}); {len(wrong)} went wrong")
    for one in wrong:
        click.echo(f"  {one}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
