"""The npm package @emulators/google, run by node on a port of this machine: accounts of Gmail and a sign-in that
somebody else wrote. `emulated.py` stands before it.

Nothing but this module speaks to it. It is installed by: npm ci --prefix tests/servers/gmail/emulator
"""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
from collections import deque
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

FOLDER = Path(__file__).with_name("emulator")
MISSING = not (shutil.which("node") and (FOLDER / "node_modules" / "@emulators" / "google").is_dir())
WHY = "needs node, and: npm ci --prefix tests/servers/gmail/emulator"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer: `value` is its JSON, or its text."""

    status: int
    value: Any
    location: str = ""


class Emulator:
    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: deque[HTTPConnection] = deque()

    def ask(
        self, method: str, path: str, *, token: str = "", query: dict[str, Any] | None = None, body: Any = None
    ) -> Told:
        """`body` goes as JSON, as a form where it is a list of pairs."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        content = None
        if body is not None:
            form = isinstance(body, list)
            content = urlencode(body) if form else json.dumps(body)
            headers["Content-Type"] = "application/x-www-form-urlencoded" if form else "application/json"
        line = self._idle.pop() if self._idle else HTTPConnection("127.0.0.1", self._port, timeout=30)
        line.request(method, f"{path}?{urlencode(query or {}, doseq=True)}", content, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        self._idle.append(line)
        value = json.loads(text) if text and "json" in answer.headers.get("Content-Type", "") else text
        return Told(answer.status, value, answer.headers.get("Location", ""))

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def new_user(self, address: str, token: str) -> None:
        """`token` is one by which whoever stands before the emulator acts for that user."""
        self.ask("POST", "/front/user", body={"email": address, "token": token})


@cache
def emulator() -> Emulator:
    """The one of this process; it ends with it."""
    running = subprocess.Popen(["node", "serve.mjs"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert running.stdin is not None
    assert running.stdout is not None
    one = Emulator(int(running.stdout.readline()))
    running.stdout.close()
    for ending in (running.wait, running.stdin.close, one.close):  # the last is the first
        atexit.register(ending)
    return one
