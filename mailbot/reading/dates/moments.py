"""One moment told more than once, by the clocks of several places: '2pm ET / 11am PT', '11:00 Paris (10:00 London)'."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.reading.dates.clocks import Clock, clock_at
from mailbot.reading.dates.places import city_at
from mailbot.reading.dates.view import View, words


def same_moment(view: View, clock: Clock, at: int) -> int:
    """After a second name for the same moment in another zone: '2pm ET / 11am PT', '14:00 CET (8:00 EST)'; where only
    a comma or 'or' joins them, the moments must be the same."""
    end = at
    for _ in range(4):
        if view.low(end) not in ("/", "(", "|", "=", ";", "[", "–", "-", ",", "or"):
            return end
        place = view.skip(end + 1, "or", "which", "i", "=", "/")
        place = view.skip(place, "is", ".")
        other = _with_city(view, clock_at(view, place, cued=False))
        if other is not None and (closed := _elsewhere(view, end, other[1])):
            return closed
        if other is None or other[0].zone is None or (other[0].window and other[0].end is not None):
            return end
        if view.low(end) in (",", "or", "-", "–", ";") and not _equal(view, clock, other[0]):
            return end
        end = view.skip(other[1], ")", "]")
    return end


def beside_city(view: View, clock: Clock, at: int) -> tuple[Clock, int]:
    """An hour with the city right behind it, whose clock it is: '1.00-2.00pm Brisbane, which is'."""
    city = city_at(view, at) if clock.zone is None and not clock.bare else None
    marked = city is not None and view.low(city[1]) in words("beside", "after_city")
    return (replace(clock, zone=city[0]), city[1]) if city is not None and marked else (clock, at)


def _elsewhere(view: View, opened: int, at: int) -> int:
    """After what tells the hour as others have it: '(17:00 in Jena)', '(8pm for Ken)', ', which is 4pm for you in
    Sydney'; 0 where none is."""
    if view.low(at) not in words("beside", "elsewhere"):
        return 0
    if view.low(opened) != "(":
        if view.sees(at, "where", "you", "are"):
            return at + 3
        far = (place for place in range(at + 1, at + 5) if view.low(place) in ("in", "from"))
        named = next((place + 1 for place in far if view[place + 1].text[:1].isupper()), 0)
        return named + 1 if named and view.low(at) == "for" else 0
    return next((place + 1 for place in range(at, at + 5) if view.low(place) == ")"), 0)


def _with_city(view: View, found: tuple[Clock, int] | None) -> tuple[Clock, int] | None:
    """A second hour with the city that is its zone: '9:00 am in New York', '17:00 Stockholm'."""
    if found is None or found[0].zone is not None:
        return found
    place = city_at(view, view.skip(found[1], "in"))
    return found if place is None else (replace(found[0], zone=place[0]), place[1])


def _equal(view: View, one: Clock, other: Clock) -> bool:
    """Whether two hours are the same moment, on a day like that of writing."""
    if one.zone is None or other.zone is None:
        return False
    first, second = (datetime.combine(view.today, each.start, each.zone).timestamp() for each in (one, other))
    return (first - second) % 86400 in (0, 3600, 82800)  # clocks do not change everywhere on the same day


