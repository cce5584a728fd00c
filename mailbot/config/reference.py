"""The reference page of the configuration, from the settings' types and the presets' files."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field
from typing import Any

from mailbot.config.settings import KNOWN, NEEDED, AccountSettings, Settings

HEAD = """\
# The configuration, key by key

`mailbot.toml` lies in the platform's configuration folder (`mailbot config path` says where); `--config FILE` and
`MAILBOT_CONFIG` name another. `mailbot config check` finds what is wrong with it, `mailbot config set KEY VALUE`
changes a key and keeps your comments, `mailbot config unset KEY` lets its default hold again.
[config/mailbot.toml](../config/mailbot.toml) is a commented example.

This page is made from the program itself: `python docs/reference.py`.
"""
NUMBERS = """\
Every number of a preset can be set otherwise, such as `mailbot config set etiquette.check_in.after_promise 3`, or
`{days = 3, unit = "working"}` for working days. Where nothing is said, days are calendar days; 'moved on' means to the
next working day.
"""


def keys() -> Iterator[tuple[str, str, str, str]]:
    """Table, key, default as TOML (empty where required) and what it is."""
    for table in dataclasses.fields(Settings):
        for one in _fields(table.name):
            yield table.name, one.name, _default(one), str(one.metadata["about"])


def reference() -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *(_section(one) for one in dataclasses.fields(Settings))])


def _section(table: Field[Any]) -> str:
    title = f"[[{table.name}]]" if table.name == "account" else f"[{table.name}]"
    about = str(table.metadata["about"])
    text = f"## `{title}`\n\n{about[0].upper()}{about[1:]}.\n"
    if table.name == "etiquette":
        return f"{text}\n{_etiquette()}"
    account = table.name == "account"
    rows = [("key", "is", "default", *(["kinds"] if account else []), "")]
    for one in _fields(table.name):
        kinds = [", ".join(_kinds(one.name))] if account else []
        default = f"`{_default(one)}`" if _default(one) else "needed" if _is_needed(one) else ""
        rows.append((f"`{one.name}`", _type(table.name, one), default, *kinds, str(one.metadata["about"])))
    return f"{text}\n{_markdown(rows)}"


def _fields(table: str) -> tuple[Field[Any], ...]:
    inner = AccountSettings if table == "account" else typing.get_type_hints(Settings)[table]
    return dataclasses.fields(inner) if dataclasses.is_dataclass(inner) else ()


def _type(table: str, one: Field[Any]) -> str:
    if one.metadata["choices"]:
        return " or ".join(f"`{choice}`" for choice in one.metadata["choices"] if choice)
    inner = AccountSettings if table == "account" else typing.get_type_hints(Settings)[table]
    hint = typing.get_type_hints(inner)[one.name]
    names = {str: "text", bool: "true or false", int: "number"}
    return names.get(hint, "table" if typing.get_origin(hint) is dict else "list of texts")


def _kinds(key: str) -> Iterator[str]:
    """The kinds of account that have that key."""
    if key in ("name", "kind"):
        yield "all"
    for kind in NEEDED:
        if key in NEEDED[kind]:
            yield f"{kind} (needed)"
        elif key in KNOWN[kind]:
            yield kind


def _is_needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _default(one: Field[Any]) -> str:
    """As TOML; empty where there is none, or it is nothing."""
    value = one.default if one.default_factory is MISSING else one.default_factory()
    if value is MISSING or (not value and value is not False):
        return ""
    return str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')


def _etiquette() -> str:
    """The letters and the numbers of every preset."""
    from mailbot.etiquette import load
    from mailbot.etiquette.follow_up import FollowUpKind
    from mailbot.etiquette.loading import AGENCY, PRESETS
    from mailbot.etiquette.rules import ALWAYS

    presets = [load(one) for one in PRESETS]
    keys = [
        ("key", "is", "default", ""),
        ("`preset`", " or ".join(f"`{one}`" for one in PRESETS), f'`"{PRESETS[0]}"`', "the rules to go by"),
        ("`letters`", "list of texts", "the preset's", "the unprompted letters that are written"),
        ("`agency`", " or ".join(f"`{one}`" for one in AGENCY), f'`"{AGENCY[0]}"`',
         "where an agency acts: through it, its client's interviewers get no letters of their own"),
    ]  # fmt: skip
    letters = [
        ("letter", *PRESETS),
        *(
            (f"`{kind}`", *("yes" if preset.writes(kind) else "" for preset in presets))
            for kind in FollowUpKind
            if kind not in ALWAYS
        ),
    ]
    numbers: list[tuple[str, ...]] = [("number", *PRESETS, "from")]
    for name in presets[0].rules:
        said = [_said(one.rules[name]) for one in presets]
        guides = dict.fromkeys(one.rules[name].guide for one in presets)
        numbers.append((f"`{name}`", *said, ", ".join(guides)))
    return "\n".join([_markdown(keys), _markdown(letters), NUMBERS, _markdown(numbers)])


def _said(rule: object) -> str:
    """A number of a preset in words."""
    from mailbot.etiquette.rules import Clock, Count, Days, Hours, Share, YearDay

    match rule:
        case Days(days=days, working=working, then_working=then):
            words = f"{days} {'working ' if working else ''}{'day' if days == 1 else 'days'}"
            return f"{words}, moved on" if then and not working else words
        case Hours(hours=hours):
            return f"{hours} hours" if hours else "at once"
        case Count(count=count):
            return str(count)
        case Share(share=share):
            return str(share)
        case Clock(clock=clock):
            return f"{clock:%H:%M}"
        case YearDay(month=month, day=day):
            return f"{month:02}-{day:02}"
    raise TypeError(rule)


def _markdown(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as a table, the first as its head."""
    head, *rest = (f"| {' | '.join(one.replace('|', '/') for one in row)} |" for row in rows)
    return "\n".join([head, "|---" * len(rows[0]) + "|", *rest]) + "\n"
