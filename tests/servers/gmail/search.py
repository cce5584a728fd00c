"""Gmail's search as far as mailbot uses it: words and phrases, `in:`, `category:`, `subject:`, `from:`, `filename:`,
`larger:`, `rfc822msgid:`, `after:`, `-`, groups of which one must hold in braces, groups of which all must hold in
parentheses. A word is found as a whole and not by its beginning, in sender, subject and text. Any other term is an
error of the test."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Mail

from tests.servers.gmail.account import Message

Test = Callable[[Message], bool]
PLACES = {"trash": "TRASH", "spam": "SPAM", "drafts": "DRAFT", "sent": "SENT", "inbox": "INBOX", "chats": "CHAT"}
CLOSING = {"{": "}", "(": ")"}
PIECES = re.compile(r'-?[{(]|[})]|-?[^\s{}()"]*"[^"]*"|[^\s{}()]+')


def search(query: str) -> Test:
    tests, rest = _several(PIECES.findall(query), "")
    assert not rest, query
    return lambda message: all(test(message) for test in tests)


@dataclass
class Told:
    """Whether one of these words or phrases stands there: of many it is asked at once, which is many times faster.
    `phrases` are known by their first words."""

    where: Callable[[Message], Words]
    words: set[str]
    phrases: dict[str, set[str]]

    def __call__(self, message: Message) -> bool:
        there = self.where(message)
        if not self.words.isdisjoint(there.each):
            return True
        begun = self.phrases.keys() & there.each
        return any(f" {one} " in there.line for first in begun for one in self.phrases[first])

    def add(self, other: Told) -> None:
        self.words |= other.words
        for first, phrases in other.phrases.items():
            self.phrases.setdefault(first, set()).update(phrases)


def _several(words: list[str], end: str) -> tuple[list[Test], list[str]]:
    tests: list[Test] = []
    without: list[Test] = []
    while words and words[0] != end:
        word, words = words[0], words[1:]
        bare = word.removeprefix("-")
        if bare in CLOSING:
            inner, words = _several(words, CLOSING[bare])
            words = words[1:]
            test = _one_of(inner) if bare == "{" else _each_of(inner)
        else:
            test = _term(bare)
        (tests if word == bare else without).append(test)
    return [*tests, _not(_one_of(without))] if without else tests, words


def _one_of(tests: list[Test]) -> Test:
    found: dict[Callable[[Message], Words], Told] = {}
    for one in tests:
        if isinstance(one, Told):
            found.setdefault(one.where, Told(one.where, set(), {})).add(one)
    every = [*found.values(), *(one for one in tests if not isinstance(one, Told))]
    return every[0] if len(every) == 1 else lambda message: any(test(message) for test in every)


def _each_of(tests: list[Test]) -> Test:
    return lambda message: all(test(message) for test in tests)


def _not(test: Test) -> Test:
    return lambda message: not test(message)


def _term(word: str) -> Test:
    key, colon, value = word.partition(":")
    value = value.strip('"')
    if not colon:
        return _phrase(word, _anywhere)
    if key in ("subject", "from"):
        return _phrase(value, _subject if key == "subject" else _sender)
    if key == "in":
        return lambda message: PLACES[value] in message.labels
    if key == "category":
        return lambda message: f"CATEGORY_{value.upper()}" in message.labels
    if key == "filename":
        return lambda message: any(name.lower().endswith(f".{value}") for name in _names(message))
    if key == "larger":
        return lambda message: len(message.raw) > int(value.removesuffix("K")) * 1024
    if key == "rfc822msgid":
        return lambda message: message.name == f"<{value}>"
    if key == "after":
        return lambda message: message.at >= int(value) * 1000
    raise AssertionError(f"the search knows no {word}")


def _phrase(text: str, where: Callable[[Message], Words]) -> Test:
    """Whether these words stand there, one after the other."""
    wanted = words_of(text)
    first, _, rest = wanted.partition(" ")
    return Told(where, set(), {first: {wanted}}) if rest else Told(where, {wanted}, {})


@dataclass(frozen=True)
class Words:
    """The words of a text in small letters, with a space before and after each."""

    line: str
    each: frozenset[str]


def words_of(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _subject(message: Message) -> Words:
    return message.searched.get("subject") or _learnt(message, "subject", _decoded(message, "Subject"))


def _sender(message: Message) -> Words:
    return message.searched.get("sender") or _learnt(message, "sender", _decoded(message, "From"))


def _anywhere(message: Message) -> Words:
    if "anywhere" not in message.searched:
        parts = (_sender(message).line, _subject(message).line)
        _learnt(message, "anywhere", " ".join((*parts, *_bodies(message))))
    return message.searched["anywhere"]


def _decoded(message: Message, name: str) -> str:
    return str(make_header(decode_header(message.header(name))))


def _bodies(message: Message) -> list[str]:
    parts = message_from_bytes(message.raw).walk()
    return [_text(one) for one in parts if one.get_content_maintype() == "text" and not one.get_filename()]


def _text(part: Mail) -> str:
    return (part.get_payload(decode=True) or b"").decode(part.get_content_charset("utf-8"), "replace")


def _names(message: Message) -> list[str]:
    if "names" not in message.searched:
        parts = list(message_from_bytes(message.raw).walk())
        calendars = ["invite.ics" for one in parts if one.get_content_type() == "text/calendar"]
        message.searched["names"] = [one.get_filename() or "" for one in parts] + calendars
    return message.searched["names"]


def _learnt(message: Message, what: str, text: str) -> Words:
    """Found once: a message in Gmail never changes."""
    line = words_of(text)
    words = message.searched[what] = Words(f" {line} ", frozenset(line.split()))
    return words
