"""One key of a configuration set; comments, and the order of the lines, stay as they are."""

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
    listed = _parsed(text, file).get("account", [])
    accounts = [str(one.get("name", "")) for one in listed] if isinstance(listed, list) else []
    place = place_of(name, accounts)
    document = _parsed(_uncommented(text, place), file)
    _table(document, place, name)[place.key] = _value(place.hint, words)
    edited = tomlkit.dumps(document)
    problems = _problems(edited, file)
    if problems and len(problems) >= len(_problems(text, file)):
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


def _uncommented(text: str, place: Place) -> str:
    """The text with the key's own line in effect, where it is there as a comment (`# phone = ""`): a value that is set
    then stands where the person looks for it."""
    header = f"[[{place.tables[0]}]]" if place.account is not None else f"[{'.'.join(place.tables)}]"
    lines = text.splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if line.split("#")[0].strip() == header]
    if len(heads) <= (place.account or 0):
        return text
    key = re.escape(place.key)
    for number in range(heads[place.account or 0] + 1, len(lines)):
        line = lines[number]
        if re.match(r"#?\s*\[", line) or re.match(rf"{key}\s*=", line):
            break
        if commented := re.match(rf"#\s*({key}\s*=.*)", line, re.DOTALL):
            return "".join([*lines[:number], commented[1], *lines[number + 1 :]])
    return text


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
