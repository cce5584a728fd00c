"""How a talk is held, by all parts of its mail: what each says was weighed as labelled mails showed.

What the rules (`formats.py`) make of the new text is one thing seen among others. `tests/bench/learn_formats.py` makes
the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.linear import linear
from mailbot.reading.statements import Format
from mailbot.reading.timing.formats import weigh
from mailbot.reading.words import Words

NEITHER = "none"
_MOST_LINES = 60
_STEPS, _HIGHEST = 1.5, 6  # in which a weight is told
_MARGIN = 0.2  # by which another way must be likelier than that of the rules

Parts = Mapping[str, Mapping[Format, float]]


def parts_of(words: Words, calendars: Sequence[CalendarEvent], subject: str) -> Parts:
    """How strongly each part of a mail speaks for each way."""
    texts = {
        "new": [*(sentence.text for sentence in words.sentences[:_MOST_LINES]), subject],
        "quoted": (words.quoted or words.forwarded).splitlines()[:_MOST_LINES],
        "joining": words.joining.splitlines(),
        "place": [text for event in calendars for text in (event.location, event.summary, event.description)],
        "foot": [*words.signature.splitlines(), *words.footer.splitlines()][:_MOST_LINES],
    }
    return {name: weigh(*lines) for name, lines in texts.items() if any(lines)}


def held(ruled: Format | None, parts: Parts) -> Format | None:
    """The likeliest way, None where it is likeliest that the mail does not say."""
    said = linear("formats").chances(features(ruled, parts))
    best, kept = max(said, key=lambda one: said[one]), ruled.value if ruled else NEITHER
    if said[best] - said[kept] < _MARGIN:
        return ruled
    return None if best == NEITHER else Format(best)


def features(ruled: Format | None, parts: Parts) -> Iterator[str]:
    """What is seen: the rules' choice, and each part's weights in steps."""
    yield f"ruled:{ruled.value if ruled else NEITHER}"
    for name, weights in parts.items():
        for one, weight in weights.items():
            yield from (f"{name} {one.value}:{step}" for step in range(min(int(weight * _STEPS), _HIGHEST)))
