"""What people are called: names as they may stand in a letter, and how each is greeted."""

from __future__ import annotations

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


def full_name(name: str) -> str:
    """A person's name as one writes it: 'Reed, Dana (HR)' is 'Dana Reed', 'DANA REED' too. Empty for what is no name
    of a person."""
    text = _TAIL.sub("", short(name).replace('"', "")).strip(" ,'.-") or ""
    if not text or _NO_NAME.search(text):
        return ""
    family, comma, given = text.partition(",")
    if comma:
        text = f"{given.strip()} {family.strip()}" if "," not in given else family.strip()
    return text.title() if text.isupper() and len(text) > 3 else text


def first_name(name: str) -> str:
    """The first word of a name where it can be used alone; empty where it is an initial."""
    word = full_name(name).partition(" ")[0]
    return word if len(word.strip(".")) > 1 and not word.endswith(".") else ""


def in_letter(contact: Contact, manner: Manner) -> str:
    """A person named in the text: 'Dana Reed', 'Dr. Dana Reed' where the title is known."""
    name = full_name(contact.name)
    title = manner.title(contact.title)
    return f"{title} {name}" if title and " " in name else name


def on_first_names(contact: Contact, tone: Tone, called: str, me: str) -> bool:
    """Whether first names are known to be right: they sign with theirs, in a friendly thread or to a person whom they
    call by the first name."""
    signed = full_name(contact.signs)
    if not signed or " " in signed or not first_name(signed):
        return False
    mine = first_name(me)
    return tone is Tone.FRIENDLY or (tone is Tone.NEUTRAL and bool(mine) and called.strip(" ,!").endswith(mine))


def greeting(contact: Contact, manner: Manner, *, first_names: bool, formal: bool) -> str:
    """'Hi Dana,' on first-name terms; 'Dear Dr. Obi,' only where the title is known; else the whole name."""
    name = full_name(contact.name)
    if first_names:
        return f"{'Dear' if formal else 'Hi'} {full_name(contact.signs)},"
    title = manner.title(contact.title)
    words = [word for word in name.split() if word.strip(".").lower() not in _SUFFIXES]
    if title and len(words) == 2:
        return f"Dear {title} {words[1]},"
    if title and len(words) > 2:
        return f"Dear {title} {name},"
    return f"Dear {name}," if name else "Hello,"
