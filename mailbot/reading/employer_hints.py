"""The places of a mail that may name the employer or an agency, as hints with weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import domains, names, namesakes, organisations, titles
from mailbot.reading.cues import Cue, Cues, cues
from mailbot.reading.domains import Label, letters
from mailbot.reading.hints import Hint
from mailbot.reading.places import Place, Where
from mailbot.reading.statements import Reader
from mailbot.reading.tables import table
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import CalendarEvent

SECTIONS = {
    Where.SUBJECT: "subject", Where.TEXT: "text", Where.SIGNATURE: "signature", Where.QUOTED: "text",
    Where.FOOTER: "footer", Where.CALENDAR: "text",
}  # fmt: skip
WORTH = {Where.QUOTED: 0.7, Where.CALENDAR: 0.8}
FIRM = 3.0  # the weight of a recruiting firm's name below a person's
PAIR = 5.0  # the weight of 'Company: Acme'
PIECE, NAMED_BY_TOOL = 1.2, 2.0  # of a name that stands alone between dashes in a subject; in a tool's
PIECE_IN_FULL = 2.5  # of one that ends in 'Foods' or 'School'
IN_FULL = 1.5  # how much more a signature's line says that ends in 'Ltd' or 'Labs'
UNLIKELY = 0.1  # what is left of a hint that names a person, a tool or a job title
MENTIONED = 0.4  # how sure a label is that stands in the text alone
OTHERS = 0.8  # how much surer the first address is than the rest
MOST_RUNS = 400  # runs of capitalised words that are compared with a domain
MOST_LABELS = 8
READ = 60_000  # characters in which domains are looked for


def read_hints(
    message: Message, words: Words, reader: Reader, found: Sequence[Place], labels: Sequence[Label]
) -> list[Hint]:
    """All hints of a mail. `labels`: the words of its addresses that should spell the name."""
    hints = [*_sender_hints(message), *_place_hints(message, found), *_pair_hints(words), *_spelt_hints(found, labels)]
    own = [name for name in _own_names(message, reader) if name]
    domains_own = {address.rpartition("@")[2] for address in reader.addresses}
    kept = [
        hint for hint in hints
        if hint.name.casefold() not in domains_own and not any(namesakes.same_person(name, hint.name) for name in own)
    ]  # fmt: skip
    return [_judged(hint, labels) for hint in kept]


def read_labels(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], reader: Reader
) -> tuple[Label, ...]:
    """The words of the hiring side's addresses that should spell its name, the surest first."""
    own = {address.rpartition("@")[2] for address in reader.addresses}
    if message.direction is Direction.OUT:
        people: Iterable[Address] = (*message.to, *message.cc)
    else:
        people = (*((message.sender,) if message.sender else ()), *message.reply_to, *message.cc)
    found: dict[str, float] = {}
    for number, address in enumerate(people):
        by_tool = organisations.is_tool_name(address.name) and domains.is_own(address.domain)
        if address.domain not in own and address.email not in reader.addresses and not by_tool:
            for label in domains.labels(address):
                found.setdefault(label.text, label.sure if number == 0 else label.sure * OTHERS)
    guests = [event.organizer for event in calendars if event.organizer]
    guests += [guest for event in calendars for guest in event.attendees]
    others = [guest.email for guest in guests if guest.email]
    others += [address.email for address in message.to if message.direction is Direction.IN]
    text = f"{words.new}\n{words.signature}\n{words.quoted}\n{words.footer}"
    in_text = compiled(str(table("company")["domain"])).finditer(text[:READ])
    mentioned = [match.group("domain") or "" for match in in_text]
    for domain in (*(email.rpartition("@")[2] for email in others), *mentioned):
        if domains.is_own(domain) and domain.lower() not in own:
            found.setdefault(domains.registered(domain)[0], MENTIONED)
    return tuple(Label(text, sure) for text, sure in sorted(found.items(), key=lambda one: -one[1])[:MOST_LABELS])


def _sender_hints(message: Message) -> Iterator[Hint]:
    """What the sender's name says: 'Acme Careers', 'Dana from Acme', 'Acme via Greenhouse'."""
    sender = message.sender
    if message.direction is Direction.OUT or sender is None or compiled(r"\S@\S").search(sender.name):
        return
    name = " ".join(sender.name.replace("’", "'").split())
    if organisations.is_tool_name(name):
        return
    by_tool = domains.UNKNOWN_TOOL if domains.is_like_tool(sender) else 1.0
    person = names.named(name).name
    is_person = organisations.looks_like_person(person) or _is_at_own_address(person, sender)
    for cue, match in _cues("sender").found(name):
        text = match.group("org") or ""
        whole = is_person and text in name[: len(text)]
        for form, worth in organisations.forms(text):
            weight = cue.weight * worth * by_tool * (UNLIKELY if whole else 1.0)
            yield Hint(form, weight, Where.SENDER, part=form != organisations.plain(text))


def _is_at_own_address(name: str, sender: Address) -> bool:
    """Whether a sender is a person by their address: 'Aoife Brannigh' at aoife.brannigh@acme.example. At a webmail a
    shop's address may be made of its name as well."""
    local, _, domain = sender.email.partition("@")
    if " " not in name or organisations.has_company_word(name) or domains.is_tool(domain):
        return False
    run_together = local.isalpha() and letters(name) == local
    if domains.spells(domains.registered(domain)[0], name) >= domains.LEADING or run_together:
        return False
    return namesakes.owns(name, local)


def _place_hints(message: Message, found: Sequence[Place]) -> Iterator[Hint]:
    sender = names.named(message.sender.name).name if message.sender else ""
    by_person = names.likeness(sender) >= names.LIKELY
    for place in found:
        section = SECTIONS[place.where]
        if by_person and place.where is Where.SIGNATURE:
            yield from _recruiting_firm(place)
        if place.where is Where.CALENDAR:
            yield from _hints(_cues("subject"), place, 1.0)
            yield from _hints(_cues("calendar"), place, 1.0)
            yield from _segments(place, PIECE)
        own_words = message.direction is Direction.OUT and place.where in (Where.TEXT, Where.SIGNATURE)
        yield from _hints(_cues(section), place, WORTH.get(place.where, 1.0), own_words=own_words)
        if place.where is Where.SUBJECT:
            by_tool = message.sender is not None and domains.is_tool(message.sender.domain)
            yield from _segments(place, NAMED_BY_TOOL if by_tool else PIECE)
    last = next((place for place in reversed(found) if place.where is Where.TEXT), None)
    if last and message.direction is not Direction.OUT and organisations.name_pattern().fullmatch(last.text):
        yield from _hints(_cues("signature"), replace(last, where=Where.SIGNATURE), 1.0)


def _recruiting_firm(place: Place) -> Iterator[Hint]:
    """A line 'Acme Recruitment' below a person's name is a firm, not a department."""
    name = organisations.plain(place.text)
    if organisations.name_pattern().fullmatch(place.text) and organisations.is_recruiting_firm(name):
        yield Hint(name, FIRM, Where.SIGNATURE)


def _hints(table_cues: Cues, place: Place, worth: float, *, own_words: bool = False) -> Iterator[Hint]:
    for cue, match in table_cues.found(place.text):
        if not (own_words and (cue.says("agency") or place.where is Where.SIGNATURE)):
            yield from _from_cue(cue, match.group("org") or "", place.where, worth)


def _from_cue(cue: Cue, text: str, where: Where, worth: float) -> Iterator[Hint]:
    telling = organisations.has_company_word(text) or organisations.has_legal_form(text)
    if cue.says("company_word") and not (" " in text and telling):
        return
    for form, likely in organisations.forms(text):
        in_full = where is Where.SIGNATURE and organisations.is_full(text)
        yield Hint(
            form, cue.weight * worth * likely * (IN_FULL if in_full else 1.0), where,
            agency=cue.says("agency"), client=cue.says("client"), sure=cue.says("agency_sure"),
            legal=where in (Where.SIGNATURE, Where.FOOTER) and organisations.has_legal_form(text),
        )  # fmt: skip


def _segments(place: Place, weight: float) -> Iterator[Hint]:
    """The pieces of a subject between dashes and bars: 'Acme - Data Analyst - next steps'."""
    pieces = compiled(r"\s(?:[-–—|•·:/×]+|x|<>)\s|:\s|\s?\|\s?|, ").split(place.text)
    if len(pieces) > 1:
        for piece in (compiled(r"\s(?:with|on|at|for|from)\s.*$").sub("", piece) for piece in pieces):
            if organisations.name_pattern().fullmatch(piece):
                worth = max(weight, PIECE_IN_FULL) if organisations.is_full(piece) else weight
                for form, likely in organisations.forms(piece):
                    yield Hint(form, worth * likely, place.where)


def _pair_hints(words: Words) -> Iterator[Hint]:
    for label, value in words.pairs:
        for said, source in table("company")["pairs"].items():
            if compiled(str(source)).fullmatch(label.strip()):
                text = compiled(r"\s[-–—|(].*$").sub("", value[:100])
                for form, likely in organisations.forms(text):
                    yield Hint(form, PAIR * likely, Where.TEXT, client=said == "client")


def _spelt_hints(found: Sequence[Place], labels: Sequence[Label]) -> Iterator[Hint]:
    """The runs of capitalised words that the hiring side's domain spells, wherever they stand."""
    seen: set[str] = set()
    for place in found:
        for match in organisations.name_pattern().finditer(place.text):
            if match.text in seen or len(seen) >= MOST_RUNS:
                continue
            seen.add(match.text)
            whole = organisations.plain(match.text)
            name = _best_spelt(whole.split(), labels)
            for form, likely in organisations.forms(name):
                yield Hint(form, likely, place.where, part=name != whole)
            if name and whole != name and whole.startswith(name) and organisations.is_full(whole):
                yield Hint(whole, 1.0, place.where)


def _best_spelt(words: list[str], labels: Sequence[Label]) -> str:
    """The part of a run that a label spells best; empty where none is spelt."""
    best, found = domains.PART - 0.01, ""
    for low in range(min(len(words), 6)):
        for high in range(len(words), low, -1):
            name = " ".join(words[low:high])
            if organisations.plain(name) != name or (len(words) > high - low and names.is_given(words[0])):
                continue
            value = spelt(name, labels)
            if value > best:
                best, found = value, name
    return found


def spelt(name: str, labels: Sequence[Label]) -> float:
    """How well, and how surely, the hiring side's addresses spell a name, 0 to 1."""
    return max((domains.spells(label.text, name) * label.sure for label in labels), default=0.0)


def _judged(hint: Hint, labels: Sequence[Label]) -> Hint:
    """A hint weighed down where its name looks like something else, unless the hiring side's address spells it."""
    if spelt(hint.name, labels) >= domains.LEADING * 0.9:
        return hint
    if organisations.is_tool_name(hint.name) or organisations.looks_like_person(hint.name):
        return replace(hint, weight=hint.weight * UNLIKELY)
    if organisations.looks_like_title(hint.name) or (" " not in hint.name and titles.is_known(hint.name)):
        return replace(hint, weight=hint.weight * UNLIKELY)
    return hint


def _own_names(message: Message, reader: Reader) -> Iterator[str]:
    yield reader.name
    everyone = (*message.to, *message.cc, *((message.sender,) if message.sender else ()))
    yield from (names.named(one.name).name for one in everyone if one.email in reader.addresses)


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    source = table("company")
    return (("ORG", f"(?P<org>{organisations.NAME})"), ("JOB", str(source["job"])), ("UNIT", str(source["unit"])))


def _cues(section: str) -> Cues:
    return cues("company", section, _parts())
