"""The job title that a mail is about: titles beside cue words, in its lines and its subject; the heaviest wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mailbot.patterns import Match, compiled
from mailbot.reading import names, organisations, title_ends, titles
from mailbot.reading.cues import Cue, Cues, cues
from mailbot.reading.domains import letters
from mailbot.reading.hints import Hint, together, usual_way
from mailbot.reading.places import Place, Where
from mailbot.reading.tables import table
from mailbot.reading.tagging import Tagged, surely
from mailbot.reading.title_runs import title_runs
from mailbot.reading.words import Words

SECTIONS = {
    Where.SUBJECT: "subject", Where.TEXT: "text", Where.QUOTED: "text", Where.CALENDAR: "subject",
    Where.SIGNATURE: "signature",
}  # fmt: skip
WORTH = {Where.QUOTED: 0.6, Where.CALENDAR: 0.9, Where.SUBJECT: 0.9}
HEADLINES = (Where.SUBJECT, Where.CALENDAR)
BETWEEN = r"\s+[-–—|•·/]+\s+|:\s+|\s?\|\s?"
PAIR, SEGMENT, LINE, RUN, MENTION = 6.0, 2.0, 1.2, 1.5, 0.5
FIRM = 4.0  # the weight of a cue behind which a field of work is enough: 'application for Technical Sales'
NAMED_JOB = 5.0  # of one that is a word for a job itself
LONGEST_LINE = 80  # characters of a line that is a title and little else
MOST_TITLES = 50
TAGGED = 5.0  # the weight of what was tagged
ENOUGH = 1.4  # the least weight of a title that is taken
FULLER = 0.2  # a fuller title is taken where it has this much of the weight of the shorter one


@dataclass(frozen=True, slots=True)
class Role:
    """`title` as written, `number` the requisition's, `weight` how much speaks for it."""

    title: str | None = None
    number: str | None = None
    weight: float = 0.0


def read_role(words: Words, found: Sequence[Place], tagged: Sequence[Tagged], named: Sequence[str]) -> Role:
    """The title of the job that a mail is about. `tagged`: what was learned to be a title. `named`: how it writes the
    employer and the agency, which are no part of the title."""
    found = [*_without_signers(found)]
    hints = [*_pair_hints(words), *_cue_hints(found), *_piece_hints(found), *_card_hints(words), *_run_hints(found)]
    kept = [fit for hint in hints if (fit := _fitted(hint, named))]
    kept += [fit for one in surely(tagged, "role") if (fit := _tagged_hint(one, named))]
    kept += _mentions(found, kept)
    number = next((value for label, value in words.pairs if _is_number(label, value)), None) or _number(found)
    if not kept:
        return Role(number=number)
    best, weight = _heaviest(kept)
    return Role(best, number, weight) if weight >= ENOUGH else Role(number=number)


def _without_signers(found: Sequence[Place]) -> Iterator[Place]:
    """The places without the line below a name that stands alone: it says what its bearer does."""
    before = ""
    for place in found:
        below = before and place.where is Where.TEXT and len(place.text) < LONGEST_LINE
        named = below and names.likeness(names.named(before).name) >= names.MAYBE
        if not (named and title_ends.leading(place.text)):
            yield place
        before = place.text if place.where is Where.TEXT and 1 < len(place.text.split()) < 6 else ""


def _pair_hints(words: Words) -> Iterator[Hint]:
    label_of_title = compiled(str(table("role")["pairs"]["title"]))
    label_of_person = compiled(str(table("role")["pairs"]["person"]))
    before = ""
    for label, value in words.pairs:
        of_person = label.strip().casefold() == "title" and label_of_person.fullmatch(before)
        before = label.strip()
        if not of_person and label_of_title.fullmatch(before) and len(value) < 140:
            yield Hint(compiled(r"\s+(?:at|with|@)\s+\p{Lu}.*$", case=True).sub("", value), PAIR, Where.TEXT)


def _cue_hints(found: Sequence[Place]) -> Iterator[Hint]:
    for place in found:
        if section := SECTIONS.get(place.where):
            worth = WORTH.get(place.where, 1.0)
            for cue, match in _cues(section).found(place.text):
                title = _beside(cue, match, place)
                likely = titles.likeness(title) if title else 0.0
                if cue.weight >= NAMED_JOB and f" the {title} {match.text.strip()}" in place.text:
                    likely = max(likely, titles.LIKELY)  # 'the cellar hand job'
                if likely < _needed(cue):
                    continue
                yield Hint(title, cue.weight * worth * likely, place.where)


def _needed(cue: Cue) -> float:
    """How much what stands beside a cue must look like a title."""
    if not cue.says("loose"):
        return titles.MAYBE
    return titles.FIELD if cue.weight >= FIRM and cue.row["side"] == "after" else titles.LIKELY


def _beside(cue: Cue, match: Match, place: Place) -> str:
    """The title beside a match, on the side that the cue says; in a subject none runs over a dash or bar."""
    if cue.row["side"] == "before":
        before = place.text[: match.start]
        return title_ends.trailing(compiled(BETWEEN).split(before)[-1] if place.where in HEADLINES else before)
    if cue.row["side"] == "after":
        return title_ends.leading(place.text[match.end :])
    return titles.clean(match.group("title") or "")


def _piece_hints(found: Sequence[Place]) -> Iterator[Hint]:
    """Pieces of subjects, and lines of the text, that are a title and nothing else."""
    for place in found:
        if place.where in HEADLINES:
            pieces = [piece for piece in compiled(rf"{BETWEEN}|\s@\s").split(place.text) if piece]
            bracketed = [piece for piece in compiled(rf"{BETWEEN}|[()]|\s@\s").split(place.text) if piece]
            for piece in dict.fromkeys([*pieces, *bracketed, *(_before_comma(piece) for piece in pieces)]):
                title = titles.clean(piece)
                likely = max(titles.likeness(title), _as_subject(title))
                if likely >= titles.LIKELY:
                    apart = len(bracketed) > 1 or _as_subject(title) > 0
                    yield Hint(title, (SEGMENT if apart else LINE) * likely, place.where)
            for one, other in pairwise(pieces):
                both = f"{titles.clean(one)} - {titles.clean(other)}"
                special = all(titles.is_known(word) for word in titles.clean(other).split()) and titles.clean(other)
                if special and titles.likeness(titles.clean(one)) >= titles.SURE and both in place.text:
                    yield Hint(both, SEGMENT, place.where)
        elif place.where is Where.TEXT and len(place.text) < LONGEST_LINE and ":" not in place.text:
            title = titles.clean(compiled(r"\s+(?:at|[-–—|·•])\s+.*$").sub("", place.text))
            behind = titles.clean(compiled(r"^.*?\s[-–—|·•]\s+").sub("", place.text))
            for one in dict.fromkeys((title, behind if titles.likeness(title) < titles.MAYBE else title)):
                if titles.likeness(one) >= titles.SURE and one[:1].isupper():
                    yield Hint(one, LINE, place.where)


def _as_subject(title: str) -> float:
    """How likely two or three small words that end as a title are one where nothing else is said: 'kennel manager'."""
    words = title.split()
    small = title.islower() or (title[:1].isupper() and title[1:].islower())
    ends = 1 < len(words) < 5 and titles.likeness(words[-1]) >= titles.LIKELY
    return titles.SURE if ends and small and not any(titles.never(word) for word in words) else 0.0


def _card_hints(words: Words) -> Iterator[Hint]:
    """The first line of what stands at the end where nobody signs: a board shows the job so, as on a card."""
    first = f"{words.sign_off}\n{words.signature}".strip().partition("\n")[0]
    title = titles.clean(first)
    if len(first) < LONGEST_LINE and titles.likeness(title) >= titles.SURE:
        yield Hint(title, SEGMENT, Where.TEXT)


def _run_hints(found: Sequence[Place]) -> Iterator[Hint]:
    """Titles in sentences, and in subjects beside other words; a line of quoted text may be how somebody signs."""
    for place in found:
        if place.where in (Where.SUBJECT, Where.TEXT, Where.QUOTED):
            for title in title_runs(place.text):
                if place.where is not Where.QUOTED or title != place.text:
                    yield Hint(title, RUN, place.where)


def _before_comma(piece: str) -> str:
    """The title with which a piece begins: 'Production Editor' of 'Production Editor, children's list'."""
    title = title_ends.leading(piece)
    return title if compiled(r"\s*[,;]").match(piece[len(title) :]) and piece.startswith(title) else ""


def _tagged_hint(one: Tagged, named: Sequence[str]) -> Hint | None:
    """What was tagged as a title: it needs not be made of words that titles are known to have."""
    return _fitted(Hint(one.text, TAGGED * one.sure * WORTH.get(one.where, 1.0), one.where), named, likely=1.0)


def _fitted(hint: Hint, named: Sequence[str], *, likely: float = 0.0) -> Hint | None:
    """A hint without the employer's name around the title; None where no title is left. `likely`: how likely it is a
    title whatever its words are."""
    title = titles.clean(organisations.without_legal_form(hint.name))
    if organisations.is_tool_name(title):
        return None
    if _is_of_person(title):
        return None
    inside = compiled(r" \(([^()]+)\)$").search(title)
    if inside and names.likeness(inside.group(1) or "") >= names.SURE:
        title = title[: inside.start]
    for name in named:
        if not any(_goes_on(title, name, whole) for whole in named):
            title = _without(title, name)
    title = titles.clean(title)
    likely = max(likely, titles.likeness(title))
    if not title or likely < titles.MAYBE or any(_is_part(title, name) for name in named):
        return None
    return None if _names_a_person(title) else Hint(title, hint.weight * min(1.0, likely + 0.3), hint.where)


def _is_of_person(title: str) -> bool:
    """Whether a title stands in brackets behind a name: 'Dana Lee (Ops Manager) and Kim Park'."""
    told = compiled(r"^([^()]{3,40}) \(([^()]+)\)").match(title)
    if told is None or titles.likeness(told.group(2) or "") < titles.SURE:
        return False
    before = told.group(1) or ""
    return names.likeness(before) >= names.RARE and titles.likeness(before) < titles.FIELD


def _is_part(title: str, name: str) -> bool:
    """Whether a title is nothing but an organisation's name, or the beginning of one: 'Anchor' of 'Anchor Dental'."""
    words, whole = organisations.key(title), organisations.key(name)
    return words == whole[: len(words)] and (words == whole or not titles.is_known(words[0]) or len(words) == 1)


def _goes_on(title: str, name: str, whole: str) -> bool:
    """Whether a title shares more with an employer's name than its short form: 'Harbour Services Officer'."""
    words = whole.split()
    return whole.startswith(f"{name} ") and title.startswith(" ".join(words[: len(name.split()) + 1]))


def _names_a_person(title: str) -> bool:
    """Whether a name stands before the title: 'Dana Lee, Engineering Manager'."""
    words = names.named(title.replace(",", "")).name.split()
    if len(words) < 2 or not names.is_given(words[0]):
        return False
    return not titles.is_known(words[0]) and not titles.is_known(words[1])


def _without(title: str, name: str) -> str:
    """The title without an organisation's name at either end."""
    if title.startswith(name) and title[len(name) :][:1] in (" ", "'", ":", ","):
        return compiled(r"^(?:'s\b)?\W*").sub("", title[len(name) :])
    bare = title.removesuffix(")") if f"({name}" in title else title
    if bare.endswith(name) and bare[: -len(name)][-1:] in (" ", "("):
        return compiled(r"(?:\b(?:at|with))?\W*$").sub("", bare[: -len(name)])
    return title


def _mentions(found: Sequence[Place], kept: Sequence[Hint]) -> list[Hint]:
    """A little more for each place that has a title's words, whatever stands beside them."""
    heaviest = sorted(kept, key=lambda hint: -hint.weight)[:MOST_TITLES]
    wanted = {hint.name.casefold(): hint.name for hint in heaviest}
    texts = [(place.where, place.text.casefold()) for place in found if place.where is not Where.SIGNATURE]
    return [
        Hint(title, MENTION, where) for where, text in texts for low, title in wanted.items() if low in text
    ]


def _heaviest(hints: Sequence[Hint]) -> tuple[str, float]:
    """The title for which most is said; then the fullest that says the same and more."""
    by_key: dict[tuple[str, ...], list[Hint]] = defaultdict(list)
    for hint in sorted(hints, key=lambda hint: -hint.weight)[: MOST_TITLES * 4]:
        by_key[_key(hint.name)].append(hint)
    alone = {key: together(listed) for key, listed in by_key.items()}
    joint = {key: sum(alone[other] for other in alone if _within(key, other) or _within(other, key)) for key in alone}
    best = max(alone, key=lambda key: (alone[key] + 0.5 * joint[key], len(key)))
    holding = [key for key in alone if len(key) > len(best) and _within(best, key)]
    fuller = [key for key in holding if alone[key] >= FULLER * alone[best]]
    best = max(fuller, key=lambda key: (alone[key], len(key)), default=best)
    best = next((key for key in sorted(alone) if len(key) > 1 and _abbreviates(usual_way(by_key[best]), key)), best)
    return usual_way(by_key[best]), joint[best]


def _abbreviates(title: str, full: tuple[str, ...]) -> bool:
    """Whether a title is the initials of another: 'CSM', 'bilingual CSM' of 'Customer Success Manager'."""
    last = title.split(" ")[-1]
    return last.isupper() and len(last) > 1 and last.casefold() == "".join(word[:1] for word in full)


def _key(title: str) -> tuple[str, ...]:
    return tuple(letters(piece) or piece for piece in title.replace("-", " ").replace("/", " / ").split())


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return any(full[at : at + len(short)] == short for at in range(len(full) - len(short) + 1))


def _is_number(label: str, value: str) -> bool:
    wanted = compiled(str(table("role")["pairs"]["number"])).fullmatch(label.strip())
    return wanted is not None and compiled(r"#?[A-Z]{0,6}[-_/]?\d[\w/-]{0,20}").fullmatch(value.strip()) is not None


def _number(found: Sequence[Place]) -> str | None:
    for place in found:
        if place.where in (Where.SUBJECT, Where.TEXT, Where.QUOTED) and (number := titles.requisition(place.text)):
            return number
    return None


def _cues(section: str) -> Cues:
    return cues("role", section, (("JOB", str(table("role")["job"])),))
