"""The notes form as the person filled it in -> notes for letters. What stands 'for myself' is never read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.drafting.letter import Note
from mailbot.drafting.wording import plain
from mailbot.patterns import compiled

BEGIN, END = "FOR LETTERS", "FOR MYSELF"  # as templates/interview_notes.txt writes them

_FIRST_NAMES, _NO = compiled(r"\bfirst[ -]names?\b"), compiled(r"\b(?:no|not|don't|never)\b")
_LABEL = compiled(
    r"^(?:topics(?: with (?P<person>[^:]+))?|what I would add|(?P<other>met\b(?P<met>[^:(]*)[^:]*|what they look for"
    r"|promised\b[^:]*|decides by\b[^:]*|who will write)):(?P<text>.*)$"
)


def read_form(text: str, about: tuple[str, ...]) -> tuple[Note, ...]:
    """The topics, with each person, what the person would add, and with whom they are on first-name terms; one note for
    each line. `about` are the messages that fixed the interview. Quote marks ('> ') that a reply or a mail program
    added are passed over."""
    said = tuple(_for_letters(text))
    topics = (Note(about, topic, person) for person, topic in _entries(said) if topic)
    called = (Note(about, "", person, first_names=True) for person in _on_first_names(said))
    return (*topics, *called)


def _on_first_names(lines: Iterable[str]) -> Iterator[str]:
    """Whom the person met on first-name terms: 'Met Dana Reed (address, first names?): first names'."""
    for line in lines:
        label = _LABEL.match(line)
        name = (label.group("met") or "").strip() if label else ""
        answer = (label.group("text") or "") if label else ""
        if name and _FIRST_NAMES.search(answer) and not _NO.search(answer):
            yield name


def _for_letters(text: str) -> Iterator[str]:
    inside = False
    for line in (plain(one.lstrip("> ")) for one in text.splitlines()):
        if line == END:
            return
        if inside:
            yield line
        inside = inside or line == BEGIN


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Person and topic; what follows a label belongs to it until the next."""
    person, wanted = "", False
    for line in lines:
        label = _LABEL.match(line)
        if label:
            person, wanted = label.group("person") or "", label.group("other") is None
            line = label.group("text") or ""
        if wanted:
            yield person.strip(), line.strip(" -*•;")
