"""Where a mail names people beside its sentences: headers, closing, calendar parts, addresses, labelled lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mailbot.mail.message import Address, Direction, Message
from mailbot.patterns import compiled
from mailbot.reading import domains, names, namesakes
from mailbot.reading.mentions import Mention, can_be_name, position, signed_names
from mailbot.reading.senders import is_robot, is_shared
from mailbot.reading.statements import Part, Reader
from mailbot.reading.tables import table
from mailbot.reading.words import Words

if TYPE_CHECKING:
    from mailbot.reading.calendar import Attendee, CalendarEvent

READ = 40_000  # characters of the text in which addresses are looked for
SIGNATURE = 14  # lines below a closing
SHORTEST = 3  # letters of an address that is a name
EMAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_ADDRESS = rf"[\"'”]?\s*[<\[(]\s*(?:mailto:)?(?P<email>{EMAIL})"
_NAME_BEHIND = rf"(?P<email>{EMAIL})>?[ \t]*\((?P<name>\p{{L}}[\p{{L}}\p{{M}} .'’-]{{1,40}})\)"
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


def gathered(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], reader: Reader
) -> Iterator[Mention]:
    """Every place beside the sentences that names a person, the headers first."""
    yield from _from_headers(message, reader)
    yield from _from_closing(message, words)
    yield from _from_calendars(calendars)
    yield from _from_addresses(message.text[:READ])
    yield from _from_header_lines(message.text[:READ])
    yield from _from_pairs(words)


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
    plain = names.named(compiled(r"^.*\bon behalf of\s").sub("", name))
    local, _, domain = email.partition("@")
    owned = namesakes.owns(plain.name, local)
    sure = (owned and " " in plain.name) or can_be_name(plain.name)
    likely = names.likeness(plain.name) if sure else 0.0
    plausible = likely >= names.LIKELY or owned or not is_shared(Address("", email))
    if " " in plain.name and (likely >= names.RARE or namesakes.abbreviates(plain.name, local)) and plausible:
        yield Mention(plain.name, plain.title, usable(email), position(name[len(plain.name) :]), writer=writes)
    elif plain.name and " " not in plain.name and (owned or likely >= names.MAYBE) and likely > 0:
        yield Mention(plain.name, plain.title, usable(email), writer=writes)
    elif not name.strip() and domains.is_own(domain) and names.is_given(local.split(".")[0]) and len(local) >= SHORTEST:
        spelt_out = " ".join(word.capitalize() for word in local.split(".") if word)
        yield Mention(spelt_out, email=usable(email), writer=writes)


def usable(email: str) -> str | None:
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
    signs_for = compiled(str(table("people")["signs_for"]))
    bare = [signs_for.sub("", closing.sub("", line).strip()) for line in lines]
    yield from signed_names([line for line in bare if line][:SIGNATURE])


def _last_line(text: str) -> list[str]:
    """The last line of a mail that nobody signs below a closing, where it is a name with what the writer does or where:
    'Jo, Acme Foods'. Several such lines are a list of people."""
    lines = [line.strip().replace("’", "'") for line in text.rstrip().rsplit("\n", 2)[-2:]]
    signs = [compiled(_SIGNED_LINE, case=True).fullmatch(line) is not None for line in lines]
    return lines[-1:] if signs[-1] and not any(signs[:-1]) else []


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
    for match in compiled(_NAME_BEHIND).finditer(text):
        yield from _addressed(match.group("name") or "", match.group("email") or "")


def _from_header_lines(text: str) -> Iterator[Mention]:
    """Names in the header block of quoted mail, 'From: Dana Lee', and in lists of guests."""
    for match in compiled(_HEADER).finditer(text):
        value = compiled(r"<[^>]*>|\[[^\]]*\]").sub(" ", match.group("value") or "")
        for piece in compiled(r"[;,]").split(value[:400]):
            email = compiled(EMAIL).search(piece)
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
