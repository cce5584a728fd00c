"""Etiquette: Applications and a moment become follow-ups with verdicts, by the rules of a preset."""

from mailbot.etiquette.imagined import imagined, why_not
from mailbot.etiquette.loading import PRESETS, about, load
from mailbot.etiquette.lying import lies_too_long, lies_until
from mailbot.etiquette.plan import plan
from mailbot.etiquette.rules import Etiquette, patience
from mailbot.etiquette.workdays import public_holidays, whose_holidays

__all__ = [
    "PRESETS",
    "Etiquette",
    "about",
    "imagined",
    "lies_too_long",
    "lies_until",
    "load",
    "patience",
    "plan",
    "public_holidays",
    "whose_holidays",
    "why_not",
]
