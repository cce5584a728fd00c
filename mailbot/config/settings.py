"""The settings: the dataclasses that the configuration's TOML becomes.

They are the table that everything else comes from: a field's type is what is expected, its default what holds where
the key is missing, its `about` the line of the reference page, its `check` what more must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.config.checks import (
    check_accounts,
    check_addresses,
    check_calendar,
    check_command,
    check_day,
    check_for_role,
    check_hours,
    check_name,
    check_port,
    check_quiet,
    check_zone,
    hours_of,
)
from mailbot.reading.statements import Reader

DEFAULT_PRESET = "coach"
A_YEAR = timedelta(days=365)
# The keys of an account by its kind: those it cannot do without, and those it also knows.
NEEDED: dict[str, tuple[str, ...]] = {"maildir": ("path",), "gmail": ("user",), "imap": ("host",)}
KNOWN: dict[str, tuple[str, ...]] = {
    "maildir": ("drafts", "sent", "trash"),
    "gmail": ("client",),
    "imap": ("port", "security", "user", "sign_in", "password_command", "client", "folders", "drafts", "sent", "trash"),
}


def key(
    about: str,
    *,
    default: object = MISSING,
    choices: tuple[str, ...] = (),
    table: bool = False,
    check: Callable[[Any], Iterable[str]] | None = None,
) -> Any:
    """A key of the configuration. `check` says in sentences what is wrong with a value of the right type."""
    metadata = {"about": about, "choices": choices, "table": table, "check": check}
    if isinstance(default, (dict, list)):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class MeSettings:
    name: str = key("your full name, as letters are signed", check=check_name)
    addresses: tuple[str, ...] = key(
        "your own addresses; mail from these is yours, the first is the usual one", check=check_addresses
    )
    phone: str = key("for the signature", default="")
    postal_address: str = key("for the signature; lines separated by \\n", default="")
    timezone: str = key("an IANA name such as Europe/London; default: the system's", default="", check=check_zone)
    country: str = key("two letters, for public holidays; default: from the time zone", default="")
    region: str = key("state or region within the country, for its holidays", default="")
    hours: str = key("when you can talk, in your own zone", default="08:00-19:00", check=check_hours)
    calendar: str = key("an .ics file; no time that it holds is offered", default="", check=check_calendar)
    references: bool = key("whether letters may offer references", default=False)


@dataclass(frozen=True, slots=True)
class AccountSettings:
    name: str = key("what you call this mailbox")
    kind: str = key("where the mail lies", choices=tuple(NEEDED))
    path: str = key("the folder of the Maildir; ~ is your home", default="")
    drafts: str = key("the Drafts folder within it, where it has an unusual name", default="")
    sent: str = key("the Sent folder within it, where it has an unusual name", default="")
    trash: str = key("the Trash folder within it, where it has an unusual name", default="")
    user: str = key("the address you sign in with; for imap your first is the default", default="")
    host: str = key("the IMAP server, as your provider names it", default="")
    port: int = key("its port; default: 993, or 143 without tls", default=0, check=check_port)
    security: str = key(
        "how the line is kept private; none only to this machine", default="tls", choices=("tls", "starttls", "none")
    )
    sign_in: str = key(
        "with a password, or with an access token: by `mailbot auth`, or one that password_command prints",
        default="password",
        choices=("password", "xoauth2", "oauthbearer"),
    )
    password_command: str = key("prints the password; run without a shell; default: the system keyring", default="")
    folders: tuple[str, ...] = key("IMAP folders read beside the inbox, Sent and the archive", default=())
    client: str = key(
        "the client_secret.json of your Google project, default: beside this file; at Microsoft your application's id",
        default="",
    )

    @property
    def signs_in_by_consent(self) -> bool:
        """Whether `mailbot auth` leads through a consent, from which the access tokens come."""
        tokens = self.kind == "imap" and self.sign_in != "password" and not self.password_command
        return self.kind == "gmail" or tokens


@dataclass(frozen=True, slots=True)
class LetterSettings:
    manner: str = key(
        "whose manners letters keep; default: by the correspondent's country",
        default="",
        choices=("", "us", "uk", "de", "in"),
    )
    strengths: tuple[str, ...] = key("what you bring, one phrase each, fit to stand after 'I would bring'", default=())
    for_role: dict[str, object] = key(
        "strengths for roles whose title holds a word", default={}, table=True, check=check_for_role
    )
    sign_off: str = key("in place of the usual close, such as 'Warm regards,'", default="")
    closing_line: str = key("a last sentence of your own for thanks and check-ins", default="")


@dataclass(frozen=True, slots=True)
class ScanSettings:
    since: str = key("the day from which mail is read; default: twelve months back", default="", check=check_day)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    file: str = key("where it is kept, such as ~/job-search.ics; empty: nowhere", default="")


@dataclass(frozen=True, slots=True)
class NotifySettings:
    desktop: bool = key("show notices on the desktop (notify-send; on macOS by itself)", default=False)
    command: str = key(
        "is given each notice on its standard input; run without a shell", default="", check=check_command
    )
    details: bool = key("whether notices name people and firms", default=False)
    quiet: str = key("hours in which none comes; empty: at any hour", default="21:00-08:00", check=check_quiet)


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration. `etiquette` holds `preset`, and whatever overrides a number of the preset."""

    me: MeSettings = key("who you are")
    account: tuple[AccountSettings, ...] = key("one [[account]] for each mailbox", check=check_accounts)
    etiquette: dict[str, object] = key("the rules of following up", default={}, table=True)
    letters: LetterSettings = key("how letters are written", default=LetterSettings())
    scan: ScanSettings = key("the first look at a mailbox", default=ScanSettings())
    calendar: CalendarSettings = key(
        "interviews, promised days and what is due as a calendar, kept current by the service",
        default=CalendarSettings(),
    )
    notify: NotifySettings = key(
        "being told: a draft waits, you owe an answer, a promised day has passed, an account needs you; never from 30"
        " minutes before a known interview to 30 after it",
        default=NotifySettings(),
    )

    @property
    def preset(self) -> str:
        return str(self.etiquette.get("preset", DEFAULT_PRESET))

    @property
    def overrides(self) -> dict[str, object]:
        """What [etiquette] says beyond the preset's name."""
        return {key: value for key, value in self.etiquette.items() if key != "preset"}

    @property
    def zone(self) -> str:
        if self.me.timezone:
            return self.me.timezone
        import tzlocal  # only here: most people name no zone, most commands need none

        return str(tzlocal.get_localzone_name() or "UTC")

    def reader(self) -> Reader:
        """Whose mail is read."""
        return Reader(
            addresses=frozenset(one.lower() for one in self.me.addresses),
            zone=self.zone,
            name=self.me.name,
            country=self.me.country.upper(),
            region=self.me.region,
        )

    def since(self, now: datetime) -> datetime:
        """From when a first scan reads mail; it is never told of what is older."""
        if self.scan.since:
            return datetime.combine(date.fromisoformat(self.scan.since), time(), ZoneInfo(self.zone))
        return now - A_YEAR

    def hours(self) -> tuple[time, time]:
        return hours_of(self.me.hours)

    def quiet(self) -> tuple[time, time] | None:
        """The hours in which no notice comes; they may go over midnight."""
        return hours_of(self.notify.quiet) if self.notify.quiet else None
