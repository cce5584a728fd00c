"""When an application has fallen silent, by the rules for `dormant`."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailbot.mail.message import Direction
from mailbot.reading.statements import Kind, Reading
from mailbot.tracking.application import Application, Event, EventKind, Patience, Stage
from mailbot.tracking.promises import asks_news
from mailbot.tracking.voices import NO_WORD, by_human

NEVER_FURTHER = frozenset({Stage.APPLIED, Stage.IN_CONTACT})
UNDECIDED = frozenset({Stage.INTERVIEWING, Stage.WAITING, Stage.ASSESSMENT})
# What begins a new round: the questions for news before it were about another one.
ROUNDS = frozenset({EventKind.INTERVIEW_HELD, EventKind.ASSESSMENT_HANDED_IN})
# A robot that only keeps a file is no answer to a question for news.
FILING = frozenset({Kind.APPLICATION_RECEIVED, Kind.STATUS_UPDATE})


class Silence:
    """Told messages and events in the order of time, it says when patience ends if nothing more comes."""

    def __init__(self, application: Application, patience: Patience) -> None:
        self._patience = patience
        self._zone = ZoneInfo(application.readings[0].zone) if application.readings else None
        self._windows = {one.by: one.window for one in application.promises if one.window}
        self._last: datetime | None = None
        # What comes after a day that they named in answer to a question is the second one.
        self._promised = {by for one in application.promises if one.window for by in one.occasion}
        self._asked: list[datetime] = []
        self._unanswered = False
        self._awaited = False  # an interview was held or a promise made

    def hear(self, what: Reading | Event) -> None:
        if isinstance(what, Event):
            self._note(what)
        elif what.writer not in NO_WORD:
            self._listen(what)

    def deadline(self, stage: Stage) -> datetime | None:
        """The moment from which an application at `stage` is dormant; None where silence does not end it."""
        if self._last is None or stage not in NEVER_FURTHER | UNDECIDED:
            return None
        patient = stage in NEVER_FURTHER or self._awaited
        ends = [self._last + timedelta(days=self._patience.silence)] if patient else []
        if self._unanswered and len({one.date() for one in self._asked}) >= self._patience.check_ins:
            ends.append(self._asked[-1] + timedelta(days=self._patience.after_last))
        return min(ends, default=None)

    def _listen(self, reading: Reading) -> None:
        self._last = max(self._last or reading.date, reading.date)
        if asks_news(reading):
            self._asked.append(reading.date)
            self._unanswered = True
        elif reading.direction is Direction.IN and (by_human(reading) or reading.kind not in FILING):
            self._unanswered = False
            if reading.message_id not in self._promised:
                self._asked.clear()

    def _note(self, event: Event) -> None:
        if event.kind in ROUNDS:
            self._asked.clear()
        if event.kind is EventKind.INTERVIEW_HELD:
            self._awaited = True
            self._last = max(self._last or event.at, event.at)
        elif event.kind is EventKind.PROMISED:
            self._awaited = True
            window = self._windows.get(event.message_id or "")
            if window and self._last:
                self._last = max(self._last, datetime.combine(window.latest, time(), self._zone))
