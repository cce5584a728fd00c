"""From tokens to mentions: a day, an hour and a zone that stand together are one time, and neighbours in a list lend
each other what they leave out ('Tuesday or Wednesday at 2')."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from mailbot.reading.dates.absolute import absolute, bare_day
from mailbot.reading.dates.bounds import bound_at, bound_between, latest_after
from mailbot.reading.dates.clocks import Clock, clock_at, is_moved
from mailbot.reading.dates.edges import over_after
from mailbot.reading.dates.hours import beside_weekday, dotted_hour
from mailbot.reading.dates.lengths import length
from mailbot.reading.dates.moments import beside_city, same_moment
from mailbot.reading.dates.neighbours import Found, as_mention, finished
from mailbot.reading.dates.places import zone_at
from mailbot.reading.dates.relative import day_at
from mailbot.reading.dates.starters import may_begin
from mailbot.reading.dates.values import Bound, DateContext, Mention, Unit
from mailbot.reading.dates.view import Days, View, vocabulary, words
from mailbot.reading.dates.years import of_the_year
from mailbot.reading.dates.zones import zone

MOST = 60  # times: what names more is a timetable
_AGAINST = (("instead", "of"), ("rather", "than"))
_DAYS_BEHIND = ("today", "tomorrow", "morning", "afternoon", "evening")  # '10:30 call this morning'


def find(text: str, context: DateContext) -> tuple[Mention, ...]:
    """The times that the text mentions, in order, up to MOST. Linear in the text."""
    view = View(text, context)
    found: list[Found | Mention] = []
    at = 0
    while at < len(view.tokens) and len(found) < MOST:
        one = _mention(view, at) if may_begin(view, at) else None
        if one is None:
            at += 1
            continue
        found.append(one[0])
        days = one[0].days if isinstance(one[0], Found) else None
        if days is not None and days.unit in (Unit.DAY, Unit.WEEK, Unit.MONTH):
            view.remember(days.first, at, one[1])
        at = max(one[1], at + 1)
    return tuple(finished(view, found))


def _mention(view: View, at: int) -> tuple[Found | Mention, int] | None:
    bound, start = bound_at(view, at)
    if view[start].kind in ("isotime", "compact"):
        return _iso(view, start, bound)
    one = _soon(view, at) or _day_and_clock(view, at)
    if one is not None:
        return one, one.high
    size = length(view, at)
    if size is not None:
        start, end = view[at].start, view[size[1] - 1].end
        return Mention(start, end, view.text[start:end], size[0]), size[1]
    return None


def _iso(view: View, at: int, bound: Bound) -> tuple[Mention, int] | None:
    """A machine's timestamp (ISO 8601)."""
    token = view[at]
    try:
        moment = datetime.fromisoformat(token.text.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return None
    clock = Clock(moment.timetz().replace(tzinfo=None), zone=moment.tzinfo)
    after = at + 1
    more = clock_at(view, after + 1, cued=True) if view.low(after) in words("beside", "up_to") else None
    if more is not None:
        clock, after = replace(clock, end=more[0].start, zone=clock.zone or more[0].zone), more[1]
    days = Days(moment.date(), moment.date())
    return as_mention(view, Found(at, after, days, clock, bound)), after


def _day_and_clock(view: View, at: int) -> Found | None:
    """A day with its hour and zone in any order, or one of them alone."""
    bound, start = bound_at(view, at)
    start = _over_end_of(view, start)
    days: Days | None = None
    clock: Clock | None = None
    place = end = start
    clock_first = False
    low = start
    for turn in range(3):
        begin = _over_fillers(view, place) if turn else place
        if days is None and (told := day_at(view, begin)) is not None:
            between, moves_days = view.low(begin - 1) == "between", bound is Bound.FROM and is_moved(view, begin - 1)
            days, place = _up_to(view, *told, between=between, moves_days=moves_days)
            place = _own_weekday(view, days, place)
        elif clock is None and (hour := _hour(view, begin, at, days)) is not None:
            clock, place = beside_city(view, *hour)
            place = same_moment(view, clock, place)
            clock_first = days is None
        else:
            break
        low = low if turn else begin
        if turn and bound is Bound.AT:
            bound = bound_between(view, end, begin)
        end = place
    closes = view.low(at - 1) in words("beside", "closing_hours")
    if days is None and (clock is None or (clock.bare and bound not in (Bound.AT, Bound.ABOUT) and not closes)):
        return None
    return _rounded_off(view, Found(min(start, low), end, days, clock, bound, clock_first))


def _over_end_of(view: View, at: int) -> int:
    """After 'the end of' before a day, which it leaves as it is: 'the end of the following day', 'close on Monday'."""
    place = view.skip(at, "the")
    if view.low(place) == "close" and view.low(place + 1) != "of" and day_at(view, at) is None:
        after = view.skip(place + 1, "on", ",")
        return after if day_at(view, after) is not None else at
    if view.low(place) not in ("end", "close") or view.low(place + 1) != "of" or day_at(view, at) is not None:
        return at
    return place + 2 if day_at(view, place + 2) is not None else at


def _rounded_off(view: View, one: Found) -> Found:
    """What was found, with what follows it ('in GMT', 'at the latest') and what its words imply."""
    days, clock, end, bound = one.days, one.clock, one.high, one.bound
    if clock is None and days is not None and days.part:
        clock = _part_clock(days.part)
    elif clock is not None:
        clock, end = _said_after(view, clock, end)
        if bound is Bound.FROM and (clock.end is not None or (days is not None and days.first != days.last)):
            bound = Bound.AT
    if days is not None and clock is not None and days.yearless:
        days, end = of_the_year(view, days, end)
    latest = latest_after(view, end)
    if latest > end:
        bound, end = Bound.BY, latest
    if days is not None and days.open:
        bound = Bound.WITHIN
    bounded = bound in (Bound.BY, Bound.BEFORE) and days is not None and days.first != days.last
    if bounded and days is not None and (over := over_after(view, end)) > end:
        days, end = replace(days, first=days.last), over
    if days is not None and days.part == "mid" and bound in (Bound.BY, Bound.BEFORE) and days.unit is not Unit.WEEK:
        days = replace(days, last=days.first + (days.last - days.first) // 2)  # 'by mid-March' is the 15th
    return replace(one, high=end, days=days, clock=clock, bound=bound)


def _own_weekday(view: View, days: Days, at: int) -> int:
    """After a date's weekday or 'EOD' that stands behind it: '1 Dec (Tuesday)', 'Dec 4th EOD'."""
    opened = view.skip(view.skip(view.skip(at, "(", ","), "which", "that"), "is", "'s")
    opened = view.skip(opened, "a")
    own = opened > at and view.weekday(opened) == days.first.weekday()
    if own and view.low(opened + 1) in words("beside", "after_own_weekday"):
        return view.skip(opened + 1, ")", ".")
    closing = view.skip(at, ",")
    dated = view.skip(view.skip(at, ",", "(", "-", "–"), "the")
    again = (absolute(view, dated) or bare_day(view, dated, days.first.weekday())) if dated > at else None
    if again is not None and again[0].first == days.first == days.last:
        return view.skip(again[1], ")")
    if view.low(closing) in ("eod", "cob", "eob"):
        return closing + 1
    return closing + 3 if view.sees(closing, "end", "of", "day") else at


def _said_after(view: View, clock: Clock, at: int) -> tuple[Clock, int]:
    """The hour with what follows the day: 'at 9 on Friday morning', '8am on Wednesday in GMT'."""
    hours = vocabulary("parts").get(view.low(at))
    if hours is not None and not clock.window:
        clock, at = clock.in_the(hours[2]), at + 1
    if clock.zone is None:
        zone, at = zone_at(view, at)
        clock = replace(clock, zone=zone)
    return clock, at


def _soon(view: View, at: int) -> Found | None:
    """'in half an hour', '15 minutes from now', '2 hours ago': an instant, counted from the moment of writing."""
    ahead = view.low(at) == "in"
    size = length(view, at + 1 if ahead else at)
    if size is None or size[0].duration is None or not timedelta() < size[0].duration <= timedelta(hours=12):
        return None
    after = size[1]
    if ahead and view.low(after) in words("beside", "counted_back"):
        return None
    ago = not ahead and view.low(after) == "ago"
    if not (ahead or ago or view.sees(after, "from", "now")):
        return None
    local = zone(view.context.zone)
    moment = (view.context.reference + (-size[0].duration if ago else size[0].duration)).astimezone(local)
    days = Days(moment.date(), moment.date(), counted=True)
    clock = Clock(moment.time().replace(second=0, microsecond=0), zone=local)
    return Found(at, after + (0 if ahead else 1 if ago else 2), days, clock, Bound.AT)


def _part_clock(part: str) -> Clock | None:
    hours = vocabulary("parts").get(part)
    return Clock(time.fromisoformat(hours[0]), time.fromisoformat(hours[1]), window=True) if hours else None


def _hour(view: View, begin: int, at: int, days: Days | None) -> tuple[Clock, int] | None:
    """A clock time; a bare number only after a word that makes it an hour."""
    before = view.low(begin - 1)
    dotted = days is not None and view[begin].kind == "dotted"  # 'Thursday, 3.30'
    dotted = dotted or beside_weekday(view, begin)
    dotted = dotted or view.low(begin + 1) in words("beside", "makes_hour")  # 'tomorrow, 8 sharp'
    cued = dotted or before in words("beside", "hour_cues") or _against_hour(view, begin)
    cued = cued or before in words("beside", "closing_hours") or (days is None and _opens_sentence(view, begin))
    cued = cued or (begin > at and before in words("beside", "hour_cues_after_day"))
    half = ""
    if days is not None and days.part:
        half = vocabulary("parts").get(days.part, ["", "", ""])[2]
    found = clock_at(view, begin, cued=cued, half=half)
    if found is None:
        return None
    clock, after = found
    if clock.window and (inner := _inner_hour(view, after, clock)) is not None:
        return inner
    return clock, after


def _against_hour(view: View, at: int) -> bool:
    """Whether another hour or a day beside it makes a number an hour: '4 instead of 10', '3.30 tomorrow', 'from
    9.15 to 10.45'."""
    if view[at].kind == "dotted":
        return dotted_hour(view, at)
    if view[at].kind == "number" and len(view[at].text) < 3 and view.low(at + 1) in ("tomorrow", "tonight"):
        return view.low(at - 1) not in words("beside", "before_count")  # 'OK for 2 tomorrow'
    other = at + 3 if (view.low(at + 1), view.low(at + 2)) in _AGAINST else -1
    before = (view.low(at - 2), view.low(at - 1)) in _AGAINST and view[at - 3].kind in ("number", "clock", "dotted")
    return before or (other > 0 and view[other].kind in ("number", "clock", "dotted"))


def _opens_sentence(view: View, at: int) -> bool:
    """Whether a number opens the sentence behind one that names a day: "Friday's great. 10 at the studio"."""
    if view[at].kind not in ("number", "word") or (day := view.told_of(at)) is None or day < view.today:
        return False
    opens = view.low(at - 1) in (".", "!", "\n") and view.low(at + 1) in words("beside", "opening_hour")
    said = view.low(at - 1) in ("say", "it") and view.low(at + 1) in words("beside", "after_said_hour")
    return opens or (said and view.low(at - 2) in words("beside", "before_said_hour"))


def _inner_hour(view: View, at: int, outer: Clock) -> tuple[Clock, int] | None:
    """The hour within a part of the day: 'morning at 10', 'afternoon, 2:30'."""
    place = _over_fillers(view, at)
    half = "am" if outer.start < time(12) else "pm"
    cued = view[place].kind == "dotted" or view.low(place - 1) in ("at", "@", "around", "about", "from", "between")
    found = clock_at(view, place, cued=cued, half=half)
    return found if found is not None and (not found[0].window or found[0].end != outer.end) else None


def _over_fillers(view: View, at: int) -> int:
    """After the words and marks that may stand between a day and its hour; at most one line end, six words."""
    place, line_ends = at, 0
    for _ in range(6):
        token = view[place]
        if token.kind == "line" and line_ends == 0:
            line_ends += 1
        elif token.low == "." and view[place - 1].kind == "word" and len(view[place - 1].low) <= 5:
            pass
        elif not _fills(view, place):
            break
        place += 1
    return place


def _fills(view: View, at: int) -> bool:
    low = view.low(at)
    if low == "in":
        return view.low(at + 1) == "the"
    if low == "the":
        return view.low(at - 1) in ("in", "on", "of", "for")
    if low == "this" and (view.low(at + 1) in vocabulary("parts") or view.weekday(at + 1) is not None):
        return False
    if low in words("fillers", "talks"):
        if view.low(at - 1) == "'s":
            return view.low(at + 1) in ("at", "@")  # "Friday's interview at 13:00"
        after = view.skip(at + 1, "on", "this")
        return view[at - 1].kind == "clock" and (view.weekday(after) is not None or view.low(after) in _DAYS_BEHIND)
    return low in words("fillers", "marks") or low in words("fillers", "words")


def _up_to(view: View, days: Days, at: int, *, between: bool, moves_days: bool) -> tuple[Days, int]:
    """The last day of 'Monday to Wednesday', '10 August - 12 September', 'between 3 and 5 March'; of two between which
    a talk moves each is one."""
    if view.low(at) not in words("beside", "up_to") and not (between and view.low(at) == "and"):
        return days, at
    told = day_at(view, at + 1)
    if told is None or told[0].counted or moves_days:
        return days, at
    last = told[0].last
    if last < days.first and days.yearless:
        return replace(days, first=days.first.replace(year=days.first.year - 1), last=last), told[1]
    if last <= days.first:
        last += timedelta(days=7) if (days.first - last).days < 7 else timedelta()
    return (replace(days, last=last), told[1]) if last > days.first else (days, at)
