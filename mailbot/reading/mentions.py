"""Names of people in running text: a run of words like a name counts where the words around it speak of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mailbot.patterns import PatternSet, compiled
from mailbot.reading import names, organisations, titles
from mailbot.reading.names import Run
from mailbot.reading.places import Place, Where
from mailbot.reading.statements import Part
from mailbot.reading.tables import table

MET = "You will meet:"  # what stands in thought above a table of people
NEEDED = 1.2  # likeness of the name and weight of the words around it must reach this together
BEFORE, AFTER = 110, 150  # characters around a name that are looked at
NAMED = 0.8  # the weight of words beside which a word that is no known name may be one
LISTED = 0.9  # the weight of a line 'Dana Lee, Engineering Manager'
TITLED = 1.1  # what 'Mr' before a name adds
WITH_POSITION = 0.3  # what '(Android Lead)' behind one adds
UNDER_LEAD = 1.0  # the greatest weight of a line below 'You will meet:'
FIRST_SIGNED, SIGNED = 1.1, 0.95  # the weight of a name that stands alone right below a closing, and further down
ALONE = 0.5  # the weight of a line that is a name and nothing else
REPLACED = 300  # characters behind a name in which its replacement stands
LONGEST_POSITION = 5  # words of a position before a name
LISTING = 120  # characters: the lines of a list below 'You will meet:' are no longer


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names a person. `parts`: what its words say they are; `writer`: it names who wrote the text;
    `titled`: 'Mr' or another title stands before it."""

    name: str
    title: str = ""
    email: str | None = None
    position: str = ""
    parts: frozenset[Part] = frozenset()
    writer: bool = False
    declined: bool = False
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What the words round a name say of the part that the person has."""

    weight: float
    parts: frozenset[Part]
    writer: bool = False


def mentions(found: Sequence[Place]) -> Iterator[Mention]:
    """The people that sentences and lines of a mail name, in order."""
    lead = ""
    above = ""
    outside = compiled(_source("outside_lead"))
    tabled = _tabled(found)
    for at, place in enumerate(found):
        if place.text.endswith(":"):
            lead = place.text
        elif len(place.text) > LISTING or place.where is Where.SIGNATURE:
            lead = ""
        if not (compiled(_source("elsewhere")).match(place.text) or outside.search(lead)):
            yield from _in_sentence(place, above or lead or (MET if at in tabled else ""))
        above = place.text if compiled(_source("heads")).fullmatch(place.text) else ""


def _tabled(found: Sequence[Place]) -> frozenset[int]:
    """Which places are the rows of a table of people, each with an address of their own: who is met."""
    row = compiled(_source("row"), case=True)
    addressed = ((at, place) for at, place in enumerate(found) if "@" in place.text and place.where is Where.TEXT)
    rows = {at for at, place in addressed if row.fullmatch(place.text)}
    return frozenset(at for at in rows if at - 1 in rows or at + 1 in rows)


def signed_names(lines: Sequence[str]) -> Iterator[Mention]:
    """The names that stand below a closing, with the position beside or under them."""
    seen = 0
    for number, line in enumerate(lines):
        run = next(names.runs(line), None)
        if run is None or run.start > 0 or seen > 1:
            continue
        rest, likely = line[run.end :], names.likeness(run.named.name)
        needed = NEEDED - (FIRST_SIGNED if number == 0 and not line[: run.end].isupper() else SIGNED)
        if likely < needed or not compiled(_source("behind_signed")).fullmatch(rest):
            continue
        if not can_be_name(run.named.name):
            continue
        seen += 1
        after = lines[number + 1] if number + 1 < len(lines) else ""
        yield Mention(run.named.name, run.named.title, position=position(rest) or position(after), writer=True)


def can_be_name(name: str) -> bool:
    """Whether words can be a name here: rare ones must not be words of titles, organisations or headings."""
    likely = names.likeness(name)
    if likely >= names.LIKELY or likely <= 0:
        return likely > 0
    return not any(titles.is_known(word) or organisations.is_loose(word) for word in name.split())


def position(text: str) -> str:
    """The position with which a text begins, behind a dash, comma or bracket: ', Engineering Manager at Acme'."""
    text = compiled(_source("pronouns")).sub(" ", text)
    text = names.without_degrees(text).strip(" ,;:|•·/–—-()[]\t")
    if rank := compiled(_source("ranks")).search(text):
        text = f"{rank.text.rstrip(' ,–—-')}, {text[rank.end :]}"
    text = compiled(_source("position_ends")).sub("", text)
    if ended := compiled(r"\p{Ll}{3}\.\s").search(text):
        text = text[: ended.end - 2]
    pieces = [piece.strip() for piece in text.split(",")]
    first = compiled(r"^(?:our|the|my|your|a|an|and)\s+").sub("", pieces[0]) if pieces else ""
    if not first or len(first) > 70 or len(first.split()) > 9:
        return ""
    whole = ", ".join([first, *pieces[1:2]])
    if len(pieces) > 1 and pieces[1] and (rank or all(titles.is_known(word) for word in pieces[1].split())):
        first = whole
    return first if titles.likeness(first) >= titles.LIKELY or part_of(first) else ""


def part_of(text: str) -> Part | None:
    """What a position says of a person's part; None for one that says nothing ('Software Engineer')."""
    for number in _set("position").matching(text)[:1]:
        return Part(table("people")["position"][number]["part"])
    return None


def _in_sentence(place: Place, lead: str) -> Iterator[Mention]:
    text = place.text
    runs = [run for run in names.runs(text) if can_be_name(run.named.name) and not _is_half(text, run)]
    runs = [run for run in runs if not (_is_explained(text, run) or _is_outsider(text, run))]
    runs = [run for at, run in enumerate(runs) if not (at and _is_of_position(text, runs[at - 1], run))]
    every = [(run, _context(text, run, place, lead)) for run in runs]
    told = [(run, said) for run, said in every if _likely(run) > names.UNLIKELY or run.titled or said.weight >= NAMED]
    runs, contexts = [run for run, _ in told], [said for _, said in told]
    for at in range(1, len(runs)):
        if _joined(text, runs[at - 1], runs[at]):
            contexts[at] = _stronger(contexts[at], _shared(contexts[at - 1]))
    for at in range(len(runs) - 1, 0, -1):
        if _joined(text, runs[at - 1], runs[at]):
            contexts[at - 1] = _stronger(contexts[at - 1], contexts[at])
    for run, context in zip(runs, contexts, strict=True):
        beside = _position_beside(text, run)
        noble = compiled(r"^\W*(?:lord|lady|sir|dame)\b").match(text[run.start :]) is not None
        titled = run.titled and not (noble and text[run.end :].startswith("'s"))  # 'Lord Elmfield's trustees'
        more = (TITLED if titled else 0.0) + (WITH_POSITION if beside and text[run.end :][:2] == " (" else 0.0)
        if _likely(run) + context.weight + more >= NEEDED:
            yield Mention(
                run.named.name, run.named.title, position=beside,
                parts=context.parts, writer=context.writer, titled=titled, declined=_is_replaced(text, run),
            )  # fmt: skip


def _is_replaced(text: str, run: Run) -> bool:
    """Whether another takes this person's place; who merely cannot come may have it moved."""
    if compiled(_source("replacing")).search(text[max(0, run.start - BEFORE) : run.start]) is not None:
        return True
    return compiled(_source("replaced")).search(text[run.end : run.end + REPLACED]) is not None


def _likely(run: Run) -> float:
    return names.likeness(run.named.name)


def _context(text: str, run: Run, place: Place, lead: str) -> _Context:
    """What the words before and behind a name say; `lead` is the line 'You will meet:' above it."""
    before, after = text[max(0, run.start - BEFORE) : run.start], text[run.end : run.end + AFTER]
    if lead and not before.strip(" -•*·0123456789.)"):
        before = f"{lead[-BEFORE:]} "
    ways = dict.fromkeys((before, _without_position(before)))
    said = {number for way in ways for number in _set("before").matching(way)}
    rows = [table("people")["before"][n] for n in sorted(said)]
    rows += [table("people")["after"][n] for n in _set("after").matching(after)]
    weight = max((float(row["weight"]) for row in rows), default=0.0)
    if lead:
        weight = min(weight, UNDER_LEAD)
    opens = not text[: run.start].strip(" -•*·0123456789.)")
    if weight < LISTED and opens and len(text) < 140 and position(after[:80]):
        if place.where in (Where.TEXT, Where.CALENDAR) and not _signs(after, lead):
            return _Context(LISTED, frozenset({Part.INTERVIEWER}))
        weight = LISTED
    if opens and not after.strip(" ,.") and " " in run.named.name:
        weight = max(weight, ALONE)
    strong = [row for row in rows if float(row["weight"]) >= min(weight, 0.8)]
    parts = frozenset(Part(row["part"]) for row in strong) - {Part.CONTACT}
    if not parts and any(row.get("says") == "reached" for row in strong):
        parts = frozenset({Part.CONTACT})
    signs = {"writer"} if after.strip(" ,.!–—-") else {"writer", "signs"}
    return _Context(weight, parts, any(row.get("says") in signs for row in strong))


def _signs(after: str, lead: str) -> bool:
    """Whether a line of name and position is how somebody signs or what they did, not a list of who interviews."""
    arranges = part_of(position(after[:80])) in (Part.RECRUITER, Part.COORDINATOR, Part.CONTACT)
    return not lead and (arranges or compiled(_source("acts")).search(after) is not None)


def _is_half(text: str, run: Run) -> bool:
    """Whether a single word is the first half of a firm's name: 'Hart & Stone'."""
    other = compiled(r"^ & (\p{Lu}[\p{L}'’-]+)", case=True).search(text[run.end : run.end + 40])
    return other is not None and " " not in run.named.name and not names.is_given(other.group(1) or "")


def _is_explained(text: str, run: Run) -> bool:
    """Whether a run stands in brackets behind what somebody does: '(Registered Manager, Oak House)'."""
    before = compiled(r"\(([^()]{2,60}), $").search(text[max(0, run.start - BEFORE) : run.start])
    return before is not None and bool(part_of(before.group(1) or "")) and not names.is_given(run.named.name.split()[0])


def _is_outsider(text: str, run: Run) -> bool:
    """Whether the words say that a person is none of those who hire: who got the job, who vouches for the reader."""
    if compiled(_source("outside_before")).search(text[max(0, run.start - BEFORE) : run.start]) is not None:
        return True
    behind = text[run.end : run.end + AFTER]
    if _likely(run) < names.SURE and not run.titled and compiled(_source("numbered")).search(behind) is not None:
        return True
    return compiled(_source("outside_after")).search(behind) is not None


def _without_position(before: str) -> str:
    """What stands before a name and the position in front of it: 'with Assistant Principal ' -> 'with '."""
    words = before.rstrip().split(" ")
    kept = len(words)
    capital = compiled(r"\p{Lu}.*\p{L}", case=True)
    while kept and capital.fullmatch(words[kept - 1]) and titles.is_known(words[kept - 1]):
        kept -= 1
    return before if kept == len(words) else " ".join([*words[:kept], ""])


def _joined(text: str, one: Run, other: Run) -> bool:
    """Whether two names stand in one list: 'Dana Lee (CTO), Sam Roe and Kim Park'."""
    return compiled(_source("between")).search(text[one.end : other.start]) is not None


def _is_of_position(text: str, one: Run, behind: Run) -> bool:
    """Whether a run is a word of the position in brackets behind a name: 'Dana Lee (Campaign Director)'."""
    return text[one.end : behind.start] == " (" and _position_beside(text, one).startswith(behind.named.name)


def _shared(before: _Context) -> _Context:
    """What is said of a name and holds for the next of its list as well; whose team it is, is said of one alone."""
    return replace(before, parts=before.parts - {Part.HIRING_MANAGER})


def _stronger(own: _Context, beside: _Context) -> _Context:
    said = own.parts - {Part.CONTACT}
    if beside.writer or beside.weight < own.weight or (beside.weight == own.weight and said):
        return own
    return replace(beside, parts=said | beside.parts)


def _position_beside(text: str, run: Run) -> str:
    """The position that stands behind a name, '(Engineering Manager)', or before it, 'our CTO, Dana'."""
    after = text[run.end : run.end + AFTER]
    marks = "-–—|:" if run.start == 0 else "-–—|"
    behind = compiled(rf"^\s*(?:\(|,|[{marks}]\s|is (?:an?|the|our)\s)").search(after)
    if behind and (found := position(after[behind.end :])):
        return found
    ahead = text[max(0, run.start - BEFORE) : run.start]
    before = compiled(r"\b(?:our|the|my|your)\s+([^,.;:!?]{2,60}),?\s$").search(ahead)
    words = before.group(1) if before else ""
    if words and (_is_short_position(words) or titles.likeness(words) >= titles.LIKELY):
        return words
    return _position_before(ahead)


def _position_before(ahead: str) -> str:
    """The position that stands right before a name: 'with section leader ' -> 'section leader'."""
    words = ahead.rstrip(" ,").split(" ") if ahead.endswith(" ") else []
    first = len(words)
    while first and len(words) - first < LONGEST_POSITION and titles.is_known(words[first - 1]):
        first -= 1
    found = " ".join(words[first:])
    return found if len(words) - first > 1 and part_of(found) else ""


def _is_short_position(words: str) -> bool:
    """Whether words are what somebody does and no more: 'head of HR', not 'job went to our head'."""
    short = len(words.split()) <= LONGEST_POSITION and not compiled(_source("no_position")).search(words)
    return short and part_of(words) is not None


def _source(key: str) -> str:
    return str(table("people")[key])


@cache
def _set(section: str) -> PatternSet:
    who = _source("who")
    return PatternSet(str(row["pattern"]).replace("{WHO}", who) for row in table("people")[section])
