"""Whose action a day belongs to, as the words around such days were seen to say: it stands beside the rules.

The rules (`dues.py`) hear the turns that somebody thought of. What was learned speaks where they find nothing, and
where hardly anything speaks for what they find. `tests/bench/learn_dues.py` makes the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from mailbot.reading.learned import stems
from mailbot.reading.linear import linear
from mailbot.reading.statements import Window
from mailbot.reading.timing.dues import Setting, decision_by, is_due, is_near, respond_by, window
from mailbot.reading.timing.told import Told

DECISION, RESPOND = "decision", "respond"
SURE = {DECISION: 0.65, RESPOND: 0.85}  # how likely a day must be where the rules find none
UNLIKELY = {DECISION: 0.02, RESPOND: 0.03}  # less likely than this, what the rules find is dropped
LIKELIER = 0.5  # for another that is likelier than this
BEFORE, AFTER = 160, 120  # characters around a time that are looked at
_WORDS_BEFORE, _WORDS_AFTER, _PAIRS = 12, 10, 7

Chances = Sequence[tuple[Told, Mapping[str, float]]]


def read_dues(setting: Setting) -> tuple[tuple[Window, Told] | None, tuple[date, Told] | None]:
    """By when news will come and by when the reader is to answer, each with where it is said."""
    news, answer = decision_by(setting), respond_by(setting)
    model = linear("dues")
    due = [one for one in setting.times if is_due(one, setting)]
    chances = [(one, model.chances(features(one, setting))) for one in due]
    promised, asked = settled(news[1] if news else None, answer[1] if answer else None, chances, setting)
    if promised is not None and (news is None or promised is not news[1]):
        news = (window(promised, setting), promised)
    if asked is not None and (answer is None or asked is not answer[1]):
        answer = (window(asked, setting).latest, asked)
    return news if promised else None, answer if asked else None


def settled(
    promised: Told | None, asked: Told | None, chances: Chances, setting: Setting
) -> tuple[Told | None, Told | None]:
    """The times that count, given those that the rules take for a promise and for a deadline."""
    news = _settled(promised, DECISION, [pair for pair in chances if pair[0] is not asked], setting)
    near = [pair for pair in chances if pair[0] is not news and is_near(pair[0], setting)]
    return news, _settled(asked, RESPOND, near, setting)


def _settled(by_rule: Told | None, field: str, chances: Chances, setting: Setting) -> Told | None:
    best = max(chances, key=lambda pair: pair[1][field], default=None)
    if by_rule is None:
        return best[0] if best is not None and best[1][field] > SURE[field] else None
    day = window(by_rule, setting).latest
    same = [said[field] for one, said in chances if window(one, setting).latest == day]
    if best is None or not same or max(same) >= UNLIKELY[field]:
        return by_rule
    return best[0] if best[1][field] > LIKELIER else None


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
