"""What a mail says: its kinds, weightiest first, by the sum of all cues (additive log-odds)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from mailbot.mail.message import Direction, Message
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.hearing import Hit, Place, hear
from mailbot.reading.plain import plain
from mailbot.reading.statements import Evidence, Facet, Kind, Writer
from mailbot.reading.tables import table
from mailbot.reading.traits import traits
from mailbot.reading.words import Words

HIRING, ELSEWHERE, FACET = "hiring", "elsewhere", "facet:"
MACHINES = frozenset({Writer.AUTO_REPLY, Writer.BOUNCE, Writer.LIST})
QUOTE = 300  # characters


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a mail says, how sure that is (0 to 1), and the words that say it."""

    kind: Kind
    confidence: float
    facets: frozenset[Facet] = frozenset()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a mail says, the statement that changes most what to do next first; neither is ever empty. `alone`: by its
    own words. `in_context`: if whoever writes, or the thread, is known to be about an application."""

    alone: tuple[Finding, ...]
    in_context: tuple[Finding, ...]


@dataclass(slots=True)
class _Case:
    """What speaks for one kind: the strongest cue of each sentence (-1 is the subject), and all the rest summed."""

    said: dict[int, float] = field(default_factory=dict)
    rest: float = 0.0

    def add(self, hit: Hit, sentence: int | None, share: float = 1.0) -> None:
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


def read_kinds(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], wrote: Writer, language: str
) -> Kinds:
    """What the mail says."""
    said = plain([sentence.text for sentence in words.sentences]) if language == "en" else []
    about = traits(message, words, calendars, wrote, said)
    cases, facets = _weighed(_hits(message, words, said, about), message)
    alone = tuple(_findings(message, words, _scores(wrote, cases), cases, facets))
    known = _in_context(wrote, cases, message.direction)
    return Kinds(alone, tuple(_findings(message, words, known, cases, facets)) if known else alone)


def _hits(message: Message, words: Words, said: Sequence[str], about: str) -> Iterator[tuple[Hit, int | None]]:
    """Every cue that is heard, and the sentence it is heard in (-1: the subject, None: elsewhere)."""
    subject = plain([message.subject])
    for hit in hear(Place.SAID, said, about):
        yield hit, hit.text
    for hit in hear(Place.SUBJECT, subject, about):
        yield hit, -1
    name = message.sender.name if message.sender else ""
    new = " . ".join([*subject, *said])
    for hit in hear(Place.NEW, [new], about):
        yield hit, None
    other = plain([words.greeting, words.sign_off, words.signature, words.quoted[:4000], name])
    for hit in hear(Place.ANYWHERE, [" . ".join([new, *other])], about):
        yield hit, None
    for hit in hear(Place.TRAITS, [about], about):
        yield hit, None


def _weighed(
    hits: Iterator[tuple[Hit, int | None]], message: Message
) -> tuple[dict[str, _Case], dict[Facet, set[int | None]]]:
    """The case of each kind that a mail of this direction can be, and where each facet is heard. The subject of an
    answer is that of the thread: it says less of this mail."""
    old_subject = table("kinds")["weighing"]["old_subject"] if message.in_reply_to else 1.0
    cases: dict[str, _Case] = defaultdict(_Case)
    facets: dict[Facet, set[int | None]] = defaultdict(set)
    for hit, sentence in hits:
        name = hit.cue.speaks_for
        if name.startswith(FACET):
            facets[Facet(name.removeprefix(FACET))].add(sentence)
        elif name in (HIRING, ELSEWHERE) or name.startswith("own_") == (message.direction is not Direction.IN):
            cases[name].add(hit, sentence, old_subject if sentence == -1 else 1.0)
    _compete(cases)
    return cases, facets


def _compete(cases: Mapping[str, _Case]) -> None:
    """A sentence says one thing: what it says less clearly than another counts in part."""
    best: dict[int, float] = {}
    for case in cases.values():
        for sentence, weight in case.said.items():
            best[sentence] = max(best.get(sentence, 0.0), weight)
    share = table("kinds")["weighing"]["second_sense"]
    for case in cases.values():
        case.said = {at: weight if weight == best[at] else weight * share for at, weight in case.said.items()}


def _scores(wrote: Writer, cases: Mapping[str, _Case]) -> dict[Kind, float]:
    """The log-odds of each kind that this mail can be."""
    weighing = table("kinds")["weighing"]
    hiring = min(cases[HIRING].rest, weighing["hiring_cap"]) if HIRING in cases else 0.0
    elsewhere = cases[ELSEWHERE].rest if ELSEWHERE in cases else 0.0
    unrelated = weighing["doubt"] - hiring + elsewhere
    if wrote in MACHINES:
        return {Kind.UNRELATED: unrelated}
    scores = _spoken(cases)
    for name, needed in table("kinds")["needs"].items():
        if name in scores:
            scores[Kind(name)] -= max(0.0, needed - hiring)
    return {**scores, Kind.UNRELATED: unrelated}


def _in_context(wrote: Writer, cases: Mapping[str, _Case], direction: Direction) -> dict[Kind, float]:
    """The same where no sign of hiring is needed; empty for what no human wrote."""
    if wrote not in (Writer.PERSON, Writer.SHARED) or direction is Direction.NOBODY:
        return {}
    scores = _spoken(cases)
    scores.pop(Kind.JOB_ALERT, None)
    plain_word = Kind.OWN_REPLY if direction is Direction.OUT else Kind.RECRUITER_REPLY
    return {plain_word: table("kinds")["prior"][plain_word], **scores}


def _spoken(cases: Mapping[str, _Case]) -> dict[Kind, float]:
    """What the words say for each kind, whatever the mail is about."""
    scores = {
        Kind(name): prior + cases[name].spoken() + cases[name].rest
        for name, prior in table("kinds")["prior"].items()
        if name in cases
    }
    for name, others in table("kinds")["outweighs"].items():
        if name in cases and cases[name].clear():
            for other in others:
                if other in scores:
                    scores[Kind(other)] -= table("kinds")["weighing"]["outweighed"]
    return scores


def _findings(
    message: Message,
    words: Words,
    scores: Mapping[Kind, float],
    cases: Mapping[str, _Case],
    facets: Mapping[Facet, set[int | None]],
) -> Iterator[Finding]:
    """The best kind, and each other that stands on sentences of its own."""
    ranked = sorted(scores, key=lambda kind: scores[kind], reverse=True)
    main = ranked[0]
    lead = scores[main] - max((scores[kind] for kind in ranked[1:]), default=0.0)
    yield Finding(main, _confidence(lead), frozenset(facets), _evidence(message, words, cases.get(main)))
    if main in (Kind.UNRELATED, Kind.JOB_ALERT):
        return
    taken = {cases[main].best()} if main in cases else set()
    for kind in ranked[1:]:
        best = cases[kind].best() if kind in cases else None
        if kind is Kind.UNRELATED or best is None or best in taken or best < 0:
            continue
        if cases[kind].said[best] < table("kinds")["weighing"]["stands"]:
            continue
        taken.add(best)
        own = frozenset(facet for facet, sentences in facets.items() if best in sentences)
        yield Finding(kind, _confidence(scores[kind]), own, _evidence(message, words, cases[kind]))


def _confidence(lead: float) -> float:
    return 1 / (1 + exp(-table("kinds")["weighing"]["sharpness"] * max(-20.0, min(20.0, lead))))


def _evidence(message: Message, words: Words, case: _Case | None) -> tuple[Evidence, ...]:
    """The strongest sentence, else the subject."""
    best = case.best() if case else None
    quote = message.subject if best is None or best < 0 else words.sentences[best].raw
    return (Evidence("kind", quote[:QUOTE]),) if quote else ()
