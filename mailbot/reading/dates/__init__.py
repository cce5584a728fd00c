"""A grammar of hiring time: `find` gives every time that a text mentions, with its exact words and its value.

Tables in `data/time/` hold the words; the rules look a few tokens ahead, so that the whole is linear in the text.
"""

from mailbot.reading.dates.ahead import days_ahead
from mailbot.reading.dates.grammar import find
from mailbot.reading.dates.values import Bound, DateContext, Length, Mention, Precision, Unit, When

__all__ = ["Bound", "DateContext", "Length", "Mention", "Precision", "Unit", "When", "days_ahead", "find"]
