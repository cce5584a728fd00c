"""Cues: what words speak for which kind or facet, how strongly, and where; all of `data/cues/` in one pass a text.

A cue file holds `[[cue]]` groups. `any` are RE2 expressions over plain text (see plain.py) in which `{name}` stands
for a part of `words.toml`. `speaks_for` names a kind, a facet, or a side of the scales in `kinds.py`; `weight` is in
log-odds; `heard_in` says where the words count (`Place`). `unless` silences the group in a text that holds it (a
file's own `unless` all its groups), `needs` in a mail whose traits (see traits.py) lack it. What is only supposed ('if
you are selected') counts for nothing, but for groups with `supposed = true`, and for nothing else do groups with
`supposed = "only"` count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from mailbot.patterns import Pattern, PatternSet, compiled
from mailbot.reading.tables import names, table


class Place(StrEnum):
    """Where words stand."""

    SAID = "said"  # a sentence of the new text
    SUBJECT = "subject"
    NEW = "new"  # all of the new text and the subject, as one
    ANYWHERE = "anywhere"  # the same, with greeting, signature, sender's name and quoted text
    TRAITS = "traits"  # what the mail is like beside its words


@dataclass(frozen=True, slots=True)
class Cue:
    """One group of a cue file, for one of its expressions; `group` is the file and the number of the group in it."""

    group: str
    speaks_for: str
    weight: float
    supposed: bool | str
    unless: tuple[Pattern, ...]
    needs: Pattern | None


class Hit(NamedTuple):
    """A cue that was heard, in which of the texts."""

    cue: Cue
    text: int


def hear(place: Place, texts: Iterable[str], traits: str = "") -> Iterator[Hit]:
    """The cues of that place in each text, once for each group and text; texts are plain (see plain.py)."""
    cues, patterns = _cues()[place]
    for number, text in enumerate(texts):
        groups: set[str] = set()
        supposed: bool | None = None
        for found in patterns.matching(text):
            cue = cues[found]
            if cue.group in groups or not _allowed(cue, text, traits):
                continue
            if supposed is None:
                supposed = place is Place.SAID and is_supposed(text)
            if (cue.supposed is False and supposed) or (cue.supposed == "only" and not supposed):
                continue
            groups.add(cue.group)
            yield Hit(cue, number)


def is_supposed(text: str) -> bool:
    """Whether a plain sentence only supposes what it says: 'if you are selected', 'only shortlisted candidates'."""
    return _supposed().search(text) is not None and compiled(table("words")["polite"]).search(text) is None


def _allowed(cue: Cue, text: str, traits: str) -> bool:
    if cue.needs is not None and cue.needs.search(traits) is None:
        return False
    return all(one.search(text) is None for one in cue.unless)


@cache
def _cues() -> dict[Place, tuple[tuple[Cue, ...], PatternSet]]:
    cues: dict[Place, list[Cue]] = {place: [] for place in Place}
    sources: dict[Place, list[str]] = {place: [] for place in Place}
    for name in names("cues"):
        file = table(name)
        for number, row in enumerate(file["cue"], 1):
            for place in row.get("heard_in", [Place.SAID]):
                for source in row["any"]:
                    sources[Place(place)].append(filled(source))
                    cues[Place(place)].append(
                        Cue(
                            group=f"{name.removeprefix('cues/')}.{number}",
                            speaks_for=row.get("speaks_for") or file["speaks_for"],
                            weight=float(row.get("weight", 0)),
                            supposed=row.get("supposed", False),
                            unless=tuple(compiled(filled(one["unless"])) for one in (file, row) if "unless" in one),
                            needs=compiled(filled(row["needs"])) if "needs" in row else None,
                        )
                    )
    return {place: (tuple(cues[place]), PatternSet(sources[place], case=True)) for place in Place}


def filled(source: str) -> str:
    """An expression with the parts of `words.toml` in place of their names."""
    for _ in range(2):  # a part may hold other parts
        for name, part in table("words")["parts"].items():
            source = source.replace(f"{{{name}}}", f"(?:{part})")
    return source


@cache
def _supposed() -> Pattern:
    return compiled("|".join(f"(?:{filled(one)})" for one in table("words")["supposed"]), often=True)
