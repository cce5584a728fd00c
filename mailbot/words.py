"""What the person said, as the ledger keeps it -> the values that the pure rooms take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mailbot.drafting.letter import Note
from mailbot.etiquette.rules import Etiquette
from mailbot.etiquette.wishes import Ruled, TopicNoted, Wish
from mailbot.store.ledger import Said, Word
from mailbot.tracking.application import Constraint
from mailbot.tracking.words import PersonsWord


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that holds, oldest first: what belongs together, what is corrected or was told, what was noted for letters,
    what is wished."""

    constraints: tuple[Constraint, ...] = ()
    words: tuple[PersonsWord, ...] = ()
    notes: tuple[Note, ...] = ()
    wishes: tuple[Wish, ...] = ()


def spoken(words: Iterable[Word], rules: Callable[[str], Etiquette]) -> Spoken:
    """`rules` gives a preset by its name. Raises ConfigError for a preset that is no more."""
    words = tuple(words)
    said = [one.said for one in words]
    return Spoken(
        constraints=_standing([each for one in said for each in one.constraints]),
        words=tuple(each for one in said for each in _told(one)),
        notes=tuple(each for one in said for each in one.notes),
        wishes=tuple(each for one in words for each in (*_topics(one), *_wishes(one.said, rules))),
    )


def _standing(constraints: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """Without those that a later word contradicts: it says the opposite of at least two of the same messages."""
    kept: list[Constraint] = []
    for one in constraints:
        messages = set(one.messages)
        kept = [
            other
            for other in kept
            if other.together is one.together or len(messages.intersection(other.messages)) < 2
        ]
        kept.append(one)
    return tuple(kept)


def _told(said: Said) -> Iterator[PersonsWord]:
    yield from said.corrections
    yield from said.told


def _topics(word: Word) -> Iterator[Wish]:
    notes = (one for one in word.said.notes if one.topic and one.person)
    yield from (TopicNoted(one.about, word.said_at, one.person) for one in notes)


def _wishes(said: Said, rules: Callable[[str], Etiquette]) -> Iterator[Wish]:
    yield from said.muted
    yield from said.paused
    yield from said.uninterested
    yield from said.asked
    yield from said.wanted
    yield from said.answered
    for one in said.ruled:
        yield Ruled(one.about, one.at, rules(one.preset))
