"""An application's timeline as a picture: lanes of mails, interviews, promised days and letters around today. Pure:
what is drawn where, in per cent of the width, so that it fits a phone and a desk alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.etiquette.follow_up import FollowUp, Verdict
from mailbot.mail.message import Direction
from mailbot.outcome import Outlook
from mailbot.standing.steps import letter_in_words
from mailbot.standing.wording import short_day, words_of
from mailbot.tracking.application import Application, MeetingStatus

MARGIN = 0.04  # of the width, on either side
SHORTEST = timedelta(days=10)  # that the whole width stands for
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
# The steps of the scale: the first that needs no more than TICKS.
STEPS = (DAY, 2 * DAY, WEEK, 2 * WEEK, 4 * WEEK, 8 * WEEK, 13 * WEEK, 26 * WEEK, 52 * WEEK)
TICKS = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment, or from `x` a span of `width`. `look` is how it is drawn: done, coming, off or waits."""

    at: datetime
    text: str
    look: str = "done"
    until: datetime | None = None
    x: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Lane:
    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Picture:
    """`summary` says the same in a sentence, for whoever does not see it."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: float
    summary: str


def picture(application: Application, drafts: Sequence[DraftRecord], outlook: Outlook) -> Picture:
    """`drafts` are those of this application."""
    lanes = {title: tuple(marks) for title, marks in _lanes(application, drafts, outlook).items()}
    moments = [at for marks in lanes.values() for one in marks for at in (one.at, one.until or one.at)]
    scale = _Scale([*moments, outlook.now], outlook.now.tzinfo)
    drawn = tuple(Lane(title, tuple(scale.placed(one) for one in marks)) for title, marks in lanes.items() if marks)
    counts = ", ".join(f"{one.title.lower()}: {len(one.marks)}" for one in drawn)
    return Picture(drawn, scale.ticks(), scale.x(outlook.now), f"{counts}. Today is {outlook.now:%d %B}.")


def _lanes(
    application: Application, drafts: Sequence[DraftRecord], outlook: Outlook
) -> dict[str, Iterable[Mark]]:
    follow_ups = [one for one in outlook.plan.follow_ups if one.application == application.id]
    return {
        "They wrote": _mails(application, Direction.IN, outlook.now),
        "You wrote": _mails(application, Direction.OUT, outlook.now),
        "Interviews": _interviews(application, outlook.now),
        "Promised by them": _promises(application, outlook.now),
        "Expected of you": _asks(application, outlook.now),
        "Letters": (*_letters(drafts, outlook.now), *_planned(follow_ups, outlook.now)),
    }


def _mails(application: Application, direction: Direction, now: datetime) -> Iterator[Mark]:
    for one in application.readings:
        if one.direction is direction:
            yield Mark(one.date, f"{short_day(one.date, now)}: {one.subject or words_of(one.kind)}")


def _interviews(application: Application, now: datetime) -> Iterator[Mark]:
    for one in application.meetings:
        off = one.status is not MeetingStatus.FIXED
        look = "off" if off else "coming" if one.over_at > now else "done"
        form = f" ({words_of(one.format)})" if one.format else ""
        said = f", {words_of(one.status)}" if off else ""
        yield Mark(one.start, f"{short_day(one.start, now)}: interview{form}{said}", look)


def _promises(application: Application, now: datetime) -> Iterator[Mark]:
    """From the word to the end of the last day that it names."""
    for one in application.promises:
        if one.window is not None:
            end = _end(one.window.latest, now.tzinfo)
            last = f"{one.window.latest:%A} {one.window.latest.day} {one.window.latest:%B}"
            look = "coming" if end > now else "done"
            yield Mark(one.made, f"News promised by {last}", look, max(end, one.made))


def _asks(application: Application, now: datetime) -> Iterator[Mark]:
    for one in application.asks:
        done = one.answered_by is not None or one.settled_at is not None
        if one.respond_by is not None:
            end = _end(one.respond_by, now.tzinfo)
            day = f"{one.respond_by:%A} {one.respond_by.day} {one.respond_by:%B}"
            look = "done" if done else "waits"
            yield Mark(one.at, f"{words_of(one.what).capitalize()}, by {day}{', answered' if done else ''}", look,
                       max(end, one.at))  # fmt: skip


def _letters(drafts: Iterable[DraftRecord], now: datetime) -> Iterator[Mark]:
    looks = {DraftStatus.SENT: "done", DraftStatus.PLACED: "waits", DraftStatus.EDITED: "waits"}
    for one in drafts:
        if one.placed_at is not None:
            text = f"{short_day(one.placed_at, now)}: {one.identity.kind.words} to {one.identity.recipient}"
            yield Mark(one.placed_at, f"{text}, {words_of(one.status)}", looks.get(one.status, "off"))


def _planned(follow_ups: Iterable[FollowUp], now: datetime) -> Iterator[Mark]:
    for one in follow_ups:
        if one.verdict is Verdict.COMING:
            yield Mark(one.due, f"{short_day(one.due, now)}: {letter_in_words(one)} is due", "coming")


def _end(day: date, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(), zone) + DAY


class _Scale:
    """Moments -> per cent of the width."""

    def __init__(self, moments: Sequence[datetime], zone: tzinfo | None) -> None:
        self._zone = zone
        self.first, last = min(moments), max(moments)
        self.length = max(last - self.first, SHORTEST)

    def x(self, at: datetime) -> float:
        share = (at - self.first) / self.length
        return round(100 * (MARGIN + share * (1 - 2 * MARGIN)), 2)

    def placed(self, mark: Mark) -> Mark:
        x = self.x(mark.at)
        width = self.x(mark.until) - x if mark.until else 0.0
        return Mark(mark.at, mark.text, mark.look, mark.until, x, round(width, 2))

    def ticks(self) -> tuple[Tick, ...]:
        step = next((one for one in STEPS if self.length / one <= TICKS), STEPS[-1])
        start = self.first.astimezone(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
        start += timedelta(days=(7 - start.weekday()) % 7) if step >= WEEK else DAY  # weeks begin on Mondays
        days = (start + number * step for number in range(TICKS + 1))
        return tuple(Tick(f"{one.day} {one:%b}", self.x(one)) for one in days if one <= self.first + self.length)
