"""Lines to sentences: unwraps hard-wrapped paragraphs, splits them, and finds 'label: value' lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from mailbot.patterns import Pattern, compiled
from mailbot.reading.quoting import Line
from mailbot.reading.tables import table

FULL = 100  # a line longer than this was not wrapped by a mail program
SHORTEST_WRAP = 50  # nor does any wrap narrower than this


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the new text (or one line of a list or table). `text` is as written, white space folded to one
    space; `raw` stands in the message's text exactly. `paragraph` counts from 0."""

    text: str
    raw: str
    paragraph: int


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines between blank ones."""
    found: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]


def sentences(lines: Sequence[Line], text: str) -> tuple[Sentence, ...]:
    """The sentences of these lines of `text`."""
    width = _width(lines)
    found: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs(lines)):
        for run in _unwrapped(paragraph, width):
            found += (
                Sentence(" ".join(piece.split()), raw, number)
                for piece, raw in _split(run, text)
            )
    return tuple(found)


def pairs(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """Label and value of lines 'When: Tuesday at 2', of two columns, and of a known label above its value."""
    found: list[tuple[str, str]] = []
    waiting = ""
    contents = [line.text.strip("*•·-–—> \t|").strip() for line in lines if line.text]
    labelled = _label().may_fit_a_line(contents)
    for content in contents:
        if waiting:
            found.append((waiting, content))
            waiting = ""
        elif pair := _pair(content):
            found.append(pair)
        elif labelled and (label := _label().fullmatch(content)):
            waiting = label.group("label") or ""
    return tuple(found)


def is_pair(text: str) -> bool:
    """Whether a line is a label and its value."""
    return _pair(text.strip("*•·-–—> \t|").strip()) is not None


def _pair(content: str) -> tuple[str, str] | None:
    if not any(mark in content for mark in ":：\t|"):
        return None
    found = compiled(
        r"(?P<label>\pL[\pL\d /&'’().#-]{0,34}?)\*?\s*(?:[:：]\*?|\t+\|?|\s\|\s)\s*(?P<value>\S.*)"
    ).fullmatch(content)
    if not found:
        return None
    label, value = (found.group("label") or "").strip(), (found.group("value") or "").strip("* ")
    if len(label.split()) > 5 or value.startswith("//") or not value or label[-1:].isdigit():
        return None
    return label, value


@cache
def _label() -> Pattern:
    return compiled(rf"(?P<label>{table('blocks')['labels']})\W*")


def _width(lines: Sequence[Line]) -> int:
    """The column at which this text was wrapped; 0 where it was not."""
    longest = max((len(line.text) for line in lines if "://" not in line.text), default=0)
    return longest if SHORTEST_WRAP <= longest <= FULL else 0


def _unwrapped(paragraph: Sequence[Line], width: int) -> list[list[Line]]:
    """Lines that were one line before a mail program wrapped them."""
    runs: list[list[Line]] = []
    for line in paragraph:
        if runs and _goes_on(runs[-1][-1].text, line.text, width):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _goes_on(before: str, after: str, width: int) -> bool:
    if compiled(r"(?:[-*•·‣▪●○+>|]|\(?\d{1,2}[.)]|[a-z]\))\s").match(after) or before.endswith(":") or is_pair(after):
        return False
    if after[:1].islower() and before[-1:] not in ".!?:":
        return True
    first = after.split(None, 1)[0]
    return bool(width) and len(before) + 1 + len(first) > width and not compiled(r"\S+://\S+").fullmatch(before)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(str(table("blocks")["abbreviations"]).split())


def _split(run: Sequence[Line], text: str) -> list[tuple[str, str]]:
    """Each sentence of one run of lines: its words, and how it stands in `text`."""
    joined = " ".join(line.text for line in run)
    begins = list(accumulate((len(line.text) + 1 for line in run[:-1]), initial=0))

    def place(at: int) -> int:
        """The offset in `text` of an offset in the joined lines."""
        number = bisect_right(begins, at) - 1
        return run[number].start + at - begins[number]

    stops = compiled(r"[.!?…]+[\"'”’)\]*_]*[\s\x{a0}]+").finditer(joined)
    cuts = [0, *(stop.end for stop in stops if _ends(joined, stop.start, stop.end)), len(joined)]
    found = []
    for low, high in pairwise(cuts):
        piece = joined[low:high].strip()
        if piece:
            first = low + len(joined[low:high]) - len(joined[low:high].lstrip())
            found.append((piece, text[place(first) : place(first + len(piece) - 1) + 1]))
    return found


def _ends(joined: str, stop: int, after: int) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation, nor before a small letter."""
    following = joined[after : after + 1]
    quotes = joined[stop:after].rstrip()[-1:] not in ".!?…"
    if not following or (joined[stop] in "!?" and not (quotes and following.islower())):
        return True
    if following.islower():
        return False
    word = joined[max(0, stop - 12) : stop].split()[-1:]
    last = word[0].strip("(\"'“").lower() if word else ""
    if last in ("a.m", "p.m"):
        zone = "[A-Z]{2,4}|Eastern|Central|Mountain|Pacific|[A-Z]+ time"
        goes_on = compiled(rf"(?:(?:{zone}|on|\(|\d)\b|[-–—] ?\d)", case=True)
        return goes_on.match(joined, after) is None
    return last not in _abbreviations() and not (len(last) == 1 and last.isalpha() and last != "i")
