"""The places of a mail in which names stand, as plain sentences; and where in the mail a name was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mailbot.mail.message import Message
from mailbot.patterns import compiled
from mailbot.reading.quoting import lines_of
from mailbot.reading.sentences import sentences
from mailbot.reading.statements import Evidence
from mailbot.reading.tables import table
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import CalendarEvent

CALLED = 5  # words: a greeting longer than this says more than whom it greets
LONGEST_QUOTE = 300
READ = 20_000  # characters of quoted text or footer that are looked at
SENTENCE = 600  # characters of a sentence that are looked at
BETWEEN = frozenset(" \t\n\f\r>*_")  # what may stand between the words of a name


class Where(StrEnum):
    SENDER = "sender"
    SUBJECT = "subject"
    TEXT = "text"
    SIGNATURE = "signature"
    QUOTED = "quoted"
    FOOTER = "footer"
    CALENDAR = "calendar"
    ADDRESS = "address"


class Place(NamedTuple):
    """One sentence, line or subject; white space is folded and marks of emphasis are left out."""

    where: Where
    text: str


def places(message: Message, words: Words, calendars: Iterable[CalendarEvent]) -> tuple[Place, ...]:
    """Every sentence and line of a mail, the subject first."""
    found = [Place(Where.SUBJECT, subject(message.subject))]
    if len(words.greeting.split()) > CALLED:
        found.append(Place(Where.TEXT, words.greeting))
    found += [Place(Where.TEXT, one.text) for one in words.sentences]
    found += [Place(Where.SIGNATURE, line) for line in f"{words.sign_off}\n{words.signature}".split("\n")]
    earlier = "\n\n".join(part for part in (words.quoted, words.forwarded) if part not in ("", words.new))[:READ]
    found += [Place(Where.QUOTED, one.text) for one in sentences(lines_of(earlier), earlier)]
    found += [Place(Where.SUBJECT, subject(value)) for key, value in words.forwarded_headers if key == "subject"]
    headline = compiled(table("entities")["headlines"])
    events = (value for label, value in words.pairs if headline.fullmatch(label.strip()))
    found += [Place(Where.CALENDAR, subject(value)) for value in events]
    footer = words.footer[:READ]
    found += [Place(Where.FOOTER, one.text) for one in sentences(lines_of(footer), footer)]
    for event in calendars:
        found.append(Place(Where.CALENDAR, subject(event.summary)))
        found += [Place(Where.CALENDAR, line) for line in event.description[:READ].split("\n")]
    return tuple(_headed([Place(one.where, text) for one in found if (text := _plain(one.text))]))


def _headed(found: Sequence[Place]) -> Iterator[Place]:
    """The places; a line below 'Event Name:' is written like a subject."""
    headline = compiled(table("entities")["headlines"])
    before = ""
    for one in found:
        is_headline = one.where is Where.TEXT and before.endswith(":") and headline.fullmatch(before[:-1].strip())
        yield Place(Where.CALENDAR, subject(one.text)) if is_headline else one
        before = one.text


def subject(text: str) -> str:
    """A subject without 'Re:', '[EXTERNAL]', 'Invitation:' and what a calendar adds behind ('@ Tue 3 Mar 2pm')."""
    text = " ".join(text.split())[:SENTENCE]
    text = compiled(table("entities")["subject_openings"]).sub("", text)
    return compiled(table("entities")["subject_endings"]).sub("", text).strip()


def evidence(field: str, value: str, message: Message, calendars: Iterable[CalendarEvent]) -> Evidence | None:
    """The line of the mail in which a value stands, as it stands there; None where it stands nowhere as written."""
    wanted = _lowered(value).split()
    sender = message.sender.name if message.sender else ""
    texts = [message.text, message.subject, sender, *(a.name for a in (*message.to, *message.cc))]
    for event in calendars:
        texts += [event.summary, event.description]
    for text in texts:
        if span := _standing(wanted, _lowered(text)):
            return Evidence(field, _around(text, *span))
    return None


def _standing(words: Sequence[str], text: str) -> tuple[int, int] | None:
    """Where words first stand one after the other, whatever blanks, marks of quoting and emphasis are between them.
    No expression: each name would be one of its own, to be compiled and kept."""
    at = text.find(words[0]) if words else -1
    while at >= 0:
        end = at + len(words[0])
        for word in words[1:]:
            end = _behind(word, text, end)
        if end >= 0:
            return at, end
        at = text.find(words[0], at + 1)
    return None


def _behind(word: str, text: str, at: int) -> int:
    """The end of a word that stands behind blanks and marks; -1 where there is none, or `at` is -1."""
    while 0 <= at < len(text) and text[at] in BETWEEN:
        at += 1
        if text.startswith(word, at):
            return at + len(word)
    return -1


def _lowered(text: str) -> str:
    """A text in small letters with straight apostrophes, letter for letter: places stay."""
    low = text.replace("’", "'").lower()
    return low if len(low) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def _around(text: str, start: int, end: int) -> str:
    """The lines in which a span stands, cut to what may be kept."""
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[low : len(text) if high < 0 else high]
    if len(line) > LONGEST_QUOTE:
        low = max(low, min(start, end - LONGEST_QUOTE // 2) - LONGEST_QUOTE // 3)
        line = text[low : low + LONGEST_QUOTE]
    return line.strip()


def _plain(text: str) -> str:
    text = text[:SENTENCE].replace("*", "").replace("\u200b", "").replace("’", "'").replace("`", "'")
    return " ".join(text.split()).lstrip("-–—~>•· ")
