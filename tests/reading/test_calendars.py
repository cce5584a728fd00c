"""What calendar parts and marked-up HTML say about a talk."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.mail.mime import parse
from mailbot.reading.calendar import CalendarEvent, read_calendars
from mailbot.reading.ical_lines import MOST_COMPONENTS, components
from tests.reading.time_mails import noted, raw_mail, read_row, reader_of, rows, wanted

MAILS = rows("calendars")
GUESTS = """
METHOD:REQUEST
BEGIN:VEVENT
UID:guests
SEQUENCE:2
DTSTART:20270304T190000Z
ORGANIZER;CN="Nora Feld":mailto:Nora@FieldAndCo.example
ATTENDEE;CN=Sam Reed;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:sam.reed@example.com
ATTENDEE;CN=Tomas Okoro;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:tomas@fieldandco.example
ATTENDEE;CN=Board Room;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:board@fieldandco.example
ATTENDEE;CN=Huddle 3:mailto:c_18@resource.calendar.google.com
ATTENDEE;CN=Scheduler:mailto:no-reply@tool.example
DESCRIPTION:Second round for the role of Bookkeeper\\, with
  Tomas.\\nBring questions.
SUMMARY:Interview
END:VEVENT
"""


def event_of(calendar: str) -> CalendarEvent:
    row = {"kind": "interview_confirmed", "at": "2027-03-02 10:00", "tz": "America/New_York", "calendar": calendar}
    (event,) = read_calendars(parse(raw_mail(row), own=reader_of(row).addresses), reader_of(row))
    return event


@pytest.mark.parametrize("row", MAILS, ids=[row["says"] for row in MAILS])
def test_a_calendar_part_fixes_the_talk_it_names(row: dict[str, Any]) -> None:
    assert noted(read_row(row)) == wanted(row)


def test_an_update_carries_its_uid_and_number() -> None:
    row = next(row for row in MAILS if row["says"] == "the calendar part wins over the words")
    (talk,) = read_row(row).interviews
    assert (talk.uid, talk.sequence) == ("m1", 3)


def test_guests_keep_their_answers() -> None:
    answers = {one.name: one.partstat for one in event_of(GUESTS).attendees}
    assert (answers["Sam Reed"], answers["Tomas Okoro"]) == ("NEEDS-ACTION", "DECLINED")


def test_rooms_and_robots_are_no_people() -> None:
    assert [one.name for one in event_of(GUESTS).attendees if one.human] == ["Sam Reed", "Tomas Okoro"]


def test_the_organizer_is_known_by_name_and_address() -> None:
    organizer = event_of(GUESTS).organizer
    assert organizer is not None
    assert (organizer.name, organizer.email) == ("Nora Feld", "nora@fieldandco.example")


def test_folded_and_escaped_text_is_restored() -> None:
    assert event_of(GUESTS).description == "Second round for the role of Bookkeeper, with Tomas.\nBring questions."


def test_no_more_components_are_kept_than_the_cap() -> None:
    text = "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nUID:x\nEND:VEVENT\n" * 500 + "END:VCALENDAR\n"
    assert len(components(text)) == MOST_COMPONENTS


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='BEGINDTSTARTUID:;=\n,\\"VCALENDARVEVENT0123456789TZ ', max_size=400))
def test_any_text_is_cut_into_components_without_error(text: str) -> None:
    components("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + text)
