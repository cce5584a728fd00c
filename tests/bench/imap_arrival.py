"""From the arrival of a mail to its draft in Drafts, on a local Dovecot and with the real service.

    python -m tests.bench.imap_arrival [TIMES]

Each time another employer asks for a talk; the service is woken by IDLE, reads the mail and places the answer. The
seconds are from the end of the delivery to the draft being seen by another client, which looks every 10 ms.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from statistics import median

from imapclient import IMAPClient

from tests.servers.dovecot import FOLDERS, PASSWORD, Dovecot, dovecot

NAMES = ("Alder", "Birch", "Cedar", "Hazel", "Juniper", "Larch", "Maple", "Rowan", "Spruce", "Willow")
CONFIG = """
[me]
name = "Nora Castellan"
addresses = ["nora@castellan.example"]
timezone = "Europe/London"

[[account]]
name = "bench"
kind = "imap"
host = "127.0.0.1"
port = {port}
security = "none"
user = "{user}"
"""


def invitation(name: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Dana {name} <dana@{name.lower()}-marine.example>"
    mail["To"] = "Nora Castellan <nora@castellan.example>"
    mail["Subject"] = f"Interview for the Dock Engineer position at {name} Marine"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{name.lower()}.{time.time_ns()}@{name.lower()}-marine.example>"
    mail.set_content(
        f"Hi Nora,\n\nThank you for applying for the Dock Engineer position at {name} Marine. We would like to invite "
        "you to an interview by video next week. Could you let me know which times would suit you?\n\n"
        f"Best regards,\nDana {name}\nRecruiter, {name} Marine\n"
    )
    return mail.as_bytes()


def drafts(person: IMAPClient) -> int:
    return int(person.folder_status("Drafts", ["MESSAGES"])[b"MESSAGES"])


def arrivals(server: Dovecot, times: int, folder: Path) -> list[float]:
    user = server.new_user()
    person = IMAPClient("127.0.0.1", server.port, ssl=False)
    person.login(user, PASSWORD)
    for name in FOLDERS:
        person.create_folder(name)
    (folder / "mailbot.toml").write_text(CONFIG.format(port=server.port, user=user))
    (folder / "mailbot.toml").chmod(0o600)
    command = [sys.executable, "-m", "mailbot", "run", "--config", str(folder / "mailbot.toml"), "--state",
               str(folder / "state")]  # fmt: skip
    env = {**os.environ, "MAILBOT_PASSWORD_BENCH": PASSWORD}
    with (folder / "log").open("w") as log:
        service = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        time.sleep(6)  # the first scan, and the watcher's first slice
        return [arrival(person, NAMES[at % len(NAMES)]) for at in range(times)]
    finally:
        service.terminate()
        service.wait(10)
        print((folder / "log").read_text()[-1500:], file=sys.stderr)


def arrival(person: IMAPClient, name: str) -> float:
    before = drafts(person)
    person.append("INBOX", invitation(name))
    began = time.perf_counter()
    while drafts(person) == before:
        if time.perf_counter() - began > 60:
            raise RuntimeError("no draft came within a minute")
        time.sleep(0.01)
    took = time.perf_counter() - began
    time.sleep(1)
    return took


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as one:
        took = arrivals(dovecot(), int(sys.argv[1]) if len(sys.argv) > 1 else 5, Path(one))
    print(f"arrival to draft: median {median(took):.2f} s, longest {max(took):.2f} s, of {len(took)}")
