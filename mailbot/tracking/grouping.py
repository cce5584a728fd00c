"""Mail cut into groups that share no anchor at all, and a group into conversations that surely belong together.

Both are linear in the mail: every message is met once, by the anchors it bears.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from mailbot.tracking.alike import alike
from mailbot.tracking.application import Constraint
from mailbot.tracking.clues import BEGINNINGS, STARTS, Clues, Key
from mailbot.tracking.domains import resembles
from mailbot.tracking.names import Likeness, compare_companies, compare_roles
from mailbot.tracking.profile import Profile


class Forbidden:
    """Which messages may not be one application: any two that one must-not constraint names."""

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for constraint in constraints:
            if not constraint.together:
                for one, other in combinations(constraint.messages, 2):
                    self._apart[one].add(other)
                    self._apart[other].add(one)

    def between(self, some: Iterable[Clues], others: Iterable[Clues]) -> bool:
        if not self._apart:
            return False
        ids = {one.id for one in others}
        return any(not ids.isdisjoint(self._apart[one.id]) for one in some if one.id in self._apart)


def together(constraints: Iterable[Constraint]) -> frozenset[str]:
    """The messages that the person has put somewhere."""
    return frozenset(message for one in constraints if one.together for message in one.messages)


def groups(found: Sequence[Clues], constraints: Sequence[Constraint]) -> list[list[Clues]]:
    """Mail that shares any anchor, however weak; nothing outside a group can matter to it."""
    leader: dict[Key, Key] = {}

    def top(key: Key) -> Key:
        while leader.setdefault(key, key) != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    def tie(key: Key, other: Key) -> None:
        leader[top(key)] = top(other)

    for one in found:
        for key in one.anchors:
            tie(key, ("message", one.id))
    for key, other in (*_namesakes(found), *_alike(found)):
        tie(key, other)
    for constraint in constraints:
        for message in constraint.messages:
            tie(("message", message), ("message", constraint.messages[0]))
    gathered: defaultdict[Key, list[Clues]] = defaultdict(list)
    for one in found:
        gathered[top(("message", one.id))].append(one)
    return list(gathered.values())


def _namesakes(found: Iterable[Clues]) -> Iterator[tuple[Key, Key]]:
    """Mail that names one person. Namesakes at two organisations are two people (see `evidence.Shared`): the name ties
    mail together where some of it says nothing of an organisation."""
    named: defaultdict[tuple[str, ...], list[Clues]] = defaultdict(list)
    for one in found:
        for name in one.names:
            named[name].append(one)
    for several in named.values():
        if not all(one.domains for one in several):
            yield from ((("message", several[0].id), ("message", one.id)) for one in several[1:])


def _alike(found: Sequence[Clues]) -> Iterator[tuple[Key, Key]]:
    """Names of organisations that may be one, and domains that spell them."""
    names = {(text, False) for one in found for text in one.organisations}
    domains = {(domain, True) for one in found for domain in one.domains}
    for pair in alike(names | domains):
        one, other = (("domain" if is_domain else "name", text) for text, is_domain in pair)
        yield one, other


class Conversations:
    """Messages of one group (oldest first) joined by what they answer, by calendar UID, by the provider's thread and
    by the person's word; kept apart where one thread serves two roles or two employers."""

    def __init__(self, found: Sequence[Clues], constraints: Sequence[Constraint]) -> None:
        self._forbidden = Forbidden(constraints)
        self._at: dict[Key, Profile] = {}
        self._merged: dict[int, Profile] = {}
        self._bound: defaultdict[str, list[Key]] = defaultdict(list)
        for at, constraint in enumerate(constraints):
            for message in constraint.messages if constraint.together else ():
                self._bound[message].append(("bound", at))
        for one in found:
            self._place(one)

    def all(self) -> list[Profile]:
        """The conversations, in the order of their first messages."""
        alive = {id(one): one for one in map(self._living, self._at.values())}
        return sorted(alive.values(), key=lambda one: one.order)

    def _place(self, one: Clues) -> None:
        keys = self._keys(one)
        home: Profile | None = None
        for key in keys:
            other = self._at.get(key)
            if other is None:
                continue
            other = self._living(other)
            if home is None:
                home = other if self._fits(one, other, key) else None
            elif other is not home and self._fits(one, other, key) and self._alike(home, other, key):
                home = self._merge(home, other)
        if home is None:
            home = Profile()
            self._at["message", one.id] = home
        home.add([one])
        for key in keys:
            # What this message answers stays where it is; what it begins is its own.
            self._at.setdefault(key, home)
        self._at["message", one.id] = home

    def _keys(self, one: Clues) -> list[Key]:
        keys: list[Key] = [("message", one.id)]
        keys += self._bound.get(one.id, [])
        keys += [("message", reference) for reference in one.answers]
        keys += [("uid", uid) for uid in sorted(one.uids)]
        if one.reading.thread:
            keys.append(("thread", one.reading.account, one.reading.thread))
        return keys

    def _living(self, profile: Profile) -> Profile:
        while id(profile) in self._merged:
            profile = self._merged[id(profile)]
        return profile

    def _merge(self, home: Profile, other: Profile) -> Profile:
        large, small = (home, other) if len(home.members) >= len(other.members) else (other, home)
        large.add(small.members)
        self._merged[id(small)] = large
        return large

    def _alike(self, home: Profile, other: Profile, key: Key) -> bool:
        if self._forbidden.between(home.members, other.members):
            return False
        return key[0] in ("bound", "uid") or compare_roles(home.role, other.role) is not Likeness.DIFFERENT

    def _fits(self, one: Clues, other: Profile, key: Key) -> bool:
        if self._forbidden.between([one], other.members):
            return False
        if key[0] in ("bound", "uid"):
            return True
        if _other_client(one, other):
            return False
        role = compare_roles(one.role, other.role)
        if key[0] == "thread" and one.kind in BEGINNINGS and other.of_kind(BEGINNINGS) and role is not Likeness.SAME:
            return False  # a mail provider also threads two receipts of one subject
        return role is not Likeness.DIFFERENT or (key[0] == "message" and one.kind not in STARTS)


def _other_client(one: Clues, other: Profile) -> bool:
    """Whether a message in a thread starts something with another employer than the thread's: an agency's second
    client. A name that only turns up in the middle of an exchange is a loose word."""
    if one.kind not in STARTS or compare_companies(one.company, other.company) is not Likeness.DIFFERENT:
        return False
    company, known = one.company or "", other.company or ""
    likeness = compare_companies(company, other.agency), compare_companies(one.agency, known)
    if max(likeness) >= Likeness.CLOSE:
        return False
    return not any(resembles(domain, name) for domain in one.domains & other.domains for name in (company, known))
