"""What people are called: names as they may stand in a letter, and how each is greeted."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

from mailbot.drafting.data import table
from mailbot.drafting.wording import Manner, short
from mailbot.patterns import compiled
from mailbot.reading.statements import Tone
from mailbot.tracking.application import Contact

_TAIL = compiled(
    r"\s*(?:\(.*|\|.*|/.*|\bvia\b.*|\bfrom\b.*|\s[-–—]\s.*|,\s*(?:jr|sr|ph\.?d|mba|cpa|md|esq|ii|iii)\b.*)$"
)
_NO_NAME = compiled(
    r"[0-9@:;!?#$%&*_=+\\]|\b(?:team|recruiting|recruitment|careers|talent acquisition|hr|human resources)\b"
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "mba", "md", "cpa"})
_WORD = compiled(r"[^\s'’\-]+")
_MC = compiled(r"^Mc([a-z])")


def full_name(name: str) -> str:
    """A person's name as one writes it: 'Reed, Dana (HR)' is 'Dana Reed', 'DANA REED' and 'dana reed' too. Empty for
    what is no name of a person."""
    text = _TAIL.sub("", short(name).replace('"', "")).strip(" ,'.-") or ""
    if not text or _NO_NAME.search(text):
        return ""
    family, comma, given = text.partition(",")
    if comma:
        text = f"{given.strip()} {family.strip()}" if "," not in given else family.strip()
    one_case = text.isupper() or text.islower()
    return _cased(text) if one_case and len(text) > 3 else text


def _cased(text: str) -> str:
    """'ANNA VAN DER MEER' as 'Anna van der Meer', 'LIAM MCKAY' as 'Liam McKay'."""
    small = set(table("english.toml")["names"]["small"])
    words = text.split()
    return " ".join(
        word.lower() if 0 < at < len(words) - 1 and word.lower() in small else _one_cased(word)
        for at, word in enumerate(words)
    )


def _one_cased(word: str) -> str:
    pieces, last = [], 0
    for found in _WORD.finditer(word):
        piece = found.text.capitalize()
        mc = _MC.match(piece)
        pieces += [word[last : found.start], f"Mc{piece[2:].capitalize()}" if mc else piece]
        last = found.end
    return "".join(pieces) + word[last:]


def family_first(name: str) -> bool:
    """Whether the family's name may be the first of several words."""
    first, space, _ = name.partition(" ")
    return bool(space) and _folded(first) in _families()


@cache
def _families() -> frozenset[str]:
    return frozenset(table("english.toml")["names"]["family_first"].split())


def _folded(word: str) -> str:
    """Lower case without accents: 'Nguyễn' is 'nguyen'."""
    return "".join(char for char in normalize("NFD", word.casefold()) if char.isalpha() and char.isascii())


def in_letter(contact: Contact, manner: Manner) -> str:
    """A person named in the text: 'Dana Reed', 'Dr. Dana Reed' where the title is known."""
    name = full_name(contact.name)
    title = manner.title(contact.title)
    return f"{title} {name}" if title and " " in name else name


def on_first_names(contact: Contact, tone: Tone, called: str, me: str) -> bool:
    """Whether first names are known to be right: they sign with theirs, in a friendly thread or to a person whom they
    call by the first name."""
    signed = full_name(contact.signs)
    if not signed or " " in signed or len(signed.strip(".")) < 2 or signed.endswith("."):
        return False
    return tone is Tone.FRIENDLY or (tone is Tone.NEUTRAL and called.strip(" ,!") in full_name(me).split())


def greeting(contact: Contact, manner: Manner, *, first_names: bool, formal: bool) -> str:
    """'Hi Dana,' on first-name terms; 'Dear Dr. Obi,' only where the title is known; else the whole name."""
    name = full_name(contact.name)
    if first_names:
        signed = full_name(contact.signs)
        whole = " " in signed or len(signed.strip(".")) < 2
        called = (name if family_first(name) else name.partition(" ")[0]) if whole else signed
        return f"{'Dear' if formal else 'Hi'} {called},"
    title = manner.title(contact.title)
    words = [word for word in name.split() if word.strip(".").lower() not in _SUFFIXES]
    if title and len(words) == 2 and len(words[1].strip(".")) > 1 and not family_first(name):
        return f"Dear {title} {words[1]},"
    if title and len(words) > 1:
        return f"Dear {title} {name},"
    return f"Dear {name}," if name else "Hello,"
