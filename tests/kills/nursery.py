"""A process that has loaded mailbot once, and forks from then on: each fork runs one command, whole, and ends.

What is killed is a real process that runs the real command; only its start is cheaper than a new interpreter's. It is
asked by lines of JSON on its standard input. Run: python -m tests.kills.nursery
"""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.kills.tracing import Call, Failure, Fate, run_traced, run_untraced


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the `at`-th call: 'die', 'halfway', or 'fail' with the error `number`, from then on where it is
    `lasting`. Only calls on paths that hold `within` are counted."""

    how: str
    at: int
    number: int = 0
    lasting: bool = False
    within: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, what it printed, and the calls that it made."""

    status: int
    said: str
    calls: tuple[Call, ...] = ()

    @property
    def died(self) -> bool:
        return self.status == -9


@dataclass
class Nursery:
    """`gmail` is the address of the server that stands for Google's."""

    gmail: str = ""
    _process: Any = field(init=False)

    def __post_init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kills.nursery"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._process.stdout.readline()  # it is ready

    def run(
        self, folder: Path, now: datetime, args: Sequence[str], fault: Fault | None = None, *, trace: bool = False
    ) -> Ran:
        """`mailbot ARGS` on the configuration in that folder, at that moment."""
        fate = None if fault is None else [fault.how, fault.at, fault.number, fault.lasting, fault.within]
        asked = {
            "folder": str(folder), "now": now.isoformat(), "args": list(args), "gmail": self.gmail, "trace": trace,
            "fault": fate,
        }  # fmt: skip
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        calls = tuple(Call(name, path, size, data.encode("latin-1")) for name, path, size, data in told["calls"])
        return Ran(told["status"], told["said"], calls)

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def main() -> None:
    _load()
    print("ready", flush=True)  # noqa: T201 - the word that it waits for
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)  # noqa: T201 - the answer


def _load() -> None:
    """Everything that a command would load, and what it would work out once."""
    import mailbot
    from mailbot.demo.play import play_demo

    for one in pkgutil.walk_packages(mailbot.__path__, "mailbot."):
        if not one.name.endswith("__main__"):
            import_module(one.name)
    with tempfile.TemporaryDirectory() as folder:
        for number, _ in enumerate(play_demo(Path(folder), datetime(2026, 5, 20, 12, tzinfo=UTC))):
            if number > 20:
                break


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    calls: list[Call] = []
    fault = Fault(*asked["fault"]) if asked["fault"] else None
    counted = 0

    def decide(call: Call) -> Fate | Failure:
        nonlocal counted
        calls.append(call)
        if fault is None or fault.within not in call.path:
            return Fate.GO_ON
        counted += 1
        if counted == fault.at or (counted > fault.at and fault.lasting):
            return {"die": Fate.DIE, "halfway": Fate.DIE_HALFWAY, "fail": Failure(fault.number)}[fault.how]
        return Fate.GO_ON

    with tempfile.TemporaryFile() as out:

        def work() -> None:
            _command(asked, out.fileno())

        if fault is None and not asked["trace"]:
            status = run_untraced(work)
        else:
            status = run_traced(work, Path(asked["folder"]), decide)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    told = [(one.name, one.path, one.size, one.data.decode("latin-1")) for one in calls] if asked["trace"] else []
    return {"status": status, "said": said, "calls": told}


def _command(asked: dict[str, Any], out: int) -> None:
    """The command itself, in the forked process: its clock and its Google are the test's, all else is its own."""
    from mailbot import config
    from mailbot.cli import main as mailbot
    from mailbot.mail.gmail.mailbox import GmailMailbox

    for number in (1, 2):
        os.dup2(out, number)
    sys.stdin.close()
    config.local_now = lambda _zone: datetime.fromisoformat(asked["now"])
    if asked["gmail"]:
        GmailMailbox.__init__.__kwdefaults__.update(api=asked["gmail"], token_uri=f"{asked['gmail']}/token")
    folder, (name, *rest) = Path(asked["folder"]), asked["args"]
    sys.argv = ["mailbot", name, "--config", str(folder / "mailbot.toml"), "--state", str(folder / "state"), *rest]
    try:
        mailbot()
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    main()
