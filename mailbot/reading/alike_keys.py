"""Whether two keys of names, as `organisations.key` makes them, are one organisation's."""

from __future__ import annotations

from mailbot.reading import domains, names, organisations

DISTINCT = 5  # letters: two names with one first word of this length are one organisation's


def same(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether two keys are one organisation's: 'Acme' of 'Acme Robotics', 'AcmeRobotics', 'ARI' of its initials."""
    if "".join(short) == "".join(full) or (short == full[: len(short)] and len("".join(short)) > 2):
        return True
    if ends(short, full) and (domains.is_kind(full[0]) or _goes_before(short, full)):
        return True
    if begin_alike(short, full):
        return True
    return len(short) == 1 and len(short[0]) > 2 and short[0] == "".join(word[0] for word in full)


def begin_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return one[0] == other[0] and len(one[0]) >= DISTINCT and organisations.is_distinct(one[0])


def ends(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return len(short) < len(full) and short == full[-len(short) :]


def _goes_before(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name has but a word of its own before the other: 'Harwick Middle School' and 'Middle School'."""
    own = full[0]
    return 1 < len(short) == len(full) - 1 and not (names.is_given(own) or organisations.is_loose(own))
