"""More than nine hundred situations: every kind of letter with every sort of name, role, firm, day and note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.demo.situations import Situation, Who
from mailbot.drafting.data import template_sources
from mailbot.drafting.letter import Me
from mailbot.drafting.templating import Templates
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.reading.statements import Facet, Format, Kind, Part, Tone

SIZE = 969
LETTERS = (
    "thank_you", "thank_you", "thank_you_brief", "thank_you_arranger", "thank_you_debrief", "formal_letter", "check_in",
    "check_in_long", "second_check_in", "invitation_reply", "offer_reply", "rejection_thanks", "stay_in_touch",
    "offer_elsewhere", "withdrawal", "decline", "no_show", "apology", "confirmation",
)  # fmt: skip
NAMES = (
    ("Priya Raman", "", "Priya"), ("Nkechi Obi", "Dr", "Dr N. Obi"), ("Li Na", "Ms", ""), ("Robert", "", "Robert"),
    ("María del Río Paz", "", ""), ("Anne-Marie O'Brien", "Mrs.", "Anne-Marie"), ("J. P. Okonkwo", "Mr", "J. P."),
    ("TOMASZ WILK", "", "Tomasz"), ("Vogt, Anneliese", "Prof. Dr.", ""), ("", "", ""), ("Sukarno", "Mr", ""),
)  # fmt: skip
COMPANIES = ("Acme", "Acme Inc.", "Tarn & Sons", "Ideas", "Yahoo!", "The Grove", "Kessler GmbH & Co. KG", None)
ROLES = ("Account Executive", "HR Manager", "Laborleiter (m/w/d)", "Head of Sales", "Trainee position", "Editor.", None)
TOPICS = (
    (), ("the move to the new ledger",), ("how repairs are planned", "the tenants' panel"),
    ("moving off spreadsheets",), ("We discussed the winter rota.",), ("their new plant",),
    ("I looked into the plan that you described and liked it",),
)  # fmt: skip
ANNOUNCED = ((), ("your move to a new depot", "forecasting"), ("how you plan the rota",))
TEAMS = (None, "customer", "Data Platform", "Research & Development")
STRENGTHS = ((), ("SQL",), ("nine years in claims", "calm under pressure"), ("four product launches",))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))
PROMISES = (None, (date(2026, 3, 20),), (date(2026, 3, 19), date(2026, 3, 20)), APRIL, ())
SENDERS = ("Sam Porter", "Lena Hofer", "Teresa Molina", "Owen Hale", "Ruth Ekwueme")
ZONES = ("America/New_York", "Europe/London", "Europe/Berlin", "Asia/Kolkata")
FORMS = (None, Format.PHONE, Format.VIDEO, Format.ONSITE)
OTHERS = (Who(name="Omar Bell", email="omar@acme.test"), Who(name="Chloe Pym"))
FACETS: tuple[tuple[Facet, ...], ...] = (
    (), (Facet.BOOKING_LINK,), (Facet.ADVANCES,), (Facet.IN_WRITING,), (Facet.REFUSES_FEEDBACK,), (Facet.FUTURE_ROLES,),
)  # fmt: skip
SLOTS = (datetime(2026, 3, 16, 10), datetime(2026, 3, 17, 14, 30), datetime(2026, 3, 18, 21))


class Watched(Templates):
    """Notes which templates were used, and with which values, in order."""

    def __init__(self) -> None:
        super().__init__(template_sources())
        self.used: set[str] = set()
        self.given: list[Mapping[str, object]] = []

    def render(self, name: str, values: Mapping[str, object]) -> str:
        self.used.add(f"{name}.txt")
        self.given.append(values)
        return super().render(name, values)


def situations() -> Iterator[Situation]:
    """All of them, always the same. The lengths of the lists have few factors in common, so that all meet all."""
    for number in range(SIZE):
        yield _situation(number)


def _situation(at: int) -> Situation:
    letter = LETTERS[at % len(LETTERS)]
    turn = at // len(LETTERS)
    name, title, signs = NAMES[at % len(NAMES)]
    agency = letter == "thank_you_debrief" or at % 13 == 0
    arranges = letter in ("thank_you_arranger", "thank_you_debrief")
    part = Part.RECRUITER if arranges else Part.INTERVIEWER
    position = ("", "Head of Data", "Team Lead, Property")[turn % 3]
    to = Who(
        name=name, email=f"to{at}@acme.test", part=part, position=position, title=title, signs=signs, agency=agency
    )
    several = OTHERS[: turn % 3]
    met = several if arranges else ((*several, to) if turn % 2 else (to, *several))
    zone = ZONES[(turn + at) % 4]
    offered = tuple(one.replace(tzinfo=ZoneInfo(zone)) for one in SLOTS[: turn % 4])
    kind = next(one for one in sorted(FollowUpKind, key=len, reverse=True) if letter.startswith(one))
    return Situation(
        kind=kind, to=to, preset="one-follow-up" if letter.endswith(("_brief", "_long")) else "coach",
        company=COMPANIES[turn % len(COMPANIES)], role=ROLES[(turn + at) % len(ROLES)], tone=tuple(Tone)[turn % 3],
        zone=zone, me=_me(at, turn), met=met, also_thank=OTHERS[1:] if several[1:] else (),
        held=not (letter in ("invitation_reply", "check_in", "stay_in_touch") and turn % 4 == 0),
        form=FORMS[turn % 4], round=1 + turn % 2, met_before=turn % 2 == 1, topics=TOPICS[turn % len(TOPICS)],
        announced=ANNOUNCED[(turn + at) % len(ANNOUNCED)], team=TEAMS[(turn // 2) % len(TEAMS)],
        promised=PROMISES[turn % len(PROMISES)], keeper=(None, to, OTHERS[0])[turn % 3],
        handed_in=date(2026, 3, 5) if turn % 4 == 0 else None, arranger=arranges, debrief=letter == "thank_you_debrief",
        thanks_lying=turn % 5 == 0, facets=FACETS[turn % len(FACETS)], offered=offered,
        kind_answered=_answered(letter, turn), respond_by=date(2026, 3, 25) if turn % 2 else None,
        asked=date(2026, 3, 10) if letter == "second_check_in" and turn % 3 else None,
    )  # fmt: skip


def _answered(letter: str, turn: int) -> Kind | None:
    if letter == "invitation_reply" and turn % 3 == 0:
        return Kind.INTERVIEW_RESCHEDULED
    return Kind.POSITION_CLOSED if letter == "rejection_thanks" and turn % 3 == 0 else None


def _me(at: int, turn: int) -> Me:
    name = SENDERS[turn % len(SENDERS)]
    email = f"{name.partition(' ')[0].lower()}@home.test"
    me = Me(name, (email,), "America/New_York", phone="+1 212 555 0100", strengths=STRENGTHS[turn % len(STRENGTHS)])
    return replace(me, manner=("", "us", "uk", "de", "in")[at % 5], references=bool(turn % 2))
