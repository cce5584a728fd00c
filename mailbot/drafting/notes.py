"""What the person noted of a conversation, as it can stand in a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mailbot.drafting.data import table
from mailbot.drafting.letter import Note, NoteKind
from mailbot.drafting.people import full_name
from mailbot.drafting.wording import plain
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from mailbot.patterns import compiled
from mailbot.tracking.application import Application

TOPIC_WORDS = 14  # a longer note is a sentence of its own, or nothing for a letter
NOTE_CAP = 300
UNNAMED = "the file that I mentioned"  # what an attached file is called whose note says no more

_LEAD = compiled(
    r"^(?:[-*•]\s*)?(?:we\s+)?(?:also\s+)?(?:talked|spoke|chatted|discussed|discussion|asked|topics?|learned|learnt|heard)"
    r"(?:\s+(?:about|of|on))?[:\s]+|^(?:[-*•]\s*|about\s+)"
)
# A clause that hangs on a noun, or is a topic itself ('how repairs are planned'), makes no sentence of a phrase.
_CLAUSE = compiled(r"\b(?:how|what|why|where|when|which|who|whose|whether|that|because|if)\b")
_SENTENCE = compiled(
    r"^(?:I|I'\w+|we|you|he|she|they|it|there|this|these)\b.*\s|[.!?;]\s"
    r"|\b(?:is|are|was|were|will|has|have|had|wants?|said|told|can|could|should|would|need|needs)\b"
)
_SHORTENED = compiled(r"\b(?:dr|mr|mrs|ms|prof|st|jr|sr|no|vs|inc|ltd|co)\.")
_TO_THEM = compiled(r"^(?:I|I'\w+|my|you|your)\s")
_OF_THINGS = compiled(r"^(?:the|a|an|some|most|all|there)\s[^.!?]*$")
_OF_THEM = compiled(r"^(how |what |why |where |when |whether )?(they|their)\b ?")
_SENDING = compiled(
    r"^(?:(?:I|I'll|I will|I would|to)\s+)?(?:send|forward|share|mail|e-mail|email)(?:ing)?\s+"
    r"(?:(?:them|him|her|over)\s+)?"
)
_OF_SOMEBODY = compiled(r"\b(?:he|she|him|his|her|hers)\b")
DAY_WORDS = compiled(
    r"\b(?:today|tonight|tomorrow|yesterday|(?:this|next|last) (?:week|month|year|morning|afternoon|evening|monday"
    r"|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)
_SMALL = frozenset({
    "The", "A", "An", "Your", "Their", "My", "How", "What", "Why", "Where", "When", "Which", "Whether", "Who",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topics:
    """`phrases` fit after 'about' ('the move to Rust'); `sentences` stand alone; `attached` say what is attached, and
    `files` are the paths of it."""

    phrases: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def topics(follow_up: FollowUp, application: Application, notes: Iterable[Note], *, shared: bool) -> Topics:
    """What was noted for this letter's recipient, and, if `shared`, for all. Notes on another interview are left out
    of an interview's thanks; what is only true for a day never goes into a letter."""
    mine = tuple(belonging(follow_up, application, notes))
    found = _talked_of([one for one in mine if one.kind is NoteKind.TOPIC], follow_up, shared=shared)
    first, *rest = (*found.sentences, "")
    promised = () if found.attached or not shared else _promised(mine, follow_up)
    looked_for = _looked_for(mine, follow_up) if shared else ()
    # A letter has room for two: what the person would add, then what they promised.
    said = (first, *promised, *rest, *looked_for)
    return replace(found, sentences=tuple(dict.fromkeys(one for one in said if one)))


def _talked_of(notes: Iterable[Note], follow_up: FollowUp, *, shared: bool) -> Topics:
    phrases: list[str] = []
    sentences: list[str] = []
    attached: list[str] = []
    files: list[str] = []
    for note in notes:
        text = _lasting(_LEAD.sub("", plain(note.topic)))
        if note.attach:
            if follow_up.kind is FollowUpKind.THANK_YOU and (note.person or shared):
                attached.append(_as_topic(text, follow_up) if text and not _is_sentence(text) else UNNAMED)
                files.append(note.attach)
        elif _is_sentence(text):
            if (note.person or shared) and (sentence := _as_sentence(text)):
                sentences.append(sentence)
        elif phrase := _as_topic(text, follow_up):
            phrases.append(phrase)
    return Topics(*(tuple(dict.fromkeys(one)) for one in (phrases, sentences, attached, files)))


def _lasting(text: str) -> str:
    """Without its last stop; empty where it is too long for a letter or true for a day only."""
    text = text.rstrip(" .,;:")
    return "" if len(text) > NOTE_CAP or DAY_WORDS.search(text) else text


def _promised(notes: Iterable[Note], follow_up: FollowUp) -> tuple[str, ...]:
    """A thing that the person said they would send: 'the case study', 'to send my references'. Other promises are
    theirs to keep, and no words are put into their mouth."""
    if follow_up.kind is not FollowUpKind.THANK_YOU:
        return ()
    determiners = table("english.toml")["notes"]["determiners"]
    things = []
    for note in notes:
        text = _lasting(plain(note.topic)) if note.kind is NoteKind.PROMISED else ""
        sending = _SENDING.match(text)
        thing = text[sending.end :] if sending else text
        known = thing.partition(" ")[0].casefold() in determiners
        if thing and (sending or known) and not _is_sentence(thing) and not _OF_SOMEBODY.search(thing):
            things.append(thing[0].lower() + thing[1:] if known else f"the {thing}")
    return tuple(f"I will send you {one}, as promised." for one in things)


def _looked_for(notes: Iterable[Note], follow_up: FollowUp) -> tuple[str, ...]:
    """What they said that they look for, to somebody who was there and works there."""
    there = follow_up.meeting.interviewers if follow_up.meeting else ()
    if follow_up.to.agency or not any(one.email and one.email == follow_up.to.email for one in there):
        return ()
    noted = (_lasting(plain(one.topic)) for one in notes if one.kind is NoteKind.LOOKED_FOR)
    wanted = ", ".join(one for one in noted if one and not _is_sentence(one) and not _OF_SOMEBODY.search(one))
    return (f"You told me what you are looking for: {wanted}.",) if wanted else ()


def belonging(follow_up: FollowUp, application: Application, notes: Iterable[Note]) -> Iterator[Note]:
    """The notes that this letter may use: on its interview, for its recipient."""
    return (one for one in notes if _belongs(one, follow_up, application) and _concerns(one, follow_up))


def _belongs(note: Note, follow_up: FollowUp, application: Application) -> bool:
    about = set(note.about)
    if about.isdisjoint(one.message_id for one in application.readings):
        return False
    if follow_up.meeting is None or not about.isdisjoint(follow_up.meeting.fixed_by):
        return True
    return all(about.isdisjoint(one.fixed_by) for one in application.meetings)


def _concerns(note: Note, follow_up: FollowUp) -> bool:
    person, to = note.person.strip().casefold(), follow_up.to
    named = full_name(to.name).casefold()
    return person in ("", (to.email or "").casefold(), to.name.casefold(), named, *named.split())


def _is_sentence(text: str) -> bool:
    text = _SHORTENED.sub("", text)  # their stop ends nothing
    clause = _CLAUSE.search(text)
    before = text[: clause.start] if clause else text
    return bool(_SENTENCE.search(before)) or len(text.split()) > TOPIC_WORDS


def _as_sentence(text: str) -> str:
    """A noted sentence as it can be said to them; empty for one that speaks of them ('She said that ...')."""
    if _OF_THINGS.search(text):
        text = f"I was interested to hear that {text[0].lower()}{text[1:]}"
    elif not _TO_THEM.search(text):
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in "!?" else ".")


def _as_topic(text: str, follow_up: FollowUp) -> str:
    """A phrase as it stands inside a sentence that is said to them: 'The new plant' is 'the new plant', 'how they
    plan' is 'how you plan'; names keep their capitals. Empty where it speaks of somebody else."""
    if found := _OF_THEM.match(text):
        if follow_up.to.agency:
            return ""
        yours = "your" if (found.group(2) or "").lower() == "their" else "you"
        text = f"{found.group(1) or ''}{yours} {text[found.end :]}"
    if _OF_SOMEBODY.search(text):
        return ""
    word = text.partition(" ")[0]
    return text[0].lower() + text[1:] if word in _SMALL else text
