"""The sample mailbox played through the real assistant, on a virtual clock, into a Maildir on disk."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.assistant import Assistant, Profile
from mailbot.demo.sample import ADDRESS, ME, ZONE, sample
from mailbot.drafting.letter import Me
from mailbot.etiquette import load
from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.port import Place
from mailbot.outcome import Outcome
from mailbot.reading.statements import Reader
from mailbot.replay import Arrival, Replay
from mailbot.store.key import load_or_create_key
from mailbot.store.sqlite import open_ledger

CONFIG = f"""\
# The configuration of the demo. Look around with:
#   mailbot status --config {{folder}}/mailbot.toml --state {{folder}}/state
[me]
name = "{ME}"
addresses = ["{ADDRESS}"]
timezone = "{ZONE}"
phone = "+1 212 555 0142"

[[account]]
name = "demo"
kind = "maildir"
path = "{{folder}}/Maildir"
"""


def play_demo(folder: Path, now: datetime) -> Iterator[tuple[float, Outcome]]:
    """Play up to `now` into `folder`: a Maildir, the configuration and the ledger, all of which stay. Yields how far
    it is (0 to 1) and each step's Outcome."""
    now = now.astimezone(ZoneInfo(ZONE))
    root = folder / "Maildir"
    for name in (root, root / ".Drafts", root / ".Sent", root / ".Trash"):
        for part in ("cur", "new", "tmp"):
            (name / part).mkdir(parents=True)
    config = folder / "mailbot.toml"
    config.write_text(CONFIG.format(folder=folder))
    config.chmod(0o600)
    mails = sample(now)
    start = mails[0].at - timedelta(hours=1)
    numbers = itertools.count(1)

    def deliver(one: Arrival) -> None:
        place = root / ".Sent" if one.place is Place.SENT else root
        file = place / "cur" / f"{int(one.at.timestamp())}.{next(numbers)}.sample:2,S"
        file.write_bytes(one.raw)
        os.utime(file, (one.at.timestamp(), one.at.timestamp()))

    with open_ledger(folder / "state", durable=False) as ledger:
        ledger.set_meta("key", "yes")
        box = MaildirMailbox("demo", root)
        me = Me(name=ME, addresses=(ADDRESS,), zone=ZONE, phone="+1 212 555 0142")
        reader = Reader(addresses=frozenset({ADDRESS}), zone=ZONE, name=ME)
        assistant = Assistant(
            [box], ledger, Profile(reader, me, load("coach")), load_or_create_key(folder / "identity.key")
        )
        arrivals = tuple(Arrival(one.at, one.place, one.raw, "sample") for one in mails)
        for outcome in Replay(assistant, deliver, arrivals, start, now).outcomes():
            yield (outcome.outlook.now - start) / (now - start), outcome
        yield 1.0, assistant.step(now)
        box.close()
