"""The notes form as the person filled it in: notes for letters, and the facts that it tells. What stands 'for myself'
is never read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailbot.drafting.data import table
from mailbot.drafting.letter import Note, NoteKind
from mailbot.drafting.people import full_name
from mailbot.drafting.wording import plain
from mailbot.mail.decoding import clean_line
from mailbot.mail.headers import is_safe_email
from mailbot.patterns import compiled
from mailbot.reading.statements import Part, Person

BEGIN, END = "FOR LETTERS", "FOR MYSELF"  # as templates/interview_notes.txt writes them

_FIRST_NAMES, _NO = compiled(r"\bfirst[ -]names?\b"), compiled(r"\b(?:no|not|don't|never)\b")
_LABEL = compiled(
    r"^(?:(?P<topic>topics(?: with (?P<person>[^:]+))?|what I would add)|(?P<met>met\b(?P<who>[^:(]*)[^:]*)"
    r"|(?P<looked_for>what they look for)|(?P<promised>promised\b[^:]*)|(?P<decides>decides by\b[^:]*)"
    r"|(?P<writes>who will write)):(?P<text>.*)$"
)
_LABELS = ("topic", "met", "looked_for", "promised", "decides", "writes")
_BREAK = compiled(r"[,;<>()\[\]]|\bmailto:")
_NOTED = ("topic", "looked_for", "promised", "writes")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the form tells besides notes: the addresses of people who were `met`, and of who will write; the day on
    which they decide, in the person's words."""

    met: tuple[Person, ...] = ()
    writes: tuple[Person, ...] = ()
    decides: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line below a label, with the person whom the label names."""

    label: str
    person: str
    text: str

    @property
    def said(self) -> str:
        """As it may stand in a letter; empty where it says nothing ('not said')."""
        text = plain(self.text).strip(" -*•;")
        return "" if text.casefold().rstrip(" .!") in table("english.toml")["notes"]["nothing"] else text


def read_form(text: str, about: tuple[str, ...]) -> tuple[Note, ...]:
    """The topics, with each person, what the person would add and promised, what they look for, who will write, and
    with whom the person is on first-name terms; one note for each line. `about` are the messages that fixed the
    interview. Quote marks ('> ') that a reply or a mail program added are passed over."""
    entries = tuple(_entries(text))
    noted = (one for one in entries if one.label in _NOTED and one.said)
    topics = (Note(about, one.said, one.person, kind=NoteKind(one.label)) for one in noted)
    called = (
        Note(about, "", name, first_names=True)
        for one in entries
        if one.label == "met" and (name := _name(one)) and _FIRST_NAMES.search(one.text) and not _NO.search(one.text)
    )
    return (*topics, *called)


def read_facts(text: str) -> Facts:
    """The addresses and the day that the person wrote into the form. An address must be a plain one, beside a name, and
    the only one for that name: what may be somebody else's is left out."""
    entries = tuple(_entries(text))
    return Facts(
        met=tuple(_addressed(entries, "met", Part.INTERVIEWER)),
        writes=tuple(_addressed(entries, "writes", Part.CONTACT)),
        decides=next((one.said for one in entries if one.label == "decides" and one.said), ""),
    )


def _addressed(entries: Iterable[_Entry], label: str, part: Part) -> Iterator[Person]:
    found: dict[str, set[str]] = {}
    for one in entries:
        if one.label == label and (name := _name(one)):
            words = (word.lower() for words in _pieces(one.text) for word in words)
            found.setdefault(name, set()).update(word for word in words if is_safe_email(word))
    for name, emails in found.items():
        if len(emails) == 1:
            yield Person(name, emails.pop(), part)


def _name(entry: _Entry) -> str:
    """Whom the label names: 'Met Dana Reed (address, first names?)', else the line: 'Dana Reed, dana@acme.test'."""
    if entry.person:
        return full_name(entry.person)
    pieces = (" ".join(word for word in words if "@" not in word) for words in _pieces(entry.text))
    names = (full_name(one) for one in pieces if one[:1].isupper() and not _FIRST_NAMES.search(one))
    return next((one for one in names if one), "")


def _pieces(text: str) -> list[list[str]]:
    """The words of what stands between commas and brackets."""
    return [[word.strip(".'\"-*•:") for word in part.split()] for part in _BREAK.sub("\n", text).split("\n")]


def _entries(text: str) -> Iterator[_Entry]:
    """What follows a label belongs to it until the next."""
    label, person = "", ""
    for line in _for_letters(text):
        found, answer = _LABEL.match(line), line
        if found:
            label = next(one for one in _LABELS if found.group(one) is not None)
            person = (found.group("person") or found.group("who") or "").strip()
            answer = found.group("text") or ""
        if label and answer.strip():
            yield _Entry(label, person, answer.strip())


def _for_letters(text: str) -> Iterator[str]:
    inside = False
    for line in (clean_line(one.lstrip("> ")).strip() for one in text.splitlines()):
        if line == END:
            return
        if inside:
            yield line
        inside = inside or line == BEGIN
