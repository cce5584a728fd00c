"""What calls back a mail that was set aside by its headers alone: the keys that it shares with mail that matters.

A key is a Message-ID with its brackets, a provider's thread, an address, a registered domain, or the stem of an
organisation's name. The last is coarse, to be looked up: whether the domain of such a mail is that of an employer is
then asked in full (`belonging.Known.calls_back`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.reading.domains import registered
from mailbot.reading.statements import Reading
from mailbot.tracking.clues import references
from mailbot.tracking.domains import organisation
from mailbot.tracking.names import stem


def keys(reading: Reading) -> frozenset[str]:
    """The keys of one mail, by its headers."""
    found = {reading.message_id, *references(reading)}
    found.update(one.email for one in (*reading.reply_to, *reading.to, *reading.cc))
    if reading.thread:
        found.add(thread_key(reading.account, reading.thread))
    if reading.sender:
        found.add(reading.sender.email)
        if home := organisation(reading.sender.domain):
            found |= {home, name_key(registered(home)[0])}
    return frozenset(found)


def homes(found: Iterable[str]) -> Iterator[str]:
    """The registered domains among keys."""
    return (one for one in found if not any(sign in one for sign in "<@:"))


def thread_key(account: str, thread: str) -> str:
    return f"thread:{account}:{thread}"


def name_key(name: str) -> str:
    return f"name:{stem(name)}"


def known_keys(readings: Iterable[Reading], people: Iterable[str], domains: Iterable[str]) -> frozenset[str]:
    """The keys of what is known: mail that matters, the people's addresses, their domains."""
    found = {*people, *domains}
    for one in readings:
        found |= {one.message_id, *references(one)}
        if one.thread:
            found.add(thread_key(one.account, one.thread))
    return frozenset(found)
