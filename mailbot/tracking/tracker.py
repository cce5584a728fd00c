"""All Readings of a mailbox -> all Applications."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.mail.message import Direction
from mailbot.reading.statements import Reading
from mailbot.tracking.application import Application, Constraint, Question, Tracked
from mailbot.tracking.assurance import LONE
from mailbot.tracking.belonging import Belonging
from mailbot.tracking.clues import Clues, clues
from mailbot.tracking.grouping import groups
from mailbot.tracking.ids import handle, identify, slugs
from mailbot.tracking.kin import kin, namings
from mailbot.tracking.matching import match
from mailbot.tracking.profile import Profile
from mailbot.tracking.remembered import Remembered
from mailbot.tracking.timeline import application
from mailbot.tracking.words import PersonsWord, anchored

NAMED = 3  # of the applications that a mail fits, so many are named in the question: a person reads no more

Make = Callable[[Profile, frozenset[str], Sequence[PersonsWord], frozenset[str]], Application]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Messages that may belong to any of several applications, which are named by one of their messages; or one mail
    that is not proved to come from the one that it names."""

    messages: tuple[str, ...]
    applications: tuple[str, ...]
    first: Reading


@dataclass(frozen=True, slots=True)
class Part:
    """What one group of mail makes; ids and slugs are given when all parts are known."""

    applications: tuple[Application, ...]
    doubtful: tuple[Doubtful, ...]


def track_group(
    found: Sequence[Clues],
    constraints: Sequence[Constraint],
    own: frozenset[str],
    words: Sequence[tuple[str, PersonsWord]] = (),
    make: Make = application,
) -> Part:
    """The applications of mail that shares anchors with no other mail, given oldest first. `words` stand with the
    message that places each; `make` makes one of its messages."""
    matched = match(found, constraints)
    named = namings(matched.applications)
    return Part(
        tuple(make(one, own, _about(one, words), kin(one, named)) for one in matched.applications),
        tuple(
            Doubtful(
                tuple(one.id for one in doubt.conversation.members),
                tuple(one.order[1] for one in doubt.candidates),
                doubt.conversation.members[0].reading,
            )
            for doubt in matched.doubts
        ),
    )


def _about(profile: Profile, words: Sequence[tuple[str, PersonsWord]]) -> list[PersonsWord]:
    messages = {one.id for one in profile.members} if words else set()
    return [word for anchor, word in words if anchor in messages]


class _Made:
    """`application` with a memory: it depends on nothing but its messages in the order in which they joined, their
    weakest join, how others at the same organisation name it and what the person said. One is kept for each message
    that an application begins with."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, Application]] = {}

    def __call__(
        self, profile: Profile, own: frozenset[str], words: Sequence[PersonsWord], kin: frozenset[str]
    ) -> Application:
        facts = tuple(one.reading for one in profile.members), profile.weak, tuple(words), own, kin
        first = profile.members[0].id
        known = self._known.get(first)
        if known is None or known[0] != facts:
            known = self._known[first] = facts, application(profile, own, words, kin)
        return known[1]


def _clues_by(own: frozenset[str]) -> Remembered[Reading, Clues]:
    return Remembered(lambda reading: clues(reading, own))


class _Named:
    """Applications with their id and handle; one that is as it was is the very same object as before, by which
    whoever remembers anything of it knows it at once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Application, Application]] = {}

    def __call__(self, one: Application, ident: str, slug: str) -> Application:
        first = one.readings[0].message_id
        known = self._known.get(first)
        if known is None or known[0] is not one or (known[1].id, known[1].slug) != (ident, slug):
            known = self._known[first] = one, replace(one, id=ident, slug=slug)
        return known[1]


class Tracker:
    """`track` with a memory: what it made of a group of mail that shares an anchor is kept until that group changes,
    so that a new mail costs only its group, and in it little but its application. Gives the same as `track`, always."""

    def __init__(self) -> None:
        self._clues = _clues_by(frozenset())
        self._parts: dict[object, Part] = {}
        self._own: frozenset[str] = frozenset()
        self._belonging = Belonging()
        self._make = _Made()
        self._named = _Named()

    def concerns(self, reading: Reading) -> bool:
        """Whether one more mail may change what was made of the others."""
        return self._belonging.known.concerns(reading)

    def calls_back(self, keys: frozenset[str]) -> bool:
        """Whether mail with these keys (see calling.py) belongs to something known."""
        return self._belonging.known.calls_back(keys)

    @property
    def calls(self) -> frozenset[str]:
        """What calls back mail that was set aside (see calling.py), by the mail that was tracked last."""
        return self._belonging.known.calls

    def track(
        self,
        readings: Iterable[Reading],
        *,
        constraints: Sequence[Constraint] = (),
        words: Sequence[PersonsWord] = (),
        ids: Mapping[str, str] = {},
    ) -> Tracked:
        """All applications of a mailbox."""
        kept = self._belonging.considered(readings, constraints)
        own = frozenset(one.sender.email for one in kept if one.direction is Direction.OUT and one.sender)
        if own != self._own:
            self._own, self._clues, self._parts = own, _clues_by(own), {}
        self._clues.turn()
        before, self._parts = self._parts, {}
        spots = anchored(words, {one.message_id for one in kept}) if words else []
        for group in groups([self._clues(one) for one in kept], constraints):
            messages = {one.id for one in group}
            spoken = tuple(one for one in constraints if not messages.isdisjoint(one.messages))
            said = tuple(one for one in spots if one[0] in messages)
            key = tuple(one.reading for one in group), spoken, said
            self._parts[key] = before.get(key) or track_group(group, spoken, own, said, self._make)
        return _together(list(self._parts.values()), ids, self._named)


def track(
    readings: Iterable[Reading],
    *,
    constraints: Sequence[Constraint] = (),
    words: Sequence[PersonsWord] = (),
    ids: Mapping[str, str] = {},
) -> Tracked:
    """All applications of a mailbox: a pure function of the set of Readings, in any order, duplicates by Message-ID
    allowed. `constraints` and `words` (oldest first) are what the person said; `ids` maps the Message-ID of mail
    tracked earlier to the application id that was given to it."""
    return Tracker().track(readings, constraints=constraints, words=words, ids=ids)


def _together(parts: Sequence[Part], ids: Mapping[str, str], call: _Named) -> Tracked:
    """Ids, slugs and questions, which depend on all parts; the applications in the order of their first messages."""
    found = sorted(
        (one for part in parts for one in part.applications),
        key=lambda one: (one.readings[0].date, one.readings[0].message_id),
    )
    given, aliases = identify(found, ids)
    handles = slugs(found)
    named = [call(one, given[at], handles[at]) for at, one in enumerate(found)]
    by_message = {message.message_id: one for one in named for message in one.readings}
    questions = [
        _question(one, [by_message[message] for message in one.applications if message in by_message])
        for part in parts
        for one in part.doubtful
    ]
    sure = tuple(one for one in named if one.confidence > LONE)
    doubtful = tuple(one for one in named if one.confidence <= LONE)
    questions += [_whether(one) for one in doubtful]
    return Tracked(sure, tuple(sorted(questions, key=lambda one: one.message_ids)), aliases, doubtful)


def _whether(one: Application) -> Question:
    name = one.company or next((person.name for person in one.contacts if person.name), "") or "somebody"
    text = f"'{one.readings[0].subject}' from {name}: is it about an application?"
    commands = f"mailbot correct {one.slug} --company {shlex.quote(name)} or mailbot mute {one.slug}"
    return Question(tuple(reading.message_id for reading in one.readings), text, commands)


def _whether_genuine(mail: Reading, told: Application) -> Question:
    who = mail.sender.name or mail.sender.email if mail.sender else "somebody"
    what, name = mail.kind.replace("_", " "), handle(mail.message_id)
    return Question(
        (mail.message_id,),
        f"Beware of '{mail.subject}' by {who}, {what} at {told.name}: it does not come from where it says (its domain's"
        " own check failed), so it changes nothing. Is it genuine all the same?",
        f"mailbot answer {name} yes, or mailbot answer {name} no",
        unproved=True,
    )


def _question(doubtful: Doubtful, candidates: Sequence[Application]) -> Question:
    if len(doubtful.applications) == 1:
        return _whether_genuine(doubtful.first, candidates[0])
    first, name = doubtful.first, handle(doubtful.messages[0])
    likely = sorted(candidates, key=lambda one: _heard_before(one, first.date), reverse=True)
    named = likely if len(likely) <= NAMED + 1 else likely[:NAMED]
    choices = " or ".join(one.slug for one in named)
    if len(named) < len(likely):
        choices += f" or one of {len(likely) - len(named)} more (mailbot status --json names them)"
    commands = " or ".join(f"mailbot merge {one.slug} {name}" for one in named)
    who = first.sender.name or first.sender.email if first.sender else "somebody"
    mail = f"The mail '{first.subject}' by {who}"
    if others := len(doubtful.messages) - 1:
        mail += f", with {others} more of its thread,"
    text = f"{mail} fits {choices} equally well: which is it?"
    return Question(doubtful.messages, text, commands, candidates=tuple(one.slug for one in likely))


def _heard_before(one: Application, moment: datetime) -> datetime:
    """When the last mail before `moment` came; where there is none before it, the first."""
    return max((mail.date for mail in one.readings if mail.date <= moment), default=one.readings[0].date)
