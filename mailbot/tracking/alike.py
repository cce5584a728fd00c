"""Names of organisations that may be one, and domains that spell them, found among many without comparing each with
each: what no look-up by its pieces finds cannot be alike (tests/tracking/test_alike.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from mailbot.reading.domains import cores, registered, without_small, written
from mailbot.tracking.domains import resembles
from mailbot.tracking.names import Likeness, compare_companies, spellings, stem

Named = tuple[str, bool]  # the name of an organisation, or its domain (True)
REMEMBERED = 8192
LONGEST = 63  # letters of a label (RFC 1035, 2.3.4): of one that is longer, which no true domain has, nothing is known
FEW = 12  # of so many every pair is compared: the comparisons are remembered, and looking up costs more


def alike(named: Iterable[Named]) -> Iterator[tuple[Named, Named]]:
    """Each two of these that are one organisation's by their look; two domains never are."""
    begins: defaultdict[str, set[Named]] = defaultdict(set)
    for one in named:
        begins[stem(one[0])].add(one)
    for several in begins.values():
        pairs = combinations(sorted(several), 2) if len(several) <= FEW else _likely(several)
        yield from (pair for pair in pairs if _same(*pair))


def _same(one: Named, other: Named) -> bool:
    (text, is_domain), (second, second_is) = one, other
    if is_domain and second_is:
        return False
    if is_domain or second_is:
        return resembles(text, second) if is_domain else resembles(second, text)
    return compare_companies(text, second) >= Likeness.CLOSE


def _likely(several: Iterable[Named]) -> set[tuple[Named, Named]]:
    """The pairs of which `_same` may hold."""
    names = [text for text, is_domain in several if not is_domain]
    spelt = Spelt(names)
    pairs = set()
    for one in several:
        text, is_domain = one
        labels = (registered(text)[0],) if is_domain else spellings(text).run_together
        found = {other for label in labels for other in spelt.by(label)}
        pairs |= {_ordered(one, (other, False)) for other in found if is_domain or other != text}
    return pairs | {_ordered((one, False), (other, False)) for one, other in _shortened(names)}


def _ordered(one: Named, other: Named) -> tuple[Named, Named]:
    return (one, other) if one < other else (other, one)


def _shortened(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of which one is the other, its beginning, or its first letters."""
    shorter: defaultdict[str, set[str]] = defaultdict(set)
    whole: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        forms = spellings(name)
        for form in forms.whole:
            whole[form].add(name)
        for form in (*forms.whole, *forms.shorter):
            shorter[form].add(name)
    for form, some in whole.items():
        yield from ((one, other) for one in some for other in shorter[form] if one != other)


class Spelt:
    """Names by the beginnings of their words. What spells a name is put together from these, or goes on behind the
    first or all of them (`reading.domains.spells`)."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._begun: defaultdict[str, set[str]] = defaultdict(set)
        self._joined: defaultdict[str, set[str]] = defaultdict(set)
        for name in names:
            beginnings, joined = _pieces(name)
            for piece in beginnings:
                self._begun[piece].add(name)
            for piece in joined:
                self._joined[piece].add(name)

    def by(self, label: str) -> set[str]:
        """Of the names those that the label may spell."""
        if len(label) > LONGEST:
            return set(self._names)
        found: set[str] = set()
        for core in cores(label):
            found |= self._put_together(core)
            for end in range(1, len(core)):
                found |= self._joined.get(core[:end], set())
        return found

    def _put_together(self, core: str) -> set[str]:
        """From its end, where names that begin alike differ."""
        behind: dict[int, set[str]] = {}
        for at in range(len(core) - 1, -1, -1):
            found = set(self._begun.get(core[at:], ()))
            for end, some in behind.items():
                found |= some & self._begun.get(core[at:end], set())
            if found:
                behind[at] = found
        return behind.get(0, set())


@lru_cache(maxsize=REMEMBERED)
def _pieces(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The beginnings of its words; all joined, and the first with the next one's letter, in each way of writing
    them."""
    ways = written(name)
    begun = {word[:end] for words in ways for word in words for end in range(1, min(len(word), LONGEST) + 1)}
    bare = [some for words in ways for some in (words, without_small(words))]
    cuts = ((some[:end], some[end]) for some in bare for end in range(1, len(some)))
    heads = {"".join((*head, word[0])) for head, word in cuts if word.isalpha()}
    return frozenset(begun), frozenset({*heads, *("".join(some) for some in bare)})
