"""Whose lines: one mail's text cut into the writer's own lines, quoted earlier mail, and a forwarded mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from mailbot.patterns import Pattern, compiled
from mailbot.reading.tables import table

WINDOW = 10  # lines within which the labels of a header block stand
SPREAD = 3  # lines over which an attribution ('On ... wrote:') may run


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `text` without '>' marks and surrounding space, `start` its offset in the message's text, `depth` the
    number of marks."""

    text: str
    start: int
    depth: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cut:
    """The lines of one mail by whose they are. `headers` are those that stand above the forwarded mail."""

    own: tuple[Line, ...]
    quoted: tuple[Line, ...]
    forwarded: tuple[Line, ...]
    headers: tuple[tuple[str, str], ...]


def lines_of(text: str) -> list[Line]:
    """The text's lines, their quoting marks removed and counted ('>From' at the start of a line is no mark)."""
    found, at = [], 0
    for raw in text.split("\n"):
        depth = offset = 0
        while offset < len(raw) and raw[offset] in "> \t":
            depth += raw[offset] == ">"
            offset += 1
        if raw.startswith(">From "):
            depth, offset = 0, 1
        body = raw[offset:].rstrip()
        found.append(Line(body, at + offset, depth))
        at += len(raw) + 1
    return found


def cut(lines: Sequence[Line], subject: str) -> Cut:
    """Cut the lines where earlier mail begins; interleaved answers stay the writer's own."""
    own: list[Line] = []
    quoted: list[Line] = []
    marks = _marks().may_fit_a_line(line.text for line in lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        marked = marks and bool(line.text) and _marks().fullmatch(line.text) is not None
        if marked and _one_of("forwards").fullmatch(line.text):
            return _forward(own, quoted, lines[at + 1 :])
        if line.depth or (marked and _one_of("ignored").fullmatch(line.text)):
            quoted.append(line)
            at += 1
            continue
        if length := _attribution(lines, at):
            at += length
            if _next_is_marked(lines, at):
                continue
            return Cut(tuple(own), (*quoted, *lines[at:]), (), ())
        if (marked and _one_of("separators").fullmatch(line.text)) or _header_block(lines, at):
            rest = lines[at:] if _header_block(lines, at) else lines[at + 1 :]
            if _reads_as_forward(subject, own):
                return _forward(own, quoted, rest)
            return Cut(tuple(_without_rule(own)), (*quoted, *rest), (), ())
        own.append(line)
        at += 1
    return Cut(tuple(own), tuple(quoted), (), ())


def _reads_as_forward(subject: str, own: Sequence[Line]) -> bool:
    """Whether earlier mail below a header block was passed on, rather than left below an answer."""
    if compiled(table("quoting")["forward_subject"]).match(subject):
        return True
    return not any(line.text for line in own) and not compiled(r"\s*re\s*:").match(subject)


def _forward(own: list[Line], quoted: list[Line], rest: Sequence[Line]) -> Cut:
    """A forwarded mail: its header block apart, one level of marks removed."""
    at = next((i for i, line in enumerate(rest) if line.text), len(rest))
    level = rest[at].depth if at < len(rest) else 0
    body = [Line(line.text, line.start, max(0, line.depth - level)) for line in rest[at:]]
    headers: list[tuple[str, str]] = []
    used = 0
    for number, line in enumerate(body[: WINDOW + 2]):
        label = _label(line.text)
        if label:
            headers.append(label)
        elif bool(headers) != bool(line.text):
            break
        used = number + 1
    return Cut(tuple(_without_rule(own)), tuple(quoted), tuple(body[used:] if headers else body), tuple(headers))


def _without_rule(own: list[Line]) -> list[Line]:
    """Without the line of dashes or underscores that stands above a header block."""
    kept = list(own)
    while kept and not kept[-1].text.strip("-_=* "):
        kept.pop()
    return kept


def _attribution(lines: Sequence[Line], at: int) -> int:
    """How many lines from `at` on say who wrote what follows ('On Monday, 2 March, Dana wrote:'); 0 for none."""
    first = lines[at].text
    if not first or len(first) > 300:
        return 0
    if first[-1] in ":：" and _one_of("named_attributions").fullmatch(first):
        return 1
    if not compiled(table("quoting")["attribution_openers"]).match(first):
        return 0
    joined = ""
    for length, line in enumerate(lines[at : at + SPREAD], 1):
        if not line.text or line.depth:
            return 0
        joined = f"{joined} {line.text}".strip()
        if len(joined) < 500 and _one_of("attributions").fullmatch(joined) and _dated(joined):
            return length
    return 0


def _dated(text: str) -> bool:
    """Whether it can be an attribution: it holds an address or a number ('On Monday you wrote' has neither)."""
    return "@" in text or any(letter.isdigit() for letter in text)


def _next_is_marked(lines: Sequence[Line], at: int) -> bool:
    following = next((line for line in lines[at:] if line.text), None)
    return following is not None and following.depth > 0


def _header_block(lines: Sequence[Line], at: int) -> bool:
    """Whether a block 'From: ... Sent: ... To: ... Subject: ...' begins here."""
    first = _label(lines[at].text)
    if not first or first[0] != "from" or first[1][:1].isdigit():
        return False
    labels = {label[0] for line in lines[at + 1 : at + WINDOW] if (label := _label(line.text))}
    return "subject" in labels and bool(labels & {"date", "to"})


def _label(text: str) -> tuple[str, str] | None:
    """('subject', 'Your interview') of a line 'Subject: Your interview', in any language that the table knows."""
    if ":" not in text[:30] and "：" not in text[:30]:
        return None
    found = _labels().match(text[:1000])
    if not found:
        return None
    name = next(key for key, value in found.groups().items() if value and key != "value")
    return name, (found.group("value") or "").strip().strip("*").strip()


@cache
def _labels() -> Pattern:
    names = "|".join(f"(?P<{name}>{words})" for name, words in table("quoting")["labels"].items())
    return compiled(rf"\W{{0,3}}(?:{names})\s*\*?\s*[:：]\*?\s*(?P<value>.*)")


@cache
def _marks() -> Pattern:
    """Lines that part one mail from another: of most lines, one question is enough."""
    return compiled("|".join(_one_of(key).source for key in ("forwards", "ignored", "separators")))


@cache
def _one_of(key: str) -> Pattern:
    return compiled("|".join(f"(?:{one})" for one in table("quoting")[key]))
