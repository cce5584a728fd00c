"""Plain TOML values turned into dataclasses: types, defaults, unknown keys, and every problem with its line."""

from __future__ import annotations

import dataclasses
import difflib
import re
import typing
from collections.abc import Mapping
from dataclasses import MISSING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Keys that people expect where a password is asked for.
SECRETS = frozenset({"password", "passwd", "pass", "secret", "token", "access_token", "refresh_token"})
INSTEAD = "Put it into the keyring (`keyring set mailbot NAME`), or let password_command print it."


class Checker:
    """Turns plain TOML values into the dataclasses and collects every problem on the way."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.lines = text.splitlines()
        self.problems: list[str] = []

    def problem(self, path: tuple[str, ...], text: str) -> None:
        line = _line_of(self.lines, path)
        where = f"{self.name}:{line}" if line else self.name
        self.problems.append(f"{where}: {'.'.join(path)}: {text}")

    def table(self, kind: type, data: object, path: tuple[str, ...]) -> object | None:
        """An instance of the dataclass `kind`, or None where a problem was found."""
        if not isinstance(data, Mapping):
            self.problem(path, f"expected a table, found {_said(data)}.")
            return None
        fields = {one.name: one for one in dataclasses.fields(kind)}
        hints = typing.get_type_hints(kind)
        before = len(self.problems)
        for key in data:
            if key not in fields:
                if key in SECRETS:
                    self.problem((*path, key), f"a secret has no place in this file. {INSTEAD}")
                    continue
                close = difflib.get_close_matches(key, fields, n=1)
                hint = f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(fields)}."
                self.problem((*path, key), f"there is no such key. {hint}")
        values: dict[str, object] = {}
        for key, one in fields.items():
            if key in data:
                values[key] = self.value(hints[key], one, data[key], (*path, key))
            elif one.default is MISSING and one.default_factory is MISSING:
                self.problem((*path, key), f"is missing: {one.metadata['about']}.")
        return kind(**values) if len(self.problems) == before else None

    def value(self, hint: object, one: dataclasses.Field[object], value: object, path: tuple[str, ...]) -> object:
        """One value checked against its type, then by the check of its key."""
        before = len(self.problems)
        typed = self.typed(hint, one, value, path)
        check = one.metadata["check"]
        if check and (len(self.problems) == before or dataclasses.is_dataclass(_inner(hint))):
            for text in check(typed):
                self.problem(path, text)
        return typed

    def typed(self, hint: object, one: dataclasses.Field[object], value: object, path: tuple[str, ...]) -> object:
        """One value of its type; None, or None among several, where it is of another."""
        if one.metadata["table"]:
            return self.expect(dict, "a table", value, path)
        if dataclasses.is_dataclass(hint):
            return self.table(typing.cast(type, hint), value, path)
        if typing.get_origin(hint) is tuple:
            return self.several(_inner(hint), value, path)
        expected = {str: "a text in quotes", bool: "true or false", int: "a whole number"}[typing.cast(type, hint)]
        checked = self.expect(typing.cast(type, hint), expected, value, path)
        choices = one.metadata["choices"]
        if checked is not None and choices and checked not in choices:
            close = difflib.get_close_matches(str(checked), choices, n=1)
            hint_text = f" Did you mean {close[0]!r}?" if close else ""
            listed = ", ".join(repr(choice) for choice in choices if choice)
            self.problem(path, f"expected one of {listed}; found {_said(value)}.{hint_text}")
        return checked

    def several(self, kind: type, value: object, path: tuple[str, ...]) -> tuple[object, ...]:
        if not isinstance(value, list):
            listed = "[[...]] tables" if dataclasses.is_dataclass(kind) else "a list of texts in [ ]"
            self.problem(path, f"expected {listed}, found {_said(value)}.")
            return ()
        if dataclasses.is_dataclass(kind):
            return tuple(self.table(kind, one, path) for one in value)
        return tuple(self.expect(kind, "a text in quotes", one, path) for one in value)

    def expect(self, kind: type, words: str, value: object, path: tuple[str, ...]) -> object | None:
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.problem(path, f"expected {words}, found {_said(value)}.")
        return None


def is_zone(name: str) -> bool:
    """Whether the system or tzdata knows a time zone of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):  # unknown; a folder of the database; no name at all
        return False
    return True


def _inner(hint: object) -> type:
    """The type of which a tuple has several, else the type itself."""
    return typing.cast(type, typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint)


def _said(value: object) -> str:
    names = {str: "the text", bool: "the truth value", int: "the number", float: "the number", list: "a list"}
    name = names.get(type(value), "a table" if isinstance(value, Mapping) else type(value).__name__)
    return f"{name} {value!r}" if isinstance(value, (str, int, float)) else name


def _line_of(lines: list[str], path: tuple[str, ...]) -> int | None:
    """The number of the line on which a key stands (tomllib gives none), else of its table."""
    section, table_line = "", None
    parents, key = ".".join(path[:-1]), path[-1] if path else ""
    for number, line in enumerate(lines, 1):
        header = re.match(r"\s*\[\[?\s*([\w.\-]+)\s*\]", line)
        if header:
            section = header[1]
            if section in (parents, ".".join(path)):
                table_line = table_line or number
        elif section == parents and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
            return number
    return table_line
