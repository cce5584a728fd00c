"""Days told from the moment of writing, or from another day: 'tomorrow', 'in two weeks', 'within 5-7 business days',
'a week from Thursday', 'the day after Easter Monday'.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.reading.dates.absolute import absolute, bare_day, weekday_and_date
from mailbot.reading.dates.ahead import DAYS_IN, range_ahead, units_ahead
from mailbot.reading.dates.edges import edge
from mailbot.reading.dates.lengths import length
from mailbot.reading.dates.named_days import holiday, nth_weekday
from mailbot.reading.dates.numbered import numbered_day
from mailbot.reading.dates.periods import day_of_week, near_weekday, on_weekday, over_what_was_told, period
from mailbot.reading.dates.values import Length, Unit
from mailbot.reading.dates.view import Days, View, vocabulary, words
from mailbot.reading.dates.years import made


def day_at(view: View, at: int) -> tuple[Days, int] | None:
    """The day or days that begin at a token, whatever way they are told; and the place after."""
    return _gone_by(view, at) or _counted(view, at) or _from_a_day(view, at) or _told(view, at)


def _told(view: View, at: int) -> tuple[Days, int] | None:
    """The day or days that are not counted from another day."""
    found = (
        edge(view, at)
        or nth_weekday(view, at)
        or holiday(view, at)
        or weekday_and_date(view, at)
        or absolute(view, view.skip(at, "the"))
        or near_weekday(view, at)
        or day_of_week(view, at)
        or _named(view, at)
        or _bare(view, at)
        or _listed(view, at)
    )
    if found is None:
        found = _period_that_counts(view, at)
    return found


def _bare(view: View, at: int) -> tuple[Days, int] | None:
    """'the 23rd', from its article or right behind it."""
    if view.low(at) == "the":
        return bare_day(view, at + 1)
    return bare_day(view, at) if view[at].kind == "ordinal" and view.low(at - 1) == "the" else None


def _listed(view: View, at: int) -> tuple[Days, int] | None:
    """The second day of 'July 4th or 5th', 'Dec 3 or 4 at 2pm'."""
    before = view.told_of(at) if view.low(at - 1) in ("or", "and", ",", "/", "&") else None
    kind = view[at].kind
    if before is None or kind not in ("ordinal", "number") or not view.just_told(at):
        return None
    if kind == "number" and view.low(at + 1) not in words("beside", "after_listed_day"):
        return None
    number = int(view[at].text[:2].rstrip("snrt "))
    found = made(before.year, before.month, number) if before.day < number else None
    return (Days(found, found), at + 1) if found is not None else None


def _period_that_counts(view: View, at: int) -> tuple[Days, int] | None:
    """A period; a month alone only where a word before it makes it one ('in May', 'of June')."""
    found = period(view, at)
    if found is None or found[0].unit is not Unit.MONTH or view.month(at) is None or found[1] > at + 1:
        return found
    before = view.low(at - 1)
    return found if before in words("beside", "before_month") else None


def _named(view: View, at: int) -> tuple[Days, int] | None:
    """'today', 'tomorrow', 'the day after tomorrow', 'the following day', 'later today'."""
    low = view.low(at)
    step = vocabulary("days").get(low)
    if step is not None:
        day = view.today + timedelta(days=int(step))
        part = "night" if low == "tonight" else ""
        after = at + 1
        after = view.skip(after, "'s")
        if view.low(after) == "week" and view.low(after + 1) in words("beside", "after_day_after"):
            return _day(view, int(step) + 7), after + 1  # 'tomorrow week'
        found = absolute(view, view.skip(after, ",", "(")) or weekday_and_date(view, view.skip(after, ",", "("))
        if found is not None and found[0].first == found[0].last == day:
            return replace(found[0], part=part), view.skip(found[1], ")")
        weekday = view.weekday(view.skip(after, ",", "("))
        if weekday is not None and weekday == day.weekday():
            after = view.skip(view.skip(after, ",", "(") + 1, ")")
        return Days(day, day, part=part), after
    told = (view.told_of(at) if low in ("that", "same") else None) or view.today
    after = view.skip(at + 1, "same", "very")
    if low in ("this", "that", "same") and view.low(after) in vocabulary("parts"):
        return Days(told, told, part=view.low(after)), after + 1
    if low == "then" and (then := view.told_of(at)) is not None and view.low(at - 1) in words("beside", "before_then"):
        return Days(then, then), at + 1
    if low in ("later", "same") and view.low(at + 1) in ("today", "day"):
        return Days(told, told), at + 2
    place = view.skip(at, "the")
    if view.sees(place, "day", "after", "tomorrow"):
        return _day(view, 2), place + 3
    if view.sees(place, "day", "before", "yesterday"):
        return _day(view, -2), place + 3
    return _day_beside(view, at, place)


def _day_beside(view: View, at: int, place: int) -> tuple[Days, int] | None:
    """'the following day', 'the next working day', 'the day after', 'that day': beside the day told of before."""
    base = view.told_of(at) or view.today
    if view.low(place) in ("next", "following"):
        if view.low(place + 1) == "day" and place > at:
            return units_ahead(view, base, 1, Unit.DAY), place + 2
        if view.low(place + 1) in ("business", "working") and view.low(place + 2) == "day":
            return units_ahead(view, base, 1, Unit.WORKDAY), place + 3
    same = view.skip(at + 1, "same", "very")
    points = view.low(at) in ("that", "same") and view.low(same) == "day"
    if points and (own := _dated_behind(view, same + 1)) is not None:
        return own
    if view.told_of(at) is None:
        return None
    if view.low(place) == "day" and view.low(place + 1) in ("after", "following"):
        end = over_what_was_told(view, place + 2)
        return (units_ahead(view, base, 1, Unit.DAY), end) if end else None
    if view.sees(place, "day", "before") and view.low(place + 2) in words("beside", "after_day_after"):
        return Days(base - timedelta(days=1), base - timedelta(days=1)), place + 2
    return (Days(base, base), same + 1) if points else None


def _dated_behind(view: View, at: int) -> tuple[Days, int] | None:
    """The date behind 'that same day,'."""
    place = view.skip(at, ",", "(", "-", "–")
    found = weekday_and_date(view, place) or absolute(view, place) if place > at else None
    return (found[0], view.skip(found[1], ")")) if found is not None else None


def _day(view: View, step: int) -> Days:
    day = view.today + timedelta(days=step)
    return Days(day, day)


def _counted(view: View, at: int) -> tuple[Days, int] | None:
    """'in two weeks', "in 3 weeks' time", 'within 48 hours', 'in the next 5-7 days', 'over the next two weeks'."""
    low = view.low(at)
    if low not in ("in", "within", "over", "during", "under", "inside", "for", "next", "up"):
        return None
    place = at + 1
    place = view.skip(place, "to", "of") if low in ("up", "inside") else place
    opened = low in ("within", "over", "during", "under", "inside", "up")
    for _ in range(5):
        before = place
        place = view.skip(place, "the", "about", "around", "approximately", "roughly", "a", "maximum", "of", "as", "~")
        if view.low(place) in ("next", "coming", "following"):
            opened, place = True, place + 1
        if place == before:
            break
    if view.low(place - 1) == "a" and view.low(place) in (*vocabulary("units"), "couple", "few", "fortnight", "half"):
        place -= 1
    if low in ("for", "next") and not opened:
        opened = low == "next"
        if not opened:
            return None
    found = length(view, place)
    if found is None or (low in ("for",) and not opened):
        return _coming_period(view, place) if opened and low not in ("next", "up", "for") else None
    size, after = found
    if view.low(after) == "ago" or (low == "in" and not opened and (_is_instant(size) or view.past(at))):
        return None  # counted back, how long something took, or an instant: the clock's rules
    if low in ("up", "over", "under", "inside") and (
        size.unit is Unit.MINUTE or (size.unit is Unit.HOUR and size.high < 24)
    ):
        return None
    after = _its_end(view, after)
    ahead = range_ahead(view, view.today, size)
    either = view.low(after - 2) == "or"  # 'within a day or two'
    ahead = replace(ahead, first=ahead.last) if opened and either else ahead
    return replace(ahead, open=opened and (either or size.low == size.high), counted=True, size=size), after


def _is_instant(size: Length) -> bool:
    return size.unit in (Unit.MINUTE, Unit.HOUR) and size.high <= 4


def _gone_by(view: View, at: int) -> tuple[Days, int] | None:
    """'in the past 5 days', 'over the last two weeks', 'the past month'."""
    place = view.skip(at, "in", "over", "during", "within", "for")
    place = view.skip(place, "the")
    if view.low(place) not in ("past", "last") or place == at:
        return None
    found = length(view, place + 1)
    if found is None or found[0].unit in (Unit.MINUTE, Unit.HOUR):
        return None
    base = range_ahead(view, view.today, found[0], back=True)
    return Days(base.first, view.today - timedelta(days=1)), found[1]


def _coming_period(view: View, at: int) -> tuple[Days, int] | None:
    """'within the week', 'within the month', 'in the coming week': up to its length from now."""
    unit = vocabulary("units").get(view.low(at))
    if unit not in ("week", "fortnight", "month", "day", "hour", "quarter") or len(view.low(at)) == 1:
        return None
    if view.low(at).endswith("s"):
        return None
    size = Length(1, 1, Unit(unit))
    return replace(range_ahead(view, view.today, size), open=True, counted=True, size=size), at + 1


def _its_end(view: View, at: int) -> int:
    """After what may follow a count: "weeks' time", 'from now', 'of today', 'of receiving this email'."""
    place = view.skip(at, "'", "’", "'s")
    if view.low(place) == "time":
        return place + 1
    if view.low(place) not in ("from", "of", "after"):
        return at
    return place + 2 if view.low(place + 1) in ("now", "today") else _this_mail(view, place + 1) or at


def _from_a_day(view: View, at: int) -> tuple[Days, int] | None:
    """'a week from Thursday', 'two weeks on Friday', '3 days ago', '10 working days from 3 March', 'a week later'."""
    found = length(view, view.skip(at, "the")) or _one_unit(view, view.skip(at, "the"))
    if found is None:
        return _weekdays_from_now(view, at) or _weekday_beside(view, at) or _nth_day_from(view, at)
    size, after = found
    low = view.low(after)
    if size.unit in (Unit.MINUTE, Unit.HOUR) and size.high < 24:
        return None
    if low == "ago":
        return replace(range_ahead(view, view.today, size, back=True), counted=True), after + 1
    if low == "later" and size.unit not in (Unit.MINUTE, Unit.HOUR):
        return range_ahead(view, view.told_of(at) or view.today, size), after + 1
    if low in ("hence", "out"):
        return replace(range_ahead(view, view.today, size), counted=True), after + 1
    if low in vocabulary("days") and size.unit in DAYS_IN and size.unit is not Unit.DAY:  # 'a fortnight today'
        return range_ahead(view, view.today + timedelta(days=int(vocabulary("days")[low])), size), after + 1
    weekday = view.weekday(after) if size.unit is Unit.WEEK else None
    if weekday is not None:  # 'a week Monday'
        return range_ahead(view, on_weekday(view, weekday, 0), size), after + 1
    if low not in ("from", "after", "on", "before", "of", "following", "prior"):
        return None
    place = after + 1
    if low != "before" and view.low(place) in ("now", "today", "this", "receipt", "receiving", "the"):
        return _from_writing(view, size, place)
    base = _told(view, place) if low != "of" else None
    if base is None or base[0].first != base[0].last or (low == "on" and size.unit not in DAYS_IN):
        return None
    return range_ahead(view, base[0].first, size, back=low in ("before", "prior")), base[1]


def _nth_day_from(view: View, at: int) -> tuple[Days, int] | None:
    """'the fifth business day from today', 'the third day after Easter'."""
    found = numbered_day(view, at)
    if found is None:
        return None
    count, unit, place = found
    if view.low(place) in ("now", "today"):
        return replace(units_ahead(view, view.today, count, unit), counted=True), place + 1
    base = _told(view, place)
    if base is None or base[0].first != base[0].last:
        return None
    return units_ahead(view, base[0].first, count, unit), base[1]


def _one_unit(view: View, at: int) -> tuple[Length, int] | None:
    """'day after' and 'week before' are one day, one week."""
    if view.low(at) not in ("day", "week") or view.low(at + 1) not in ("after", "before", "following"):
        return None
    return Length(1, 1, Unit(view.low(at))), at + 1


def _weekday_beside(view: View, at: int) -> tuple[Days, int] | None:
    """'the Monday after Easter', 'the Friday before Christmas', 'the second Tuesday after 1 May'."""
    place = view.skip(at, "the")
    ordinal = view.ordinal(place)
    count, place = ordinal if ordinal is not None and 1 <= ordinal[0] <= 5 else (1, place)
    weekday = view.weekday(place)
    if weekday is None or view.low(place + 1) not in ("after", "before", "following") or view.low(place + 2) == "next":
        return None
    base = _told(view, place + 2)
    if base is None or base[0].first != base[0].last or base[0].counted:
        return None
    day = base[0].first
    if view.low(place + 1) == "before":
        day -= timedelta(days=((day.weekday() - weekday) % 7 or 7) + 7 * (count - 1))
    else:
        day += timedelta(days=((weekday - day.weekday()) % 7 or 7) + 7 * (count - 1))
    return Days(day, day), base[1]


def _from_writing(view: View, size: Length, at: int) -> tuple[Days, int] | None:
    """'from now', 'from today', 'of receiving this email', 'from the date of this letter'."""
    ahead = replace(range_ahead(view, view.today, size), counted=True)
    if view.low(at) in ("now", "today"):
        return ahead, at + 1
    after = _this_mail(view, at) or (at + 1 if view.low(at) == "receipt" else 0)
    return (replace(ahead, open=True), after) if after else None


def _this_mail(view: View, at: int) -> int:
    """After 'this letter', 'receiving this email', 'the date of this notice'; 0 where nothing of the kind stands."""
    for place in range(at, at + 6):
        if view.low(place) in (".", "!", "?", "\n"):
            return 0
        if view.low(place) in ("this", "the") and view.low(place + 1) in words("beside", "this_mail"):
            return place + 2
    return 0


def _weekdays_from_now(view: View, at: int) -> tuple[Days, int] | None:
    """'two Fridays from now'."""
    count = view.number(at)
    weekday = view.weekday(count[1]) if count is not None and count[0] <= 10 else None
    if count is None or weekday is None or not view.sees(count[1] + 1, "from", "now"):
        return None
    day = on_weekday(view, weekday, None) + timedelta(days=7 * (count[0] - 1))
    return Days(day, day), count[1] + 3
