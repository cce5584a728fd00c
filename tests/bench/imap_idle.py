"""What a day of waiting costs: the real service on a local Dovecot by TLS, with every interval of the day made shorter.

    python -m tests.bench.imap_idle [MINUTES]

MINUTES (default 3) is how long the day takes: its 160 slices of IDLE on three folders, the looks, the polls and ticks,
and 50 mails as they come in, each of which finds that the process that reads mail was let go. Printed are processor
seconds and memory, of the service and its child alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import count, islice
from pathlib import Path

from imapclient import IMAPClient

from tests.bench.imap_arrival import CONFIG
from tests.bench.imap_mails import mail
from tests.bench.test_daemon import family, memory
from tests.servers.dovecot import FOLDERS, PASSWORD, dovecot
from tests.servers.proxy import Proxy

DAY = 86_400.0
MAILS = 50


def used(pid: int) -> float:
    """Processor seconds of a process and of the children that it had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


class Memory:
    """Resident memory of a process and its children, in MB; looked at every 50 ms."""

    def __init__(self, pid: int) -> None:
        self.alone: list[float] = []
        self.with_child: list[float] = []
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.wait(0.05):
            try:
                several = len(family(self._pid)) > 1
                (self.with_child if several else self.alone).append(memory(self._pid))
            except (OSError, KeyError, ValueError):  # a child that has just ended
                continue

    def end(self) -> None:
        self._stop.set()
        self._thread.join()


def day(minutes: float, folder: Path) -> None:
    server = dovecot()
    user = server.new_user()
    proxy = Proxy(server.tls_port)
    person = IMAPClient("127.0.0.1", server.port, ssl=False)
    person.login(user, PASSWORD)
    for name in FOLDERS:
        person.create_folder(name)
    config = CONFIG.format(port=proxy.port, user=user).replace('security = "none"', 'security = "tls"')
    (folder / "mailbot.toml").write_text(config.replace("127.0.0.1", "localhost"))
    (folder / "mailbot.toml").chmod(0o600)
    share = minutes * 60 / DAY
    places = ["--config", str(folder / "mailbot.toml"), "--state", str(folder / "state")]
    command = [sys.executable, "-m", "tests.bench.imap_served", str(share), "run", *places]
    env = {**os.environ, "MAILBOT_PASSWORD_BENCH": PASSWORD, "SSL_CERT_FILE": str(server.authority)}
    with (folder / "log").open("w") as log:
        service = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        time.sleep(6)  # started, and the first scan is over
        before, turns, watched = used(service.pid), proxy.turns, Memory(service.pid)
        incoming = islice((raw for place, raw, _ in map(mail, count()) if place == "INBOX"), MAILS)
        for raw in incoming:
            person.append("INBOX", raw)
            time.sleep(minutes * 60 / MAILS)
        watched.end()
        took = used(service.pid) - before
        asked = proxy.turns - turns
        print(f"a day with {MAILS} mails: {took:.0f} s of processor ({took / DAY:.3%}), {asked} round trips")
        print(f"memory: {max(watched.alone):.0f} MB at rest, {max(watched.with_child):.0f} MB while mail is read")
    finally:
        service.terminate()
        service.wait(10)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as one:
        day(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0, Path(one))
