"""How long: 'half an hour', '45-min', '1 hour 15 minutes', '20-30 minutes', '5 business days', 'a fortnight'."""

from __future__ import annotations

from mailbot.patterns import compiled
from mailbot.reading.dates.values import Length, Unit
from mailbot.reading.dates.view import View, vocabulary, words

_HALVES = {"½": 0.5}


def length(view: View, at: int) -> tuple[Length, int] | None:
    """The length that begins at a token, and the place after it."""
    if at not in view.lengths:  # several rules ask for it
        view.lengths[at] = _length(view, at)
    return view.lengths[at]


def _length(view: View, at: int) -> tuple[Length, int] | None:
    place = view.skip(at, "about", "approximately", "around", "roughly", "~")
    if view[place].kind == "hours":
        hours, minutes = (int(piece) for piece in compiled(r"\D+").split(view.low(place).rstrip("mins "))[:2])
        return Length(hours * 60 + minutes, hours * 60 + minutes, Unit.MINUTE), place + 1
    if view.low(place) == "half":
        return _half(view, place)
    quarters = _quarters(view, place)
    if quarters is not None:
        return quarters
    if view.low(place) == "one" and view.sees(place + 1, "and", "a", "half"):
        return _with_unit(view, 1.5, 1.5, place + 4)
    if view.low(place) in ("hour", "hours") and view.sees(place + 1, "and", "a", "half"):
        return Length(90, 90, Unit.MINUTE), place + 4
    low = _amount(view, place)
    if low is None:
        return None
    number, after = low
    if view.sees(after, "and", "a", "half"):
        return _with_unit(view, number + 0.5, number + 0.5, after + 3)
    high, after = _upper(view, number, after)
    return _with_unit(view, number, high, after)


def _half(view: View, at: int) -> tuple[Length, int] | None:
    """'half an hour', 'half-hour', 'half a day'."""
    place = view.skip(view.skip(at + 1, "-"), "an", "a")
    if vocabulary("units").get(view.low(place)) == "hour":
        return Length(30, 30, Unit.MINUTE), place + 1
    return None


def _quarters(view: View, at: int) -> tuple[Length, int] | None:
    """'a quarter of an hour', 'three quarters of an hour'."""
    count = view.number(at) or (1, at)
    place = view.skip(count[1], "-") if count[1] > at else at
    if view.low(place) not in ("quarter", "quarters") or not view.sees(place + 1, "of", "an", "hour"):
        return None
    return Length(15 * count[0], 15 * count[0], Unit.MINUTE), place + 4


def _amount(view: View, at: int) -> tuple[float, int] | None:
    token = view[at]
    if token.text == "1/2" and vocabulary("units").get(view.low(at + 1)) == "hour":
        return 0.5, at + 1
    if token.kind in ("decimal", "dotted"):
        text = token.text
        value = int(text[:-1] or 0) + _HALVES[text[-1]] if text[-1] in _HALVES else float(text)
        return value, at + 1
    if token.low in ("a", "an") and view.low(at + 1) in ("couple", "half"):
        if view.low(at + 1) == "half":
            return None
        return 2.0, view.skip(at + 2, "of")
    if token.low == "couple":
        return 2.0, view.skip(at + 1, "of")
    found = view.number(at)
    if found is None:
        return None
    value, after = found
    if view[after].text == "1/2":
        return value + 0.5, after + 1
    if view.low(after) == "(" and view[after + 1].kind == "number" and view.low(after + 2) == ")":
        after += 3  # 'five (5) days'
    return float(value), after


def _upper(view: View, low: float, at: int) -> tuple[float, int]:
    """The higher figure of a range: '20-30', 'two to three', '5 or 6', 'between 5 and 7'."""
    place = at
    if view.low(place) in words("working", "words") and view.low(place + 1) in ("to", "-"):
        place += 1
    if view.low(place) not in ("-", "–", "—", "to", "or", "and"):
        return low, at
    if view.low(place) == "and" and view.low(at - 2) != "between":
        return low, at
    high = _amount(view, place + 1)
    if high is None:
        return low, at
    if high[0] <= low:
        return low, at
    return high


def _with_unit(view: View, low: float, high: float, at: int) -> tuple[Length, int] | None:
    place = view.skip(at, "-", "–")
    working = False
    for _ in range(2):
        if view.low(place) in words("working", "words"):
            if vocabulary("units").get(view.low(view.skip(place + 1, "-"))) is None:
                break
            working, place = True, view.skip(place + 1, "-")
        else:
            place = view.skip(place, *words("working", "plain"))
    name = vocabulary("units").get(view.low(place))
    if name is None or (len(view.low(place)) == 1 and view[place - 1].end != view[place].start):
        return None
    unit = Unit(name)
    if working and unit is Unit.DAY:
        unit = Unit.WORKDAY
    after = place + 1
    if unit is Unit.FORTNIGHT:
        return Length(low * 2, high * 2, Unit.WEEK), after
    if low == high == 1 and view.sees(after, "or", "two"):
        return Length(1, 2, unit), after + 2
    if unit is Unit.HOUR and low == high:
        return _and_minutes(view, low, after)
    return Length(low, high, unit), after


def _and_minutes(view: View, hours: float, at: int) -> tuple[Length, int]:
    """What may follow hours: 'and a half', '15 minutes', 'and 30 mins'."""
    if view.sees(at, "and", "a", "half"):
        return Length(hours * 60 + 30, hours * 60 + 30, Unit.MINUTE), at + 3
    if view.sees(at, "and", "a", "quarter"):
        return Length(hours * 60 + 15, hours * 60 + 15, Unit.MINUTE), at + 3
    place = view.skip(view.skip(at, ",", "."), "and")
    more = view.number(place)
    if more is not None and view.low(place) != "a":
        after = view.skip(more[1], "-")
        total = hours * 60 + more[0]
        if vocabulary("units").get(view.low(after)) == "minute":
            return Length(total, total, Unit.MINUTE), after + 1
    return Length(hours, hours, Unit.HOUR), at
