"""A small mailbox in words, and what is planned from it at a moment.

desk = Desk()
desk.interview("2026-03-10 14:00", 60, people=[PRIYA])
desk.verdict("2026-03-10 15:00", THANK_YOU, PRIYA)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mailbot.etiquette import load, plan
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Plan, Verdict
from mailbot.etiquette.wishes import Wish
from mailbot.reading.statements import Facet, Kind, Part, Person, Reader, Reading
from mailbot.tracking import track
from mailbot.tracking.words import PersonsWord
from tests.tracking.build import Box, address, person

DANA = "Dana Reed <dana.reed@acme.test>"  # recruits for Acme
PRIYA = "Priya Shah <priya.shah@acme.test>"
OMAR = "Omar Bell <omar.bell@acme.test>"
KIM = "Kim Oakes <kim.oakes@staffline.test>"  # recruits for an agency
ROBOT = "Acme Careers <no-reply@acme.test>"

THANK_YOU = FollowUpKind.THANK_YOU
FORMAL_LETTER = FollowUpKind.FORMAL_LETTER
CHECK_IN = FollowUpKind.CHECK_IN
SECOND_CHECK_IN = FollowUpKind.SECOND_CHECK_IN
INVITATION_REPLY = FollowUpKind.INVITATION_REPLY
OFFER_REPLY = FollowUpKind.OFFER_REPLY
REJECTION_THANKS = FollowUpKind.REJECTION_THANKS
STAY_IN_TOUCH = FollowUpKind.STAY_IN_TOUCH
OFFER_ELSEWHERE = FollowUpKind.OFFER_ELSEWHERE
INTERVIEW_NOTES = FollowUpKind.INTERVIEW_NOTES


@dataclass
class Desk(Box):
    """A Box whose mail is about an analyst's job at Acme unless said, and that plans by a preset, and as the person
    told and wished."""

    preset: str = "coach"
    overrides: Mapping[str, object] = field(default_factory=dict)
    country: str = ""
    company: str = "Acme"
    role: str = "Analyst"
    words: list[PersonsWord] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)

    def heard(self, when: str, sender: str, kind: Kind, **what: object) -> Reading:
        return super().heard(when, sender, kind, **{"company": self.company, "role": self.role} | what)

    def wrote(self, when: str, kind: Kind, *, to: str, **what: object) -> Reading:
        return super().wrote(when, kind, to=to, **{"company": self.company, "role": self.role} | what)

    def applied(self, when: str = "2026-03-01 09:00", to: str = DANA) -> Reading:
        return self.wrote(when, Kind.OWN_APPLICATION, to=to)

    def interview(
        self,
        start: str,
        minutes: int | None = 60,
        *,
        fixed: str = "2026-03-03 09:00",
        by: str = DANA,
        part: Part = Part.RECRUITER,
        people: Sequence[str | Person] = (PRIYA,),
        **what: object,
    ) -> Reading:
        """One interview, fixed by one mail."""
        several = [one if isinstance(one, Person) else person(one) for one in people]
        talk = what.pop("talk", None) or self.talk(start, minutes)
        people_too = [person(by, part), *several] if by != ROBOT else several
        return self.heard(fixed, by, Kind.INTERVIEW_CONFIRMED, interviews=[talk], people=people_too, **what)

    def promised(self, when: str, latest: str, by: str = DANA, **what: object) -> Reading:
        return self.heard(when, by, Kind.STATUS_UPDATE, decision_by=self.window(latest), **what)

    def asked_news(self, when: str, to: str = DANA, **what: object) -> Reading:
        return self.wrote(when, Kind.OWN_CHECK_IN, to=to, **what)

    @property
    def reader(self) -> Reader:
        return Reader(frozenset({address(self.me).email}), self.zone, name="Sam Porter", country=self.country)

    def plan(self, at: str) -> Plan:
        """What is planned at that moment from the mail that has come by then."""
        now = self.at(at)
        tracked = track([one for one in self.readings if one.arrived <= now], words=self.words)
        rules = load(self.preset, self.overrides)
        return plan(tracked.applications, now, rules, self.reader, self.wishes)

    def all(self, at: str, kind: FollowUpKind, to: str = "") -> list[FollowUp]:
        """Those of that kind, to that person."""
        email = address(to).email if to else ""
        return [one for one in self.plan(at).follow_ups if one.kind is kind and email in ("", one.identity.recipient)]

    def one(self, at: str, kind: FollowUpKind, to: str = "") -> FollowUp:
        """The only one that is open, else the one that was settled last."""
        found = self.all(at, kind, to)
        live = [one for one in found if one.settled_at is None]
        assert len(live) <= 1, [(one.identity, one.due.isoformat(), one.verdict) for one in live]
        return live[0] if live else max(found, key=lambda one: one.settled_at or one.due)

    def verdict(self, at: str, kind: FollowUpKind, to: str = "") -> Verdict | None:
        """Its verdict; None where there is no such follow-up."""
        return self.one(at, kind, to).verdict if self.all(at, kind, to) else None

    def due(self, at: str, kind: FollowUpKind, to: str = "") -> str:
        """When it is due, in the person's zone."""
        return f"{self.one(at, kind, to).due:%Y-%m-%d %H:%M}"

    def placed(self, at: str) -> set[tuple[str, str]]:
        """Kind and receiver of all that is due."""
        due = [one for one in self.plan(at).follow_ups if one.verdict is Verdict.DUE]
        return {(one.kind.value, one.identity.recipient) for one in due}


__all__ = ["Facet", "Kind", "Part", "Verdict", "person"]
