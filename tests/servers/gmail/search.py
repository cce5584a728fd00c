"""Gmail's search as far as mailbot uses it: `in:`, `category:`, `subject:`, `rfc822msgid:`, `after:`, `-`, groups of
which one must hold in braces, groups of which all must hold in parentheses. Any other term is an error of the test."""

from __future__ import annotations

from collections.abc import Callable

from tests.servers.gmail.account import Message

Test = Callable[[Message], bool]
PLACES = {"trash": "TRASH", "spam": "SPAM", "drafts": "DRAFT", "sent": "SENT", "inbox": "INBOX", "chats": "CHAT"}
CLOSING = {"{": "}", "(": ")"}


def search(query: str) -> Test:
    spaced = query
    for mark in "{}()":
        spaced = spaced.replace(mark, f" {mark} ")
    words = spaced.replace("- {", "-{").replace("- (", "-(").split()
    tests, rest = _several(words, "")
    assert not rest, query
    return lambda message: all(test(message) for test in tests)


def _several(words: list[str], end: str) -> tuple[list[Test], list[str]]:
    tests: list[Test] = []
    while words and words[0] != end:
        word, words = words[0], words[1:]
        negative, bare = word.startswith("-"), word.lstrip("-")
        if bare in CLOSING:
            inner, words = _several(words, CLOSING[bare])
            words = words[1:]
            test = _group(inner, any if bare == "{" else all)
        else:
            test = _term(bare)
        tests.append(_not(test) if negative else test)
    return tests, words


def _group(tests: list[Test], how: Callable[..., bool]) -> Test:
    return lambda message: how(test(message) for test in tests)


def _not(test: Test) -> Test:
    return lambda message: not test(message)


def _term(word: str) -> Test:
    key, _, value = word.partition(":")
    if key == "in":
        return lambda message: PLACES[value] in message.labels
    if key == "category":
        return lambda message: f"CATEGORY_{value.upper()}" in message.labels
    if key == "subject":
        return lambda message: value.lower() in message.header("Subject").lower()
    if key == "rfc822msgid":
        return lambda message: message.name == f"<{value}>"
    if key == "after":
        return lambda message: message.at >= int(value) * 1000
    raise AssertionError(f"the search knows no {word}")
