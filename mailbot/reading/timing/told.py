"""The times of a mail, each in the line where it stands, and which of the meanings the words around it give."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mailbot.patterns import Pattern, PatternSet, compiled
from mailbot.reading.dates import Bound, DateContext, Length, Mention, Precision, When, find
from mailbot.reading.tables import table

_HEADING = 40  # a line shorter than this, without a full stop, is the heading of the next
_REACH = 150.0  # letters after which a word has lost its weight
_ACROSS = 0.35  # what another time between the word and this one costs
_PLAIN = str.maketrans({"\n": " ", "\r": " ", "\xa0": " ", "’": "'", "‘": "'"})  # letter for letter: places stay
_AFTER = 0.15  # what standing after the time costs
_OTHER_CLAUSE = {"before": 0.25, "after": 0.5}  # what standing in another clause than the time costs


class Meaning(StrEnum):
    DECISION = "decision"
    RESPOND = "respond"
    INTERVIEW = "interview"
    OFF = "off"
    NEW = "new"
    OFFERED = "offered"
    CHOSEN = "chosen"
    OTHER = "other"
    EXPIRY = "expiry"
    AVAILABILITY = "availability"
    TELLING = "telling"


@dataclass(frozen=True, slots=True)
class Told:
    """One time in its line: `before` and `after` are the line's words around it, `raw` the line as it stands in the
    mail. `weights` says how strongly the words speak for each meaning; `actor` who is to act: 'theirs', 'yours', or
    empty where nobody is named."""

    mention: Mention
    line: int
    paragraph: int
    raw: str
    before: str
    after: str
    weights: dict[Meaning, float]
    actor: str = ""

    @property
    def when(self) -> When | None:
        return self.mention.value if isinstance(self.mention.value, When) else None

    @property
    def length(self) -> Length | None:
        return self.mention.value if isinstance(self.mention.value, Length) else None

    def weight(self, *meanings: Meaning) -> float:
        return max(self.weights.get(meaning, 0.0) for meaning in meanings)

    @property
    def meaning(self) -> Meaning | None:
        """The meaning for which the words speak most; None where they say nothing."""
        return max(self.weights, key=lambda one: self.weights[one]) if self.weights else None


def told(lines: Iterable[tuple[str, int]], context: DateContext) -> tuple[Told, ...]:
    """The times of lines (each with its paragraph), in order."""
    rows = [(raw, raw.translate(_PLAIN), number) for raw, number in lines]
    starts, pieces = list[int](), list[str]()
    at = previous = 0
    for _, text, number in rows:
        gap = "\n" if number == previous or not pieces else "\n\n"
        previous = number
        if pieces:
            pieces.append(gap)
            at += len(gap)
        starts.append(at)
        pieces.append(text)
        at += len(text)
    mentions = find("".join(pieces), context)
    return tuple(_in_lines(mentions, rows, starts))


def _in_lines(
    mentions: Sequence[Mention], rows: Sequence[tuple[str, str, int]], starts: Sequence[int]
) -> Iterator[Told]:
    by_line: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_line.setdefault(bisect_right(starts, mention.start) - 1, []).append(mention)
    for line, here in by_line.items():
        raw, text, paragraph = rows[line]
        heading = _heading(rows, line)
        cues = tuple(_cues(heading + text))
        clauses = [found.start for found in compiled(table("time/lines")["clause"]).finditer(heading + text)]
        shift = len(heading) - starts[line]
        spans = [(one.start + shift, min(one.end + shift, len(heading) + len(text))) for one in here]
        for mention, span in zip(here, spans, strict=True):
            whole = heading + text
            around = Around(span, spans, clauses)
            actor = _actor(around, cues)
            weights = _weights(mention, around, cues, actor)
            yield Told(mention, line, paragraph, raw, whole[: span[0]], whole[span[1] :], weights, actor)


def _heading(rows: Sequence[tuple[str, str, int]], line: int) -> str:
    """The short line above, where it stands as a heading for this one; or the sentence that this one goes on with."""
    text = rows[line - 1][1].strip() if line else ""
    if text and compiled(table("time/lines")["goes_on"]).search(rows[line][1]) is not None:
        return f"{text} "
    short = 0 < len(text) <= _HEADING and text[-1:] not in (".", "!", "?", ",")
    return f"{text} \t" if short and not any(letter.isdigit() for letter in text) else ""


@dataclass(frozen=True, slots=True)
class _Cue:
    """A row of the cues, compiled."""

    section: str
    weight: float
    bound: bool
    length: bool
    strong: bool
    side: str
    near: bool
    far: bool
    day: bool
    pattern: Pattern


@cache
def _table() -> tuple[tuple[_Cue, ...], PatternSet]:
    cues = tuple(
        _Cue(
            section,
            float(row.get("weight", 1.0)),
            bool(row.get("bound")),
            bool(row.get("length")),
            bool(row.get("strong")),
            str(row.get("side", "")),
            bool(row.get("near")),
            bool(row.get("far")),
            bool(row.get("day")),
            compiled(row["pattern"]),
        )
        for section, rows in table("time/meanings").items()
        for row in rows
    )
    return cues, PatternSet(_loose(cue) for cue in cues)


def _loose(cue: _Cue) -> str:
    """The expression without what ties it, or another way of it, to the time's place: for the first pass over the
    whole line."""
    source = cue.pattern.source
    if cue.near:
        source = source.removesuffix("$").replace("$|", "|")
    return source.removeprefix("^").replace("|^", "|") if cue.side == "after" else source


def _cues(text: str) -> Iterator[tuple[_Cue, str, int, int]]:
    """Every cue that occurs in a line, with its place."""
    cues, occurring = _table()
    for number in occurring.matching(text):
        cue = cues[number]
        if cue.near or (cue.side == "after" and cue.pattern.source.startswith("^")):
            yield cue, text, -1, -1
            continue
        for match in cue.pattern.finditer(text):
            yield cue, text, match.start, match.end


@dataclass(frozen=True, slots=True)
class Around:
    """Where a time stands in its line: its own place, the places of all times, and where clauses begin."""

    span: tuple[int, int]
    spans: Sequence[tuple[int, int]]
    clauses: Sequence[int]

    def is_parted(self, low: int, high: int) -> bool:
        """Whether a clause begins between two places."""
        return bisect_left(self.clauses, high) > bisect_left(self.clauses, low)


def _weights(
    mention: Mention, around: Around, cues: Sequence[tuple[_Cue, str, int, int]], actor: str
) -> dict[Meaning, float]:
    span = around.span
    found: dict[Meaning, float] = {}
    for cue, text, start, end in cues:
        if cue.section in ("theirs", "yours") or not _fits(cue, mention, actor):
            continue
        if start < 0:
            near = text[max(0, span[0] - 120) : span[0]] if cue.near else text[span[1] : span[1] + 120]
            place = cue.pattern.search(near)
            if place is None:
                continue
            weight = cue.weight
        else:
            weight = _placed(cue, start, end, around)
        if weight > 0.05:
            meaning = Meaning(cue.section)
            found[meaning] = max(found.get(meaning, 0.0), weight)
    return found


def _placed(cue: _Cue, start: int, end: int, around: Around) -> float:
    """The cue's weight where it stands: the farther from the time, the less; less still in another clause."""
    span, spans = around.span, around.spans
    if start < span[0] and end <= span[1]:
        end = min(end, span[0])  # its last words may be the time's first: 'back by Friday'
        between = [one for one in spans if end <= one[0] < span[0]]
        distance, side, parted = span[0] - end, "before", around.is_parted(end, span[0])
    elif start >= span[1]:
        between = [one for one in spans if span[1] <= one[0] < start]
        distance, side, parted = start - span[1], "after", around.is_parted(span[1], start + 1)
    else:
        return 0.0
    if cue.side and cue.side != side:
        return 0.0
    loss = distance / _REACH * (not cue.far) + _ACROSS * bool(between) + _OTHER_CLAUSE[side] * parted
    loss += _AFTER if side == "after" and not cue.side else 0.0
    return cue.weight * (1 - min(loss, 0.85))


def _actor(around: Around, cues: Sequence[tuple[_Cue, str, int, int]]) -> str:
    """Who is to act: 'theirs' or 'yours' by the last words for it before the time, else the first after it in its
    clause."""
    named = [(start, cue.section) for cue, _, start, _ in cues if cue.section in ("theirs", "yours")]
    before = [one for one in named if one[0] < around.span[0]]
    if before:
        return max(before)[1]
    after = [one for one in named if not around.is_parted(around.span[1], one[0] + 1)]
    return min(after)[1] if after else ""


def _fits(cue: _Cue, mention: Mention, actor: str) -> bool:
    value = mention.value
    if isinstance(value, Length):
        if cue.section not in ("decision", "respond", "other", "expiry") or (cue.section == "respond" and cue.bound):
            return False
    elif cue.length and value.size is None:
        return False
    if cue.day and isinstance(value, When) and value.start is not None and not value.window and value.bound is Bound.AT:
        return False
    if cue.bound and isinstance(value, When):
        stretch = value.bound is Bound.FROM and value.first != value.last  # 'between 10 and 14 March'
        bounded = value.bound in (Bound.BY, Bound.BEFORE, Bound.WITHIN) or value.counted or stretch
        no_hour = value.window or value.precision in (Precision.DAY, Precision.DAYS)
        day = cue.section == "decision" and no_hour
        now = cue.section == "respond" and mention.quote.lower() in table("time/words")["beside"]["now"]
        if not (bounded or day or now):
            return False
    if cue.section == "respond" and actor == "theirs" and not cue.strong:
        return False
    return not (cue.section == "decision" and actor == "yours" and not cue.strong)
