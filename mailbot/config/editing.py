"""One key of a configuration set or unset, or an account added; comments and the order of lines stay as they are."""

from __future__ import annotations

import re
import tomllib
import typing
from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from mailbot.config.keys import Place, place_of
from mailbot.config.loading import parse_settings
from mailbot.errors import ActionNeeded, ConfigError


def with_value(text: str, file: str, name: str, words: Sequence[str]) -> str:
    """The configuration's text with the key `name` set to what the words say (several for a list); `file` is for
    messages. Raises ActionNeeded for a key that there is not, ConfigError where the configuration would be wrong,
    unless that makes it less wrong than it was."""
    place = place_of(name, _accounts(_parsed(text, file)))
    document = _parsed(_uncommented(text, place), file)
    _table(document, place, name)[place.key] = _value(place.hint, words)
    return _no_worse(tomlkit.dumps(document), text, file)


def without_value(text: str, file: str, name: str) -> str:
    """The configuration's text with the key `name` not set, so that its default holds: its line stays as a comment, a
    value of several lines goes. Raises ActionNeeded where it is not set, and as `with_value`."""
    document = _parsed(text, file)
    place = place_of(name, _accounts(document))
    held = _table_there(document, place)
    if place.key not in held:
        raise ActionNeeded(f"{name} is not set.", mend="mailbot config get lists what holds.")
    edited = _commented(text, place)
    if edited is None:
        del held[place.key]
        edited = tomlkit.dumps(document)
    return _no_worse(edited, text, file)


def with_account(text: str, file: str, table: str, addresses: Sequence[str]) -> str:
    """The configuration's text with one more [[account]], behind the others; the `addresses` that are not the person's
    yet become so. Raises ConfigError where that makes it wrong."""
    known = parse_settings(text, file).me.addresses
    if new := [one for one in addresses if one not in known]:
        text = with_value(text, file, "me.addresses", [*known, *new])
    lines = text.splitlines(keepends=True)
    last = Place(("account",), "", None, len(_accounts(_parsed(text, file))) - 1)
    end = _end_of(lines, _own_lines(lines, last))
    before, after = "".join(lines[:end]).rstrip("\n"), "".join(lines[end:]).lstrip("\n")
    return _no_worse(f"{before}\n\n{table}" + (f"\n{after}" if after else ""), text, file)


def _end_of(lines: Sequence[str], own: range) -> int:
    """Where a table ends: comments right above the next table's head belong to that."""
    if own.stop == len(lines):
        return own.stop
    gaps = [number for number in own if not lines[number].strip()]
    return gaps[-1] if gaps and all(lines[one].startswith("#") for one in range(gaps[-1] + 1, own.stop)) else own.stop


def _accounts(document: Any) -> list[str]:
    listed = document.get("account", [])
    return [str(one.get("name", "")) for one in listed] if isinstance(listed, list) else []


def _no_worse(edited: str, before: str, file: str) -> str:
    problems = _problems(edited, file)
    if problems and len(problems) >= len(_problems(before, file)):
        raise ConfigError(problems)
    return edited


def _parsed(text: str, file: str) -> Any:
    """tomlkit's document, which behaves like plain dicts and lists."""
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError((f"{file}: not valid TOML: {error}.",)) from error


def _problems(text: str, file: str) -> tuple[str, ...]:
    try:
        parse_settings(text, file)
    except ConfigError as error:
        return error.problems
    return ()


def _table(document: Any, place: Place, name: str) -> Any:
    """The table that holds the key, made where there is none. Raises ActionNeeded where a plain value stands there."""
    if place.account is not None:
        return document["account"][place.account]
    inner = document
    for table in place.tables:
        if table not in inner:
            inner[table] = tomlkit.table() if inner is document else tomlkit.inline_table()
        inner = inner[table]
        if not isinstance(inner, dict):
            raise ActionNeeded(f"{name} has no place: {table} is no table in your configuration.")
    return inner


def _table_there(document: Any, place: Place) -> Any:
    """The table that holds the key; an empty one where there is none."""
    if place.account is not None:
        return document["account"][place.account]
    inner = document
    for table in place.tables:
        inner = inner.get(table, {})
        if not isinstance(inner, dict):
            return {}
    return inner


def _uncommented(text: str, place: Place) -> str:
    """The text with the key's own line in effect, where it is there as a comment (`# phone = ""`): a value that is set
    then stands where the person looks for it."""
    lines, key = text.splitlines(keepends=True), re.escape(place.key)
    for number in _own_lines(lines, place):
        if re.match(rf"{key}\s*=", lines[number]):
            break
        if commented := re.match(rf"#\s*({key}\s*=.*)", lines[number], re.DOTALL):
            return "".join([*lines[:number], commented[1], *lines[number + 1 :]])
    return text


def _commented(text: str, place: Place) -> str | None:
    """The text with the key's own line as a comment; None where its value has no line of its own."""
    lines = text.splitlines(keepends=True)
    for number in _own_lines(lines, place):
        if re.match(rf"{re.escape(place.key)}\s*=", lines[number]) and _is_whole(lines[number]):
            return "".join([*lines[:number], f"# {lines[number]}", *lines[number + 1 :]])
    return None


def _own_lines(lines: Sequence[str], place: Place) -> range:
    """The numbers of the lines between the head of the key's table and the next one."""
    header = f"[[{place.tables[0]}]]" if place.account is not None else f"[{'.'.join(place.tables)}]"
    heads = [number for number, line in enumerate(lines) if line.split("#")[0].strip() == header]
    if len(heads) <= (place.account or 0):
        return range(0)
    first = heads[place.account or 0] + 1
    ends = (number for number in range(first, len(lines)) if re.match(r"#?\s*\[", lines[number]))
    return range(first, next(ends, len(lines)))


def _is_whole(line: str) -> bool:
    """Whether a value ends on the line on which it begins."""
    try:
        return bool(tomllib.loads(line))
    except tomllib.TOMLDecodeError:
        return False


def _value(hint: object, words: Sequence[str]) -> object:
    """What the words say where a value of that type is wanted: texts need no quotes."""
    if hint is str:
        return " ".join(words)
    if typing.get_origin(hint) is tuple and not (len(words) == 1 and words[0].lstrip().startswith("[")):
        return list(words)
    try:
        return tomllib.loads(f"value = {' '.join(words)}")["value"]
    except tomllib.TOMLDecodeError:
        return " ".join(words)
