"""Readings made by hand: a small mailbox in words, for the tests of tracking and etiquette.

box = Box()
asked = box.heard("2026-03-02 10:00", DANA, Kind.INTERVIEW_REQUEST, company="Acme", facets=[Facet.ASKS])
box.wrote("2026-03-02 15:00", Kind.OWN_REPLY, to=DANA, answers=asked)
box.heard("2026-03-03 09:00", DANA, Kind.INTERVIEW_CONFIRMED, interviews=[box.talk("2026-03-10 14:00")])
tracked = track(box.readings)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from mailbot.mail.message import Address, Direction
from mailbot.reading.statements import (
    Authentication,
    Evidence,
    Facet,
    Format,
    Interview,
    InterviewStatus,
    Kind,
    Part,
    Person,
    Reading,
    Slot,
    Statement,
    Tone,
    Window,
    Writer,
)

ME = "Sam Porter <sam.porter@home.test>"


def address(text: str) -> Address:
    """'Dana Reed <dana@acme.test>' as an Address."""
    name, email = parseaddr(text)
    return Address(name, email.casefold())


def person(text: str, part: Part = Part.INTERVIEWER, *, declined: bool = False, position: str = "") -> Person:
    """'Dana Reed <dana@acme.test>', 'Dana Reed' or 'Dana'."""
    name, email = parseaddr(text) if "<" in text else (text, "")
    return Person(name, email.casefold() or None, part, position=position, declined=declined)


@dataclass
class Box:
    """Gathers Readings. Times are written as '2026-03-02 10:00' in `zone`; days as '2026-03-02'. A message that
    `answers` another stands in its thread. What a message says goes into its one Statement by the Statement's field
    names, or as whole `statements`."""

    zone: str = "America/New_York"
    me: str = ME
    account: str = "personal"
    readings: list[Reading] = field(default_factory=list)

    def at(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.zone))

    def talk(
        self,
        start: str,
        minutes: int | None = None,
        *,
        form: Format | None = None,
        cancelled: bool = False,
        uid: str | None = None,
        sequence: int = 0,
        replaces: str | None = None,
    ) -> Interview:
        begin = self.at(start)
        return Interview(
            start=begin,
            end=None if minutes is None else begin + timedelta(minutes=minutes),
            format=form,
            status=InterviewStatus.CANCELLED if cancelled else InterviewStatus.SCHEDULED,
            uid=uid,
            sequence=sequence,
            zone=self.zone,
            replaces=None if replaces is None else self.at(replaces),
        )

    def slot(self, start: str, minutes: int | None = None) -> Slot:
        begin = self.at(start)
        return Slot(begin, None if minutes is None else begin + timedelta(minutes=minutes))

    def window(self, latest: str, earliest: str | None = None) -> Window:
        return Window(date.fromisoformat(earliest) if earliest else None, date.fromisoformat(latest))

    def heard(self, when: str, sender: str, kind: Kind, **what: object) -> Reading:
        """A mail of theirs. `writer` is a person unless said."""
        return self._add(when, Direction.IN, sender, self.me, kind, what)

    def wrote(self, when: str, kind: Kind, *, to: str, **what: object) -> Reading:
        """A mail of the person's."""
        return self._add(when, Direction.OUT, self.me, to, kind, what)

    def _add(self, when: str, way: Direction, sender: str, to: str, kind: Kind, what: dict[str, object]) -> Reading:
        moment = self.at(when)
        before = what.pop("answers", None)
        assert before is None or isinstance(before, Reading)
        parent = before.message_id if before else None
        envelope = {
            "message_id": f"<{len(self.readings) + 1:03}@mail.test>",
            "reader_version": 1,
            "zone": self.zone,
            "direction": way,
            "account": self.account,
            "thread": None,
            "in_reply_to": parent,
            "references": (*before.references, parent) if before else (),
            "date": moment,
            "arrived": moment,
            "sender": address(sender),
            "reply_to": (),
            "to": tuple(address(one) for one in to.split(", ")),
            "cc": (),
            "subject": "",
            "writer": Writer.PERSON,
            "authentication": Authentication.PASS,
            "language": "en",
            "words": 60,
            "tone": Tone.NEUTRAL,
            "calls_reader": "Sam",
            "signed": address(sender).name.partition(" ")[0],
        }
        for name in (*envelope, "calendar", "absent_until", "bounced"):
            if name in what:
                envelope[name] = what.pop(name)
        if "copied" in what:
            envelope["cc"] = tuple(address(one) for one in _list(what.pop("copied")))
        statements = what.pop("statements", None) or (self.says(kind, **what),)
        reading = Reading(statements=statements, **envelope)  # type: ignore[arg-type]
        self.readings.append(reading)
        return reading

    def says(self, kind: Kind, quote: str = "", **what: object) -> Statement:
        """One Statement; its confidence is 1 unless said."""
        for name in ("people", "interviews", "proposed", "chosen", "links"):
            what[name] = tuple(_list(what.get(name, ())))
        what["facets"] = frozenset(_list(what.get("facets", ())))
        what["evidence"] = (Evidence("kind", quote),) if quote else ()
        what.setdefault("confidence", 1.0)
        return Statement(kind=kind, **what)  # type: ignore[arg-type]


def _list(values: object) -> list[object]:
    assert isinstance(values, Iterable)
    return list(values)


__all__ = ["ME", "Box", "Facet", "Format", "Kind", "Part", "Window", "Writer", "address", "person"]
