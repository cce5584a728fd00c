"""The parts of the writer's own lines: greeting, body, sign-off, signature, footer, joining details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from mailbot.patterns import Pattern, compiled
from mailbot.reading.quoting import Line
from mailbot.reading.sentences import is_pair, paragraphs
from mailbot.reading.tables import table

SHORT = 40  # words: a paragraph up to this long that holds a soft footer phrase is a footer
WISH = 6  # words: a line of a wish right above a name, with which some close
SPOKEN = 9  # words: a line from this on that ends like a sentence is no part of a signature
SENTENCE_ENDS = r"[.!?…]+[\"'”’)\]]*\s+"
NAME_LINES = 2  # the name below a closing, and what may stand beside it


@dataclass(frozen=True, slots=True)
class Blocks:
    """The lines of each part; `rest` is what followed a greeting on its own line."""

    greeting: str
    body: tuple[Line, ...]
    sign_off: tuple[Line, ...]
    signature: tuple[Line, ...]
    footer: tuple[Line, ...]
    joining: tuple[Line, ...]


def blocks(lines: Sequence[Line]) -> Blocks:
    """Sort the writer's own lines into the parts of a mail."""
    joins = _any("joining").may_fit_a_line(line.text for line in lines)
    joining = tuple(line for line in lines if line.text and _is_joining(line.text, joins))
    joined = {line.start for line in joining}
    kept = [line for line in lines if line.start not in joined]
    kept, below = _cut_at_dashes(kept)
    body, footer = _without_footers(kept)
    greeting, body = _greeting(body)
    body, sign_off, signature = _sign_off(body)
    return Blocks(greeting, tuple(body), tuple(sign_off), (*signature, *below), tuple(footer), joining)


def _is_joining(text: str, any_joins: bool) -> bool:
    if is_pair(text):
        return _any("joining_pairs").fullmatch(text) is not None
    return any_joins and _any("joining").fullmatch(text) is not None


def _cut_at_dashes(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """At the signature's mark '-- ' (RFC 3676 section 4.3), which must not open the mail."""
    said = False
    for number, line in enumerate(lines):
        if line.text == "--" and said:
            return list(lines[:number]), list(lines[number + 1 :])
        said = said or bool(line.text)
    return list(lines), []


def _without_footers(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Footer paragraphs, and the lines that devices add, apart. A mail that would have nothing left keeps all."""
    device = compiled(str(table("blocks")["device"]))
    added = device.may_fit_a_line(line.text for line in lines)
    whole = {line.start for line in lines if added and device.fullmatch(line.text)}
    tails: dict[int, int] = {}
    for paragraph in paragraphs(lines):
        joined = " ".join(line.text for line in paragraph)
        at = 0 if _any("footers").search(joined) else _soft_footer(joined)
        if at is not None:
            _mark(paragraph, at, whole, tails)
    body = [_head(line, tails) for line in lines if line.start not in whole]
    if not any(line.text for line in _greeting(body)[1]):
        return list(lines), []
    return body, [_tail(line, tails) for line in lines if line.start in whole or line.start in tails]


def _soft_footer(joined: str) -> int | None:
    """Where the footer begins in a short paragraph that has one: with its sentence, since what a machine writes often
    stands in one line with what its mail is about."""
    found = _any("short_footers").search(joined) if len(joined.split()) <= SHORT else None
    if found is None:
        return None
    at = max((stop.end for stop in compiled(SENTENCE_ENDS).finditer(joined[: found.start])), default=0)
    return at if compiled(table("blocks")["names_day"]).search(joined[at:]) is None else None


def _mark(paragraph: Sequence[Line], at: int, whole: set[int], tails: dict[int, int]) -> None:
    """What of a paragraph's lines is footer, from this place in the joined paragraph on."""
    before = 0
    for line in paragraph:
        if at <= before:
            whole.add(line.start)
        elif at < before + len(line.text):
            tails[line.start] = at - before
        before += len(line.text) + 1


def _head(line: Line, tails: Mapping[int, int]) -> Line:
    return Line(line.text[: tails[line.start]].rstrip(), line.start, line.depth) if line.start in tails else line


def _tail(line: Line, tails: Mapping[int, int]) -> Line:
    at = tails.get(line.start, 0)
    return Line(line.text[at:], line.start + at, line.depth)


def _greeting(lines: list[Line]) -> tuple[str, list[Line]]:
    """The greeting at the head, and the lines without it."""
    at = next((i for i, line in enumerate(lines) if line.text), None)
    if at is None:
        return "", lines
    for number in [i for i, line in enumerate(lines) if line.text][:3]:
        line = lines[number]
        found = compiled(table("blocks")["greeting"]).match(line.text)
        if not found and number == at:
            found = compiled(table("blocks")["bare_greeting"], case=True).fullmatch(line.text)
        if found and (number == at or found.end == len(line.text)):
            rest = Line(line.text[found.end :], line.start + found.end, line.depth)
            return found.text.strip(), [*lines[:number], rest, *lines[number + 1 :]]
    return "", lines


def _sign_off(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Body, sign-off and signature; what is said below a sign-off (a postscript, another paragraph) is body."""
    at = _closing_at(lines)
    if at is None:
        return lines, [], []
    body, sign_off = list(lines[:at]), [lines[at]]
    signature: list[Line] = []
    for paragraph in paragraphs(lines[at + 1 :]):
        if _is_spoken(paragraph):
            body += [Line("", paragraph[0].start), *paragraph]
            continue
        for line in paragraph:
            short = len(sign_off) < NAME_LINES and not signature and _is_name(line.text)
            (sign_off if short else signature).append(line)
    return body, sign_off, signature


def _closing_at(lines: Sequence[Line]) -> int | None:
    """The line with which the writer closes: 'Best,' or 'Thanks, Dana'; else a name that stands alone at the end."""
    spoken = [i for i, line in enumerate(lines) if line.text]
    closes = _closing().may_fit_a_line(line.text for line in lines)
    for number in spoken[1:] if closes else ():
        if _is_closing(lines[number].text) and not any(
            _is_spoken(one) for one in paragraphs(lines[number + 1 :])[:1]
        ):
            return number
    ends = paragraphs(lines)[1:]
    for paragraph in reversed(ends):
        if _is_spoken(paragraph) or any(is_pair(line.text) for line in paragraph[:1]):
            return None
        if _is_name(paragraph[0].text) and len(paragraph[0].text.split()) <= 4:
            return next(i for i, line in enumerate(lines) if line.start == paragraph[0].start)
        if _parts_with(paragraph):
            return next(i for i, line in enumerate(lines) if line.start == paragraph[1].start)
    return None


def _parts_with(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph is a wish and the name of who sends it: 'Best of luck on Friday!', 'Dana Lee', 'Acme'."""
    if len(paragraph) < 2 or len(paragraph[0].text.split()) > WISH or paragraph[0].text[-1:] not in "!.,":
        return False
    return _is_name(paragraph[1].text) and len(paragraph[1].text.split()) <= 4


def _is_closing(text: str) -> bool:
    return len(text) < 80 and _closing().fullmatch(text) is not None


def _is_name(text: str) -> bool:
    if len(text) >= 60 or text[:1].islower():
        return False
    return compiled(table("blocks")["name_line"]).fullmatch(text) is not None


def _is_spoken(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph says something, unlike a signature's name, position and address."""
    joined = " ".join(line.text for line in paragraph)
    if compiled(table("blocks")["postscript"]).match(joined):
        return True
    return any(len(line.text.split()) >= SPOKEN for line in paragraph) and joined.rstrip("\"'”)")[-1:] in ".!?:"


@cache
def _closing() -> Pattern:
    source = table("blocks")
    return compiled(rf"(?:{source['closing']})(?:[\s,.!–—-]+|$)(?:{source['name_line']})?[.,]?")


@cache
def _any(key: str) -> Pattern:
    return compiled("|".join(f"(?:{one})" for one in table("blocks")[key]), often=True)
