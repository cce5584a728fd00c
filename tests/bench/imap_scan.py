"""The first look at a large mailbox on a local Dovecot, and the next one with nothing new.

    python -m tests.bench.imap_scan [MAILS]

MAILS (default 5,000) lie in the inbox: 3 in 100 are hiring mail, one in ten has a file of 200 kB, the rest are
newsletters. Timed: (a) a bare fetch of the first 32 KiB of every mail with imapclient, (c) the first `mailbot sync`,
then one with nothing new.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imapclient import IMAPClient

from tests.bench.imap_arrival import CONFIG
from tests.servers.dovecot import FOLDERS, PASSWORD, Dovecot, dovecot

FILE = base64.encodebytes(os.urandom(150_000)).decode()
WORDS = "The harbour was quiet and the cranes stood still over the grey water of the basin. " * 40


def mail(number: int, at: datetime) -> bytes:
    hiring = number % 33 == 0
    sender = f"Dana Quill <dana@firm{number}.example>" if hiring else "News <news@letters.example>"
    subject = f"Your application as Dock Engineer at Firm{number}" if hiring else f"The weekly letter, number {number}"
    text = "Thank you for your application. We will be in touch.\r\n\r\nDana Quill" if hiring else WORDS
    lists = "" if hiring else "List-Unsubscribe: <mailto:off@letters.example>\r\nList-Id: <weekly.letters.example>\r\n"
    head = (
        f"From: {sender}\r\nTo: Nora Castellan <nora@castellan.example>\r\nSubject: {subject}\r\n"
        f"Date: {at:%a, %d %b %Y %H:%M:%S +0000}\r\nMessage-ID: <{number}@letters.example>\r\n{lists}"
        "MIME-Version: 1.0\r\n"
    )
    if number % 10:
        return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
    return (
        f'{head}Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n{text}\r\n'
        f'--x\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n{FILE}\r\n'
        "--x--\r\n"
    ).encode()


def fill(server: Dovecot, user: str, count: int) -> None:
    with IMAPClient("127.0.0.1", server.port, ssl=False) as person:
        person.login(user, PASSWORD)
        for name in FOLDERS:
            person.create_folder(name)
        now = datetime.now(UTC)
        for first in range(0, count, 50):
            batch = range(first, min(first + 50, count))
            several = [{"msg": mail(one, now - timedelta(hours=one % 8000)), "date": now} for one in batch]
            person.multiappend("INBOX", several)


def bare_fetch(port: int, user: str) -> float:
    began = time.perf_counter()
    with IMAPClient("127.0.0.1", port, ssl=False) as client:
        client.login(user, PASSWORD)
        client.select_folder("INBOX", readonly=True)
        uids = client.search()
        for first in range(0, len(uids), 500):
            client.fetch(uids[first : first + 500], ["BODY.PEEK[]<0.32768>"])
    return time.perf_counter() - began


def sync(folder: Path) -> tuple[float, float, int]:
    """Seconds, processor seconds and the peak of resident memory in MB."""
    command = [sys.executable, "-m", "mailbot", "sync", "--config", str(folder / "mailbot.toml"), "--state",
               str(folder / "state")]  # fmt: skip
    began = time.perf_counter()
    env = {**os.environ, "MAILBOT_PASSWORD_BENCH": PASSWORD}
    running = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError("the sync failed")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def main(count: int) -> None:
    server = dovecot()
    user = server.new_user()
    fill(server, user, count)
    print(f"{count} mails")
    print(f"(a) bare fetch of 32 KiB each: {bare_fetch(server.port, user):.1f} s")
    with tempfile.TemporaryDirectory() as one:
        folder = Path(one)
        (folder / "mailbot.toml").write_text(CONFIG.format(port=server.port, user=user))
        (folder / "mailbot.toml").chmod(0o600)
        for name in ("(c) the first sync", "a sync with nothing new"):
            took, processor, memory = sync(folder)
            print(f"{name}: {took:.1f} s, {processor:.1f} s of processor, {memory} MB at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
