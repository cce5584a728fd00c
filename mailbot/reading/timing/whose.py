"""Whose action a day belongs to, as the words around such days were seen to say: it weighs what the rules find.

The rules (`dues.py`) hear the turns that somebody thought of. What they find is one thing that is seen of a day among
others, and how far it is to be trusted was learned with the rest. `tests/bench/learn_dues.py` makes the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from mailbot.reading.dates import Bound
from mailbot.reading.learned import stems
from mailbot.reading.linear import linear
from mailbot.reading.statements import Window
from mailbot.reading.timing.days import Setting, answer_day, window
from mailbot.reading.timing.dues import decision_by, is_due, is_free_time, is_near, respond_by
from mailbot.reading.timing.told import Told

DECISION, RESPOND = "decision", "respond"
SURE = {DECISION: 0.3, RESPOND: 0.55}  # how likely a day must be
KEPT = {DECISION: 0.12, RESPOND: 0.2}  # and one that the rules name, too, where none is surer
BEFORE, AFTER = 160, 120  # characters around a time that are looked at
_WORDS_BEFORE, _WORDS_AFTER, _PAIRS = 12, 10, 7
_BOUNDED = (Bound.BY, Bound.BEFORE, Bound.WITHIN)
_STEPS = 2.5  # in which a weight is told

Chances = Sequence[tuple[Told, Mapping[str, float]]]


def read_dues(setting: Setting) -> tuple[tuple[Window, Told] | None, tuple[date, Told] | None]:
    """By when news will come and by when the reader is to answer, each with where it is said."""
    news, answer = decision_by(setting), respond_by(setting)
    model = linear("dues")
    judged = [(one, model.chances(seen)) for one, seen in candidates(setting, _told(news), _told(answer))]
    promised, asked = settled(judged, setting, _told(news), _told(answer))
    if promised is not None and promised is not _told(news):
        news = (window(promised, setting), promised)
    if asked is not None and asked is not _told(answer):
        answer = (answer_day(asked, setting), asked)
    return news if promised else None, answer if asked else None


def _told(found: tuple[object, Told] | None) -> Told | None:
    return found[1] if found else None


def candidates(setting: Setting, promised: Told | None, asked: Told | None) -> list[tuple[Told, frozenset[str]]]:
    """The times by which something can be due with what is seen of each, given what the rules take for a promise and
    for a deadline."""
    due = [one for one in setting.times if is_due(one, setting)]
    ruled = {DECISION: promised, RESPOND: asked}
    days = {field: window(one, setting).latest for field, one in ruled.items() if one is not None}
    return [(one, frozenset((*features(one, setting), *_by_rule(one, ruled, days, setting)))) for one in due]


def settled(
    judged: Chances, setting: Setting, promised: Told | None, asked: Told | None
) -> tuple[Told | None, Told | None]:
    """The times that count: the likeliest promise and the likeliest deadline, the first of equals; else those that the
    rules take for them."""
    near = [pair for pair in judged if is_near(pair[0], setting) and not is_free_time(pair[0])]
    news, answer = _likeliest(judged, DECISION, promised), _likeliest(near, RESPOND, asked)
    if news is not None and news is answer:  # it is theirs or the reader's
        said = next(said for one, said in judged if one is news)
        return (news, None) if said[DECISION] > said[RESPOND] else (None, answer)
    return news, answer


def _likeliest(judged: Chances, field: str, by_rule: Told | None) -> Told | None:
    best = max(judged, key=lambda pair: pair[1][field], default=None)
    if best is not None and best[1][field] > SURE[field]:
        return best[0]
    return next((one for one, said in judged if one is by_rule and said[field] > KEPT[field]), None)


def _by_rule(one: Told, ruled: Mapping[str, Told | None], days: Mapping[str, date], setting: Setting) -> Iterator[str]:
    """What the rules make of a time, and how strongly its words speak for each meaning."""
    for field, chosen in ruled.items():
        if chosen is not None:
            same = window(one, setting).latest == days[field]
            yield f"rule {field}:{'it' if chosen is one else 'same' if same else 'another'}"
    for meaning, weight in one.weights.items():
        yield from (f"speaks {meaning.value}:{step}" for step in range(min(int(weight * _STEPS), 4) + 1))
    yield f"most:{one.meaning}"
    if window(one, setting).latest == setting.today:
        yield f"today bounded:{one.when is not None and one.when.bound in _BOUNDED}"


def features(one: Told, setting: Setting) -> Iterator[str]:
    """What is seen of a time: the words around it, what kind of time it is, and in what mail it stands."""
    yield from _around(stems(one.before[-BEFORE:].casefold()), stems(one.after[:AFTER].casefold()))
    yield from (f"quote:{word}" for word in stems(one.mention.quote.casefold()))
    kind = setting.kinds[0].value if setting.kinds else ""
    yield from (f"kind:{kind}", f"actor:{one.actor}", f"kind:{kind} actor:{one.actor}")
    if (when := one.when) is None:
        yield "length"
    else:
        bound, precision = when.bound.value, when.precision.value
        yield from (f"bound:{bound}", f"precision:{precision}", f"counted:{when.counted}", f"window:{when.window}")
        yield from (f"bound:{bound} kind:{kind}", f"bound:{bound} {precision}", f"bound:{bound} actor:{one.actor}")
    if "?" in one.after[:AFTER]:
        yield "asked"
    yield from (f"times:{min(len(setting.times), 3)}", f"talk:{setting.talk is not None}")


def _around(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    yield from (f"before:{word}" for word in before[-_WORDS_BEFORE:])
    yield from (f"after:{word}" for word in after[:_WORDS_AFTER])
    for side, words in (("before", before[-_PAIRS - 1 :]), ("after", after[:_PAIRS])):
        yield from (f"{side}:{one} {other}" for one, other in pairwise(words))
    yield from (f"last:{' '.join(before[-count:])}" for count in (1, 2, 3) if len(before) >= count)
    yield from (f"first:{word}" for word in after[:1])
