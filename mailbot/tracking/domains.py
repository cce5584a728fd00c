"""The organisation behind a mail address, where there is one."""

from __future__ import annotations

from functools import lru_cache

from mailbot.mail.message import Address
from mailbot.reading import domains

# From here on a domain's label is taken for an organisation's name (see `reading.domains.spells`).
SPELLS = 0.6


@lru_cache(maxsize=8192)
def organisation(domain: str) -> str:
    """The registered domain ('mail.acme.co.uk' is 'acme.co.uk'); empty for webmail, hiring tools and job boards."""
    if not domains.is_own(domain):
        return ""
    return domain.removeprefix(f"{domains.registered(domain)[1]}.")


@lru_cache(maxsize=8192)
def is_tool(domain: str) -> bool:
    """Whether a hiring tool, job board or calendar service writes from it: its addresses are nobody's."""
    return domains.is_tool(domain)


@lru_cache(maxsize=8192)
def corner(address: Address) -> str:
    """An employer's corner of a hiring tool: 'acme@workday' for acme@myworkday.com; empty where there is none."""
    tenant = domains.tenant(address)
    return f"{tenant}@{domains.registered(address.domain)[0]}" if tenant else ""


@lru_cache(maxsize=16384)
def resembles(domain: str, company: str) -> bool:
    """Whether a domain's own label looks like that organisation's name ('acmelabs.com' and 'Acme Labs Ltd')."""
    return domains.spells(domains.registered(domain)[0], company) >= SPELLS
