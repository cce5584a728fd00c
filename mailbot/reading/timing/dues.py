"""By when something is due: news from them (`decision_by`), an answer of the reader's (`respond_by`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mailbot.patterns import compiled
from mailbot.reading.dates import Bound, Precision, Unit, When
from mailbot.reading.statements import Kind, Window
from mailbot.reading.tables import table
from mailbot.reading.timing.days import (
    Setting,
    answer_day,
    base_of,
    between,
    from_event,
    in_days,
    is_bare_weekday,
    window,
)
from mailbot.reading.timing.told import Meaning, Told

_LEAST = 0.4  # how strongly the words must speak
_CLEARLY = 0.9
_FAIRLY = 0.75
_NEAR_BEST = 0.85  # of two that speak about as strongly, the first counts
_LAPSING = (
    *(Kind.ASSESSMENT, Kind.OFFER, Kind.INTERVIEW_REQUEST, Kind.INFORMATION_REQUEST),
    Kind.RECRUITER_OUTREACH,
)
_ASKING = (Kind.ASSESSMENT, Kind.OFFER, Kind.INFORMATION_REQUEST)
_SAID_OTHERWISE = (Meaning.DECISION, Meaning.OTHER, Meaning.INTERVIEW, Meaning.OFF, Meaning.AVAILABILITY)
_NO_NEWS_THERE = (Meaning.RESPOND, Meaning.EXPIRY, Meaning.OTHER, Meaning.INTERVIEW, Meaning.OFF, Meaning.AVAILABILITY)
_SELDOM_NEWS = (
    *(Kind.OFFER, Kind.POSITION_CLOSED, Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_RESCHEDULED),
    Kind.INTERVIEW_CANCELLED,
)
_NO_NEWS = (Kind.REJECTION, Kind.RECRUITER_OUTREACH)
_NO_ASKING = (Kind.REJECTION, Kind.POSITION_CLOSED, Kind.INTERVIEW_CANCELLED)
_WEAKLY = 0.1
_FEW = 3  # days within which one answers, rather than is free
_BOUNDED = (Bound.BY, Bound.BEFORE, Bound.WITHIN)


def decision_by(setting: Setting) -> tuple[Window, Told] | None:
    """By when the hiring side says that news will come, and where it says so."""
    if setting.kinds and setting.kinds[0] in _NO_NEWS:
        return None
    least = _FAIRLY if setting.kinds and setting.kinds[0] in _SELDOM_NEWS else _LEAST
    dues = [one for one in setting.times if _promises(one, least) and is_due(one, setting)]
    best = _first_of_best(dues, Meaning.DECISION) or _news_unsaid(setting)
    if best is None:
        return None
    best = _restated(best, setting)
    news = window(best, setting)
    for other in (*_alternatives(best, setting), *_at_the_latest(best, dues)):
        later = window(other, setting)
        if later.latest > news.latest:
            news = Window(news.earliest, later.latest)
    return _after_milestone(news, best, setting), best


def _restated(best: Told, setting: Setting) -> Told:
    """The time, or what says it more exactly right behind it: 'before the month is out, so by Friday the 30th'."""
    later = setting.times[setting.times.index(best) + 1 :][:1]
    says = compiled(table("time/lines")["restated"])
    exact = (one for one in later if one.line == best.line and says.search(between(best, one)) is not None)
    return next((one for one in exact if is_due(one, setting)), best)


def _at_the_latest(best: Told, dues: Sequence[Told]) -> list[Told]:
    """What follows a first step in its sentence: 'the board votes on Thursday, I call you Friday at the latest'."""
    return [one for one in dues if one.line == best.line and one.mention.quote.lower().endswith("latest")]


def _news_unsaid(setting: Setting) -> Told | None:
    """The last day that a mail names which only tells where things stand, where the words make nothing else of it."""
    if not setting.kinds or setting.kinds[0] is not Kind.STATUS_UPDATE:
        return None
    told = [one for one in setting.times if one.actor != "yours" and is_due(one, setting)]
    ahead = [one for one in told if (when := one.when) and when.last and when.last > setting.today]
    free = [one for one in ahead if one.weight(*_NO_NEWS_THERE) < _LEAST and not _denied(one) and _hints(one)]
    return free[-1] if free else None


def _hints(one: Told) -> bool:
    return _bounded(one) or one.weight(Meaning.DECISION) > _WEAKLY


def _after_milestone(news: Window, best: Told, setting: Setting) -> Window:
    """'We meet on Monday and call you by Tuesday': a weekday alone that lies before the day it follows is the next."""
    line = [when for one in setting.times if one.line == best.line and one is not best and (when := one.when)]
    alone = is_bare_weekday(best)
    before = [when.last for when in line if when.last is not None and setting.today < when.last]
    week = timedelta(days=7)
    later = best.when is not None and not best.when.counted and any(one > news.latest for one in before)
    if not (alone and later) or news.latest - setting.today >= week:
        return news
    return Window(news.earliest + week if news.earliest else None, news.latest + week)


def respond_by(setting: Setting) -> tuple[date, Told] | None:
    """The day by which the reader is asked to answer, hand in or decide, and where it is said. That an invitation or
    a test lapses is such a day; that a link to a fixed talk does is none."""
    if setting.kinds and setting.kinds[0] in _NO_ASKING:
        return None
    lapses = bool(setting.kinds) and setting.kinds[0] in _LAPSING
    asks = (Meaning.RESPOND, Meaning.EXPIRY) if lapses else (Meaning.RESPOND,)
    dues = [one for one in setting.times if _asks(one, asks) and is_due(one, setting) and is_near(one, setting)]
    best = _first_of_best(dues, *asks) or _unsaid(setting)
    if best is None:
        return None
    return max(answer_day(one, setting) for one in (best, *_alternatives(best, setting))), best


def _unsaid(setting: Setting) -> Told | None:
    """What a mail that asks bounds without saying who is to act: 'By Monday if possible'; the day of a test."""
    kind = setting.kinds[0] if setting.kinds else None
    if kind not in _ASKING:
        return None
    near = [one for one in setting.times if one.when is not None and is_due(one, setting) and is_near(one, setting)]
    open_ones = [one for one in near if one.actor != "theirs" and one.weight(*_SAID_OTHERWISE) < _LEAST]
    bounded = (one for one in open_ones if _bounded(one) or _closes(one))
    asked = (one for one in near if one.weight(Meaning.DECISION, Meaning.OTHER) < _LEAST and _is_asked_on(one))
    tests = (one for one in near if kind is Kind.ASSESSMENT and _is_test_day(one))
    return next(bounded, None) or next(tests, None) or next(asked, None)


def _closes(one: Told) -> bool:
    return compiled(table("time/lines")["closing"]).search(one.mention.quote) is not None


def _is_asked_on(one: Told) -> bool:
    return compiled(table("time/lines")["asked_on"]).search(one.before) is not None


def _is_test_day(one: Told) -> bool:
    label = compiled(table("time/lines")["test_day"])
    return label.search(one.before) is not None and one.weight(Meaning.OTHER) < _LEAST


def _is_sat(one: Told, setting: Setting) -> bool:
    """Whether it is the hour at which a test is sat: the day counts."""
    return bool(setting.kinds) and setting.kinds[0] is Kind.ASSESSMENT and _is_test_day(one)


def _alternatives(best: Told, setting: Setting) -> list[Told]:
    """The times that 'or' joins to one: 'today or tomorrow'."""
    later = setting.times[setting.times.index(best) + 1 :][:1]
    joint = compiled(table("time/lines")["or_later"])
    beside = [one for one in later if one.line == best.line and joint.search(between(best, one)) is not None]
    return [one for one in beside if is_due(one, setting)]


def _promises(one: Told, least: float) -> bool:
    """Whether the words make it a promise of news, at least so strongly."""
    weight = one.weight(Meaning.DECISION)
    if one.length is not None and one.before.rstrip().lower().endswith("for"):
        return False  # 'we keep your details for six months'
    if least > _LEAST and not _bounded(one) and _is_asked(one):
        return False  # 'when can I ring you, Monday morning or Tuesday at 2?'
    if one.when is not None and one.when.bound is Bound.BEFORE and _denied(one):
        return False  # 'we won't have a decision before then'
    if compiled(table("time/lines")["no_news"]).search(one.before) is not None:
        return False  # 'we can't give you an answer today'
    rivals = [Meaning.RESPOND, Meaning.OTHER]
    if not _bounded(one):
        rivals += [Meaning.TELLING, Meaning.AVAILABILITY]
        if one.when is not None and one.when.precision in (Precision.DAY, Precision.INSTANT):
            rivals += [Meaning.INTERVIEW, Meaning.OFF, Meaning.NEW]
    return weight >= least and weight > one.weight(*rivals)


def _is_asked(one: Told) -> bool:
    """Whether its sentence asks whether a day or an hour suits: not 'can we go on in January?'."""
    day = one.when is not None and one.when.whole is Unit.DAY
    return day and compiled(table("time/lines")["question"]).search(one.after) is not None


def _asks(one: Told, meanings: tuple[Meaning, ...]) -> bool:
    weight = one.weight(*meanings)
    rivals = [Meaning.DECISION, Meaning.OTHER]
    if not _presses(one):
        rivals.append(Meaning.AVAILABILITY)
    return weight >= _LEAST and weight > one.weight(*rivals)


def is_free_time(one: Told) -> bool:
    """Whether it only names the days on which the reader may be free: 'your availability over the next two weeks'."""
    return not _presses(one) and one.weight(Meaning.AVAILABILITY) > one.weight(Meaning.RESPOND, Meaning.EXPIRY)


def _presses(one: Told) -> bool:
    """Whether it bounds an answer, not the days on which somebody is free: 'by Friday', 'within 24 hours', 'within the
    next two days'."""
    if one.when is None:
        return False
    size = one.when.size
    few = size is not None and size.unit in (Unit.DAY, Unit.WORKDAY) and size.high <= _FEW
    hours = size is not None and size.unit is Unit.HOUR
    return one.when.bound in (Bound.BY, Bound.BEFORE) or hours or (few and _says_within(one))


def _says_within(one: Told) -> bool:
    return one.mention.quote.lower().startswith("within ")


def _bounded(one: Told) -> bool:
    when = one.when
    return when is None or when.bound in _BOUNDED or when.counted


def _first_of_best(dues: Sequence[Told], *meanings: Meaning) -> Told | None:
    best = max((one.weight(*meanings) for one in dues), default=0.0)
    return next((one for one in dues if one.weight(*meanings) >= best * _NEAR_BEST), None)


def is_near(one: Told, setting: Setting) -> bool:
    """Whether it lies within some months: 'your results stay valid for a year' asks nothing."""
    return window(one, setting).latest - setting.context.reference.date() <= timedelta(days=150)


def is_due(one: Told, setting: Setting) -> bool:
    """Whether something can be due by it."""
    if from_event(one, setting):
        return base_of(one, setting) is not None
    if (one.length or (one.when and one.when.size)) and compiled(table("time/lines")["of_no_date"]).search(one.after):
        return False
    if one.length is not None:
        return in_days(one.length) and not _is_no_due(one)
    when = one.when
    if when is None or when.last is None or when.last < setting.today:
        return False
    lost = _denied(one) or compiled(table("time/lines")["too_late"]).search(one.after) is not None
    if (when.bound is Bound.AFTER and not lost) or _has_been(one, when):
        return False
    if when.size is not None and _is_no_due(one):
        return False
    if when.last - setting.today > timedelta(days=400) or _begins(when):
        return False
    if when.size is not None and when.size.unit is Unit.MINUTE:
        return False  # 'who do not join within 10 minutes'
    if when.whole is Unit.YEAR and not _bounded(one):
        return False  # 'every new position this year'
    exact = when.precision is Precision.INSTANT and not _is_sat(one, setting)
    if when.bound in _BOUNDED or not exact or one.weight(Meaning.RESPOND, Meaning.EXPIRY) > _CLEARLY:
        return True
    return one.weight(Meaning.DECISION) > _CLEARLY if when.window else _is_published(one)


def _has_been(one: Told, when: When) -> bool:
    """Whether a time of today is told of as gone by: 'she called this morning'."""
    now = when.bound is Bound.AT and one.mention.quote.lower() in table("time/words")["beside"]["now"]
    return now and compiled(table("time/lines")["has_been"]).search(one.before) is not None


def _is_published(one: Told) -> bool:
    """Whether an hour is that of an announcement: 'results will be displayed on 22 March at 5 pm'."""
    return one.weight(Meaning.DECISION) > _CLEARLY and one.weight(Meaning.INTERVIEW) < _LEAST


def _denied(one: Told) -> bool:
    return compiled(table("time/lines")["last_day"]).search(one.before) is not None


def _begins(when: When) -> bool:
    """Whether it only says since when: 'from April'."""
    return when.bound is Bound.FROM and (when.first == when.last or when.whole is not Unit.DAY)


def _is_no_due(one: Told) -> bool:
    """Whether the words right beside a length say that nothing is counted: 'a week ago', 'on file for six months'."""
    sides = table("time/lines")["no_due"]
    before = not _says_within(one) and compiled(sides["before"]).search(one.before[-30:]) is not None
    return before or compiled(sides["after"]).search(one.after[:30]) is not None


