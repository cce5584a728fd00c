"""The keys of the configuration by their names: `me.name`, `account.NAME.host` (`account.host` where there is but one),
and within tables of free keys `etiquette.check_in.after_promise`."""

from __future__ import annotations

import dataclasses
import difflib
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mailbot.config.settings import KNOWN, NEEDED, AccountSettings, Settings
from mailbot.errors import ActionNeeded


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key stands: the tables around it, and which of the [[account]]s where it is an account's. `hint` is the
    type of its value, None where any is possible."""

    tables: tuple[str, ...]
    key: str
    hint: object
    account: int | None = None


def place_of(name: str, accounts: Sequence[str]) -> Place:
    """The place of the key of that name, in a configuration with these accounts. Raises ActionNeeded."""
    first, *rest = name.split(".")
    if first == "account" and rest:
        return _account_place(name, rest, accounts)
    hint = typing.get_type_hints(Settings).get(first)
    if hint is None or not rest or not all(rest):
        raise no_such_key(name, _known())
    if not dataclasses.is_dataclass(hint):
        return Place((first, *rest[:-1]), rest[-1], None)
    inner = typing.get_type_hints(hint).get(rest[0])
    if inner is None or (len(rest) > 1 and not _is_free(inner)):
        raise no_such_key(name, _known())
    return Place((first, *rest[:-1]), rest[-1], inner if len(rest) == 1 else None)


def _account_place(name: str, rest: Sequence[str], accounts: Sequence[str]) -> Place:
    """An account's name may have dots in it."""
    key, named = rest[-1], ".".join(rest[:-1])
    hint = typing.get_type_hints(AccountSettings).get(key)
    if hint is None:
        raise no_such_key(name, _known())
    if not named and len(accounts) == 1:
        return Place(("account",), key, hint, 0)
    if named not in accounts:
        raise ActionNeeded(f"Which account is meant by {name!r}?", mend=f"There are: {', '.join(accounts)}.")
    return Place(("account",), key, hint, accounts.index(named))


def values(settings: Settings) -> dict[str, object]:
    """Every key and what holds for it, defaults too; of an account those of its kind, of free tables what is set."""
    found: dict[str, object] = {}
    for one in dataclasses.fields(settings):
        value = getattr(settings, one.name)
        if one.name == "account":
            for account in value:
                ours = ("name", "kind", *NEEDED[account.kind], *KNOWN[account.kind])
                found |= {f"account.{account.name}.{key}": held for key, held in _fields(account) if key in ours}
        elif one.name == "etiquette":
            found |= _flat("etiquette", {"preset": settings.preset, **value})
        else:
            found |= {f"{one.name}.{key}": held for key, held in _fields(value)}
    return found


def value_of(name: str, settings: Settings) -> object:
    """What holds for a key. Raises ActionNeeded where there is no such key, or a free one that is not set."""
    known = values(settings)
    accounts = [one.name for one in settings.account]
    place = place_of(name, accounts)
    if place.account is not None:
        name = f"account.{accounts[place.account]}.{place.key}"
    if name in known:
        return known[name]
    raise ActionNeeded(f"{name} is not set.", mend="docs/configuration.md says what holds without it.")


def no_such_key(name: str, known: typing.Iterable[str]) -> ActionNeeded:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else "mailbot config get lists them."
    return ActionNeeded(f"There is no key {name!r}.", mend=hint)


def _known() -> Iterator[str]:
    for table, hint in typing.get_type_hints(Settings).items():
        inner = AccountSettings if table == "account" else hint
        if dataclasses.is_dataclass(inner):
            yield from (f"{table}.{one.name}" for one in dataclasses.fields(inner))
        else:
            yield f"{table}.preset"


def _is_free(hint: object) -> bool:
    return typing.get_origin(hint) is dict


def _fields(table: Any) -> Iterator[tuple[str, object]]:
    return ((one.name, getattr(table, one.name)) for one in dataclasses.fields(table))


def _flat(name: str, table: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in table.items():
        found |= _flat(f"{name}.{key}", value) if isinstance(value, Mapping) else {f"{name}.{key}": value}
    return found
