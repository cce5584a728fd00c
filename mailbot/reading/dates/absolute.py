"""Dates that name their day: '3 March', 'March 3rd, 2026', '2026-03-03', '3/3', 'Tues 3rd', 'the 14th'."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from mailbot.reading.dates.values import Unit
from mailbot.reading.dates.view import Days, View, vocabulary, words
from mailbot.reading.dates.years import century, made, short_year, year_at

_DAY = timedelta(days=1)
_NEAR, _FAR = timedelta(days=100), timedelta(days=180)  # a day so far off is read the other way round if that is near


def absolute(view: View, at: int) -> tuple[Days, int] | None:
    """The date that begins at a token, and the place after it."""
    kind = view[at].kind
    if kind in ("iso", "date", "slash"):
        return _numeric(view, at)
    if kind == "dotted" and view.low(at + 1) == "." and view.low(at - 1) in words("beside", "before_slash"):
        found = _numeric(view, at)  # '23.05.', as German mail writes it
        return found if found is None else (found[0], found[1] + 1)
    if kind == "joined" and view.low(at - 1) in words("beside", "before_slash"):
        text = view[at].text
        day = made(int(text[:4]), int(text[4:6]), int(text[6:]))
        return (Days(day, day), at + 1) if day is not None else None
    if view.month(at) is not None:
        return _month_first(view, at)
    if kind in ("number", "ordinal", "word"):
        return _day_first(view, at) or (_year_first(view, at) if kind == "number" else None)
    return None


def _year_first(view: View, at: int) -> tuple[Days, int] | None:
    """'2026 Sep 25', '2026/Sep/25'."""
    year = year_at(view, at) if len(view[at].text) == 4 else None
    place = view.skip(at + 1, "/", "-", ".", ",")
    month = view.month(place) if year is not None else None
    day = _day_number(view, view.skip(place + 1, "/", "-", ".")) if month is not None else None
    made_up = made(year[0], month, day[0]) if year is not None and month is not None and day is not None else None
    return (Days(made_up, made_up), day[1]) if made_up is not None and day is not None else None


def weekday_and_date(view: View, at: int) -> tuple[Days, int] | None:
    """A weekday with its date: 'Tuesday, 3 March', 'Tues the 3rd', 'Fri 13th', '(Mon) 3/9'."""
    weekday = view.weekday(at)
    if weekday is None:
        return None
    place = at + 1
    for _ in range(3):
        place = view.skip(place, ".", ",", "the", ")", "(", "-", "–", "\n")
    dated = _dated(view, place, weekday)
    if dated is not None:
        return dated[0], view.skip(dated[1], ")") if view.low(place - 1) == "(" else dated[1]
    bare = bare_day(view, view.skip(view.skip(at + 1, ".", ","), "the"), weekday)
    if bare is None:
        return None
    days, after = bare
    return days, after


def _dated(view: View, place: int, weekday: int) -> tuple[Days, int] | None:
    kind = view[place].kind
    if kind in ("date", "slash"):
        return _numeric(view, place, weekday)
    if kind == "dotted" and (_hour_follows(view, place + 1) or view[place].text.split(".")[1][0] == "0"):
        found = _numeric(view, place, weekday)  # 'Wednesday, 11.03 at 16:00', 'Thursday 4.06'
        return found if found is not None and found[0].sure == 1 else None
    if kind == "dotted" and view.low(place + 1) == ".":
        found = _numeric(view, place, weekday)  # 'Montag, 7.7.'
        return found if found is None else (found[0], found[1] + 1)
    if kind == "iso":
        return _checked(_numeric(view, place), weekday)
    if view.month(place) is not None:
        return _month_first(view, place, weekday)
    return _day_first(view, place, weekday)


def _hour_follows(view: View, at: int) -> bool:
    """Whether an hour in figures stands there, so that what is before it is none."""
    place = view.skip(view.skip(at, ","), "at", "@", "um", "from", "-", "–")
    return view[place].kind == "clock" or (view[place].kind == "dotted" and view.low(place - 1) in ("at", "@", "um"))


def bare_day(view: View, at: int, weekday: int | None = None) -> tuple[Days, int] | None:
    """A day of the month alone: 'the 14th', 'Friday the 13th'; without its weekday only in digits."""
    found = view.ordinal(at) if view[at].kind == "ordinal" or weekday is not None else None
    plain = found is None and weekday is not None and view[at].kind == "number" and _ends(view, at + 1)
    if plain:
        if view.low(at + 1) in words("beside", "up_to") and view[at + 2].kind in ("clock", "number"):
            return None  # 'Wednesday 2 - 3 pm'
        found = (int(view[at].text), at + 1)
    if found is None or not 1 <= found[0] <= 31 or not (_ends(view, found[1]) or weekday is not None):
        return None
    if view[at].kind == "word" and view.low(at - 1) != "the":
        return None  # 'Thursday, first thing'
    named = _of_month(view, found[1])
    if named is not None:
        day = _shifted(view.today, named[0], found[0])
        return (Days(day, day), named[1]) if day is not None else None
    days = _near_days(view, at, found[0], weekday)
    if days is None or (plain and (days.sure < 1 or days.first - view.today > _reach_of(view, at))):
        return None
    return days, found[1]


def _reach_of(view: View, at: int) -> timedelta:
    """How far ahead a number behind a weekday is its day: 'Tuesday 11' of some weeks on is rather eleven o'clock, where
    no hour follows."""
    after = view.skip(at + 1, ",")
    dated = view[after].kind == "clock" or view.low(after) in ("at", "@", "from", "between")
    return timedelta(days=70 if dated or int(view[at].text) > 12 else 28)


def _of_month(view: View, at: int) -> tuple[int, int] | None:
    """How many months ahead 'of next month' and 'of this month' name, and the place after."""
    place = view.skip(at, "of")
    steps = {"next": 1, "this": 0, "the": 0}
    if place == at or view.low(place) not in steps or view.low(place + 1) != "month":
        return None
    return steps[view.low(place)], place + 2


def _ends(view: View, at: int) -> bool:
    return view.low(at) in words("beside", "after_bare_day") or view[at].kind == "clock" or view.weekday(at) is not None


def _near_days(view: View, at: int, day: int, weekday: int | None) -> Days | None:
    """That day of this month or one of the next; of the last months where the text tells of the past."""
    past = view.past(at)
    steps = (0, -1, -2, -3) if past else tuple(range(14 if weekday is not None else 3))
    options = [one for step in steps if (one := _shifted(view.today, step, day)) is not None]
    fitting = [one for one in options if (one <= view.today if past else one >= view.today)]
    agreeing = [one for one in fitting if weekday is None or one.weekday() == weekday]
    if past and not agreeing and weekday is not None:  # no such day lies behind: 'you asked ... Tuesday the 13th'
        agreeing = [one for step in range(3) if (one := _shifted(view.today, step, day)) and one.weekday() == weekday]
    if not agreeing and not fitting:
        return None
    chosen = (agreeing or fitting)[0]
    return Days(chosen, chosen, sure=1.0 if agreeing else 0.5, yearless=True)


def _shifted(today: date, months: int, day: int) -> date | None:
    month = today.month - 1 + months
    return made(today.year + month // 12, month % 12 + 1, day)


def _numeric(view: View, at: int, weekday: int | None = None) -> tuple[Days, int] | None:
    token = view[at]
    pieces = [int(piece) for piece in token.text.replace("-", "/").replace(".", "/").split("/")]
    if token.kind == "iso":
        day = made(*pieces)
        return None if day is None else (Days(day, day), at + 1)
    one, two = pieces[:2]
    listed = view.low(at - 1) in ("and", "or", "to") and view[at - 2].kind == "slash"
    told = weekday is not None or listed or view.low(at - 1) in words("beside", "before_slash")
    if token.kind == "slash" and not told:
        return None
    if token.kind == "slash" and (one, two) in ((24, 7), (1, 2), (50, 50)) and weekday is None:
        return None
    dotted = "." in token.text
    readings = [(one, two), (two, one)] if view.month_first and not dotted else [(two, one), (one, two)]
    readings = readings[:1] if dotted and (two <= 12 or token.kind == "dotted") else readings
    stated = pieces[2] if len(pieces) == 3 else None
    if stated is None and (year := year_at(view, at + 1)) is not None and view.low(at + 1) not in ("in", "of"):
        stated, at = year[0], year[1] - 1
    days = _best(view, at, readings, century(view, stated), weekday)
    return None if days is None else (days, at + 1)


def _best(
    view: View, at: int, readings: Iterable[tuple[int, int]], year: int | None, weekday: int | None
) -> Days | None:
    """The reading (month, day) that agrees with the weekday, else lies sensibly, else the first."""
    options = [
        days
        for month, day in readings
        if (days := dated(view, at, month, day, year, weekday)) is not None
    ]
    if not options:
        return None
    best = max(days.sure for days in options)
    agreeing = [days for days in options if days.sure == best]
    if len(agreeing) > 1 and not view.past(at):
        ahead = [days for days in agreeing if timedelta() <= days.first - view.today <= _NEAR]
        far = agreeing[0].first - view.today > _FAR or agreeing[0].first < view.today
        if len(ahead) == 1 and far and ahead[0] is not agreeing[0]:
            return replace(ahead[0], sure=0.6)
    return agreeing[0]


def dated(view: View, at: int, month: int, day: int, year: int | None, weekday: int | None) -> Days | None:
    """The day of these numbers; without a year the next such day, or the nearest where the past is told. A weekday
    that contradicts takes the year that agrees with it, else makes the day less sure."""
    if year is not None:
        stated = made(year, month, day)
        if stated is None:
            return None
        slip = made(year + 1, month, day) if stated < view.today - timedelta(days=200) else None
        if weekday is not None and stated.weekday() != weekday and slip is not None and slip.weekday() == weekday:
            return Days(slip, slip, sure=0.6)  # January mail that still writes last year
        return Days(stated, stated, sure=1.0 if weekday is None or stated.weekday() == weekday else 0.5)
    options = [
        one for step in (-1, 0, 1, 2, 3, 4) if (one := made(view.today.year + step, month, day)) is not None
    ]
    agreeing = [one for one in options if weekday is None or one.weekday() == weekday]
    back = 366 if view.past(at) else 45
    near = [one for one in agreeing if -back <= (one - view.today).days <= 366]
    chosen = _nearest(near or options, view, at)
    sure = 1.0 if near else 0.5
    return None if chosen is None else Days(chosen, chosen, sure=sure, yearless=True)


def _nearest(options: list[date], view: View, at: int) -> date | None:
    if not options:
        return None
    if view.past(at):
        return min(options, key=lambda one: abs((one - view.today).days))
    ahead = [one for one in options if one >= view.today - _DAY]
    return min(ahead) if ahead else max(options)


def _checked(found: tuple[Days, int] | None, weekday: int) -> tuple[Days, int] | None:
    if found is None or found[0].first.weekday() == weekday:
        return found
    return Days(found[0].first, found[0].last, sure=0.5), found[1]


def _month_first(view: View, at: int, weekday: int | None = None) -> tuple[Days, int] | None:
    """'March 3', 'Mar. 3rd, 2026', 'March 3-5', 'March 2026'."""
    month = view.month(at) or 0
    place = view.skip(at + 1, ".", "-", ",", "/") if view.low(at + 2) not in ("to",) else at + 1
    place = view.skip(place, "the")
    day = _day_number(view, place)
    if day is None:
        return None
    last, after = _up_to(view, day[1], month)
    year = year_at(view, after)
    return _spanned(view, at, (month, day[0]), last, year, weekday, after)


def _day_first(view: View, at: int, weekday: int | None = None) -> tuple[Days, int] | None:
    """'3 March', '3rd of March 2026', '3-Mar-26', '3 to 5 March', '3 and 4 March' (the first of them)."""
    day = _day_number(view, at)
    if day is None:
        return None
    last, place = _until_day(view, day[1])
    if last is not None and view.low(at - 1) in words("beside", "numbered"):
        return None  # 'Stage 2 - 10 March'
    for _ in range(2):
        place = view.skip(place, "of", "-", ".", ",", "day", "/", "de")
    if view[place].kind == "word" and view.low(place + 1) == "/" and view.month(place) is None:
        place += 2  # '6 Mai / May'
    if view.low(place - 1) == "." and _elsewhere(view, place + 1):
        place = view.skip(place, "\n")  # '23. März' looks like the end of a sentence
    month = view.month(place) or _elsewhere(view, place)
    if month is None:
        return None
    after = view.skip(place + 1, ".") if view.low(place + 1) == "." and view[place + 2].kind == "number" else place + 1
    year = year_at(view, view.skip(after, "de"))
    short = view[after + 1]
    glued = short.start == view[place].end + 1 and short.kind == "number" and len(short.text) == 2
    if year is None and view.low(after) == "-" and glued:  # '3-Mar-26'
        year = (2000 + int(short.text), after + 2)
    year = year or short_year(view, after) or _borne_out(view, after, (month, day[0]), weekday)
    return _spanned(view, at, (month, day[0]), last, year, weekday, after)


def _elsewhere(view: View, at: int) -> int | None:
    """The month of another language that stands before a year: '23. mars 2026', '4 de mayo de 2026'."""
    month = vocabulary("months_elsewhere").get(view.low(at))
    return month if year_at(view, view.skip(at + 1, "de")) is not None else None


def _borne_out(view: View, at: int, of_year: tuple[int, int], weekday: int | None) -> tuple[int, int] | None:
    """A year in two figures that the weekday bears out: 'Wed 11 Nov 26 for a talk'."""
    if weekday is None or view[at].kind != "number" or len(view[at].text) != 2:
        return None
    year = 2000 + int(view[at].text)
    day = made(year, *of_year)
    fits = day is not None and day.weekday() == weekday and abs(year - view.today.year) <= 1
    return (year, at + 1) if fits else None


def _spanned(
    view: View,
    at: int,
    first: tuple[int, int],
    last: int | None,
    year: tuple[int, int] | None,
    weekday: int | None,
    after: int,
) -> tuple[Days, int] | None:
    month, day = first
    days = dated(view, at, month, day, year[0] if year else None, weekday)
    if days is None:
        return None
    ended = made(days.first.year, month, last) if last is not None else None
    if ended is not None and ended > days.first:
        days = Days(days.first, ended, unit=Unit.DAY, sure=days.sure, yearless=days.yearless)
    return days, year[1] if year else after


def _day_number(view: View, at: int) -> tuple[int, int] | None:
    found = view.ordinal(at)
    if found is None and view[at].kind == "number" and len(view[at].text) <= 2:
        found = (int(view[at].text), at + 1)
    return found if found is not None and 1 <= found[0] <= 31 else None


def _up_to(view: View, at: int, month: int) -> tuple[int | None, int]:
    """The last day of 'March 3-5': not where another month or a clock time follows."""
    joint = view.low(at)
    if joint not in words("beside", "up_to") and not (joint == "and" and _is_between(view, at)):
        return None, at
    other = _day_number(view, view.skip(at + 1, "the", "and"))
    if other is None or view.month(view.skip(other[1], "of")) not in (None, month):
        return None, at
    return other


def _is_between(view: View, at: int) -> bool:
    """Whether 'between' stands before the date that ends there: 'between September 23 and 30'."""
    return any(view.low(at - step) == "between" for step in (3, 4, 5))


def _until_day(view: View, at: int) -> tuple[int | None, int]:
    """The last day of '3-5 March', 'between 3 and 5 March'."""
    if view.low(at) in words("beside", "up_to") or (view.low(at) == "and" and view.low(at - 2) == "between"):
        other = _day_number(view, view.skip(at + 1, "the"))
        if other is not None and view.month(view.skip(other[1], "of")) is not None:
            return other
    return None, at
