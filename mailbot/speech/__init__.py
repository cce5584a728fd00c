"""What each command of the person's says, as one word for the ledger. Pure: `now` is an argument."""

from mailbot.speech.answers import answer
from mailbot.speech.facts import correct
from mailbot.speech.letters import decline, draft, missed, withdraw
from mailbot.speech.notes import Noted, note
from mailbot.speech.together import merge, split
from mailbot.speech.wishes import mute, pause, preset

__all__ = [
    "Noted", "answer", "correct", "decline", "draft", "merge", "missed", "mute", "note", "pause", "preset", "split",
    "withdraw",
]  # fmt: skip
