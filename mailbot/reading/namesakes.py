"""When two names are one person's, and when an address is made of a name."""

from __future__ import annotations

from functools import cache

from mailbot.reading.domains import letters
from mailbot.reading.names import is_given
from mailbot.reading.tables import table


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: 'Dana' and 'Dana Lee', 'D. Lee' and 'Dana Lee', 'Lee Dana' reversed."""
    a, b = [letters(w) for w in one.split()], [letters(w) for w in other.split()]
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if len(a) == 1:
        family_first = len(b) > 2 and b[0] in _words("families")
        alone = min(one, other, key=len)
        surname = len(a[0]) > 2 and ("-" in alone or not is_given(alone))
        by_last = a[0] == b[-1] and (family_first or surname)
        return by_last or a[0] == b[0] or _is_short_for(a[0], b[0])
    if sorted(a) == sorted(b):
        return True
    if a[-1] != b[-1] and len(a) == 2 and a[0] == b[0] and min(len(a[-1]), len(b[-1])) == 1 and a[-1][0] == b[-1][0]:
        return True
    if a[-1] != b[-1]:
        return len(b) > 2 and a == b[: len(a)]
    return a[0] == b[0] or (min(len(a[0]), len(b[0])) == 1 and a[0][0] == b[0][0]) or _is_short_for(a[0], b[0])


def _is_short_for(short: str, full: str) -> bool:
    """Whether one given name is a short form of the other: 'Dave' of 'David', 'Kate' of 'Katherine'."""
    return full in _short_forms().get(short, ()) or short in _short_forms().get(full, ())


def owns(name: str, local: str) -> bool:
    """Whether an address's local part is made of this name: 'dana.lee', 'dlee', 'danal', 'lee.d', 'dana'."""
    bare = letters(local.partition("+")[0])
    words = [letters(word) for word in name.split() if letters(word)]
    words = [word for word in words if word not in _words("particles")] or words
    if not bare or not words:
        return False
    first, last = words[0], words[-1]
    if len(words) == 1:
        return bare == first or (len(first) > 3 and bare.startswith(first))
    joined = "".join(words)
    forms = {
        joined, first + last, last + first, first, last, first[0] + last, last + first[0], first + last[0],
        "".join(word[0] for word in words[:-1]) + last, first[0] + joined[len(first) :],
        joined[len(first) :] + first[0],
        last + first[:2], first[:2] + last, first + "".join(word[0] for word in words[1:]),
        "".join(words[1:]) + first, last[0] + first, "".join(word[0] for word in words),
    }  # fmt: skip
    if len(words) > 2:
        forms |= {words[1] + first, words[1] + last, first + words[1], last + words[1], first[0] + words[1]}
        forms |= {words[-1] + words[0], words[-1] + words[0][0], words[-1] + "".join(w[0] for w in words[:-1])}
    return bare.rstrip("0123456789") in forms or bare in forms


def abbreviates(name: str, local: str) -> bool:
    """Whether an address is made of an initial and a surname, as only people's are: 'mgrove' of 'Mina Grove'."""
    words = [letters(word) for word in name.split() if letters(word)]
    if len(words) < 2 or len(words[-1]) < 2:
        return False
    first, last = words[0], words[-1]
    return letters(local).rstrip("0123456789") in (first[0] + last, last + first[0])


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("names")[key].split())


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    return {short: tuple(full.split()) for short, full in table("names")["short_forms"].items()}
