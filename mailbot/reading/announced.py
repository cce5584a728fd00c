"""What an invitation says beyond time and place: what the talk will be about, and the team of the job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.patterns import compiled
from mailbot.reading.statements import Evidence
from mailbot.reading.tables import table
from mailbot.reading.words import Words

MOST_WORDS = 8  # of a topic: what is longer is a sentence
MOST_TOPICS = 4
QUOTE = 300  # characters of evidence
CLAUSE = 240  # characters after the words that announce a topic


@dataclass(frozen=True, slots=True)
class Announced:
    """`topics` fit after 'about', said from the reader's side: 'our new depot' is 'your new depot'. `team` as written,
    without the word: 'Data Platform'. `evidence` are the sentences that say so."""

    topics: tuple[str, ...] = ()
    team: str | None = None
    evidence: tuple[Evidence, ...] = ()


def read_announced(words: Words, company: str | None, role: str | None) -> Announced:
    """The topics and the team that the new text of an English mail names: no team where it names several, no topic
    that is but the job or the employer."""
    known = f" {company or ''} {role or ''} ".casefold()
    labels = compiled(str(table("announced")["labels"]))
    topics: dict[str, str] = {}  # with the words that announce them
    teams: dict[str, tuple[str, str]] = {}
    for one in words.sentences:
        text = one.text.replace("’", "'")
        for clause in _clauses(text):
            topics |= dict.fromkeys((new for new in _topics(clause, known) if new not in topics), one.raw)
        teams |= {name.casefold(): (name, one.raw) for name in _teams(text, company or "")}
    for label, value in words.pairs:
        if labels.fullmatch(label):
            topics |= dict.fromkeys(_topics(value, known), value)
    kept = tuple(topics)[:MOST_TOPICS]
    team, said = next(iter(teams.values())) if len(teams) == 1 else (None, "")
    quotes = dict.fromkeys([("topics", topics[one]) for one in kept] + ([("team", said)] if team else []))
    return Announced(kept, team, tuple(Evidence(field, quote[:QUOTE]) for field, quote in quotes))


def _clauses(text: str) -> Iterator[str]:
    """What stands after words that announce a topic."""
    for source in table("announced")["before_topic"]:
        if found := compiled(source).search(text):
            yield text[found.end : found.end + CLAUSE]


def _topics(clause: str, known: str) -> list[str]:
    found = (_topic(piece) for piece in _pieces(clause))
    return [topic for topic in found if topic and f" {topic.casefold()} " not in known]


def _pieces(clause: str) -> Iterator[str]:
    """The topics that one clause lists."""
    end = compiled(str(table("announced")["ends"])).search(clause)
    left = clause[: end.start] if end else clause
    while found := compiled(str(table("announced")["between"])).search(left):
        yield left[: found.start]
        left = left[found.span("next")[0] if found.group("next") else found.end :]
    yield left


def _topic(piece: str) -> str:
    """A topic as the reader would name it; empty where it is none for a letter."""
    known = table("announced")
    text = compiled(str(known["of_the_reader"])).sub("", piece.strip(" ,'*-•"))
    unfit = any(compiled(str(known[one])).search(text) for one in ("general", "no_beginning"))
    if unfit or not 0 < len(text.split()) <= MOST_WORDS:
        return ""
    for ours, theirs in known["turned"]:
        text = compiled(rf"\b{ours}\b").sub(str(theirs), text)
    return text.strip(" ,'") if len(text) > 2 else ""


def _teams(text: str, company: str) -> Iterator[str]:
    known = table("announced")
    own = {word.casefold() for word in company.split()}
    for found in compiled(str(known["team"])).finditer(text):
        name = (found.group("team") or "").strip()
        words = [word.casefold() for word in name.split()]
        alone = [word for word in words if len(words) == 1 or word not in known["half_names"]]
        if not own.intersection(words) and not compiled(str(known["no_team"])).search(" ".join(alone)):
            yield name
