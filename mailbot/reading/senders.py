"""Who is behind an address: a hiring tool, a job board, a robot, a shared mailbox."""

from __future__ import annotations

from functools import cache, lru_cache

from mailbot.mail.message import Address
from mailbot.patterns import compiled
from mailbot.reading.tables import table

REMEMBERED = 1024  # answers kept: of one address a mail asks a dozen times


@lru_cache(maxsize=REMEMBERED)
def service(domain: str) -> str:
    """What a domain's service is for ('ats', 'calendar', 'assessment', 'board'), empty where it is not known."""
    pieces = domain.lower().split(".")
    for at in range(len(pieces) - 1):
        if found := _services().get(".".join(pieces[at:])):
            return found
    return ""


@lru_cache(maxsize=REMEMBERED)
def is_robot(address: Address) -> bool:
    """Whether nobody reads what is sent there, by the part before the '@'."""
    return compiled(table("senders")["locals"]["robot"]).fullmatch(address.email.rpartition("@")[0]) is not None


@lru_cache(maxsize=REMEMBERED)
def is_shared(address: Address) -> bool:
    """Whether several read what is sent there: hr@, jobs@, or a name such as 'Acme Talent Team'."""
    if compiled(table("senders")["locals"]["shared"]).fullmatch(address.email.rpartition("@")[0]):
        return True
    return compiled(table("senders")["locals"]["team_name"]).search(address.name) is not None


def is_provider(authserv: str) -> bool:
    """Whether this is the name under which a known mail provider reports what it checked (RFC 8601 section 2.2)."""
    known = frozenset(table("senders")["authentication"]["providers"].split())
    pieces = authserv.lower().split(".")
    return any(".".join(pieces[at:]) in known for at in range(len(pieces) - 1))


@cache
def _services() -> dict[str, str]:
    return {domain: name for name, listed in table("senders")["domains"].items() for domain in listed.split()}
