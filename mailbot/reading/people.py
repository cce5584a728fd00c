"""The people of the hiring side that a mail is from or names: gathered, joined, with their addresses and parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import domains, names, namesakes, organisations, titles
from mailbot.reading.company import Employers
from mailbot.reading.manner import calls_reader
from mailbot.reading.mentions import Mention, can_be_name, mentions, position, signed_names
from mailbot.reading.parts import Known, part
from mailbot.reading.places import Place
from mailbot.reading.senders import is_robot, is_shared
from mailbot.reading.statements import Part, Person, Reader
from mailbot.reading.tables import table
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import Attendee, CalendarEvent

READ = 40_000  # characters of the text in which addresses are looked for
LONGEST_LINE = 60  # characters of a line that is a name and little else
SIGNATURE = 14  # lines below a closing
MOST_MENTIONS = 300  # mentions that are joined into people
MOST_LINES = 1000  # lines that are looked at for a position
MOST = 40  # people of one mail
CALLED, LONGEST_CALLED = 2, 6  # letters that a short name shares with the full one, and its length
_EMAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_ADDRESS = rf"[\"'”]?\s*[<\[(]\s*(?:mailto:)?(?P<email>{_EMAIL})"
_BEFORE_ADDRESS = r"\p{L}[\p{L}\p{M} .,'’()/&-]*$"
_SIGNED_LINE = r"\p{Lu}\p{Ll}[\p{L}'-]{0,15}(?: \p{Lu}[\p{L}'-]{1,15})?(?: ?[,/|(]| [–-]) ?(?:the )?\p{Lu}[^.!?:]{2,40}"
LONGEST_SHOWN = 61  # characters before an address in brackets that can be the name
_BEFORE_NAME = (
    r"^.*(?:[,;:]\s|(?-i:\b\p{Ll}{2,}[.!?]\s)|\b(?:at|on|am|pm|from|to|cc|by|via|wrote|contact|um|à|le|von)\s)"
)
_HEADER = (
    r"(?m)^[>\s*]*(?:from|to|cc|sender|organi[sz]er|von|an|de|à|från|till|van|aan|od|do|da|para|guests?|who|attendees|invitees)"
    r"\*?\s*:\*?[ \t]+(?P<value>\S.*)$"
)


@dataclass(slots=True)
class _Somebody:
    """One person while they are gathered."""

    name: str
    title: str = ""
    email: str | None = None
    position: str = ""
    parts: set[Part] = field(default_factory=set)
    wrote: bool = False
    declined: bool = False


def read_people(
    message: Message,
    words: Words,
    calendars: Sequence[CalendarEvent],
    reader: Reader,
    found: Sequence[Place],
    employers: Employers,
    role: str | None,
) -> tuple[Person, ...]:
    """The people on the hiring side, in the order in which the mail names them; nobody is called as the `role`."""
    named = employers.named
    gathered = [
        *_from_headers(message, reader),
        *_from_closing(message, words),
        *_from_calendars(calendars),
        *_from_addresses(message.text[:READ]),
        *_from_header_lines(message.text[:READ]),
        *_from_pairs(words),
        *mentions(found),
    ]
    own = _own_names(message, words, reader)
    gathered = [one for one in gathered if not (role and _is_of_title(one, role))]
    kept = [one for one in gathered if _is_person(one, named) and not _is_reader(one, own, reader)]
    people = _joined(list(dict.fromkeys(kept))[:MOST_MENTIONS])[:MOST]
    _find_positions(people, message.text[:READ])
    robots = compiled(str(table("people")["robots"]))
    people = [one for one in people if not robots.search(one.position)]
    _find_emails(people, message, reader)
    known = [Known(one.name, one.title, one.position, frozenset(one.parts), one.wrote, one.email) for one in people]
    for_agency = employers.agency is not None
    parts = [part(one, known, message, words, firm=employers.company, for_agency=for_agency) for one in known]
    return tuple(
        Person(one.name, one.email, said, one.title, one.position, one.declined)
        for one, said in zip(people, parts, strict=True)
    )


def _from_headers(message: Message, reader: Reader) -> Iterator[Mention]:
    """The people whom the headers address. A mail's writer counts only where it is not one's own."""
    everyone: list[tuple[Address, bool]] = [(one, False) for one in (*message.to, *message.cc, *message.reply_to)]
    if message.sender and message.direction is not Direction.OUT:
        everyone.insert(0, (message.sender, True))
    for address, writes in everyone:
        if address.email not in reader.addresses:
            yield from _addressed(address.name, address.email, writes=writes)


def _addressed(name: str, email: str, *, writes: bool = False) -> Iterator[Mention]:
    """The person of a name and an address; nobody where it is a team, a robot or a tool."""
    plain = names.named(name)
    local, _, domain = email.partition("@")
    owned = namesakes.owns(plain.name, local)
    sure = (owned and " " in plain.name) or can_be_name(plain.name)
    likely = names.likeness(plain.name) if sure else 0.0
    plausible = likely >= names.LIKELY or owned or not is_shared(Address("", email))
    if " " in plain.name and (likely >= names.RARE or namesakes.abbreviates(plain.name, local)) and plausible:
        yield Mention(plain.name, plain.title, _usable(email), position(name[len(plain.name) :]), writer=writes)
    elif plain.name and " " not in plain.name and (owned or likely >= names.MAYBE) and likely > 0:
        yield Mention(plain.name, plain.title, _usable(email), writer=writes)
    elif not name.strip() and domains.is_own(domain) and names.is_given(local.split(".")[0]) and len(local) > CALLED:
        spelt_out = " ".join(word.capitalize() for word in local.split(".") if word)
        yield Mention(spelt_out, email=_usable(email), writer=writes)


def _usable(email: str) -> str | None:
    """An address at which the person themselves is reached: no relay of a tool, no robot."""
    domain = email.rpartition("@")[2]
    robot = domains.is_tool(domain) or is_robot(Address("", email))
    return None if robot else email.lower()


def _from_closing(message: Message, words: Words) -> Iterator[Mention]:
    if message.direction is Direction.OUT:
        return
    closing = compiled(rf"^(?:{table('blocks')['closing']})(?:[\s,.!–—-]+|$)")
    lines = f"{words.sign_off}\n{words.signature}".replace("’", "'").split("\n")
    if not "".join(lines).strip():
        lines = _last_line(words.new)
    lines = [compiled(r"\s+(?:x{1,3}|xo+|[:;]-?\))$").sub("", line.strip(" *_~–—-")) for line in lines]
    bare = [closing.sub("", line).strip() for line in lines]
    yield from signed_names([line for line in bare if line][:SIGNATURE])


def _last_line(text: str) -> list[str]:
    """The last line of a mail that nobody signs below a closing, where it is a name with what the writer does or where:
    'Jo, Acme Foods'."""
    line = text.rstrip().rpartition("\n")[2].strip().replace("’", "'")
    return [line] if compiled(_SIGNED_LINE, case=True).fullmatch(line) else []


def _from_calendars(calendars: Sequence[CalendarEvent]) -> Iterator[Mention]:
    for event in calendars:
        for attendee in event.attendees:
            for one in _attending(attendee):
                is_organizer = event.organizer is not None and attendee.email == event.organizer.email
                parts = frozenset() if is_organizer else frozenset({Part.INTERVIEWER})
                yield Mention(one.name, one.title, one.email, parts=parts, declined=attendee.partstat == "DECLINED")
        if event.organizer:
            yield from _attending(event.organizer)


def _attending(attendee: Attendee) -> Iterator[Mention]:
    if attendee.human:
        name = "" if "@" in attendee.name else attendee.name
        yield from _addressed(name, attendee.email or "")


def _from_addresses(text: str) -> Iterator[Mention]:
    """Names before an address in brackets: 'Dana Lee <dana@acme.example> wrote:'."""
    last = 0
    for match in compiled(_ADDRESS).finditer(text):
        shown = compiled(_BEFORE_ADDRESS).search(text[max(last, match.start - LONGEST_SHOWN) : match.start])
        if shown is not None:
            yield from _addressed(compiled(_BEFORE_NAME).sub("", shown.text), match.group("email") or "")
            last = match.end


def _from_header_lines(text: str) -> Iterator[Mention]:
    """Names in the header block of quoted mail, 'From: Dana Lee', and in lists of guests."""
    for match in compiled(_HEADER).finditer(text):
        value = compiled(r"<[^>]*>|\[[^\]]*\]").sub(" ", match.group("value") or "")
        for piece in compiled(r"[;,]").split(value[:400]):
            email = compiled(_EMAIL).search(piece)
            name = names.named(compiled(r"\s+[-–—(].*$").sub("", piece)).name
            if email:
                yield from _addressed("", email.text)
            elif " " in name and names.likeness(name) >= names.LIKELY:
                yield Mention(name)


def _from_pairs(words: Words) -> Iterator[Mention]:
    """Names behind a label: 'Interviewers: Dana Lee (CTO), Sam Roe'."""
    for label, value in words.pairs:
        for said, source in table("people")["pairs"].items():
            if compiled(source).fullmatch(label.strip().casefold()):
                for run in names.runs(value[:400].replace("’", "'")):
                    if names.likeness(run.named.name) > names.UNLIKELY and can_be_name(run.named.name):
                        organizes = compiled(r"^\W*organi[sz]er\b").search(value[run.end :]) is not None
                        parts = frozenset[Part]() if organizes else frozenset({Part(said)}) - {Part.CONTACT}
                        yield Mention(run.named.name, run.named.title, position=position(value[run.end :]), parts=parts)
                break


def _own_names(message: Message, words: Words, reader: Reader) -> list[str]:
    """How the mail calls its reader."""
    everyone = (*message.to, *message.cc, *((message.sender,) if message.sender else ()))
    own = [names.named(one.name).name for one in everyone if one.email in reader.addresses]
    own.append(reader.name)
    others = [names.named(one.name).name for one in everyone if one.email not in reader.addresses]
    greeted = names.named(calls_reader(words)).name
    by_them = message.direction is not Direction.OUT
    if by_them and greeted and not any(namesakes.same_person(greeted, one) for one in others):
        own.append(greeted)
    return [one for one in own if one]


def _is_reader(one: Mention, own: Iterable[str], reader: Reader) -> bool:
    if one.email in reader.addresses or any(namesakes.same_person(one.name, name) for name in own):
        return True
    return " " in one.name and any(namesakes.owns(one.name, address.partition("@")[0]) for address in reader.addresses)


def _is_person(one: Mention, named: Sequence[str]) -> bool:
    """Whether a mention is neither the employer nor a tool, a place or a job title."""
    own = domains.letters(one.name)
    if one.titled and not organisations.is_tool_name(one.name):
        return True  # 'Mr Foster' of Foster & Byrne
    if one.email and namesakes.abbreviates(one.name, one.email.partition("@")[0]):
        return True  # two people whose names, joined, look like a firm's
    if any(domains.letters(name).startswith(own) for name in named if " " in one.name or " " not in name):
        return False
    if " " in one.name and any(_overlaps(own, domains.letters(name)) for name in named if " " in name):
        return False
    if organisations.is_tool_name(one.name) or organisations.is_place(one.name):
        return False
    return not (titles.likeness(one.name) >= titles.SURE and names.likeness(one.name) < names.LIKELY)


def _is_of_title(one: Mention, role: str) -> bool:
    """Whether a mention is the job's title, or words of it: 'Marine Ecology'."""
    same = domains.letters(one.name) == domains.letters(role)
    return same or (not one.titled and f" {one.name.casefold()} " in f" {role.casefold()} ".replace(",", " "))


def _overlaps(one: str, company: str) -> bool:
    """Whether one of two names in plain letters ends or begins the other: 'Casimir Parish' of 'St. Casimir Parish'."""
    return company.endswith(one) or one.startswith(company)


def _joined(found: Sequence[Mention]) -> list[_Somebody]:
    """One person for all mentions that can be theirs; full names first, so that first names find them."""
    people: list[_Somebody] = []
    order = {id(one): at for at, one in enumerate(found)}
    first: dict[int, int] = {}
    for one in sorted(found, key=lambda mention: (-min(len(mention.name.split()), 2), order[id(mention)])):
        somebody = next((other for other in people if _same(one, other)), None)
        if somebody is None:
            somebody = _Somebody(one.name, one.title)
            people.append(somebody)
        first[id(somebody)] = min(first.get(id(somebody), len(found)), order[id(one)])
        if _is_better(one.name, somebody.name):
            somebody.name = one.name
        somebody.title = somebody.title or one.title
        somebody.email = somebody.email or one.email
        somebody.position = somebody.position or one.position
        somebody.parts |= one.parts
        somebody.wrote = somebody.wrote or one.writer
        somebody.declined = somebody.declined or one.declined
    return sorted(people, key=lambda one: first[id(one)])


def _is_better(one: str, other: str) -> bool:
    """Whether a way of writing a name is the fuller one: more words, no initial, with its accents."""
    longer = len(one.split()) > len(other.split()) or _is_initial(other) > _is_initial(one)
    return longer or one.isascii() < other.isascii()


def _is_initial(name: str) -> bool:
    """Whether a name begins with a letter for the given name: 'D. Lee'."""
    return len(name.split()[0].strip(".")) == 1


def _same(one: Mention, other: _Somebody) -> bool:
    if one.titled and " " not in one.name and one.name == other.name.split()[-1]:
        return True  # 'Ms Charles' of Ebony Charles
    if one.email and one.email == other.email:
        return namesakes.same_person(one.name, other.name) or " " not in one.name
    if one.email and other.email and one.email != other.email and " " not in one.name:
        return False
    if one.writer and other.wrote and _is_call_name(one.name, other.name):
        return True
    return namesakes.same_person(one.name, other.name)


def _is_call_name(short: str, full: str) -> bool:
    """Whether who writes as one may sign as the other: 'Baz' for Barry Lee."""
    begins = domains.letters(short)[:CALLED] == domains.letters(full)[:CALLED]
    return begins and " " in full and " " not in short and len(short) <= LONGEST_CALLED


def _find_positions(people: list[_Somebody], text: str) -> None:
    """Positions under a name that stands alone in a line, in quoted mail too; the writer may sign by the first name."""
    lines = [line.strip(" \t>*_–—-") for line in text.split("\n")]
    by_name = {one.name.split()[0]: one for one in people if one.wrote and not one.position}
    by_name |= {one.name: one for one in people if not one.position}
    for at, line in enumerate(lines[: MOST_LINES if by_name else 0]):
        if line and len(line) <= LONGEST_LINE and (one := by_name.get(names.named(line).name)) and not one.position:
            after = next((other for other in lines[at + 1 : at + 3] if other), "")
            one.position = position(line[len(one.name) :]) or position(after)


def _find_emails(people: list[_Somebody], message: Message, reader: Reader) -> None:
    """Addresses that stand in the text, for those whose name they are made of."""
    for one in people:
        addresses = (*((message.sender,) if message.sender else ()), *message.to, *message.cc, *message.reply_to)
        shown = (address for address in addresses if names.named(address.name).name == one.name)
        one.email = one.email or next((_usable(address.email) for address in shown), None)
    seen = {match.text.lower().strip(".'") for match in compiled(_EMAIL).finditer(message.text[:READ])}
    taken = {one.email for one in people}
    for email in sorted(seen - reader.addresses):
        local = email.partition("@")[0]
        owners = [one for one in people if one.email is None and namesakes.owns(one.name, local)]
        if len(owners) == 1 and email not in taken and _usable(email):
            owners[0].email = _usable(email)
