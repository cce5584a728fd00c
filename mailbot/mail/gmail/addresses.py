"""Whose mailbox it is: Gmail's spellings of one address, and what is said where somebody else has signed in."""

from __future__ import annotations

from mailbot.errors import ActionNeeded


def is_same(one: str, other: str) -> bool:
    """Whether both address the same mailbox."""
    return _plain(one) == _plain(other)


def somebody_else(account: str, address: str, user: str) -> ActionNeeded:
    """The sentence where `address` has signed in, and not `user` as the configuration says."""
    return ActionNeeded(
        f"You signed in as {address}, but '{account}' is {user}.",
        mend=f"Run: mailbot auth {account}, and choose the other account; or change user in mailbot.toml.",
    )


def _plain(address: str) -> str:
    """Gmail reads no dots and nothing after a plus in its own addresses."""
    local, _, domain = address.lower().partition("@")
    if domain in ("gmail.com", "googlemail.com"):
        return f"{local.partition('+')[0].replace('.', '')}@gmail.com"
    return f"{local}@{domain}"
