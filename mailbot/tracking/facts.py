"""Which of several spellings of one fact holds: the employer's name, the role's title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailbot.reading.domains import spells
from mailbot.tracking.domains import SPELLS
from mailbot.tracking.names import Likeness, company_words, compare_companies, compare_roles, folded, title_head

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


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of writing a fact: how sure the messages are together that write it so, and when the first and the last
    of them did. `written` False: no words stand for it, it was made of an address."""

    text: str
    weight: float
    first: datetime
    last: datetime
    written: bool = True

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

    def note(self, text: str, weight: float, at: datetime, *, written: bool = True) -> None:
        """One more message writes it so."""
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
    return _best(meant, compare_companies, lambda text: "".join(company_words(text)), FULLER_NAME)


def _spells(addressed: str, name: str) -> bool:
    """Whether what was made of an address is that name as an address has it: 'Westholm Uni' of the University."""
    return compare_companies(addressed, name) >= Likeness.CLOSE or spells(addressed, name) >= SPELLS


def best_title(spellings: Mapping[str, Spelling]) -> str | None:
    """The job title that most messages agree on, as fully as it is commonly written; what is added behind it ('Buyer,
    Fresh Food', 'Buyer (Leeds)') counts by how often it is there."""
    return _best(spellings, compare_roles, lambda text: "".join(folded(title_head(text))), FULLER_TITLE)


def _best(
    spellings: Mapping[str, Spelling],
    compare: Callable[[str, str], Likeness],
    core: Callable[[str], str],
    share: float,
) -> str | None:
    """The weightiest group of like spellings, in it the fullest core that is not rare, in its most frequent form; the
    later of two equals."""
    if len(spellings) < 2:
        return next(iter(spellings), None)
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
    return by_core[max(common, key=len)][0]
