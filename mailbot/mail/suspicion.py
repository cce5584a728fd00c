"""When a mailbox looks wrong: emptied at a stroke, or full of other mail than before."""

from __future__ import annotations

FEW = 10  # mails; so few may well all be moved or renamed between two looks


def suspicion(known: int, remaining: int, present: int) -> str:
    """In words why the mailbox looks wrong, empty where it does not. `known`: mails at the last look; `remaining`:
    those of them that are still there; `present`: all mails now."""
    if known and not present:
        return f"The mailbox held {known} mails at the last look and is empty now."
    if known >= FEW and not remaining:
        return f"Each of the {known} mails of the last look is gone, and {present} others are there."
    return ""
