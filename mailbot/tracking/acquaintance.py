"""Who writes out of the blue and is no stranger, and who is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from mailbot.mail.message import Direction
from mailbot.reading.statements import Facet, Kind, Reading
from mailbot.tracking.clues import Clues
from mailbot.tracking.names import Likeness, compare_companies
from mailbot.tracking.voices import by_human

_PASSING = frozenset({Kind.RECRUITER_OUTREACH, Kind.RECRUITER_REPLY, Kind.UNRELATED})


def acquainted(found: Sequence[Clues]) -> list[Clues]:
    """The same, oldest first, but for what asks for a talk about another post: from somebody of that employer with whom
    the person went through a process it is an invitation, as if they had applied. An agency's next client is another
    one. What asks for a talk about a post that it pitches, from a stranger, is no invitation."""
    found = [_pitch(one) if _is_pitch(one, found[:at]) else one for at, one in enumerate(found)]
    if not any(_asks_around(one) for one in found):
        return found
    employers: defaultdict[str, list[str]] = defaultdict(list)
    written: set[str] = set()
    read = []
    for one in found:
        if one.reading.direction is Direction.OUT:
            written |= one.people
        sender = one.reading.sender.email if one.reading.sender else ""
        if _asks_around(one):
            known = sender in written and any(
                compare_companies(one.company, name) is Likeness.SAME for name in employers[sender]
            )
            read.append(replace(one, reading=_invites(one.reading)) if known else one)
            continue
        if one.company and not one.agency and by_human(one.reading) and one.kind not in _PASSING:
            employers[sender].append(one.company)
        read.append(one)
    return read


def _asks_around(one: Clues) -> bool:
    said = one.reading.main
    return one.kind is Kind.RECRUITER_OUTREACH and not one.agency and said.has(Facet.ASKS) and by_human(one.reading)


def _invites(reading: Reading) -> Reading:
    said = replace(reading.main, facets=reading.main.facets | {Facet.ANSWERED_APPLICATION})
    return replace(reading, statements=(said, *reading.statements[1:]))


def _is_pitch(one: Clues, before: Sequence[Clues]) -> bool:
    """Whether what seems to invite also says how its writer came upon the person, or pitches the job, and neither it
    nor earlier mail knows of an application."""
    said = one.reading.statements
    pitches = one.kind is Kind.INTERVIEW_REQUEST and any(each.kind is Kind.RECRUITER_OUTREACH for each in said)
    if not pitches or one.answers or not by_human(one.reading):
        return False
    applied = any(each.has(Facet.ANSWERED_APPLICATION) for each in said)
    return not applied and not any(_concerns(one, earlier) for earlier in before)


def _concerns(one: Clues, earlier: Clues) -> bool:
    """Whether two mails are from or to the same people, or of one employer."""
    met = one.people & earlier.people or one.domains & earlier.domains
    return bool(met) or compare_companies(one.company, earlier.company) >= Likeness.CLOSE


def _pitch(one: Clues) -> Clues:
    main, *rest = one.reading.statements
    kept = [each for each in rest if each.kind is not Kind.RECRUITER_OUTREACH]
    statements = (replace(main, kind=Kind.RECRUITER_OUTREACH), *kept)
    return replace(one, reading=replace(one.reading, statements=statements))
