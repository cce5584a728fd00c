"""Whether everything is well: each check is a Finding, with what mends it."""

from mailbot.doctor.examining import examine
from mailbot.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examine"]
