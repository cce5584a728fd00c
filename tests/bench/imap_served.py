"""`mailbot run`, each of whose intervals lasts only a share of its time: python -m tests.bench.imap_served SHARE ...

Nothing else of the tests is imported: what this process holds is measured.
"""

from __future__ import annotations

from mailbot import cli  # first, as the command does it: it holds up what is not to come

# ruff: noqa: I001 - see there
import sys
from functools import partial


def serve(share: float, arguments: list[str]) -> None:
    """The command with these arguments."""
    from mailbot.lean import stay

    stay()  # as `run` does it first
    from mailbot import daemon, engine
    from mailbot.apart import parent
    from mailbot.mail.imap import ear, line

    ear.SLICE *= share
    ear.LOOK_EVERY *= share
    line.UNUSED *= share
    parent.IDLE *= share
    daemon.WATCH *= share
    daemon.ATTEND *= share
    daemon.TICK = daemon.TICK * share
    engine.Engine = partial(engine.Engine, poll=engine.POLL * share)  # type: ignore[assignment, misc]
    sys.argv = ["mailbot", *arguments]
    cli.main()


if __name__ == "__main__":
    serve(float(sys.argv[1]), sys.argv[2:])
