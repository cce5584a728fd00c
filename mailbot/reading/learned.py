"""What single words and pairs of words were seen to say, in mail whose kind is known: it stands beside the cues.

Cues hear the turns that somebody thought of; this hears the rest. It is a linear model: each feature of a mail adds
its weight to each kind, and the groups of cues that are heard are features too: so is learned what each is worth.
`tests/bench/learn.py` makes `data/learned/` from the labelled mails under tests/ and shows what it adds on mail that it
has not seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, log, sqrt

from mailbot.filed import FiledLines
from mailbot.mail.message import Direction
from mailbot.patterns import compiled
from mailbot.reading.cases import SUBJECT, Cases, Heard
from mailbot.reading.lanes import Lanes
from mailbot.reading.statements import Kind
from mailbot.reading.tables import filed, table

SCALE = 100  # weights are kept in hundredths
SOON = 5  # words that a mark reaches
READ = 120  # sentences: no mail says anything new beyond
BESIDE = -2  # where what is no sentence counts
SIGNED, QUOTED = 600, 2000  # characters of a signature and of quoted text that are looked at
REMEMBERED = 8192  # words and weights kept


@dataclass(frozen=True, slots=True)
class Learned:
    """The natural logarithm of each kind's probability, and how much each sentence adds to each, in their order."""

    chances: Mapping[Kind, float]
    sentences: Mapping[int, Sequence[float]]

    def best(self, kind: Kind) -> int | None:
        """The sentence that speaks most for a kind; None where none does."""
        if kind not in self.chances:
            return None
        place = list(self.chances).index(kind)
        said = {at: row[place] for at, row in self.sentences.items()}
        at = max(said, key=lambda one: said[one], default=None)
        return at if at is not None and said[at] > 0 else None


@dataclass(frozen=True, slots=True)
class Sums:
    """What the features of a mail that are `met` add to each kind, in the model's own numbers, by sentence; `square` is
    the sum of the squares of how rare those are that it knows."""

    met: Mapping[str, int]
    sentences: Mapping[int, list[int]]
    square: int


def sums(heard: Heard, direction: Direction) -> Sums:
    """What the words alone say: the same whatever is known of the mail."""
    return _added(_of_words(heard), _model(_of(direction)))


def learned(words: Sums, heard: Heard, cases: Cases, direction: Direction, *, known: bool = False) -> Learned:
    """What a mail was seen to say; `words` are its sums. `known`: it is known to be about an application."""
    model = _model(_of(direction))
    beside = _added({one: BESIDE for one in _beside(heard, cases, known=known) if one not in words.met}, model)
    share = 1 / (sqrt(words.square + beside.square) or SCALE)
    added = (*words.sentences.items(), *beside.sentences.items())
    parts = [(at, [value * share for value in row]) for at, row in added]
    columns = zip(model.bias, *(row for _, row in parts), strict=True)
    totals = [bias / SCALE + sum(column) for bias, *column in columns]
    top = max(totals)
    log_sum = top + log(sum(exp(one - top) for one in totals))
    return Learned(
        {kind: one - log_sum for kind, one in zip(model.kinds, totals, strict=True)},
        {at: row for at, row in parts if at != BESIDE},
    )


def features(heard: Heard, cases: Cases, *, known: bool = False) -> Iterator[tuple[int, str]]:
    """Each feature once, and the sentence in which it is first met."""
    met = _of_words(heard)
    yield from ((at, name) for name, at in met.items())
    yield from ((BESIDE, name) for name in _beside(heard, cases, known=known) if name not in met)


def _added(met: Mapping[str, int], model: _Model) -> Sums:
    """The sums of these features, given where each is met."""
    rows: dict[int, int] = {}
    square = 0
    for name, at in met.items():
        if known := model.weight(name):
            rare, weights = known
            square += rare * rare
            rows[at] = rows.get(at, 0) + weights
    return Sums(met, {at: model.lanes.parted(row) for at, row in rows.items()}, square)


def _of_words(heard: Heard) -> dict[str, int]:
    """The features of the sentences and the subject, each with the sentence in which it is first met."""
    met: dict[str, int] = {}
    for at, text in enumerate(heard.said[:READ]):
        last, said = "^", stems(text)
        for stem in (*said, "$"):
            if stem != "$":
                met.setdefault(stem, at)
            met.setdefault(f"{last} {stem}", at)
            last = stem
        for marks in _marks():
            if not marks.keys().isdisjoint(said):
                for name in _told(said, marks):
                    met.setdefault(name, at)
    last = "^"
    for stem in () if heard.answer else stems(heard.subject):
        met.setdefault(f"S:{stem}", SUBJECT)
        met.setdefault(f"S:{last} {stem}", SUBJECT)
        last = stem
    for name in _around(heard):
        met.setdefault(name, BESIDE)
    return met


def _told(said: Sequence[str], marks: Mapping[str, str]) -> Iterator[str]:
    """Each word soon behind one that has a mark, with that mark: 'we decided' is their no, 'you decided' one's own."""
    mark, left = "", 0
    for stem in said:
        if stem in marks:
            mark, left = marks[stem], SOON
        elif left:
            left -= 1
            yield mark + stem


def _beside(heard: Heard, cases: Cases, *, known: bool) -> Iterator[str]:
    yield from (f"T:{one}" for one in dict.fromkeys(heard.traits.split()))
    hiring = table("kinds")["weighing"]["hiring_cap"] if known else cases.hiring
    yield from (f"K:{one}" for one in cases.heard)
    yield f"hiring:{int(hiring / 2)}"
    if cases.elsewhere > 0 and not known:
        yield "elsewhere"


def _around(heard: Heard) -> Iterator[str]:
    """What stands around the sentences: the words of the close, the quoted text, the other side's name and address."""
    _, sign_off, signature, quoted, shown = heard.beside
    yield from (f"G:{one}" for one in stems(f"{sign_off} {signature[:SIGNED]}"))
    yield from (f"Q:{one}" for one in stems(quoted[:QUOTED]))
    yield from (f"N:{one}" for one in stems(shown))
    for address in heard.addresses[:1]:
        yield from (f"D:{one.text}" for one in compiled(r"[a-z]{2,40}").finditer(address))


def stems(text: str) -> Sequence[str]:
    """The words of a plain text without their endings; every number is @num."""
    words = (word.lstrip("'-") for word in text.translate(_APART).split())
    return [_stem(word) for word in words if word]


class _Apart(dict[int, str]):
    """For `str.translate`: what parts words becomes a blank, and '@' begins one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char.isalpha() or char in "0123456789'-" else " @" if char == "@" else " "
        return self[code]


_APART = _Apart()


@cache
def _marks() -> tuple[Mapping[str, str], ...]:
    """What marks the words behind it: who does something, and that it is not done."""
    words = table("kinds")["learned"]
    subjects, denials = str(words["subjects"]).split(), str(words["denials"]).split()
    return {one: f"{one}>" for one in subjects}, dict.fromkeys(denials, "!")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(str(table("kinds")["learned"]["endings"]).split())


@lru_cache(maxsize=REMEMBERED)
def _stem(word: str) -> str:
    if word[0].isdigit():
        return "@num"
    for ending in _endings():
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word[: -len(ending)]
    return word[:40]


class _Model:
    """The kinds, their bias, and of each feature how rare it is and its weights times that: the lines as they are
    written, parted when they are asked for. A line: how rare, the step of its weights, a character for each."""

    def __init__(self, name: str) -> None:
        self._rows = FiledLines(filed(f"learned/{name}.txt"), head=2)
        head, bias = self._rows.head
        self.kinds = tuple(map(Kind, head.decode().split()))
        self.bias = tuple(map(int, bias.split()))
        self.lanes = Lanes(len(self.kinds))
        self.weight = lru_cache(maxsize=REMEMBERED)(self._weight)

    def _weight(self, feature: str) -> tuple[int, int] | None:
        """How rare a feature is, and its weights, joined; None for one that is not known."""
        numbers = self._rows.get(feature)
        if numbers is None:
            return None
        rare, step, letters = numbers.split(b" ")
        return int(rare), self.lanes.joined(letters, int(step))


def _of(direction: Direction) -> str:
    return "in" if direction is Direction.IN else "out"


@cache
def _model(name: str) -> _Model:
    return _Model(name)
