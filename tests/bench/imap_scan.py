"""The first look at a large mailbox on a local Dovecot, beside what others need for the same mail, and the next look.

    python -m tests.bench.imap_scan [MAILS [TIMES]]

MAILS (default 2,000) are those of imap_mails.py. In one run are timed (a) a bare fetch of the first 32 KiB of every
mail with imapclient, (b) `mbsync` pulling the mailbox (Debian's isync; left out where it is missing), (c) the first
`mailbot sync`, (d) the same through a line of 40 ms each way, (e) a step with nothing new: its round trips and its
processor time.

(b) and (c) take turns TIMES times (default 3), and the medians count: mbsync waits for the disk at every mail, and a
disk is not equally quick at any time. Both run as they come, on the same disk: mbsync with its FSync, mailbot with a
ledger that syncs at every commit and with its modules compiled, as pip leaves them. Before each, the server forgets
what it knows of the mails but their bytes.
"""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from imapclient import IMAPClient

import mailbot
from tests.bench.imap_arrival import CONFIG
from tests.bench.imap_mails import mail
from tests.servers.dovecot import FOLDERS, PASSWORD, Dovecot, dovecot
from tests.servers.proxy import Proxy

FAR = 0.04  # seconds each way
MBSYNC = """
IMAPAccount far
Host 127.0.0.1
Port {port}
User {user}
Pass {password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account far

MaildirStore near
Path {folder}/
Inbox {folder}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Near
SyncState *
Sync Pull
"""


def fill(server: Dovecot, user: str, count: int) -> int:
    """Put so many mails there; how many bytes they are."""
    total = 0
    with IMAPClient("127.0.0.1", server.port, ssl=False) as person:
        person.login(user, PASSWORD)
        for name in FOLDERS:
            person.create_folder(name)
        for first in range(0, count, 50):
            several = [mail(one) for one in range(first, min(first + 50, count))]
            for folder in ("INBOX", "Sent"):
                batch = [{"msg": raw, "date": at} for name, raw, at in several if name == folder]
                if batch:
                    person.multiappend(folder, batch)
                total += sum(len(one["msg"]) for one in batch)
    return total


def bare_fetch(port: int, user: str) -> float:
    began = time.perf_counter()
    with IMAPClient("127.0.0.1", port, ssl=False) as client:
        client.login(user, PASSWORD)
        for folder in ("INBOX", "Sent"):
            client.select_folder(folder, readonly=True)
            uids = client.search()
            for first in range(0, len(uids), 500):
                client.fetch(uids[first : first + 500], ["BODY.PEEK[]<0.32768>"])
    return time.perf_counter() - began


def mbsync(port: int, user: str, folder: Path) -> tuple[float, float]:
    """Its seconds and processor seconds. Most of its time it waits for the disk: it syncs every mail."""
    (folder / "mail").mkdir()
    rc = MBSYNC.format(port=port, user=user, password=PASSWORD, folder=folder / "mail")
    (folder / "mbsyncrc").write_text(rc)
    before, began = os.times(), time.perf_counter()
    subprocess.run(["mbsync", "-q", "-c", str(folder / "mbsyncrc"), "-a"], check=True, capture_output=True)
    took, used = time.perf_counter() - began, of_children(before)
    shutil.rmtree(folder / "mail")
    return took, used


def of_children(before: os.times_result) -> float:
    """Processor seconds of the processes that were started and have ended since."""
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


class Watched:
    """The most memory that a process and its children hold together, in MB; looked at every 50 ms."""

    def __init__(self, pid: int) -> None:
        self.most = 0.0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.wait(0.05):
            self.most = max(self.most, resident(self._pid))

    def end(self) -> float:
        self._stop.set()
        self._thread.join()
        return self.most


def resident(pid: int) -> float:
    """MB of a process and its children; a page that several share counts once (Pss)."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        shares = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    own = sum(int(one.split()[1]) for one in shares if one.startswith("Pss:"))
    return own * 1.024e-3 + sum(resident(int(one)) for one in children)


def sync(folder: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds and the peak of memory in MB, each of all its processes."""
    places = ["--config", str(folder / "mailbot.toml"), "--state", str(folder / "state")]
    env = {**os.environ, "MAILBOT_PASSWORD_BENCH": PASSWORD}
    compileall.compile_dir(Path(mailbot.__file__).parent, quiet=1)
    before, began = os.times(), time.perf_counter()
    running = subprocess.Popen([sys.executable, "-m", "mailbot", "sync", *places], env=env, stdout=subprocess.DEVNULL)
    watched = Watched(running.pid)
    failed = running.wait()
    took, most = time.perf_counter() - began, watched.end()
    if failed:
        raise RuntimeError("the sync failed")
    return took, of_children(before), most


def configure(folder: Path, port: int, user: str) -> Path:
    folder.mkdir()
    (folder / "mailbot.toml").write_text(CONFIG.format(port=port, user=user))
    (folder / "mailbot.toml").chmod(0o600)
    return folder


def nothing_new(folder: Path, proxy: Proxy) -> tuple[float, int]:
    """Processor seconds and round trips of a step that finds nothing, in a process that has started."""
    from mailbot.household import open_household

    os.environ["MAILBOT_PASSWORD_BENCH"] = PASSWORD
    now = datetime.now(UTC)
    with open_household(folder / "mailbot.toml", folder / "state", now) as home:
        home.assistant.step(now)
        turns, used = proxy.turns, time.process_time()
        home.assistant.step(now)
        return time.process_time() - used, proxy.turns - turns


def forget(server: Dovecot, user: str) -> None:
    """What Dovecot keeps of structures and header fields is gone; its lists of mails stay."""
    for one in server.home(user).rglob("dovecot.index.cache"):
        one.unlink()


def of_both(server: Dovecot, proxy: Proxy, user: str, times: int, folder: Path) -> None:
    """(b) and (c), in turns."""
    pulled, synced = [], []
    for turn in range(times):
        if shutil.which("mbsync"):
            forget(server, user)
            (folder / f"pulled-{turn}").mkdir()
            pulled.append(mbsync(server.port, user, folder / f"pulled-{turn}"))
        forget(server, user)
        proxy.turns, proxy.passed = 0, {"up": 0, "down": 0}
        synced.append(sync(configure(folder / f"near-{turn}", proxy.port, user)))
    for took, used in pulled:
        print(f"(b) mbsync: {took:.1f} s, {used:.1f} s of processor")
    for took, used, memory in synced:
        print(f"(c) the first sync: {took:.1f} s, {used:.1f} s of processor, {memory:.0f} MB of memory at most")
    print(f"    {sum(proxy.passed.values()) / 1e6:.1f} MB over the line, {proxy.turns} round trips")
    if pulled:
        wall, processor = (median(row[at] for row in synced) / median(row[at] for row in pulled) for at in (0, 1))
        print(f"(c) by (b), medians: {wall:.2f}, of processor time {processor:.1f}")


def main(count: int, times: int) -> None:
    server = dovecot(folder=Path("/tmp"))  # on disk
    user = server.new_user()
    size = fill(server, user, count)
    proxy = Proxy(server.port)
    print(f"{count} mails, {size / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"(a) bare fetch of 32 KiB each: {bare_fetch(server.port, user):.1f} s")
    with tempfile.TemporaryDirectory() as one:
        of_both(server, proxy, user, times, Path(one))
        took, _, _ = sync(configure(Path(one, "beside"), proxy.port, user))
        proxy.delay = FAR
        late, _, _ = sync(configure(Path(one, "far"), proxy.port, user))
        proxy.delay = 0.0
        print(f"(d) through a line of 40 ms each way: {late:.1f} s, {late / took:.1f} times without")
        processor, turns = nothing_new(Path(one, "beside"), proxy)
        print(f"(e) a step with nothing new: {turns} round trips for 6 folders, {processor * 1e3:.0f} ms of processor")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
