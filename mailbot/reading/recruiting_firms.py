"""Names of staffing and recruiting firms: which name is one by its words, or a known one's."""

from __future__ import annotations

from functools import cache, lru_cache

from mailbot.patterns import compiled
from mailbot.reading import organisations
from mailbot.reading.domains import letters
from mailbot.reading.tables import table

REMEMBERED = 4096  # answers kept


@lru_cache(maxsize=REMEMBERED)
def is_agency_name(name: str) -> bool:
    """Whether a name is a staffing or recruiting firm's by its words, or a known one's."""
    if letters(name) in _agencies():
        return True
    if organisations.is_tool_name(name):
        return False
    if any(word.casefold() in _listed("agency_words") for word in name.split()):
        return True
    return compiled(str(table("organisations")["agency_phrases"])).search(name) is not None


def is_recruiting_firm(name: str) -> bool:
    """Whether a name ends in a word that recruiting firms bear, which an employer's department rarely does."""
    return " " in name and name.split()[-1].casefold() in _listed("firm_endings")


@cache
def _agencies() -> frozenset[str]:
    return frozenset(letters(name) for name in table("organisations")["agencies"])


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(str(table("organisations")[name]).split())
