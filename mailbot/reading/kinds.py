"""What a mail says: its kinds, weightiest first, by its cues and by what its words were seen to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import exp, log

from mailbot.mail.message import Direction, Message
from mailbot.patterns import compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.cases import Case, Cases, Heard, gather, listen
from mailbot.reading.learned import Learned, Sums, learned, sums
from mailbot.reading.plain import plain
from mailbot.reading.statements import IRRELEVANT, Evidence, Facet, Kind, Writer
from mailbot.reading.tables import table
from mailbot.reading.traits import traits
from mailbot.reading.words import Words

MACHINES = frozenset({Writer.AUTO_REPLY, Writer.BOUNCE, Writer.LIST})
QUOTE = 300  # characters
# An offer is what its mail is about; one by the way is a word about offers.
NEVER_BESIDE = (Kind.UNRELATED, Kind.OFFER)


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
    own words. `in_context`: if whoever writes, or the thread, is known to be about an application, and then never
    unrelated to it; to be asked where that is wanted, None where it makes no difference."""

    alone: tuple[Finding, ...]
    in_context: Callable[[], tuple[Finding, ...]] | None


@dataclass(frozen=True, slots=True)
class _Mail:
    """What the findings are made of. `learnt` and `model` are None where nothing is said; `calendar`: a calendar part
    speaks too."""

    message: Message
    words: Words
    heard: Heard
    cases: Cases
    learnt: Sums | None
    model: Learned | None
    calendar: bool


def read_kinds(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], wrote: Writer, language: str
) -> Kinds:
    """What the mail says."""
    english = language == "en"
    said = plain([sentence.text for sentence in words.sentences]) if english else []
    heard = listen(message, words, said, traits(message, words, calendars, wrote, said), english=english)
    cases = gather(heard, message.direction)
    spoken = any(heard.said) or compiled(r"\pL{3}").search(heard.subject) is not None
    learnt = sums(heard, message.direction) if spoken else None
    model = learned(learnt, heard, cases, message.direction) if learnt else None
    mail = _Mail(message, words, heard, cases, learnt, model, calendar=bool(calendars))
    scores = cue_scores(wrote, cases)
    # Of what no cue knows, one's own mail above all, words alone would make too much where nothing speaks of hiring.
    heeded = wrote not in MACHINES and (len(scores) > 1 or cases.hiring > 0)
    chances = _chances(scores, model.chances if model and heeded else None, calendar=mail.calendar)
    in_context = _in_context(wrote, cases, message.direction)
    return Kinds(tuple(_findings(mail, chances)), partial(_known, mail, in_context) if in_context else None)


def _known(mail: _Mail, scores: Mapping[Kind, float]) -> tuple[Finding, ...]:
    """What a mail says that is known to be about an application; `scores` is what its cues say then."""
    direction, both = mail.message.direction, None
    plain_word = _plain_word(direction)
    if mail.learnt and mail.model:
        told = learned(mail.learnt, mail.heard, mail.cases, direction, known=True)
        both = _mean([_about_it(one.chances, plain_word) for one in (mail.model, told)])
    likely = _chances(scores, both, calendar=mail.calendar, known=True)
    if len(scores) == 1 and max(likely.values()) < table("kinds")["learned"]["by_itself"]:
        likely = {plain_word: 1.0}
    return tuple(_findings(mail, likely, known=True))


def cue_scores(wrote: Writer, cases: Cases) -> dict[Kind, float]:
    """What the cues say for each kind that this mail can be, in log-odds."""
    unrelated = table("kinds")["weighing"]["doubt"] - cases.hiring + cases.elsewhere
    if wrote in MACHINES:
        return {Kind.UNRELATED: unrelated}
    scores = cases.scores()
    for kind, needed in _needs():
        if kind in scores:
            scores[kind] -= max(0.0, needed - cases.hiring)
    return {**scores, Kind.UNRELATED: unrelated}


@cache
def _needs() -> tuple[tuple[Kind, float], ...]:
    return tuple((Kind(name), float(needed)) for name, needed in table("kinds")["needs"].items())


def _in_context(wrote: Writer, cases: Cases, direction: Direction) -> dict[Kind, float]:
    """The same where no sign of hiring is needed; empty for what no human wrote."""
    if wrote not in (Writer.PERSON, Writer.SHARED) or direction is Direction.NOBODY:
        return {}
    scores = cases.scores()
    scores.pop(Kind.JOB_ALERT, None)
    plain_word = _plain_word(direction)
    return {plain_word: table("kinds")["prior"][plain_word], **scores}


def _plain_word(direction: Direction) -> Kind:
    """What a mail about an application is that says nothing else."""
    return Kind.OWN_REPLY if direction is Direction.OUT else Kind.RECRUITER_REPLY


def _chances(
    scores: Mapping[Kind, float], learnt: Mapping[Kind, float] | None, *, calendar: bool, known: bool = False
) -> dict[Kind, float]:
    """How likely each kind is, by the cues and by what was learned; they sum to 1."""
    total = together(scores, learnt, calendar=calendar, known=known) if learnt is not None else dict(scores)
    sharp, top = float(table("kinds")["learned"]["sharpness"]), max(total.values())
    whole = sum(exp(sharp * (one - top)) for one in total.values())
    return {kind: exp(sharp * (one - top)) / whole for kind, one in total.items()}


def together(
    cues: Mapping[Kind, float], chances: Mapping[Kind, float], *, calendar: bool = False, known: bool = False
) -> dict[Kind, float]:
    """What the cues say and what was learned, as one score for each kind. `calendar`: a calendar part speaks too, which
    says more than words."""
    weighing = table("kinds")["learned"]
    low, high = weighing["bounds"]
    share = weighing["calendar"] if calendar else weighing["known"] if known else weighing["cues"]
    return {
        kind: share * max(low, min(high, cues.get(kind, low))) + chances.get(kind, weighing["unseen"])
        for kind in dict.fromkeys((*chances, *cues))  # an order of its own in each process would change the sum
    }


def _about_it(chances: Mapping[Kind, float], plain_word: Kind) -> dict[Kind, float]:
    """The same for a mail that is about an application: what seems to be about something else mostly says one of the
    other kinds in unknown words; a share of it is a plain word."""
    kept = {kind: one for kind, one in chances.items() if kind not in IRRELEVANT}
    aside = sum(exp(chances[kind]) for kind in IRRELEVANT if kind in chances)
    plain_share = exp(chances[plain_word]) if plain_word in chances else 0.0
    rest = plain_share + table("kinds")["learned"]["beside_it"] * aside
    return {**kept, plain_word: log(rest)} if rest else kept


def _mean(chances: Sequence[Mapping[Kind, float]]) -> dict[Kind, float]:
    """The logarithm of the mean of probabilities, given by their logarithms."""
    return {kind: log(sum(exp(one[kind]) for one in chances) / len(chances)) for kind in chances[0]}


def _findings(mail: _Mail, chances: Mapping[Kind, float], *, known: bool = False) -> Iterator[Finding]:
    """The best kind, and each other that stands on sentences of its own. `known`: it is about an application."""
    cases = mail.cases.kinds
    ranked = sorted(chances, key=lambda kind: chances[kind], reverse=True)
    main, sure = _main(ranked, chances, known=known)
    yield Finding(main, sure, frozenset(mail.cases.facets), (*_evidence(mail, main), *_warning(mail)))
    if main in IRRELEVANT:
        return
    taken = {cases[main].best()} if main in cases else set()
    for kind in ranked:
        best = cases[kind].best() if kind in cases else None
        if kind == main or kind in NEVER_BESIDE or best is None or best in taken or best < 0:
            continue
        if cases[kind].said[best] < table("kinds")["weighing"]["stands"]:
            continue
        taken.add(best)
        own = frozenset(facet for facet, sentences in mail.cases.facets.items() if best in sentences)
        yield Finding(kind, _stands(cases[kind]), own, _evidence(mail, kind))


def _main(ranked: Sequence[Kind], chances: Mapping[Kind, float], *, known: bool) -> tuple[Kind, float]:
    """The likeliest kind and how sure it is; one that sets much going, or stops it, only where it is likelier than not.
    What kinds have in common may be sure where none of them is."""
    grave = table("kinds")["grave"]
    best, least = ranked[0], grave["least"]
    if chances[best] >= least:
        return best, chances[best]
    for group in table("kinds")["common"]:
        together = sum(chances.get(kind, 0.0) for kind in group["kinds"])
        if together >= least and (known or not group["known"]):
            return Kind(group.get("says") or next(kind for kind in ranked if kind in group["kinds"])), together
    kind = best if best not in grave["kinds"] else next((one for one in ranked if one not in grave["kinds"]), best)
    return kind, chances[kind]


def _stands(case: Case) -> float:
    """How sure a further statement is, which no other competes with."""
    return 1 / (1 + exp(-table("kinds")["weighing"]["sharpness"] * max(-20.0, min(20.0, case.spoken() + case.rest))))


def _evidence(mail: _Mail, kind: Kind) -> tuple[Evidence, ...]:
    """The sentence that says it most clearly, else the subject."""
    best = mail.cases.kinds[kind].best() if kind in mail.cases.kinds else None
    if best is None and mail.model is not None:
        best = mail.model.best(kind)
    quote = mail.message.subject if best is None or best < 0 else mail.words.sentences[best].raw
    return (Evidence("kind", quote[:QUOTE]),) if quote else ()


def _warning(mail: _Mail) -> Iterator[Evidence]:
    """The sentence that makes a mail that speaks of a job suspicious."""
    if mail.cases.hiring <= 0:
        return
    said = [at for at in mail.cases.facets.get(Facet.SUSPICIOUS, ()) if at is not None and at >= 0]
    if said:
        yield Evidence("suspicious", mail.words.sentences[min(said)].raw[:QUOTE])
