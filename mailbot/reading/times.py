"""What the times in one message mean: talks fixed, times offered, times chosen, and days by which something is due.

Whose action a time belongs to decides: they will decide, the reader must answer, both meet. The words for each are in
`data/time/`. A calendar part wins over the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import cache

from mailbot.mail.message import Direction, Message
from mailbot.patterns import compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.dates import Bound, DateContext, Precision, When
from mailbot.reading.dates.zones import zone
from mailbot.reading.places import evidence as shown_in
from mailbot.reading.statements import Evidence, Format, Interview, InterviewStatus, Kind, Reader, Slot, Window
from mailbot.reading.tables import table
from mailbot.reading.timing.apart import combined, with_their_day
from mailbot.reading.timing.days import Setting
from mailbot.reading.timing.ends import ends_by, lasts, with_their_end
from mailbot.reading.timing.formats import best, read_format, weigh
from mailbot.reading.timing.held import Parts, held, parts_of
from mailbot.reading.timing.interviews import from_calendar, interview, read_talks
from mailbot.reading.timing.late import late_by
from mailbot.reading.timing.lines import new_lines, order_of, quoted_lines
from mailbot.reading.timing.own import affirmed, agreed_to, given_up, gives_up, missed
from mailbot.reading.timing.talks import Talk, Texts, is_clock, is_day
from mailbot.reading.timing.told import Meaning, Told, told
from mailbot.reading.timing.where import zone_of_talk
from mailbot.reading.timing.whose import read_dues
from mailbot.reading.words import Words

LONGEST_QUOTE = 300
_NOTHING = (Kind.UNRELATED, Kind.JOB_ALERT)
_MAY_ASK = frozenset({Kind.INTERVIEW_REQUEST, Kind.RECRUITER_OUTREACH})
_RIVALS = (Meaning.OTHER, Meaning.RESPOND, Meaning.DECISION)
_SAYS_ELSE = 0.35  # from which words make a named hour something else than a talk


@dataclass(frozen=True, slots=True)
class Times:
    """What the times of one message mean (the fields of the same names of `Statement`)."""

    interviews: tuple[Interview, ...] = ()
    proposed: tuple[Slot, ...] = ()
    chosen: tuple[Slot, ...] = ()
    late: int = 0
    decision_by: Window | None = None
    respond_by: date | None = None
    evidence: tuple[Evidence, ...] = ()


def read_times(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], kinds: Sequence[Kind], reader: Reader
) -> Times:
    """The meaning of each time in the message, by whose action it belongs to; `kinds` are the message's, weightiest
    first."""
    if not kinds or kinds[0] in _NOTHING:
        return Times()
    context, texts = _texts(message, words, reader)
    if message.direction is not Direction.IN:
        return _own(texts, words, kinds[0], context)
    local = zone_of_talk(words, calendars, texts, context)
    found, evidence = _interviews(message, words, calendars, kinds, texts, local)
    news, answer = read_dues(_setting(texts, kinds, context, found))
    for name, due in (("decision_by", news), ("respond_by", answer)):
        if due is not None:
            evidence += _evidence(name, due[1], message)
    return Times(
        interviews=found,
        proposed=_offered(texts.new, kinds, message.date, local) if not found else (),
        late=late_by(texts.new),
        decision_by=news[0] if news else None,
        respond_by=answer[0] if answer else None,
        evidence=tuple(evidence),
    )


def due_setting(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], kinds: Sequence[Kind], reader: Reader
) -> Setting:
    """From where what is due by a time of this message is seen."""
    context, texts = _texts(message, words, reader)
    local = zone_of_talk(words, calendars, texts, context)
    return _setting(texts, kinds, context, _interviews(message, words, calendars, kinds, texts, local)[0])


def _texts(message: Message, words: Words, reader: Reader) -> tuple[DateContext, Texts]:
    context = DateContext(message.date, reader.zone, reader.country, reader.region, order=order_of(message))

    @cache
    def quoted() -> tuple[Told, ...]:
        return told(quoted_lines(words), context)

    new = with_their_end(with_their_day(told(new_lines(words), context)))
    return context, Texts(new, told([(message.subject, 0)], context), quoted)


def _setting(texts: Texts, kinds: Sequence[Kind], context: DateContext, found: Sequence[Interview]) -> Setting:
    held = [one.start.date() for one in found if one.status is InterviewStatus.SCHEDULED]
    return Setting(texts.new, kinds, context, held[-1] if held else None)


def _interviews(
    message: Message,
    words: Words,
    calendars: Sequence[CalendarEvent],
    kinds: Sequence[Kind],
    texts: Texts,
    local: tzinfo,
) -> tuple[tuple[Interview, ...], list[Evidence]]:
    """The talks that the message fixes or calls off, by its calendar part, else by its words."""
    lines = [sentence.text for sentence in words.sentences]
    form = read_format(calendars, lines, message.subject)
    parts = cache(lambda: parts_of(words, calendars, message.subject))
    events = [one for event in calendars if (one := from_calendar(event, lambda: held(form, parts()))) is not None]
    ahead = [one for one in events if one.start > message.date - timedelta(hours=12)]
    fixed, off = read_talks(texts, kinds, lines, message.date, local)
    gone = all(one.status is InterviewStatus.CANCELLED for one in ahead)
    if ahead and not (gone and fixed):
        return tuple(ahead), [Evidence("interviews", _line(texts.new, texts.subject, message.subject))]
    status = InterviewStatus.SCHEDULED if fixed else InterviewStatus.CANCELLED
    listed = [
        (interview(talk, status, held(_format(form, words, talk), parts()), lasts(talk, texts)), talk)
        for talk in (replace(one, end=one.end or ends_by(one, texts.new)) for one in fixed or off)
    ]
    if fixed and off:
        listed = [(replace(one, replaces=off[0].start), talk) for one, talk in listed]
    return tuple(one for one, _ in listed), [
        shown for _, talk in listed for shown in _evidence("interviews", talk.told, message)
    ]


def format_setting(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], kinds: Sequence[Kind], reader: Reader
) -> tuple[Format | None, Parts]:
    """What the rules make of how this message's talk is held, and how strongly its parts speak."""
    context, texts = _texts(message, words, reader)
    local = zone_of_talk(words, calendars, texts, context)
    lines = [sentence.text for sentence in words.sentences]
    form = read_format(calendars, lines, message.subject)
    talks = [talk for some in read_talks(texts, kinds, lines, message.date, local) for talk in some]
    ruled = form if calendars or not talks else _format(form, words, talks[0])
    return ruled, parts_of(words, calendars, message.subject)


def _format(form: Format | None, words: Words, talk: Talk) -> Format | None:
    """The format of a talk: as the line says that fixes it, else `form`, which the mail states; else as the quoted
    text says."""
    quoted = (words.quoted or words.forwarded).splitlines()[:60]
    return best(weigh(talk.told.raw)) or form or read_format((), quoted, "")


def _line(new: Sequence[Told], subject: Sequence[Told], fallback: str) -> str:
    """Words for a time that the calendar part fixes: the line that says it, else the subject."""
    lines = [one.raw for one in (*new, *subject) if one.when is not None and one.when.precision is Precision.INSTANT]
    return (lines[0] if lines else fallback)[:LONGEST_QUOTE]


def _evidence(name: str, one: Told, message: Message) -> list[Evidence]:
    """The line that says it, cut around the time where it is too long. Quoted lines that run on were read as one: of
    those the line of the time, as it stands in the mail."""
    if one.raw not in message.text and one.raw not in message.subject:
        shown = shown_in(name, one.mention.quote, message, ())
        return [shown] if shown else []
    begin = max(0, len(one.raw) - LONGEST_QUOTE if one.mention.quote not in one.raw[:LONGEST_QUOTE] else 0)
    return [Evidence(name, one.raw[begin : begin + LONGEST_QUOTE])]


def _own(texts: Texts, words: Words, kind: Kind, context: DateContext) -> Times:
    """What the reader's own mail offers and picks; the one time that they asked about is fixed by it."""
    local = zone(context.zone)
    times = _joined(texts.new, context, local) if kind is Kind.OWN_REPLY else texts.new
    now, lines = context.reference, [sentence.text for sentence in words.sentences]
    form = read_format((), lines, "")
    leaves = kind is Kind.OWN_REPLY and any(gives_up(line) for line in lines)
    off = missed(texts, lines, now, local) if kind is Kind.OWN_REPLY and not leaves else []
    off = given_up(texts, now, local) if leaves or kind is Kind.OWN_WITHDRAWAL else off
    agrees = kind is Kind.OWN_REPLY and not leaves and not off
    agreed = agreed_to(texts, lines, now, local) or affirmed(times, texts.subject, now, local) if agrees else None
    status = InterviewStatus.CANCELLED if off else InterviewStatus.SCHEDULED
    kept = [one for one in (agreed, *off) if one]
    parts = parts_of(words, (), "")
    fixed = [interview(one, status, held(_format(form, words, one), parts), lasts(one, texts)) for one in kept]
    named = _named(times) if kind is Kind.OWN_REPLY else []
    picked = [one for one in times if one.weight(Meaning.CHOSEN) > one.weight(Meaning.OFFERED)]
    picked += [one for one in named if not _is_asked(one)]
    offered = [one for one in times if one not in picked]
    return Times(
        interviews=tuple(fixed),
        late=late_by(times),
        chosen=_slots(picked, context.reference, local, (Meaning.CHOSEN,), named),
        proposed=_slots(offered, context.reference, local, (Meaning.OFFERED,), named),
    )


def _joined(times: Sequence[Told], context: DateContext, local: tzinfo) -> Sequence[Told]:
    """The times; where a day and an hour stand apart and nothing else does ('The 23rd is good. Say 10 o'clock?'), the
    hour is that day's."""
    days, clocks = [one for one in times if is_day(one)], [one for one in times if is_clock(one)]
    talks = combined(days, clocks, context.reference, local) if len(days) == len(clocks) == 1 else []
    if len(talks) != 1 or any(one.when and one.when.precision is Precision.INSTANT for one in times):
        return times
    (clock,), start = clocks, talks[0].start
    mention = replace(clock.mention, value=replace(clock.when or When(), first=start.date(), last=start.date()))
    return [replace(clock, mention=mention)]


def _named(times: Sequence[Told]) -> list[Told]:
    """The hours of a day that a mail about a talk names without a word on what they are: 'Thursday at 10, please'."""
    return [one for one in _exact(times) if one.weight(Meaning.OTHER, Meaning.RESPOND, Meaning.OFF) < _SAYS_ELSE]


def _exact(times: Sequence[Told]) -> list[Told]:
    """The hours of a day."""
    return [one for one in times if one.when is not None and one.when.precision is Precision.INSTANT]


def _is_asked(one: Told) -> bool:
    """Whether the time's own sentence is a question."""
    return compiled(table("time/lines")["question"]).search(one.after) is not None


def _offered(times: Sequence[Told], kinds: Sequence[Kind], now: datetime, local: tzinfo) -> tuple[Slot, ...]:
    """The times that the other side offers: in a mail that asks for a talk, or in a question, without another word.
    Where one that may ask for a talk seems to offer none, the hour that it asks about is offered."""
    named = [one for one in _named(times) if kinds[0] is Kind.INTERVIEW_REQUEST or _is_asked(one)]
    found = _slots(times, now, local, (Meaning.OFFERED, Meaning.INTERVIEW), named)
    if found or _MAY_ASK.isdisjoint(kinds):
        return found
    asked = [one for one in _exact(times) if _is_asked(one)]
    return _slots(asked, now, local, (), asked)


def _slots(
    times: Sequence[Told], now: datetime, local: tzinfo, meanings: tuple[Meaning, ...], named: Sequence[Told]
) -> tuple[Slot, ...]:
    """The times still to come of those meanings, and those that are `named`, as slots."""
    found: dict[datetime, Slot] = {}
    for one in times:
        when = one.when
        start = when.moment(local) if when is not None else None
        if when is None or start is None or start < now or when.bound in (Bound.BY, Bound.BEFORE):
            continue
        if one in named or one.weight(*meanings) >= max(one.weight(*_RIVALS), 0.01):
            found.setdefault(start, Slot(start, when.finish(local), when.window))
    return tuple(found.values())
