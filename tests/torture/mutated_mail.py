"""A hundred thousand damaged mails are read and explained one after the other: what went wrong, how long they took,
and what the process holds as it goes on. A mail that takes more than a second of the processor is given up.

Run: python -m tests.torture.mutated_mail [--mails 100000] [--minutes N] [--seed 0]
"""

from __future__ import annotations

import io
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from random import Random

import click
from rich.console import Console
from rich.progress import track

from mailbot.cli.explain import as_object, print_page
from mailbot.cli.printing import print_json
from mailbot.mail.message import Message
from mailbot.reading.statements import Reading
from tests.mutation import faults, mutated, seeds, understood
from tests.torture.soak import resident

SLOW = 1.0  # seconds of the processor
STEPS = 10_000  # a second; times are counted by steps, so that what is held does not grow with the mails
HARMFUL = "\x00\x07\x08\x1b\x7f\x9b\u202a\u202b\u202d\u202e\u2066\u2067\u2068"  # what moves or hides text on a terminal
PRINTED = io.StringIO()
GROWS = 40 << 20  # bytes by which the process may grow in the second half of the mails


@click.command()
@click.option("--mails", default=100_000, show_default=True)
@click.option("--minutes", default=0.0, help="Stop after so long, whatever is left.")
@click.option("--seed", default=0, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for the mails that went wrong.")
def main(mails: int, minutes: float, seed: int, keep: Path | None) -> None:
    """Read damaged mails; the exit status is 1 where one went wrong or the process grew."""
    begun, chance, wrong, times, held = seeds(), Random(seed), Counter[str](), Counter[int](), list[int]()
    end = time.monotonic() + minutes * 60 if minutes else float("inf")
    for number in track(range(mails), "Reading", console=Console(stderr=True)):
        if time.monotonic() > end:
            break
        mail = mutated(begun, chance)
        started = time.process_time()
        found = told(mail)
        times[round((time.process_time() - started) * STEPS)] += 1
        wrong.update(found)
        if number % 1000 == 999:
            held.append(resident())
        if found and keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{seed}-{number}.eml").write_bytes(mail)
    tell(seed, wrong, times, held)
    sys.exit(bool(wrong) or bool(held and held[-1] - held[len(held) // 2] > GROWS))


def tell(seed: int, wrong: Counter[str], times: Counter[int], held: list[int]) -> None:
    """What came of it; `times` counts the mails by steps, `held` has the bytes after each thousand mails."""
    click.echo(f"{times.total()} mails, seed {seed}: {wrong.total()} went wrong")
    median, most, nearly, longest = (taken(times, share) for share in (0.5, 0.99, 0.999, 1))
    click.echo(f"median {median:.1f} ms, 99% {most:.1f}, 99.9% {nearly:.1f}, longest {longest:.0f}")
    click.echo(f"memory by tenths (MB): {[one >> 20 for one in held[:: max(1, len(held) // 10)]]}")
    for what, count in wrong.most_common():
        click.echo(f"  {count} x {what}")


def taken(times: Counter[int], share: float) -> float:
    """The milliseconds within which this share of the mails was read."""
    left = share * times.total()
    for steps, mails in sorted(times.items()):
        if (left := left - mails) <= 0:
            return steps / STEPS * 1000
    return 0.0


def told(mail: bytes) -> list[str]:
    """What went wrong with one mail, an exception included."""
    try:
        with capped():
            if (both := understood(mail)) is None:
                return []
            return [*(one.what for one in faults(mail, *both)), *shown(*both)]
    except Exception as error:  # noqa: BLE001 - whatever it is, the next mail is read
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        return [f"{type(error).__name__} {place}"]


def shown(message: Message, reading: Reading) -> list[str]:
    """What is wrong with how `explain` shows it."""
    page = printed(lambda: print_page(Path("mail.eml"), message, reading))
    lines = printed(lambda: print_json(as_object(Path("mail.eml"), reading)))
    found = ["a sign on the page that a terminal obeys"] if set(page) & set(HARMFUL) else []
    return found + (["more lines than one in JSON"] if lines.count("\n") != 1 else [])


def printed(show: Callable[[], None]) -> str:
    """What it prints, caught by one stream for all mails: click holds on to each stream that it ever wrote to."""
    PRINTED.seek(0)
    PRINTED.truncate()
    with redirect_stdout(PRINTED):
        show()
    return PRINTED.getvalue()


@contextmanager
def capped() -> Iterator[None]:
    """A TimeoutError after SLOW seconds of the processor."""

    def end(_number: int, _frame: object) -> None:
        raise TimeoutError("slow")

    signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, SLOW)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
