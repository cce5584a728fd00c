"""What a person is in the hiring: interviewer, recruiter, coordinator, hiring manager or contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.mail.message import Direction, Message
from mailbot.patterns import compiled
from mailbot.reading.domains import is_own, letters
from mailbot.reading.mentions import part_of
from mailbot.reading.senders import is_robot, is_shared
from mailbot.reading.statements import Part
from mailbot.reading.tables import table
from mailbot.reading.words import Words

READ = 20_000  # characters in which a part is looked for
GREETING = 120  # characters with which a quoted mail says to whom it goes
FREELY = 2  # words of each kind from which on somebody speaks freely
PANEL = 3  # interviewers from which on the one manager among them is the hiring manager
ARRANGES = (Part.RECRUITER, Part.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person when their part is decided."""

    name: str
    title: str
    position: str
    parts: frozenset[Part]
    wrote: bool
    email: str | None


def part(
    one: Known,
    everyone: Sequence[Known],
    message: Message,
    words: Words,
    *,
    firm: str | None,
    for_agency: bool,
    fixes_talk: bool = False,
) -> Part:
    """A person's part: what the words say outright, then the position, then what the writer does in the mail; who
    bears a degree in their name ('Dr', 'Prof.') is seldom a recruiter.
    `firm`: the employer; `for_agency`: the mail comes from a recruiting firm; `fixes_talk`: it fixes an interview."""
    by_position = part_of(one.position) if one.position else None
    if Part.HIRING_MANAGER in one.parts:
        return Part.HIRING_MANAGER
    if by_position in ARRANGES:
        return by_position
    for said in (Part.RECRUITER, Part.COORDINATOR):
        if said in one.parts:
            return said
    if one.wrote and by_position is Part.HIRING_MANAGER and not for_agency and message.direction is not Direction.OUT:
        return _of_writer(one, by_position, message, words)
    if Part.INTERVIEWER in one.parts and not _only_writes(one, everyone):
        return Part.HIRING_MANAGER if _is_the_manager(one, everyone) else Part.INTERVIEWER
    if message.direction is Direction.OUT:
        said = _of_recipient(by_position, words)
        return Part.RECRUITER if for_agency and one.email and said is Part.CONTACT else said
    if not one.wrote:
        holds_it = fixes_talk and _holds_it(one, everyone)
        return Part.INTERVIEWER if holds_it else _of_named(one, by_position, everyone, for_agency=for_agency)
    if for_agency and not _is_elsewhere(one, message):
        return Part.RECRUITER
    if by_position in (None, Part.CONTACT) and _arranges(one, everyone, words):
        return Part.COORDINATOR
    own = message.sender is not None and message.sender.email == one.email
    if by_position is None and own and (_leads_chair(one) or _owns(one, firm)):
        return Part.HIRING_MANAGER
    said = _of_writer(one, by_position, message, words)
    return Part.CONTACT if one.title and said is Part.RECRUITER and not by_position else said


def _is_elsewhere(one: Known, message: Message) -> bool:
    """Whether somebody writes from another house than the mail comes from: the client whose mail an agency hands on."""
    own, sent = ((email or "").rpartition("@")[2] for email in (one.email, message.sender and message.sender.email))
    return is_own(own) and is_own(sent) and own != sent


def _holds_it(one: Known, everyone: Sequence[Known]) -> bool:
    """Whether the one person of whom the mail that fixes a talk says nothing is who holds it: nobody is said to, and
    they are neither reached nor asked for. Of several, who holds which talk is left open."""
    silent = [other for other in everyone if not (other.wrote or other.email or other.position or other.parts)]
    return silent == [one] and not any(Part.INTERVIEWER in other.parts for other in everyone)


def _of_named(one: Known, by_position: Part | None, everyone: Sequence[Known], *, for_agency: bool) -> Part:
    """What somebody is whom the mail merely names: the manager among an agency's client's people, the one for whom a
    coordinator arranges."""
    if for_agency and by_position is Part.HIRING_MANAGER:
        return Part.HIRING_MANAGER
    arranged = any(other.wrote and part_of(other.position) is Part.COORDINATOR for other in everyone)
    return Part.RECRUITER if arranged and one.email else Part.CONTACT


def _arranges(one: Known, everyone: Sequence[Known], words: Words) -> bool:
    """Whether the writer, of an office that does such things, fixes an interview or names who interviews; or anybody
    fixes one that others hold."""
    rules = table("people")
    if not compiled(str(rules["arranging"])).search(one.position):
        return _fixes_for_others(one, everyone, words)
    named = any(other is not one and Part.INTERVIEWER in other.parts for other in everyone)
    return named or compiled(str(rules["arranged"])).search(words.new[:READ]) is not None


def _fixes_for_others(one: Known, everyone: Sequence[Known], words: Words) -> bool:
    """Whether the writer fixes or moves a talk that others hold, and says nothing else of themselves."""
    others = any(other is not one and Part.INTERVIEWER in other.parts for other in everyone)
    if not others or Part.INTERVIEWER in one.parts or _said("writer", words.new[:READ]) is Part.HIRING_MANAGER:
        return False
    return compiled(str(table("people")["fixes"])).search(words.new[:READ]) is not None


def _leads_chair(one: Known) -> bool:
    return one.title.casefold().startswith("prof")


def _owns(one: Known, firm: str | None) -> bool:
    """Whether the firm bears the writer's family name: Karen Aldous of 'Aldous Interiors'."""
    words = one.name.split()
    return firm is not None and len(words) > 1 and letters(words[-1]) in {letters(word) for word in firm.split()}


def _only_writes(one: Known, everyone: Sequence[Known]) -> bool:
    """Whether the writer is called an interviewer beside others who interview: more likely the one who arranges."""
    others = [other for other in everyone if other is not one and Part.INTERVIEWER in other.parts]
    return one.wrote and bool(others)


def _is_the_manager(one: Known, everyone: Sequence[Known]) -> bool:
    """Whether they are the only manager of a panel, and do not merely lead it or their peers."""
    panel = [other for other in everyone if Part.INTERVIEWER in other.parts]
    managers = [other for other in panel if part_of(other.position) is Part.HIRING_MANAGER]
    chairs = compiled(str(table("people")["chairs"])).fullmatch(one.position)
    return len(panel) >= PANEL and managers == [one] and chairs is None


def _of_recipient(by_position: Part | None, words: Words) -> Part:
    """What one's own mail says of whom it goes to."""
    return by_position or _said("recipient", words.new[:READ]) or _said("writer", words.quoted[:READ]) or Part.CONTACT


def _of_writer(one: Known, by_position: Part | None, message: Message, words: Words) -> Part:
    """What the writer's own words say of them."""
    by_robot = message.sender is not None and is_robot(message.sender)
    if by_position is Part.HIRING_MANAGER:
        speaks = _said("writer", words.new[:READ]) is Part.HIRING_MANAGER
        return Part.HIRING_MANAGER if speaks or not by_robot else Part.CONTACT
    if by_position is not None:
        return by_position
    if message.sender is not None and one.email == message.sender.email and is_shared(message.sender):
        return Part.CONTACT
    before = words.quoted if _quotes(one, message, words) else ""
    said = _said("writer", f"{words.new[:READ]}\n{before[:READ]}")
    return said or (Part.HIRING_MANAGER if _speaks_freely(words) and not by_robot else Part.CONTACT)


def _speaks_freely(words: Words) -> bool:
    """Whether who writes speaks for themselves, as one who hires in their own house does: of what they think, without
    the phrases of offices."""
    text, rules = " ".join(words.new[:READ].replace("’", "'").split()), table("people")
    if compiled(str(rules["of_offices"])).search(text):
        return False
    return all(_count(str(rules[key]), text) >= FREELY for key in ("of_oneself", "as_spoken"))


def _count(pattern: str, text: str) -> int:
    return sum(1 for _ in compiled(pattern).finditer(text))


def _quotes(one: Known, message: Message, words: Words) -> bool:
    """Whether the quoted mail is the writer's own: it comes from them, or greets somebody else."""
    begins = words.quoted[:GREETING].casefold()
    first_line = begins.partition("\n")[0]
    if first_line.startswith("from:"):
        return message.sender is not None and message.sender.email in first_line
    return one.name.split()[0].casefold() not in begins


def _said(section: str, text: str) -> Part | None:
    for row in table("people")[section]:
        if compiled(row["pattern"]).search(" ".join(text.replace("’", "'").split())):
            return Part(row["part"])
    return None
