"""A mailbox made of known applications is matched back to exactly them, whoever wrote through whatever tool."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.tracking import track
from tests.tracking.build import Box, Kind, Part, Writer, person

EMPLOYERS = ["Northwind Foods", "Calder Water", "Tern Insurance", "Melrose & Vane LLP", "Eastmere University"]
ROLES = ["Buyer", "Data Analyst", "Curriculum Editor", "Senior Accountant", "Lab Technician"]
PEOPLE = ["Tessa Moran", "Hugo Lindt", "Ines Cole", "Raj Mehta", "Bo Chen", "Ana Ruiz", "Tom Oak", "Mia Falk"]
AGENT = "Priya Nair <priya@brightstaff.test>"


class World:
    """Writes the mail of one application after another and remembers which mail is whose."""

    def __init__(self) -> None:
        self.box = Box()
        self.truth: defaultdict[int, set[str]] = defaultdict(set)

    def apply(self, number: int, start: datetime, draw: st.DrawFn) -> None:
        employer, role = EMPLOYERS[draw(st.integers(0, 4))], ROLES[number]
        home = "".join(one for one in employer.casefold() if one.isalpha()) + ".test"
        by_agency = draw(st.booleans())
        whole = {"company": employer, "role": role} | ({"agency": "Brightstaff"} if by_agency else {})
        named = PEOPLE[number]
        recruiter = AGENT if by_agency else f"{named} <{named.split()[0].casefold()}@{home}>"
        guest = f"{PEOPLE[-1 - number]} <{PEOPLE[-1 - number].split()[1].casefold()}@{home}>"
        tool = f"{employer} <no-reply@us.greenhouse-mail.io>"

        def when(days: int) -> str:
            return (start + timedelta(days=days)).strftime("%Y-%m-%d %H:%M")

        if draw(st.booleans()) and not by_agency:
            self._mine(number, self.box.heard(when(0), tool, Kind.APPLICATION_RECEIVED, writer=Writer.ROBOT, **whole))
        asked = self.box.heard(
            when(2), recruiter, Kind.INTERVIEW_REQUEST, **whole, people=[person(recruiter, Part.RECRUITER)]
        )
        reply = self.box.wrote(when(3), Kind.OWN_REPLY, to=recruiter, answers=asked)
        talk = self.box.talk(when(9), 30, uid=f"uid-{number}")
        people = [person(guest), person(recruiter, Part.RECRUITER)]
        if draw(st.booleans()):
            fixed = self.box.heard(
                when(4), "Calendly <notifications@calendly.com>", Kind.INTERVIEW_CONFIRMED, writer=Writer.ROBOT,
                interviews=[talk], people=people, role=role,
            )  # fmt: skip
        else:
            fixed = self.box.heard(
                when(4), recruiter, Kind.INTERVIEW_CONFIRMED, answers=reply, interviews=[talk], people=people
            )
        thanks = self.box.wrote(when(10), Kind.OWN_THANK_YOU, to=guest, people=[person(guest)])
        said = whole if draw(st.booleans()) else {"company": employer}
        answer = self.box.heard(when(11), guest, Kind.RECRUITER_REPLY, answers=thanks, **said)
        news = self.box.heard(when(15), recruiter, Kind.STATUS_UPDATE, answers=reply)
        for one in (asked, reply, fixed, thanks, answer, news):
            self._mine(number, one)

    def _mine(self, number: int, reading: object) -> None:
        self.truth[number].add(reading.message_id)  # type: ignore[attr-defined]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    world = World()
    for number in range(draw(st.integers(1, 4))):
        day = datetime(2026, 1, 5, 8 + number, 10 * number) + timedelta(days=draw(st.integers(0, 20)))
        world.apply(number, day, draw)
    return world


@settings(max_examples=80, deadline=None)
@given(worlds())
def test_every_application_is_found_again(world: World) -> None:
    tracked = track(world.box.readings)
    found = sorted(sorted(one.message_id for one in each.readings) for each in tracked.applications)
    assert tracked.questions == ()
    assert found == sorted(sorted(mine) for mine in world.truth.values())
