"""What a draft that the person edited lacks: the sentences that it would have by now. Pure."""

from __future__ import annotations

from mailbot.drafting.letter import Letter
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.reading.quoting import lines_of
from mailbot.reading.sentences import sentences

_GROWING = (FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER)  # those that notes are written into


def to_add(placed: str, letter: Letter) -> tuple[str, ...]:
    """The sentences of the letter as it would be composed now that the text placed did not have, and what to attach.
    None for letters that no note changes."""
    if letter.follow_up.kind not in _GROWING:
        return ()
    had = set(_sentences(placed))
    new = [one for one in _sentences(letter.body) if one not in had]
    return (*new, *(f"(attach {one.name})" for one in letter.attachments if new))


def _sentences(text: str) -> list[str]:
    return [one.text for one in sentences(lines_of(text), text)]
