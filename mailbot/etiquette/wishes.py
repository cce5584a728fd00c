"""What the person wants of mailbot, beside what their mail brings: values, each with the application it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mailbot.etiquette.follow_up import FollowUpKind, Identity
from mailbot.etiquette.rules import Etiquette
from mailbot.tracking.application import Application
from mailbot.tracking.words import anchored

W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Muted:
    """Nothing is drafted for this application, and nothing said of it."""

    about: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """Nothing new is placed before `until` (None: until it is taken back); `about` empty: for any application."""

    about: tuple[str, ...]
    at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Uninterested:
    """Thanks stay, without a word of interest; nothing asks for more."""

    about: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Ruled:
    """The rules that one application goes by."""

    about: tuple[str, ...]
    at: datetime
    etiquette: Etiquette


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter that the person asks for; its occasion is `ident`, this very word."""

    about: tuple[str, ...]
    at: datetime
    kind: FollowUpKind
    ident: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A follow-up that the person wants now, though its time has passed or is yet to come."""

    about: tuple[str, ...]
    at: datetime
    identity: Identity


@dataclass(frozen=True, slots=True)
class Answered:
    """Whether what was read from that mail, the first of `about`, is right: the answer to a question. With an
    `address`: whether it is rightly that of the person whom the mail names."""

    about: tuple[str, ...]
    at: datetime
    right: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class TopicNoted:
    """There is something of their own to write to `person`, a name or an address."""

    about: tuple[str, ...]
    at: datetime
    person: str


Wish = TopicNoted | Muted | Paused | Uninterested | Ruled | Asked | Wanted | Answered


def by_application(wishes: Sequence[Wish], applications: Iterable[Application]) -> Mapping[str, tuple[Wish, ...]]:
    """The wishes of each application by its id, oldest first; a pause of everything is one of each."""
    if not wishes:
        return {}
    known = tuple(applications)
    owner = {reading.message_id: one.id for one in known for reading in one.readings}
    found: defaultdict[str, list[Wish]] = defaultdict(list)
    for anchor, wish in anchored(wishes, owner):
        found[owner[anchor]].append(wish)
    everywhere = [one for one in wishes if isinstance(one, Paused) and not one.about]
    return {one.id: (*found[one.id], *everywhere) for one in known}


def rules_of(wishes: Sequence[Wish], applications: Iterable[Application]) -> Mapping[str, Etiquette]:
    """The rules of each application that has its own, by its id."""
    of_each = by_application([one for one in wishes if isinstance(one, Ruled)], applications)
    return {ident: own.etiquette for ident, several in of_each.items() if (own := last(several, Ruled))}


def last(wishes: Sequence[Wish], kind: type[W]) -> W | None:
    """The newest wish of that kind."""
    return next((one for one in reversed(wishes) if isinstance(one, kind)), None)


def pause_at(wishes: Sequence[Wish], now: datetime) -> Paused | None:
    """The pause that holds at `now`; of several the one that ends last."""
    holding = [one for one in wishes if isinstance(one, Paused) and (one.until is None or one.until > now)]
    endless = next((one for one in holding if one.until is None), None)
    return endless or max(holding, key=lambda one: one.until or now, default=None)
