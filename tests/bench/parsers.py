"""How many expressions of tests/reading/data/dates_of_others.toml other parsers read, beside this one.

Only those that name one day, with or without its hour, since others give no ranges; right is the day, and the hour
where one is stated. Needs the extra `parsers`. Run: python -m tests.bench.parsers
"""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import dateparser.search
import parsedatetime
import recurrent

from mailbot.reading.dates import DateContext, When, find

FILE = Path(__file__).parents[1] / "reading" / "data" / "dates_of_others.toml"
ONE_DAY = re.compile(r"^[<>=~]*(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?:/\d{2}:\d{2})?( \S+)?)?$")
Found = tuple[date, time | None]
Parser = Callable[[str, datetime, str], Found | None]


def ours(text: str, now: datetime, zone: str) -> Found | None:
    for one in find(text, DateContext(now, zone)):
        if isinstance(one.value, When) and one.value.first is not None:
            return one.value.first, one.value.start
    return None


def with_dateparser(text: str, now: datetime, zone: str) -> Found | None:
    order = "MDY" if zone.startswith("America") else "DMY"
    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future", "DATE_ORDER": order}
    found = dateparser.search.search_dates(text, languages=["en"], settings=settings)
    return (found[0][1].date(), found[0][1].time()) if found else None


def with_parsedatetime(text: str, now: datetime, zone: str) -> Found | None:
    found = parsedatetime.Calendar(version=parsedatetime.VERSION_CONTEXT_STYLE).nlp(text, now.replace(tzinfo=None))
    return (found[0][0].date(), found[0][0].time()) if found else None


def with_recurrent(text: str, now: datetime, zone: str) -> Found | None:
    found = recurrent.RecurringEvent(now_date=now.replace(tzinfo=None)).parse(text)
    return (found.date(), found.time()) if isinstance(found, datetime) else None


PARSERS: dict[str, Parser] = {
    "mailbot": ours,
    "dateparser": with_dateparser,
    "parsedatetime": with_parsedatetime,
    "recurrent": with_recurrent,
}


def is_right(parser: Parser, text: str, now: datetime, zone: str, wanted: Found) -> bool:
    try:
        found = parser(text, now, zone)
    except Exception:  # noqa: BLE001  what another parser raises is a miss of its own
        return False
    if found is None or found[0] != wanted[0]:
        return False
    hour = found[1].replace(second=0, microsecond=0) if found[1] is not None else None
    return wanted[1] is None or hour == wanted[1]


def main() -> None:
    warnings.simplefilter("ignore")
    rows: list[tuple[str, datetime, str, Found]] = []
    for table in tomllib.loads(FILE.read_text(encoding="utf-8"))["table"]:
        now = datetime.fromisoformat(table["reference"]).astimezone(ZoneInfo(table["zone"]))
        for _, marked, expected in table["rows"]:
            if told := ONE_DAY.match(expected):
                hour = time.fromisoformat(told[2]) if told[2] else None
                text = marked.replace("{", "").replace("}", "")
                rows.append((text, now, table["zone"], (date.fromisoformat(told[1]), hour)))
    print(f"{len(rows)} expressions of one day")
    for name, parser in PARSERS.items():
        right = sum(is_right(parser, *row) for row in rows)
        print(f"{name:14} {right / len(rows):.3f}")


if __name__ == "__main__":
    main()
