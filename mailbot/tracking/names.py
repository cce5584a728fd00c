"""Names of organisations and titles of roles compared as words; other anchors are weighed in `evidence.py`."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from mailbot.reading.domains import LEADING, is_kind, spells
from mailbot.reading.organisations import is_tool_name
from mailbot.tracking.tables import table, words

# A single word of fewer letters than this is not taken for several words run together.
SURE_NAME = 8
# A single word of fewer letters than this ('GE', 'Arm') is found only whole, never as a part of a longer name.
SHORT_NAME = 4


class Likeness(IntEnum):
    DIFFERENT = 0
    UNKNOWN = 1  # at least one of the two says nothing
    CLOSE = 2  # one is a shorter way of writing the other: needs support
    SAME = 3


@lru_cache(maxsize=8192)
def folded(text: str) -> tuple[str, ...]:
    """The words of a name without case, accents and punctuation; 'C++', 'C#' and '.NET' keep their signs."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and ").replace("ß", "ss"))
    kept = [
        one if one.isalnum() or one in "+#" else "" if unicodedata.combining(one) or one in "'’.`" else " "
        for one in plain
    ]
    return tuple("".join(kept).split())


@lru_cache(maxsize=8192)
def company_words(name: str) -> tuple[str, ...]:
    """What distinguishes an organisation's name: no article, no legal form, no department at its end."""
    left = list(folded(name))
    if len(left) > 1 and left[0] in words("names", "articles"):
        del left[0]
    left = [one for at, one in enumerate(left) if not at or one != "and"]
    for dropped in (words("names", "legal_forms"), words("names", "departments"), words("names", "legal_forms")):
        while len(left) > 1 and left[-1] in dropped:
            left.pop()
    return tuple(left)


@lru_cache(maxsize=8192)
def is_employers(label: str) -> bool:
    """Whether a name can be an employer's: not 'LinkedIn', and not 'Recruiting Team' alone."""
    bare = folded(label)
    return not is_tool_name(label) and any(one not in words("names", "departments") for one in bare)


@lru_cache(maxsize=16384)
def compare_companies(one: str | None, other: str | None) -> Likeness:
    """How alike two names of organisations are, whatever their spelling, legal form and spacing."""
    if not one or not other:
        return Likeness.UNKNOWN
    a, b = company_words(one), company_words(other)
    if not a or not b:
        return Likeness.UNKNOWN
    if "".join(a) == "".join(b) or "".join(_unscoped(a)) == "".join(_unscoped(b)):
        return Likeness.SAME
    short, long = sorted((a, b), key=lambda parts: (len(parts), len("".join(parts))))
    if len(short) == 1 and len(short[0]) >= 3 and short[0] == _initials(long):
        return Likeness.CLOSE
    if len(short) == 1 and len(short[0]) < SHORT_NAME:
        return Likeness.DIFFERENT
    begins = any("".join(long[:at]) == "".join(short) for at in range(1, len(long))) or _last_cut(short, long)
    fuller = other if short == a else one
    begins = begins or (len(short) == 1 and _run_together(short[0], fuller))
    return Likeness.CLOSE if begins else Likeness.DIFFERENT


def _run_together(word: str, fuller: str) -> bool:
    """Whether a name of one word is the other one as an address writes it: 'Bergundtal' and 'Berg & Tal Verlag'."""
    return len(word) >= SURE_NAME and spells(word, fuller) >= LEADING


def _last_cut(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ by their last word alone, which one of them cuts: 'Munich Re', 'Munich Reinsurance'."""
    cut, full = sorted((one[-1], other[-1]), key=len)
    alike = 1 < len(one) == len(other) and one[:-1] == other[:-1]
    return alike and len(cut) > 1 and full.isalpha() and full.startswith(cut)


class Spellings(NamedTuple):
    """By what other spellings of a name are found: it written `whole`; what `shorter` names of it may be; the single
    word, if that is all it is, that may be several words `run_together`."""

    whole: frozenset[str]
    shorter: frozenset[str]
    run_together: tuple[str, ...]


@lru_cache(maxsize=8192)
def spellings(name: str) -> Spellings:
    """Two names that `compare_companies` finds alike share what one is written whole, or one's word spells the other
    (`reading.domains.spells`)."""
    parts = company_words(name)
    shorter = {"".join(parts[:at]) for at in range(1, len(parts))} | {_initials(parts)}
    if len(parts) > 1 and parts[-1].isalpha():
        shorter |= {"".join((*parts[:-1], parts[-1][:at])) for at in range(2, len(parts[-1]))}
    single = parts if len(parts) == 1 and len(parts[0]) >= SURE_NAME else ()
    return Spellings(frozenset({"".join(parts), "".join(_unscoped(parts))} - {""}), frozenset(shorter - {""}), single)


def stem(name: str) -> str:
    """The beginning that all spellings of an organisation's name share, for look-ups; of the County of Leaford, which
    writes from leaford.example, that of its place."""
    joined = "".join(_unscoped(company_words(name)))
    kind, of, place = joined.partition("of")
    return (place if of and place and is_kind(kind) else joined)[:SHORT_NAME]


def _unscoped(parts: tuple[str, ...]) -> tuple[str, ...]:
    left = list(parts)
    while len(left) > 1 and left[-1] in words("names", "scopes"):
        left.pop()
    return tuple(left)


def _initials(parts: tuple[str, ...]) -> str:
    """First letters of three or more words, small words left out; empty for shorter names."""
    large = [one for one in parts if one not in words("names", "joining")]
    return "".join(one[0] for one in large) if len(large) >= 3 else ""


@lru_cache(maxsize=8192)
def role_words(title: str) -> frozenset[str]:
    """What distinguishes a job title: abbreviations written out, plurals and words that are no part of it dropped."""
    same = table("names")["same_word"]
    plain = title.replace("-", "") if title.count("-") == 1 and " - " not in title else title
    found = [part for one in folded(plain) for part in str(same.get(one, one)).split()]
    return frozenset(_singular(one) for one in found if one not in words("names", "role_noise"))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16384)
def compare_roles(one: str | None, other: str | None) -> Likeness:
    """How alike two job titles are. 'Senior Analyst' and 'Analyst' are CLOSE; 'Senior' and 'Junior Analyst' differ;
    the same title with two different additions ('Engineer, Search', 'Engineer (Leeds)') is CLOSE."""
    if not one or not other:
        return Likeness.UNKNOWN
    a, b = role_words(one), role_words(other)
    if not a or not b:
        return Likeness.UNKNOWN
    if a == b or "".join(sorted(folded(one))) == "".join(sorted(folded(other))):
        return Likeness.SAME
    degrees = words("names", "levels")
    if (a & degrees) and (b & degrees) and (a & degrees) != (b & degrees):
        return Likeness.DIFFERENT
    if a <= b or b <= a:
        return Likeness.CLOSE
    heads = role_words(title_head(one)), role_words(title_head(other))
    return Likeness.CLOSE if all(heads) and heads[0] == heads[1] else Likeness.DIFFERENT


def title_head(title: str) -> str:
    """The title before its first addition."""
    for sign in (",", "(", " - ", " – ", " — ", "/", "|", ":", " in ", " for ", " at "):
        title = title.partition(sign)[0]
    return title


SIGNS = (",", " - ", " – ", " — ", " at ", "(", "|", ":")  # between a title and the employer's name


def without_employer(title: str | None, company: str | None) -> str | None:
    """A title without the employer's name beside it, or the beginning of that: 'Buyer, Acme', 'Buyer at Acme', 'Acme:
    Buyer' are a buyer."""
    if not title or not company:
        return title
    for sign in SIGNS:
        head, found, tail = title.rpartition(sign)
        if found and head.strip() and _names(tail.strip(" )"), company):
            return head.strip()
        head, found, tail = title.partition(sign)
        if found and tail.strip() and sign != "(" and compare_companies(head.strip(), company) is Likeness.SAME:
            return tail.strip()
    return title


def _names(text: str, company: str) -> bool:
    words, whole = company_words(text), company_words(company)
    begins = bool(words) and whole[: len(words)] == words
    return begins or compare_companies(text, company) is Likeness.SAME
