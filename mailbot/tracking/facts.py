"""Which of several spellings of one fact holds: the employer's name, the role's title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.reading.domains import LEADING, registered, spells
from mailbot.tracking.domains import SPELLS
from mailbot.tracking.names import Likeness, company_words, compare_companies, compare_roles, folded, title_head
from mailbot.tracking.tables import words

# A fuller way of writing holds from this share of the weight of the most frequent one. An employer's full name often
# stands in one signature alone; a longer title may be a title with other words around it.
FULLER_NAME = 0.15
FULLER_TITLE = 0.25
# The person's own mail mostly names the employer as its address does.
OWN_WORD = 0.3
# A name for which no words stand was made of an address: it weighs little.
FROM_ADDRESS = 0.1
# An answer repeats the subject of what it answers: that says it once, however often it is answered.
REPEATED = 0.4
# A name that an address of the organisation spells too is believed so much more; one that is a person's, so much.
SPELT_TOO = 2.0
A_PERSONS = 0.2
# The same words once more (a subject, a signature, an address) say hardly more than they said.
AGAIN = 0.2


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of writing a fact: how sure the messages are together that write it so, and when the first and the last
    of them did. `written` False: no words stand for it, it was made of an address."""

    text: str
    weight: float
    first: datetime
    last: datetime
    written: bool = True

    def times(self, belief: float) -> Spelling:
        """The same, believed so much more."""
        return replace(self, weight=self.weight * belief)

    def __add__(self, other: Spelling) -> Spelling:
        """Both as one, in this one's way."""
        return Spelling(
            self.text,
            self.weight + other.weight,
            min(self.first, other.first),
            max(self.last, other.last),
            self.written or other.written,
        )


class Spellings(dict[str, Spelling]):
    """The ways of writing one fact, by their text."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str], float] = {}

    def note(self, text: str, weight: float, at: datetime, *, quote: str = "", written: bool = True) -> None:
        """One more message writes it so, in the words of `quote`."""
        before = self._said.get((text, quote))
        if before is not None:
            most, least = max(before, weight), min(before, weight)
            self._said[text, quote] = most
            weight = most - before + AGAIN * least
        else:
            self._said[text, quote] = weight
        new = Spelling(text, weight, at, at, written)
        self[text] = self[text] + new if text in self else new


def best_name(spellings: Mapping[str, Spelling]) -> str | None:
    """The organisation's name that most messages agree on, as fully as it is written; 'Bergundtal', as an address has
    it, is no way of writing it where 'Berg & Tal' is written somewhere, but speaks for that."""
    written = [text for text, one in spellings.items() if one.written]
    meant: dict[str, Spelling] = {}
    for text, one in spellings.items():
        name = text if one.written else next((name for name in written if _spells(text, name)), text)
        meant[name] = meant[name] + one if name in meant else one
    ways = _best(meant, compare_companies, lambda text: "".join(company_words(text)), FULLER_NAME)
    return next((one for one in ways if not _is_departments(one)), next(iter(ways), None))


def _is_departments(name: str) -> bool:
    return folded(name)[-1:] != company_words(name)[-1:] and folded(name)[-1] in words("names", "departments")


def belief(name: str, domains: Collection[str], people: Iterable[tuple[str, ...]]) -> float:
    """How much more than its words say a name is believed to be an organisation's: more where an address of its people
    spells it, hardly where it is nothing but a person's."""
    if any(_addresses(one, name) for one in domains):
        return SPELT_TOO
    bare = set(folded(name))
    return A_PERSONS if any(bare <= set(one) or bare > set(one) for one in people) else 1.0


def _addresses(domain: str, name: str) -> bool:
    return spells(registered(domain.partition("@")[0])[0], name) >= LEADING


def _spells(addressed: str, name: str) -> bool:
    """Whether what was made of an address is that name as an address has it: 'Westholm Uni' of the University."""
    return compare_companies(addressed, name) >= Likeness.CLOSE or spells(addressed, name) >= SPELLS


def best_title(spellings: Mapping[str, Spelling]) -> str | None:
    """The job title that most messages agree on, as fully as it is commonly written; what is added behind it ('Buyer,
    Fresh Food', 'Buyer (Leeds)') counts by how often it is there."""
    ways = _best(spellings, compare_roles, lambda text: "".join(folded(title_head(text))), FULLER_TITLE)
    return next(iter(ways), None)


def _best(
    spellings: Mapping[str, Spelling],
    compare: Callable[[str, str], Likeness],
    core: Callable[[str], str],
    share: float,
) -> list[str]:
    """The weightiest group of like spellings, in it the fullest core that is not rare, in all its forms, the most
    frequent first; the later of two equals."""
    if len(spellings) < 2:
        return list(spellings)
    weight = {text: one.weight for text, one in spellings.items()}
    forms = sorted(weight, key=lambda text: (-weight[text], -spellings[text].last.timestamp(), text))
    support = {
        text: sum(weight[other] for other in forms if other == text or compare(text, other) >= Likeness.CLOSE)
        for text in forms
    }
    leader = max(forms, key=lambda text: support[text])
    by_core: defaultdict[str, list[str]] = defaultdict(list)
    for text in forms:
        if text == leader or compare(leader, text) >= Likeness.CLOSE:
            by_core[core(text)].append(text)
    totals = {one: sum(weight[text] for text in texts) for one, texts in by_core.items()}
    common = [one for one in by_core if totals[one] >= share * max(totals.values())]
    common = [one for one in common if not any(_runs_on(by_core[one][0], by_core[other][0]) for other in common)]
    return by_core[max(common, key=len)]


def _runs_on(text: str, whole: str) -> bool:
    """Whether a text is another and goes on in small words: 'Content Designer landed safely', 'Acme and I've'."""
    if not (text.startswith(f"{whole} ") and whole[-1].isalnum()):
        return False
    behind, last = text.removeprefix(whole).split()[0], text.split()[-1]
    return behind != "of" and ((last.islower() and whole.split()[-1][:1].isupper()) or last[:2] in ("I'", "I’"))
