"""Values -> HTML. Every value is escaped, and what could turn a line of text around is taken out of it; a link leads to
a known provider's pages or nowhere."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from mailbot.mail.links import hosts
from mailbot.standing.wording import last_day, plain, short_day, words_of

ROOM = files("mailbot.web")
STATIC = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}


def render(name: str, now: datetime, **values: object) -> str:
    """The page of that name at that moment."""
    moments = (short_day, last_day, _brief_day)
    says = {one.__name__.strip("_"): partial(one, now=now) for one in moments}
    return _environment().get_template(f"{name}.html").render(now=now, **says, **values)


@cache
def static(name: str) -> bytes:
    return (ROOM / "static" / name).read_bytes()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(lambda name: (ROOM / "pages" / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"words": words_of, "outward": _outward, "day": _day, "days": _days}
    return made


def _harmless(value: object) -> object:
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _outward(url: str) -> str:
    """The address if it is one of a mail provider's own pages, else empty."""
    return url if any(url.startswith(f"https://{host}/") for host in hosts()) else ""


def _day(day: date) -> str:
    """'Thursday 12 March'."""
    return f"{day:%A} {day.day} {day:%B}"


def _brief_day(day: date, now: datetime) -> str:
    """'today', 'tomorrow', else 'Thu 12 Mar'."""
    return {0: "today", 1: "tomorrow"}.get((day - now.date()).days, f"{day:%a} {day.day} {day:%b}")


def _days(count: float | None) -> str:
    """'9 days'; '–' for none."""
    if count is None:
        return "–"
    if count < 1:
        return "under a day"
    return f"{round(count)} day{'' if round(count) == 1 else 's'}"
