"""The configuration: one TOML file -> typed settings.

The dataclasses below are the table that everything else comes from: a field's type is what is expected, its default
what holds where the key is missing, its `about` the line of the reference page. All problems of a file are reported
at once; an unknown key is a problem, with a suggestion. What a file may name (folders, later commands) makes it
worth protecting: one that others can write is refused.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
import stat
import tomllib
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.checking import Checker, is_zone
from mailbot.errors import ActionNeeded, ConfigError
from mailbot.mail.imap.server import is_this_machine
from mailbot.reading.statements import Reader

DEFAULT_PRESET = "coach"
A_YEAR = timedelta(days=365)
# The keys of an account by its kind: those it cannot do without, and those it also knows.
NEEDED: dict[str, tuple[str, ...]] = {"maildir": ("path",), "gmail": ("user",), "imap": ("host",)}
KNOWN: dict[str, tuple[str, ...]] = {
    "maildir": ("drafts", "sent", "trash"),
    "gmail": ("client",),
    "imap": ("port", "security", "user", "sign_in", "password_command", "folders", "drafts", "sent", "trash"),
}
MEND = "See the commented example in config/mailbot.toml."


def _key(
    about: str,
    *,
    default: object = MISSING,
    choices: tuple[str, ...] = (),
    table: bool = False,
    check: Callable[[typing.Any], Iterable[str]] | None = None,
) -> typing.Any:
    """A key of the configuration. `check` says in sentences what is wrong with a value of the right type."""
    metadata = {"about": about, "choices": choices, "table": table, "check": check}
    if isinstance(default, (dict, list)):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def _check_name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "your name is needed for the signature."


def _check_addresses(addresses: tuple[str, ...]) -> Iterator[str]:
    if not addresses:
        yield "at least one address is needed."
    for one in addresses:
        if not re.fullmatch(r"[^@\s<>,\"]+@[^@\s<>,\"]+", one):
            yield f"{one!r} is no mail address."


def _check_zone(zone: str) -> Iterator[str]:
    if zone and not is_zone(zone):
        yield f"there is no time zone {zone!r}; expected one like Europe/London."


def _check_hours(hours: str) -> Iterator[str]:
    try:
        start, end = _hours(hours)
    except ValueError:
        yield f"expected hours like 08:00-19:00, found {hours!r}."
        return
    if start >= end:
        yield "the first hour must come before the last."


def _check_calendar(calendar: str) -> Iterator[str]:
    if calendar and not Path(calendar).expanduser().is_file():
        yield f"there is no file {calendar}."


def _check_for_role(strengths: dict[str, object]) -> Iterator[str]:
    for word, several in strengths.items():
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            yield f"expected a list of texts in [ ] for {word!r}."


def _check_accounts(accounts: tuple[AccountSettings | None, ...]) -> Iterator[str]:
    if not accounts:
        yield "at least one [[account]] is needed."
    for account in filter(None, accounts):
        yield from _check_sign_in(account)
    listed = [one.name for one in accounts if one]
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield f"two accounts are called {name!r}."


def _check_sign_in(account: AccountSettings) -> Iterator[str]:
    if account.security == "none" and account.host and not is_this_machine(account.host):
        yield f"account {account.name!r} would send its password in the clear; security = 'none' is for this machine."
    if account.sign_in != "password" and not account.password_command:
        yield f"account {account.name!r} needs a password_command that prints its access token."


def _check_port(port: int) -> Iterator[str]:
    if not 0 <= port <= 65535:
        yield f"there is no port {port}."


def _check_day(day: str) -> Iterator[str]:
    try:
        _ = date.fromisoformat(day) if day else None
    except ValueError:
        yield f"expected a day like 2025-09-01, found {day!r}."


def _hours(text: str) -> tuple[time, time]:
    start, end = text.split("-")
    return time.fromisoformat(start.strip()), time.fromisoformat(end.strip())


@dataclass(frozen=True, slots=True)
class MeSettings:
    name: str = _key("your full name, as letters are signed", check=_check_name)
    addresses: tuple[str, ...] = _key(
        "your own addresses; mail from these is yours, the first is the usual one", check=_check_addresses
    )
    phone: str = _key("for the signature", default="")
    postal_address: str = _key("for the signature; lines separated by \\n", default="")
    timezone: str = _key("an IANA name such as Europe/London; default: the system's", default="", check=_check_zone)
    country: str = _key("two letters, for public holidays; default: from the time zone", default="")
    region: str = _key("state or region within the country, for its holidays", default="")
    hours: str = _key("when you can talk, in your own zone", default="08:00-19:00", check=_check_hours)
    calendar: str = _key("an .ics file; no time that it holds is offered", default="", check=_check_calendar)
    references: bool = _key("whether letters may offer references", default=False)


@dataclass(frozen=True, slots=True)
class AccountSettings:
    name: str = _key("what you call this mailbox")
    kind: str = _key("where the mail lies", choices=tuple(NEEDED))
    path: str = _key("the folder of the Maildir; ~ is your home", default="")
    drafts: str = _key("the Drafts folder within it, where it has an unusual name", default="")
    sent: str = _key("the Sent folder within it, where it has an unusual name", default="")
    trash: str = _key("the Trash folder within it, where it has an unusual name", default="")
    user: str = _key("the address you sign in with; for imap your first is the default", default="")
    host: str = _key("the IMAP server, as your provider names it", default="")
    port: int = _key("its port; default: 993, or 143 without tls", default=0, check=_check_port)
    security: str = _key(
        "how the line is kept private; none only to this machine", default="tls", choices=("tls", "starttls", "none")
    )
    sign_in: str = _key(
        "with a password, or with an access token that password_command prints",
        default="password",
        choices=("password", "xoauth2", "oauthbearer"),
    )
    password_command: str = _key("prints the password; run without a shell; default: the system keyring", default="")
    folders: tuple[str, ...] = _key("IMAP folders read beside the inbox, Sent and the archive", default=())
    client: str = _key("the client_secret.json of your Google project; default: beside this file", default="")


@dataclass(frozen=True, slots=True)
class LetterSettings:
    manner: str = _key(
        "whose manners letters keep; default: by the correspondent's country",
        default="",
        choices=("", "us", "uk", "de", "in"),
    )
    strengths: tuple[str, ...] = _key("what you bring, one phrase each, fit to stand after 'I would bring'", default=())
    for_role: dict[str, object] = _key(
        "strengths for roles whose title holds a word", default={}, table=True, check=_check_for_role
    )
    sign_off: str = _key("in place of the usual close, such as 'Warm regards,'", default="")
    closing_line: str = _key("a last sentence of your own for thanks and check-ins", default="")


@dataclass(frozen=True, slots=True)
class ScanSettings:
    since: str = _key("the day from which mail is read; default: twelve months back", default="", check=_check_day)


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole configuration. `etiquette` holds `preset`, and whatever overrides a number of the preset."""

    me: MeSettings = _key("who you are")
    account: tuple[AccountSettings, ...] = _key("one [[account]] for each mailbox", check=_check_accounts)
    etiquette: dict[str, object] = _key("the rules of following up", default={}, table=True)
    letters: LetterSettings = _key("how letters are written", default=LetterSettings())
    scan: ScanSettings = _key("the first look at a mailbox", default=ScanSettings())

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
        return _hours(self.me.hours)


def default_config_file() -> Path:
    """`mailbot.toml` in the platform's configuration folder."""
    import platformdirs  # only here and below: a hundredth of a second

    return Path(platformdirs.user_config_dir("mailbot")) / "mailbot.toml"


def default_state_folder() -> Path:
    """The platform's folder for state."""
    import platformdirs

    return Path(platformdirs.user_state_dir("mailbot"))


def load_settings(file: Path) -> Settings:
    """Read and check a configuration. Raises ActionNeeded where there is none, ConfigError with all its problems."""
    try:
        with file.open("rb") as stream:
            _refuse_if_others_can_write(file, os.fstat(stream.fileno()))
            text = stream.read().decode("utf-8")
    except FileNotFoundError as error:
        raise ActionNeeded(
            f"There is no configuration at {file}.",
            mend="Copy the commented example from config/mailbot.toml there, or name another with --config FILE.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ActionNeeded(f"{file} cannot be read: {error}.") from error
    return parse_settings(text, str(file))


def _refuse_if_others_can_write(file: Path, state: os.stat_result) -> None:
    if state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise ActionNeeded(f"{file} can be written by others.", mend=f"Run: chmod 600 {file}")
    if state.st_uid not in (os.geteuid(), 0):
        raise ActionNeeded(f"{file} belongs to somebody else.", mend="Make it your own.")


def parse_settings(text: str, name: str) -> Settings:
    """Settings from TOML text; `name` is the file's name for messages. Raises ConfigError with all problems."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((f"{name}: not valid TOML: {error}.",)) from error
    checker = Checker(name, text)
    settings = checker.table(Settings, data, ())
    _check_kinds(checker, data.get("account"))
    if isinstance(rules := data.get("etiquette"), dict):
        _check_etiquette(checker, rules)
    if isinstance(me := data.get("me"), dict) and (me.get("country") or me.get("region")):
        _check_holidays(checker, *(str(me.get(key, "")) for key in ("timezone", "country", "region")))
    if checker.problems:
        raise ConfigError((*checker.problems, MEND))
    return typing.cast(Settings, settings)


def _check_kinds(checker: Checker, accounts: object) -> None:
    """Each account has the keys of its kind, and no others."""
    about = {one.name: str(one.metadata["about"]) for one in dataclasses.fields(AccountSettings)}
    for account in accounts if isinstance(accounts, list) else ():
        kind = str(account.get("kind")) if isinstance(account, dict) else ""
        if kind not in NEEDED:
            close = difflib.get_close_matches(kind, NEEDED, n=1)
            kind = close[0] if close else "maildir"
        for key in NEEDED[kind]:
            if key not in account:
                checker.problem(("account", key), f"is missing: {about[key]}.")
        for key in sorted((about.keys() & set(account)) - {"name", "kind", *NEEDED[kind], *KNOWN[kind]}):
            checker.problem(("account", key), f"says nothing of an account of the kind {kind}.")


def _check_etiquette(checker: Checker, rules: dict[str, object]) -> None:
    """The rules are checked where they are at home; what is wrong with them is said here with the rest."""
    from mailbot.etiquette import load  # its presets are files of their own; most commands never read them

    try:
        load(str(rules.get("preset", DEFAULT_PRESET)), {key: one for key, one in rules.items() if key != "preset"})
    except ConfigError as error:
        checker.problems += [f"{checker.name}: {one}" for one in error.problems]


def _check_holidays(checker: Checker, zone: str, country: str, region: str) -> None:
    """A country and region that the person names must be such whose public holidays are known."""
    from mailbot.etiquette import public_holidays, whose_holidays  # as above
    from mailbot.holiday_table import is_known, known_countries

    if country and not is_known(country.upper()):
        close = difflib.get_close_matches(country.upper(), known_countries(), n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        checker.problem(("me", "country"), f"expected two letters such as 'US' or 'GB', found {country!r}.{hint}")
        return
    try:
        public_holidays(*whose_holidays(Reader(frozenset(), zone or "UTC", country=country, region=region)))
    except ConfigError as error:
        for one in error.problems:
            checker.problem(("me", "region"), one)


def keys() -> Iterator[tuple[str, str, str, str]]:
    """For the reference page: table, key, default as TOML (empty where required) and what it is."""
    hints = typing.get_type_hints(Settings)
    for one in dataclasses.fields(Settings):
        hint = hints[one.name]
        inner = typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint
        if isinstance(inner, types.GenericAlias) or not dataclasses.is_dataclass(inner):
            yield one.name, "", "", str(one.metadata["about"])
            continue
        for key in dataclasses.fields(inner):
            default = "" if key.default is MISSING else _toml(key.default)
            default = default if key.default_factory is MISSING else "{}"
            yield one.name, key.name, default, str(key.metadata["about"])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "[]" if value == () else repr(value).replace("'", '"')


def local_now(zone: str) -> datetime:
    """The wall clock in that zone: the one place where commands take `now`."""
    return datetime.now(ZoneInfo(zone))


def zone_of(file: Path | None) -> str:
    """The zone that a configuration names. Raises ActionNeeded, ConfigError."""
    return load_settings(file or default_config_file()).zone
