"""Which of several spellings of one fact holds: the employer's name, the role's title."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from mailbot.tracking.names import Likeness, folded

# A fuller way of writing counts as the same fact's from this share of the weight of the most frequent one.
FULLER_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Spelling:
    """One message's way of writing a fact, and how sure it is."""

    text: str
    weight: float
    at: datetime


def best(spellings: Iterable[Spelling], compare: Callable[[str, str], Likeness]) -> str | None:
    """The fullest common way of writing what most messages say: the weightiest group of like spellings, in it the
    fullest that is not rare, in the most frequent form; the later of two equals."""
    weight: Counter[str] = Counter()
    newest: dict[str, datetime] = {}
    for one in spellings:
        weight[one.text] += one.weight  # type: ignore[assignment]  # a Counter adds floats as well
        newest[one.text] = max(one.at, newest.get(one.text, one.at))
    if not weight:
        return None
    forms = sorted(weight, key=lambda text: (-weight[text], -newest[text].timestamp(), text))
    support = {
        text: sum(weight[other] for other in forms if other == text or compare(text, other) >= Likeness.CLOSE)
        for text in forms
    }
    leader = max(forms, key=lambda text: support[text])
    by_fold: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for text in forms:
        if text == leader or compare(leader, text) >= Likeness.CLOSE:
            by_fold[folded(text)].append(text)
    totals = {fold: sum(weight[text] for text in texts) for fold, texts in by_fold.items()}
    common = [fold for fold in by_fold if totals[fold] >= FULLER_SHARE * max(totals.values())]
    fullest = max(common, key=len)
    return by_fold[fullest][0]
