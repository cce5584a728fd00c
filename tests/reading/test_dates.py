"""The grammar of hiring time, by a table of expressions, and what holds for every text."""

from __future__ import annotations

import time
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.reading.dates import Bound, DateContext, Length, Mention, Precision, When, find
from mailbot.reading.dates.grammar import MOST

TABLES = tomllib.loads((Path(__file__).parent / "data" / "dates.toml").read_text(encoding="utf-8"))["table"]
SIGNS = {
    Bound.AT: "",
    Bound.ABOUT: "~",
    Bound.BY: "<=",
    Bound.WITHIN: "<=",
    Bound.BEFORE: "<",
    Bound.FROM: ">=",
    Bound.AFTER: ">",
}
EXPRESSIONS = [row[0] for table in TABLES for row in table["rows"]]
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2150, 1, 1))
NEW_YORK = DateContext(datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("America/New_York")), "America/New_York")


def noted(mention: Mention) -> str:
    """A value in the notation of the tables."""
    value = mention.value
    if isinstance(value, Length):
        return f"{value.low:g}{'' if value.low == value.high else f'-{value.high:g}'} {value.unit}"
    days = "" if value.last is None else str(value.first)
    days += f"..{value.last}" if value.first != value.last else ""
    clock = f"T{value.start:%H:%M}" if value.start else ""
    clock += f"/{value.end:%H:%M}" if value.end else ""
    zone = f" {value.zone}" if value.zone is not None else ""
    return f"{SIGNS[value.bound]}{days}{clock}{zone}{' window' if value.window else ''}"


def the_value(text: str, context: DateContext = NEW_YORK) -> When:
    value = find(text, context)[0].value
    assert isinstance(value, When)
    return value


@pytest.mark.parametrize(
    ("words", "expected", "reference", "zone"),
    [(*row, table["reference"], table["zone"]) for table in TABLES for row in table["rows"]],
)
def test_an_expression_means_what_the_table_says(words: str, expected: str, reference: str, zone: str) -> None:
    found = find(f"We {words}.", DateContext(datetime.fromisoformat(reference), zone))
    assert "; ".join(noted(one) for one in found) == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(EXPRESSIONS), max_size=4), st.text(max_size=20))
def test_a_quote_is_always_the_words_at_its_span(pieces: list[str], noise: str) -> None:
    text = noise.join(pieces)
    for mention in find(text, NEW_YORK):
        assert text[mention.start : mention.end] == mention.quote
        assert mention.quote
        assert 0 < mention.confidence <= 1


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789:/-., apmtheoni\n", max_size=60), MOMENTS)
def test_any_text_at_any_moment_is_read_without_error(text: str, reference: datetime) -> None:
    find(text, DateContext(reference.replace(tzinfo=UTC), "Asia/Kathmandu"))


@pytest.mark.parametrize(
    "piece", ["a week after ", "the first week of ", "in ", "Monday ", "1/2/", "2pm or ", "between ", "(", "3-"]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def once(text: str) -> float:
        began = time.process_time()
        find(text, NEW_YORK)
        return time.process_time() - began

    def seconds(size: int) -> float:
        # The least of three: a collection of the whole process's garbage may fall into one.
        return min(once(piece * (size // len(piece))) for _ in range(3))

    seconds(2000)
    assert seconds(40_000) < 40 * max(seconds(4_000), 0.005)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Kolkata", "Asia/Kolkata"), ("Europe/Dublin", "Europe/Dublin"), ("Asia/Jerusalem", "Asia/Jerusalem")],
)
def test_ist_is_the_readers_own_where_the_reader_has_one(zone: str, expected: str) -> None:
    context = DateContext(datetime(2026, 11, 24, 9, tzinfo=UTC), zone)
    assert str(the_value("on Friday at 3pm IST", context).zone) == expected


def test_winter_time_written_in_summer_is_the_clock_of_the_place() -> None:
    summer = DateContext(datetime(2026, 7, 6, 9, tzinfo=UTC), "America/Chicago")
    moment = the_value("on Friday at 3pm EST", summer).moment(ZoneInfo("America/Chicago"))
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=-4)


def test_an_hour_that_summer_time_skips_moves_on() -> None:
    spring = DateContext(datetime(2026, 3, 6, 9, tzinfo=UTC), "America/New_York")
    moment = the_value("on 8 March 2026 at 02:30", spring).moment(ZoneInfo("America/New_York"))
    assert moment == datetime(2026, 3, 8, 3, 30, tzinfo=ZoneInfo("America/New_York"))


def test_a_date_in_the_text_shows_the_order_of_the_others() -> None:
    assert the_value("on 04/03/2027, not on 25/03/2027").first == date(2027, 3, 4)


def test_the_senders_country_decides_the_order_before_the_readers() -> None:
    context = DateContext(NEW_YORK.reference, NEW_YORK.zone, order="GB")
    assert the_value("on 05/01/2027", context).first == date(2027, 1, 5)


def test_a_weekday_that_contradicts_its_date_makes_it_less_sure() -> None:
    mention = find("on Monday 2 December 2026", NEW_YORK)[0]
    assert isinstance(mention.value, When)
    assert mention.value.first == date(2026, 12, 2)
    assert mention.confidence < 1


def test_in_january_last_years_number_is_a_slip_where_the_weekday_shows_it() -> None:
    january = DateContext(datetime(2027, 1, 4, 9, tzinfo=UTC), "Europe/London")
    assert the_value("on Tuesday 12 January 2026", january).first == date(2027, 1, 12)


def test_a_date_without_a_year_is_in_the_past_where_the_past_is_told() -> None:
    assert the_value("we met on 3 November").first == date(2026, 11, 3)
    assert the_value("we meet on 3 November").first == date(2027, 11, 3)


def test_the_end_of_a_late_shift_is_on_the_next_day() -> None:
    value = the_value("on 1 December from 22:00 to 06:00")
    finish = value.finish(ZoneInfo("America/New_York"))
    assert finish == datetime(2026, 12, 2, 6, tzinfo=ZoneInfo("America/New_York"))


def test_a_length_of_two_figures_has_no_duration() -> None:
    one, two = (find(text, NEW_YORK)[0].value for text in ("30 minutes", "20-30 minutes"))
    assert isinstance(one, Length)
    assert isinstance(two, Length)
    assert (one.duration, two.duration) == (timedelta(minutes=30), None)
    assert one.precision is Precision.LENGTH


def _of_others() -> list[tuple[str, str, DateContext]]:
    """A sentence with an expression in braces, its value, and from where it is read."""
    file = Path(__file__).parent / "data" / "dates_of_others.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))["table"]
    contexts = [(table, DateContext(datetime.fromisoformat(table["reference"]), table["zone"])) for table in tables]
    return [(sentence, expected, context) for table, context in contexts for _, sentence, expected in table["rows"]]


def _reads(marked: str, expected: str, context: DateContext) -> bool:
    low, high = marked.index("{"), marked.index("}") - 1
    found = find(marked.replace("{", "").replace("}", ""), context)
    return "; ".join(noted(one) for one in found if one.start < high and one.end > low) == expected


def test_of_the_expressions_of_other_parsers_97_in_100_are_read() -> None:
    rows = _of_others()
    wrong = [marked for marked, expected, context in rows if not _reads(marked, expected, context)]
    assert len(rows) >= 300
    assert len(wrong) <= 0.03 * len(rows), wrong


def test_what_names_more_times_than_a_mail_can_mean_is_a_timetable() -> None:
    assert len(find("Friday 2pm\n" * 500, NEW_YORK)) == MOST
