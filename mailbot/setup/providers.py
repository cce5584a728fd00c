"""The IMAP settings of the large providers, by the domain of an address."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a provider's mail is read. `note`: what the person must know or do first, and `page` where; empty where
    there is nothing."""

    name: str
    host: str
    domains: tuple[str, ...] = ()
    port: int = 993
    security: str = "tls"
    sign_in: str = "password"
    note: str = ""
    page: str = ""


@cache
def providers() -> tuple[Provider, ...]:
    """The whole table (providers.toml)."""
    text = files("mailbot.setup").joinpath("providers.toml").read_text(encoding="utf-8")
    return tuple(Provider(**{**one, "domains": tuple(one["domains"])}) for one in tomllib.loads(text)["provider"])


def provider_of(address: str) -> Provider | None:
    """The provider of that address, if the table knows its domain."""
    domain = domain_of(address)
    return next((one for one in providers() if domain in one.domains), None)


def provider_at(host: str) -> Provider | None:
    """The provider whose server that is: an address of one's own firm may lie at a large one."""
    return next((one for one in providers() if one.host == host.strip().lower()), None)


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip().lower()
