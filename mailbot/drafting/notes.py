"""What the person noted of a conversation, as it can stand in a letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailbot.drafting.letter import Note
from mailbot.drafting.people import first_name
from mailbot.drafting.wording import plain
from mailbot.etiquette.follow_up import FollowUp
from mailbot.patterns import compiled
from mailbot.tracking.application import Application

TOPIC_WORDS = 14  # a longer note is a sentence of its own, or nothing for a letter
NOTE_CAP = 300

_LEAD = compiled(
    r"^(?:[-*•]\s*)?(?:we\s+)?(?:also\s+)?(?:talked|spoke|chatted|discussed|discussion|asked|topics?|learned|learnt|heard)"
    r"(?:\s+(?:about|of|on))?[:\s]+|^(?:[-*•]\s*|about\s+)"
)
_SENTENCE = compiled(
    r"^(?:I|we|you|your|he|she|they|their|it|there|this|that|my|our)\b.*\s|[.!?;]\s"
    r"|\b(?:is|are|was|were|will|has|have|wants?|said|told)\b"
)
_TO_THEM = compiled(r"^(?:I|I'\w+|my|you|your)\s")
_OF_THINGS = compiled(r"^(?:the|a|an|some|most|all|there)\s[^.!?]*$")
DAY_WORDS = compiled(
    r"\b(?:today|tonight|tomorrow|yesterday|(?:this|next|last) (?:week|month|year|morning|afternoon|evening|monday"
    r"|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)


@dataclass(frozen=True, slots=True)
class Topics:
    """`phrases` fit after 'about' ('the move to Rust'); `sentences` stand alone."""

    phrases: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def topics(follow_up: FollowUp, application: Application, notes: Iterable[Note], *, shared: bool) -> Topics:
    """What was noted for this letter's recipient, and, if `shared`, for all. Notes on another interview are left out
    of an interview's thanks; what is only true for a day never goes into a letter."""
    phrases: list[str] = []
    sentences: list[str] = []
    for note in notes:
        if not _belongs(note, follow_up, application) or not _concerns(note, follow_up):
            continue
        text = _LEAD.sub("", plain(note.topic)).rstrip(" .,;:")
        if not text or len(text) > NOTE_CAP or DAY_WORDS.search(text):
            continue
        if _SENTENCE.search(text) or len(text.split()) > TOPIC_WORDS:
            if (note.person or shared) and (sentence := _as_sentence(text)):
                sentences.append(sentence)
        else:
            phrases.append(_inside(text))
    return Topics(tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(sentences)))


def _belongs(note: Note, follow_up: FollowUp, application: Application) -> bool:
    about = set(note.about)
    if about.isdisjoint(one.message_id for one in application.readings):
        return False
    if follow_up.meeting is None or not about.isdisjoint(follow_up.meeting.fixed_by):
        return True
    return all(about.isdisjoint(one.fixed_by) for one in application.meetings)


def _concerns(note: Note, follow_up: FollowUp) -> bool:
    person = note.person.strip().casefold()
    to = follow_up.to
    return person in ("", (to.email or "").casefold(), to.name.casefold(), first_name(to.name).casefold())


def _as_sentence(text: str) -> str:
    """A noted sentence as it can be said to them; empty for one that speaks of them ('She said that ...')."""
    if _OF_THINGS.search(text):
        text = f"I was interested to hear that {text[0].lower()}{text[1:]}"
    elif not _TO_THEM.search(text):
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in "!?" else ".")


def _inside(text: str) -> str:
    """A phrase as it stands inside a sentence: 'The new plant' is 'the new plant', names keep their capitals."""
    word = text.partition(" ")[0]
    small = {"The", "A", "An", "Your", "Their", "His", "Her", "How", "What", "Why", "Where", "When", "Which"}
    return text[0].lower() + text[1:] if word in small else text
