"""One TOML file -> typed settings.

All problems of a file are reported at once; an unknown key is a problem, with a suggestion. What a file may name
(folders, commands) makes it worth protecting: one that others can write is refused.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import stat
import tomllib
import typing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.checking import Checker
from mailbot.config.settings import DEFAULT_PRESET, KNOWN, NEEDED, AccountSettings, Settings
from mailbot.errors import ActionNeeded, ConfigError
from mailbot.reading.statements import Reader

MEND = "See the commented example in config/mailbot.toml."


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
    return parse_settings(load_text(file), str(file))


def load_text(file: Path) -> str:
    """A configuration as it is written. Raises ActionNeeded where there is none, or others can write it."""
    try:
        with file.open("rb") as stream:
            _refuse_if_others_can_write(file, os.fstat(stream.fileno()))
            return stream.read().decode("utf-8")
    except FileNotFoundError as error:
        raise ActionNeeded(
            f"There is no configuration at {file}.",
            mend="Run: mailbot init, or name another with --config FILE.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ActionNeeded(f"{file} cannot be read: {error}.") from error


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


def local_now(zone: str) -> datetime:
    """The wall clock in that zone: the one place where commands take `now`."""
    return datetime.now(ZoneInfo(zone))


def zone_of(file: Path | None) -> str:
    """The zone that a configuration names. Raises ActionNeeded, ConfigError."""
    return load_settings(file or default_config_file()).zone
