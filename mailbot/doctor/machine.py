"""The machine: time zones, SQLite, the service."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from mailbot.checking import is_zone
from mailbot.config import Settings
from mailbot.doctor.finding import Finding, note, ok, wrong
from mailbot.errors import MailbotError
from mailbot.service import for_this_system
from mailbot.store.lock import holder
from mailbot.telling.delivery import desktop_command

# The ledger's tables and queries need UPSERT, JSON and iif(): sqlite.org/changes.html.
OLDEST_SQLITE = (3, 35, 0)
SOME_ZONES = ("America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Sydney")


def zone(settings: Settings | None) -> Iterator[Finding]:
    """The person's zone is known, and those of others."""
    check = "time zone"
    missing = [one for one in SOME_ZONES if not is_zone(one)]
    if missing:
        yield wrong(check, f"There are no data of zones such as {missing[0]}.", "pip install --upgrade tzdata")
        return
    if settings is None:
        return
    if settings.me.timezone or settings.zone != "UTC":
        yield ok(check, f"{settings.zone}; zone data {version('tzdata')}.")
    else:
        yield note(check, "The system names no zone, so UTC is taken.", "mailbot config set me.timezone Europe/London")


def sqlite() -> Iterator[Finding]:
    check = "SQLite"
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        yield wrong(check, f"SQLite is {sqlite3.sqlite_version}; {oldest} is needed.", "Install a newer Python.")
    else:
        yield ok(check, f"SQLite {sqlite3.sqlite_version}.")


def service(state: Path) -> Iterator[Finding]:
    """Whether mailbot is at work, and whether it will be after the next login."""
    check, held = "service", holder(state)
    if held:
        yield ok(check, f"mailbot is at work (process {held.pid}).")
    else:
        yield note(check, "mailbot is not at work: no draft comes by itself.", "mailbot service install")
    try:
        manager = for_this_system()
    except MailbotError as error:
        yield note(check, error.message, error.mend)
        return
    status = manager.status()
    if status == "not installed":
        yield note(check, "The service is not installed.", "mailbot service install")
    elif status != "active":
        yield wrong(check, f"The service is {status}.", "mailbot service logs")
    elif manager.advice:
        yield note(check, "The service ends when you log out.", "loginctl enable-linger")
    else:
        yield ok(check, "The service is installed and active.")


def notices(settings: Settings) -> Iterator[Finding]:
    """What is to show notices is there."""
    check, notify = "notices", settings.notify
    wanted = [desktop_command("")[0]] if notify.desktop else []
    wanted += shlex.split(notify.command)[:1]
    missing = [one for one in wanted if shutil.which(one) is None]
    for one in missing:
        yield wrong(check, f"There is no command {one}.", "Install it, or: mailbot config set notify.desktop false")
    if wanted and not missing:
        yield ok(check, f"Notices go to {' and '.join(wanted)}.")
