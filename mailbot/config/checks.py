"""What is wrong with a value of the right type, in sentences: the check of each key that has one."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.checking import is_zone
from mailbot.mail.imap.issuers import issuer_of
from mailbot.mail.imap.server import is_this_machine

if TYPE_CHECKING:
    from mailbot.config.settings import AccountSettings


def check_name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "your name is needed for the signature."


def check_addresses(addresses: tuple[str, ...]) -> Iterator[str]:
    if not addresses:
        yield "at least one address is needed."
    for one in addresses:
        if not re.fullmatch(r"[^@\s<>,\"]+@[^@\s<>,\"]+", one):
            yield f"{one!r} is no mail address."


def check_zone(zone: str) -> Iterator[str]:
    if zone and not is_zone(zone):
        yield f"there is no time zone {zone!r}; expected one like Europe/London."


def check_hours(hours: str) -> Iterator[str]:
    try:
        start, end = hours_of(hours)
    except ValueError:
        yield f"expected hours like 08:00-19:00, found {hours!r}."
        return
    if start >= end:
        yield "the first hour must come before the last."


def check_quiet(hours: str) -> Iterator[str]:
    try:
        _ = hours_of(hours) if hours else None
    except ValueError:
        yield f"expected hours like 21:00-08:00, found {hours!r}."


def check_command(command: str) -> Iterator[str]:
    try:
        shlex.split(command)
    except ValueError as error:
        yield f"this command cannot be taken apart into words: {error}."


def check_calendar(calendar: str) -> Iterator[str]:
    if calendar and not Path(calendar).expanduser().is_file():
        yield f"there is no file {calendar}."


def check_for_role(strengths: dict[str, object]) -> Iterator[str]:
    for word, several in strengths.items():
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            yield f"expected a list of texts in [ ] for {word!r}."


def check_accounts(accounts: tuple[AccountSettings | None, ...]) -> Iterator[str]:
    if not accounts:
        yield "at least one [[account]] is needed."
    for account in filter(None, accounts):
        yield from check_sign_in(account)
    listed = [one.name for one in accounts if one]
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield f"two accounts are called {name!r}."


def check_sign_in(account: AccountSettings) -> Iterator[str]:
    if account.security == "none" and account.host and not is_this_machine(account.host):
        yield f"account {account.name!r} would send its password in the clear; security = 'none' is for this machine."
    if account.kind == "imap" and account.signs_in_by_consent:
        issuer = issuer_of(account.host)
        if issuer is None:
            yield f"account {account.name!r} needs a password_command that prints its access token."
        elif issuer.authority and not account.client:
            yield f"account {account.name!r} needs `client`, the id of the application you registered at Microsoft."


def check_port(port: int) -> Iterator[str]:
    if not 0 <= port <= 65535:
        yield f"there is no port {port}."


def check_day(day: str) -> Iterator[str]:
    try:
        _ = date.fromisoformat(day) if day else None
    except ValueError:
        yield f"expected a day like 2025-09-01, found {day!r}."


def hours_of(text: str) -> tuple[time, time]:
    start, end = text.split("-")
    return time.fromisoformat(start.strip()), time.fromisoformat(end.strip())
