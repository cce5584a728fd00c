"""How the person's other applications at the same organisation name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mailbot.tracking.domains import resembles
from mailbot.tracking.names import Likeness, compare_companies
from mailbot.tracking.profile import Profile


def namings(profiles: Iterable[Profile]) -> Mapping[str, frozenset[str]]:
    """By each organisation's domain the names that mail of applications there writes out and the domain spells."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        written = [text for text, one in profile.companies.items() if one.written]
        for domain in profile.domains:
            found[domain].update(text for text in written if resembles(domain, text))
    return {domain: frozenset(names) for domain, names in found.items()}


def kin(profile: Profile, named: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Those of them that are other ways of writing this application's employer."""
    names = (name for domain in profile.domains for name in named[domain])
    return frozenset(one for one in names if compare_companies(one, profile.company) is Likeness.CLOSE)
