"""The notes form as the person filled it in -> notes for letters. What stands 'for myself' is never read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.drafting.letter import Note
from mailbot.drafting.wording import plain
from mailbot.patterns import compiled

BEGIN, END = "FOR LETTERS", "FOR MYSELF"  # as templates/interview_notes.txt writes them

_LABEL = compiled(
    r"^(?:topics(?: with (?P<person>[^:]+))?|what I would add|(?P<other>met\b[^:]*|what they look for|promised\b[^:]*"
    r"|decides by\b[^:]*|who will write)):(?P<text>.*)$"
)


def read_form(text: str, about: tuple[str, ...]) -> tuple[Note, ...]:
    """The topics, with each person, and what the person would add; one note for each line. `about` are the messages
    that fixed the interview. Quote marks ('> ') that a reply or a mail program added are passed over."""
    return tuple(Note(about, topic, person) for person, topic in _entries(_for_letters(text)) if topic)


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
