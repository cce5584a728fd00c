"""The case that the cues of a mail make for each kind, in log-odds, and the facets that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from mailbot.mail.message import Direction, Message
from mailbot.reading.hearing import Hit, Place, hear
from mailbot.reading.plain import plain
from mailbot.reading.statements import Facet, Kind
from mailbot.reading.tables import table
from mailbot.reading.words import Words

HIRING, ELSEWHERE, FACET = "hiring", "elsewhere", "facet:"
SUBJECT = -1  # the number under which the subject counts as a sentence


@dataclass(frozen=True, slots=True)
class Heard:
    """A mail as cues hear it, all plain (see plain.py): the subject, the sentences, what else it holds, its traits.
    `beside`: greeting, sign-off, signature, quoted text and the sender's name; `addresses`: those of the other side.
    `answer`: the subject is that of the thread, and says less of this mail."""

    subject: str
    said: tuple[str, ...]
    beside: tuple[str, str, str, str, str]
    addresses: tuple[str, ...]
    traits: str
    answer: bool = False


@dataclass(slots=True)
class Case:
    """What speaks for one kind: the strongest cue of each sentence, and all the rest summed."""

    said: dict[int, float] = field(default_factory=dict)
    rest: float = 0.0

    def add(self, hit: Hit, sentence: int | None, share: float) -> None:
        if sentence is None or hit.cue.weight < 0:
            self.rest += hit.cue.weight
        else:
            self.said[sentence] = max(self.said.get(sentence, 0.0), hit.cue.weight * share)

    def spoken(self) -> float:
        """The sentences' evidence; each further one adds less."""
        share = float(table("kinds")["weighing"]["next_best"])
        return sum(weight * share**n for n, weight in enumerate(sorted(self.said.values(), reverse=True)))

    def clear(self) -> bool:
        """Whether some sentence says it in so many words."""
        return max(self.said.values(), default=0.0) >= float(table("kinds")["weighing"]["clear"])

    def best(self) -> int | None:
        return max(self.said, key=lambda sentence: self.said[sentence], default=None)


@dataclass(frozen=True, slots=True)
class Cases:
    """The case of each kind that a mail of this direction can be, where each facet is heard, how much speaks for hiring
    and for another walk of life, and the groups of cues that were heard."""

    kinds: Mapping[Kind, Case]
    facets: Mapping[Facet, set[int | None]]
    hiring: float
    elsewhere: float
    heard: tuple[str, ...] = ()

    def scores(self) -> dict[Kind, float]:
        """What the words say for each kind, whatever the mail is about."""
        weighing = table("kinds")
        scores = {
            kind: weighing["prior"][kind] + case.spoken() + case.rest
            for kind, case in self.kinds.items()
            if kind in weighing["prior"]
        }
        for kind, others in _outweighs():
            if kind in self.kinds and self.kinds[kind].clear():
                for other in others:
                    if other in scores:
                        scores[other] -= weighing["weighing"]["outweighed"]
        return scores


@cache
def _outweighs() -> tuple[tuple[Kind, tuple[Kind, ...]], ...]:
    return tuple((Kind(name), tuple(map(Kind, others))) for name, others in table("kinds")["outweighs"].items())


def listen(message: Message, words: Words, said: Sequence[str], about: str, *, english: bool) -> Heard:
    """A mail made plain. What is not English is not listened to: its traits alone count."""
    if not english:
        return Heard("", (), ("", "", "", "", ""), (), about)
    # Who passes a mail on has said nothing of it: neither his name nor his address speaks.
    sender = None if words.passed_on else message.sender
    name = sender.name if sender else ""
    subject = dict(words.forwarded_headers).get("subject", "") if words.passed_on else message.subject
    greeting, sign_off, signature, quoted, shown = plain(
        [words.greeting, words.sign_off, words.signature, words.quoted[:4000], name]
    )
    from_them = message.direction is not Direction.OUT
    others = message.to if not from_them else [sender] if sender else []
    return Heard(
        plain([subject])[0],
        tuple(said),
        (greeting, sign_off, signature, quoted, shown),
        tuple(one.email for one in others),
        about,
        bool(message.in_reply_to),
    )


def gather(heard: Heard, direction: Direction) -> Cases:
    """What the cues of a mail speak for."""
    old_subject = float(table("kinds")["weighing"]["old_subject"]) if heard.answer else 1.0
    cases: dict[str, Case] = defaultdict(Case)
    facets: dict[Facet, set[int | None]] = defaultdict(set)
    groups: dict[str, None] = {}
    for hit, sentence in _hits(heard):
        groups[hit.cue.group] = None
        name = hit.cue.speaks_for
        if name.startswith(FACET):
            facets[Facet(name.removeprefix(FACET))].add(sentence)
        elif name in (HIRING, ELSEWHERE) or name.startswith("own_") == (direction is not Direction.IN):
            cases[name].add(hit, sentence, old_subject if sentence == SUBJECT else 1.0)
    hiring, elsewhere = (cases.pop(side).rest if side in cases else 0.0 for side in (HIRING, ELSEWHERE))
    _compete(cases)
    cap = float(table("kinds")["weighing"]["hiring_cap"])
    return Cases({Kind(name): case for name, case in cases.items()}, facets, min(hiring, cap), elsewhere, tuple(groups))


def _hits(heard: Heard) -> Iterator[tuple[Hit, int | None]]:
    """Every cue that is heard, and the sentence it is heard in (None: elsewhere)."""
    for hit in hear(Place.SAID, heard.said, heard.traits):
        yield hit, hit.text
    for hit in hear(Place.SUBJECT, [heard.subject], heard.traits):
        yield hit, SUBJECT
    new = " . ".join([heard.subject, *heard.said])
    for hit in hear(Place.NEW, [new], heard.traits):
        yield hit, None
    for hit in hear(Place.ANYWHERE, [" . ".join([new, *heard.beside])], heard.traits):
        yield hit, None
    for hit in hear(Place.TRAITS, [heard.traits], heard.traits):
        yield hit, None


def _compete(cases: Mapping[str, Case]) -> None:
    """A sentence says one thing: what it says less clearly than another counts in part."""
    best: dict[int, float] = {}
    for case in cases.values():
        for sentence, weight in case.said.items():
            best[sentence] = max(best.get(sentence, 0.0), weight)
    share = table("kinds")["weighing"]["second_sense"]
    for case in cases.values():
        case.said = {at: weight if weight == best[at] else weight * share for at, weight in case.said.items()}
