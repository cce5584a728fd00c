"""Which zone's clock a talk keeps where its time states none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from mailbot.patterns import compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.dates import DateContext
from mailbot.reading.dates.zones import city, country_of, zone, zone_named
from mailbot.reading.statements import Format
from mailbot.reading.tables import table
from mailbot.reading.timing.formats import best, weigh
from mailbot.reading.timing.talks import Texts
from mailbot.reading.timing.told import Told
from mailbot.reading.words import Words

_NAMES = compiled(r"\p{Lu}[\p{L}.'-]+(?: (?:\p{Lu}[\p{L}.'-]+|de|of)){0,2}", case=True)


def zone_of_talk(
    words: Words, calendars: Sequence[CalendarEvent], texts: Texts, context: DateContext
) -> tzinfo:
    """What the mail states elsewhere, else the zone of the place where it will be, else the reader's."""
    return (
        _labelled(words, context)
        or _only_zone(texts.new)
        or _only_zone(texts.subject)
        or next((event.start.tzinfo for event in calendars if event.start is not None and event.zone), None)
        or _only_zone(texts.quoted())
        or _place(words, context)
        or zone(context.zone)
    )


def _labelled(words: Words, context: DateContext) -> tzinfo | None:
    """'Time zone: Eastern Time', 'all times are in CET'."""
    zone_label, all_times = (compiled(table("time/lines")[name]) for name in ("zone_label", "all_times"))
    for label, value in words.pairs:
        if zone_label.search(label.strip()) is not None and (found := zone_named(value[:80], context.zone)):
            return found
    for sentence in words.sentences:
        said = all_times.search(sentence.text) if "time" in sentence.text.lower() else None
        name = (said.group(1) or "").strip() if said is not None else ""
        if name and (found := zone_named(name, context.zone)) is not None:
            return found
    return None


def _only_zone(times: Iterable[Told]) -> tzinfo | None:
    zones = {one.when.zone for one in times if one.when is not None and one.when.zone is not None}
    return zones.pop() if len(zones) == 1 else None


def _place(words: Words, context: DateContext) -> tzinfo | None:
    """The zone of the town in which a talk on site is held, in the reader's country."""
    for sentence in words.sentences:
        if best(weigh(sentence.text)) is not Format.ONSITE:
            continue
        for name in _NAMES.finditer(sentence.text):
            pieces = name.text.casefold().split()
            shorter = (" ".join(pieces[:size]) for size in range(len(pieces), 0, -1))
            found = next((known for one in shorter if (known := city(one))), None)
            if found is not None and country_of(str(found.key)) == country_of(context.zone):
                return found
    return None
