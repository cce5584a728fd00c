"""The places of a mail that may name the employer or an agency, as hints with weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import domains, names, namesakes, organisations, recruiting_firms, titles
from mailbot.reading.cues import Cue, Cues, cues
from mailbot.reading.domains import Label, letters
from mailbot.reading.hints import Hint
from mailbot.reading.places import Place, Where
from mailbot.reading.senders import is_robot, service
from mailbot.reading.spelt_names import spelt, spelt_hints
from mailbot.reading.statements import Reader
from mailbot.reading.tables import table
from mailbot.reading.title_words import is_town
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import CalendarEvent

SECTIONS = {
    Where.SUBJECT: "subject", Where.TEXT: "text", Where.SIGNATURE: "signature", Where.QUOTED: "text",
    Where.FOOTER: "footer", Where.CALENDAR: "text",
}  # fmt: skip
HEADS = (Where.SENDER, Where.SUBJECT, Where.CALENDAR)
WORTH = {Where.QUOTED: 0.7, Where.CALENDAR: 0.8}
FIRM = 3.0  # the weight of a recruiting firm's name below a person's
PAIR = 5.0  # the weight of 'Company: Acme'
BESIDE = 2.5  # of 'Venue: Acme Foods, 12 Mill Lane' and of 'Post: Cook, Acme Foods'
LONGEST_VALUE = 100  # characters behind a label
PIECE, NAMED_BY_TOOL = 1.2, 2.0  # of a name that stands alone between dashes in a subject; in a tool's
PIECE_IN_FULL = 2.5  # of one that ends in 'Foods' or 'School'
BESIDE_READER = 2.5  # of one beside the reader's, 'Alex Rivera <> Acme'
IN_FULL = 1.5  # how much more a signature's line says that ends in 'Ltd' or 'Labs'
UNLIKELY = 0.1  # what is left of a hint that names a person, a tool or a job title
OF_TOWN = 0.4  # and of one that names a town
MENTIONED = 0.4  # how sure a label is that stands in the text alone
MENTIONED_ALONE = 0.75  # and where a tool writes, whose address tells nothing
OF_GUEST = 0.85  # and one of an address where a tool writes: who is met, who answers
OTHERS = 0.8  # how much surer the first address is than the rest
MOST_LABELS = 8
EMAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
READ = 60_000  # characters in which domains are looked for


def read_hints(
    message: Message, words: Words, reader: Reader, found: Sequence[Place], labels: Sequence[Label]
) -> list[Hint]:
    """All hints of a mail. `labels`: the words of its addresses that should spell the name."""
    own = [name for name in _own_names(message, reader) if name]
    hints = [*_sender_hints(message), *_place_hints(message, found, own), *_pair_hints(words)]
    hints += spelt_hints(found, labels)
    domains_own = {address.rpartition("@")[2] for address in reader.addresses}
    kept = [
        hint for hint in hints
        if hint.name.casefold() not in domains_own and not any(namesakes.same_person(name, hint.name) for name in own)
    ]  # fmt: skip
    judged = [_judged(hint, labels, _writer(message)) for hint in kept]
    if message.sender is None or not domains.is_of_one_person(message.sender):
        return judged
    # A board's subject names the employer to whom it sent something, a calendar's the host, the firm in brackets.
    heads = HEADS if service(message.sender.domain) == "calendar" else HEADS[:1]
    in_heads = {one.name for one in judged if one.where in heads and f"({one.name})" not in message.subject}
    hosts = {name for name in in_heads if _may_be_person(name)}
    return [one._replace(weight=one.weight * UNLIKELY) if one.name in hosts else one for one in judged]


def _may_be_person(name: str) -> bool:
    is_firm = organisations.has_company_word(name) or recruiting_firms.is_agency_name(name)
    return " " in name and not is_firm and names.likeness(name) >= names.RARE


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
            mailbox = domains.mailbox_label(address)
            for label in (*domains.labels(address), *((mailbox,) if mailbox else ())):
                found.setdefault(label.text, label.sure if number == 0 else label.sure * OTHERS)
    guests = [event.organizer for event in calendars if event.organizer]
    guests += [guest for event in calendars for guest in event.attendees]
    others = [guest.email for guest in guests if guest.email]
    others += [address.email for address in message.to if message.direction is Direction.IN]
    text = f"{words.new}\n{words.signature}\n{words.quoted}\n{words.footer}"
    in_text = compiled(str(table("company")["domain"])).finditer(text[:READ])
    mentioned = [match.group("domain") or "" for match in in_text]
    others += [match.text for match in compiled(EMAIL).finditer(text[:READ])] if not found else []
    sure = MENTIONED if found else MENTIONED_ALONE
    if not found:
        for email in others:
            domain = email.rpartition("@")[2].strip(".").lower()
            if domains.is_own(domain) and domain not in own and not is_robot(Address("", email)):
                found.setdefault(domains.registered(domain)[0], OF_GUEST)
    for domain in (*(email.rpartition("@")[2] for email in others), *mentioned):
        if domains.is_own(domain) and domain.lower() not in own:
            found.setdefault(domains.registered(domain)[0], sure)
    return tuple(Label(text, sure) for text, sure in sorted(found.items(), key=lambda one: -one[1])[:MOST_LABELS])


def _sender_hints(message: Message) -> Iterator[Hint]:
    """What the name of who writes for the hiring side says, or of those to whom one's own mail goes."""
    if message.direction is Direction.OUT:
        for address in message.to:
            yield from _named_hints(address)
    elif message.sender:
        yield from _named_hints(message.sender)


def _named_hints(sender: Address) -> Iterator[Hint]:
    """What the name beside an address says: 'Acme Careers', 'Dana from Acme', 'Acme via Greenhouse'."""
    name = " ".join(sender.name.replace("’", "'").split())
    if organisations.is_tool_name(name) or compiled(r"\S@\S").search(name):
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
        if is_person and not whole and recruiting_firms.is_recruiting_firm(organisations.plain(text)):
            yield Hint(organisations.plain(text), cue.weight, Where.SENDER)  # a firm, as below a person's name


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


def _place_hints(message: Message, found: Sequence[Place], own: Sequence[str]) -> Iterator[Hint]:
    sender = names.named(message.sender.name).name if message.sender else ""
    by_person = names.likeness(sender) >= names.LIKELY
    for place in found:
        section = SECTIONS[place.where]
        if by_person and place.where is Where.SIGNATURE:
            yield from _recruiting_firm(place)
        if place.where is Where.CALENDAR:
            yield from _hints(_cues("subject"), place, 1.0)
            yield from _hints(_cues("calendar"), place, 1.0)
            yield from _segments(place, PIECE, own)
        own_words = message.direction is Direction.OUT and place.where in (Where.TEXT, Where.SIGNATURE)
        yield from _hints(_cues(section), place, WORTH.get(place.where, 1.0), own_words=own_words)
        if place.where is Where.SUBJECT:
            by_tool = message.sender is not None and domains.is_tool(message.sender.domain)
            yield from _segments(place, NAMED_BY_TOOL if by_tool else PIECE, own)
    last = next((place for place in reversed(found) if place.where is Where.TEXT), None)
    if last and message.direction is not Direction.OUT and organisations.name_pattern().fullmatch(last.text):
        yield from _hints(_cues("signature"), last._replace(where=Where.SIGNATURE), 1.0)


def _recruiting_firm(place: Place) -> Iterator[Hint]:
    """A line 'Acme Recruitment' below a person's name is a firm, not a department."""
    name = organisations.plain(place.text)
    if organisations.name_pattern().fullmatch(place.text) and recruiting_firms.is_recruiting_firm(name):
        yield Hint(name, FIRM, Where.SIGNATURE)


def _hints(table_cues: Cues, place: Place, worth: float, *, own_words: bool = False) -> Iterator[Hint]:
    for cue, match in table_cues.found(place.text):
        past = cue.says("agency") or cue.says("after_title")  # one's own mail names former employers too
        if own_words and (past or place.where is Where.SIGNATURE):
            continue
        if not cue.says("after_title") or titles.is_known(match.group("title") or ""):
            yield from _from_cue(cue, match.group("org") or "", place.where, worth)


def _from_cue(cue: Cue, text: str, where: Where, worth: float) -> Iterator[Hint]:
    telling = organisations.has_company_word(text) or organisations.has_legal_form(text)
    if cue.says("company_word") and (not (" " in text and telling) or organisations.is_department(text)):
        return
    if cue.says("acts") and " " not in text:
        return  # 'Dana has told me'
    for form, likely in organisations.forms(text):
        in_full = where is Where.SIGNATURE and organisations.is_full(text)
        yield Hint(
            form, cue.weight * worth * likely * (IN_FULL if in_full else 1.0), where,
            agency=cue.says("agency"), client=cue.says("client"), sure=cue.says("agency_sure"),
            legal=where in (Where.SIGNATURE, Where.FOOTER) and organisations.has_legal_form(text),
        )  # fmt: skip


def _segments(place: Place, weight: float, own: Sequence[str]) -> Iterator[Hint]:
    """The pieces of a subject between dashes and bars: 'Acme - Data Analyst', 'Alex Rivera <> Acme (chat)'."""
    pieces = compiled(r"\s(?:[-–—|•·:/×]+|x|<>|<->)\s|:\s|\s?\|\s?|, ").split(place.text)
    pieces = [compiled(r"\s?\([^()]*\)$").sub("", piece) for piece in pieces]
    if any(" " in piece and namesakes.same_person(one, piece) for piece in pieces for one in own):
        weight = max(weight, BESIDE_READER)
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
                yield from _from_pair(said, value[:LONGEST_VALUE])


def _from_pair(said: str, value: str) -> Iterator[Hint]:
    """What stands behind a label that names the employer, or behind one whose value may begin or end with its name."""
    if said in ("company", "client"):
        for form, likely in organisations.forms(_without_town(compiled(r"\s[-–—|(].*$").sub("", value))):
            yield Hint(form, PAIR * likely, Where.TEXT, client=said == "client")
        return
    pieces = [piece.strip() for piece in compiled(r",\s|\s[-–—|]+\s|[()]").split(value)]
    for piece in pieces[:1] if said == "address" else pieces[1:]:
        if organisations.name_pattern().fullmatch(piece) and organisations.is_full(piece):
            for form, likely in organisations.forms(piece):
                yield Hint(form, BESIDE * likely, Where.TEXT)


def _without_town(name: str) -> str:
    """'Acme Hospital' of 'Acme Hospital, Leeds'."""
    before, _, town = name.rpartition(", ")
    return before if before and is_town(town.strip(" .")) else name


def _writer(message: Message) -> str:
    """The name of the person who writes, empty where it is none."""
    sender = message.sender
    name = names.named(sender.name).name if sender else ""
    return name if sender and (names.likeness(name) >= names.LIKELY or _is_at_own_address(name, sender)) else ""


def _judged(hint: Hint, labels: Sequence[Label], writer: str) -> Hint:
    """A hint weighed down where its name looks like something else, unless the hiring side's address spells it."""
    if spelt(hint.name, labels) >= domains.LEADING * 0.9:
        return hint
    if writer and hint.where is not Where.SENDER and namesakes.same_person(hint.name, writer):
        return hint._replace(weight=hint.weight * UNLIKELY)
    if organisations.is_tool_name(hint.name) or organisations.looks_like_person(hint.name):
        return hint._replace(weight=hint.weight * UNLIKELY)
    if hint.where is not Where.SENDER and is_town(hint.name):
        return hint._replace(weight=hint.weight * OF_TOWN)
    if organisations.looks_like_title(hint.name) or (" " not in hint.name and titles.is_known(hint.name)):
        return hint._replace(weight=hint.weight * UNLIKELY)
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
