"""Who gives access tokens for a server, and the sign-in from which they come: kept as `mail/kept.py` says, the
tokens of the hour in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mailbot.mail.tables import table


@dataclass(frozen=True, slots=True)
class Issuer:
    """One line of `data/sign_in.toml`."""

    name: str
    scope: str
    hosts: tuple[str, ...]
    authority: str = ""


def issuer_of(host: str) -> Issuer | None:
    """None for a server whose tokens mailbot cannot get by itself."""
    rows = (Issuer(**{**one, "hosts": tuple(one["hosts"])}) for one in table("sign_in")["issuer"])
    return next((one for one in rows if host.lower() in one.hosts), None)


def access_tokens(account: str, issuer: Issuer, file: Path) -> Callable[[], str]:
    """What gives an access token that is still good, from the sign-in that `file` keeps; it raises ActionNeeded where
    that no longer holds, Transient."""
    if issuer.name == "microsoft":
        from mailbot.mail.imap.microsoft import Microsoft

        return Microsoft(account, issuer, file).access
    from mailbot.mail.imap.google import Google

    return Google(account, file).access
