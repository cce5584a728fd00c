"""The talks that the reader's own mail fixes or calls off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from mailbot.patterns import compiled
from mailbot.reading.dates import Precision
from mailbot.reading.tables import table
from mailbot.reading.timing.picks import pick
from mailbot.reading.timing.talks import Talk, Texts, as_talk, instants, is_meeting, is_quotable, visits
from mailbot.reading.timing.told import Meaning, Told

_FIRST = 3  # lines in which one says yes
_DENIED = 1.8  # how strongly words speak that say 'not on Monday'
_OFF = 0.6  # and in a mail that says that one cannot come


def agreed_to(texts: Texts, lines: Sequence[str], now: datetime, zone: tzinfo) -> Talk | None:
    """The quoted time that an own mail accepts: the only one there, and the mail names it too, or says yes and names
    no other; or the one of several that it says yes to."""
    asked = {talk.start: talk for talk in instants(texts.quoted(), now, zone)}
    own = instants(texts.new, now, zone)
    if not asked or any(one.weight(Meaning.OFF) >= _DENIED for one in texts.new):
        return None
    if len(asked) > 1:
        return _picked(own, asked) if own else pick(lines[:_FIRST], list(asked.values())) or _named(texts.new, asked)
    talk = next(iter(asked.values()))
    if own:
        named = [one.start for one in own if "?" not in one.told.raw and one.told.weight(Meaning.OFF) < _OFF]
        return talk if named == list(asked) else None
    says, doubts = (compiled(table("time/lines")[name]) for name in ("agrees", "doubts"))
    agrees = any(says.search(line) and not doubts.search(line) for line in lines[:_FIRST])
    return talk if agrees and all(_fits(one, talk) for one in texts.new) else None


def _picked(own: Sequence[Talk], asked: Mapping[datetime, Talk]) -> Talk | None:
    """The one of several times that are offered to which the mail says yes, where it names no other."""
    says, doubts = (compiled(table("time/lines")[name]) for name in ("agrees", "doubts"))
    starts = {one.start for one in own}
    yes = [one for one in own if says.search(one.told.raw) and not doubts.search(one.told.raw)]
    return asked.get(yes[0].start) if len(starts) == 1 and yes else None


def _named(times: Sequence[Told], asked: Mapping[datetime, Talk]) -> Talk | None:
    """The one of several times whose day or hour the mail names, and no other's: 'Thursday, please'."""
    doubts = compiled(table("time/lines")["doubts"])
    parts = [one for one in times if one.when is not None and one.when.precision in (Precision.DAY, Precision.CLOCK)]
    if len(parts) != 1 or doubts.search(parts[0].raw) is not None or parts[0].weight(Meaning.OFF) > _OFF:
        return None
    fitting = [talk for talk in asked.values() if _fits(parts[0], talk)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(one: Told, talk: Talk) -> bool:
    """Whether a day or an hour alone is that of a talk."""
    when = one.when
    if when is None or when.precision not in (Precision.DAY, Precision.CLOCK):
        return True
    hour = when.start is None or when.window or when.start == talk.start.time()
    return hour and (when.first is None or when.first != when.last or when.first == talk.start.date())


def affirmed(times: Sequence[Told], subject: Sequence[Told], now: datetime, zone: tzinfo) -> Talk | None:
    """The one time that an own mail says outright will be kept: 'see you Tuesday at 2', 'I confirm Friday at 10'; or
    its subject, as calendars write it: 'Accepted: Interview @ Tue 14 Apr 1pm'."""
    says, doubts = (compiled(table("time/lines")[name]) for name in ("affirms", "doubts"))
    talks = instants(times, now, zone) or instants(subject, now, zone)
    if len({one.start for one in talks}) != 1 or talks[0].told.weight(Meaning.OFF) >= _DENIED:
        return None
    raw = talks[0].told.raw
    return talks[0] if says.search(raw) is not None and doubts.search(raw) is None else None


def gives_up(line: str) -> bool:
    """Whether a line of an own mail leaves the application, and with it the talk."""
    return compiled(table("time/lines")["leaves"]).search(line) is not None


def missed(texts: Texts, lines: Sequence[str], now: datetime, zone: tzinfo) -> list[Talk]:
    """The quoted talk to which an own mail says that one cannot come. What was only asked or offered was not fixed."""
    cannot = compiled(table("time/lines")["cannot"])
    denied = [one for one in texts.new if one.weight(Meaning.OFF) > _OFF and cannot.search(one.raw) is not None]
    if not denied or not any(cannot.search(line) for line in lines):
        return []
    quoted = [one for one in texts.quoted() if is_quotable(one)]
    if any("?" in one.raw or one.weight(Meaning.OFFERED) > _OFF for one in quoted):
        return []
    days = {when.first for one in denied if (when := one.when)}
    fixed = (talk for one in quoted if (talk := as_talk(one, one.when, now, zone)) and talk.start.date() in days)
    return list(fixed)[:1]


def given_up(texts: Texts, now: datetime, zone: tzinfo) -> list[Talk]:
    """The talks that an own withdrawal calls off: those it names, else the quoted one of a day that it names."""
    whole = [one for one in texts.new if is_quotable(one) and is_meeting(one)]
    found = [talk for one in whole if (talk := as_talk(one, one.when, now, zone)) is not None]
    if found:
        return visits(found)
    days = {when.first for one in texts.new if (when := one.when) and when.precision is Precision.DAY}
    quoted = (talk for one in texts.quoted() if is_quotable(one) and (talk := as_talk(one, one.when, now, zone)))
    return visits([talk for talk in quoted if talk.start.date() in days])[:1]
