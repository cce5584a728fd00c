"""A hundred thousand damaged mails are read one after the other, with what went wrong and how long they took.

Run: python -m tests.torture.mutated_mail [--mails 100000] [--seed 0]
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import click
from rich.console import Console
from rich.progress import track

from tests.mutation import faults, mutated, seeds

SLOW = 1.0  # seconds of the processor


@click.command()
@click.option("--mails", default=100_000, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for the mails that went wrong.")
def main(mails: int, seed: int, keep: Path | None) -> None:
    """Read damaged mails; the exit status is 1 where one went wrong."""
    begun, chance, wrong, times = seeds(), Random(seed), Counter[str](), list[float]()
    for number in track(range(mails), "Reading", console=Console(stderr=True)):
        mail = mutated(begun, chance)
        started = time.process_time()
        found = told(mail)
        times.append(time.process_time() - started)
        if times[-1] > SLOW:
            found.append("slow")
        wrong.update(found)
        if found and keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{seed}-{number}.eml").write_bytes(mail)
    times.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    at = {share: times[min(len(times) - 1, int(share * len(times)))] * 1000 for share in (0.5, 0.99, 0.999)}
    click.echo(f"{mails} mails, seed {seed}: {wrong.total()} went wrong; {memory} MB at most")
    click.echo(f"median {at[0.5]:.1f} ms, 99% {at[0.99]:.1f}, 99.9% {at[0.999]:.1f}, longest {times[-1] * 1000:.0f}")
    for what, count in wrong.most_common():
        click.echo(f"  {count} x {what}")
    sys.exit(bool(wrong))


def told(mail: bytes) -> list[str]:
    """What went wrong with one mail, an exception included."""
    try:
        return [one.what for one in faults(mail)]
    except Exception as error:  # noqa: BLE001 - whatever it is, the next mail is read
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        return [f"{type(error).__name__} {place}"]


if __name__ == "__main__":
    main()
