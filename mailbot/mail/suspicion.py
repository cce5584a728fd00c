"""When a mailbox looks wrong."""

from __future__ import annotations


def emptied(known: int, present: int) -> str:
    """In words that a mailbox which held `known` mails at the last look is empty now (an unmounted disk, a server
    restored from nothing); empty where it does not look so."""
    return f"The mailbox held {known} mails at the last look and is empty now." if known and not present else ""
