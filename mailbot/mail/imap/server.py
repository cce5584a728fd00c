"""Which server an account lies on, and how one signs in: values, nothing is opened."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Security(StrEnum):
    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"  # to this machine alone


class SignIn(StrEnum):
    PASSWORD = "password"  # noqa: S105 - a way, no word
    XOAUTH2 = "xoauth2"  # the secret is an access token, as Google and Microsoft give it
    OAUTHBEARER = "oauthbearer"  # the same by RFC 7628


@dataclass(frozen=True, slots=True)
class Server:
    """`secret` gives the password or the token, asked for anew at each sign-in: tokens live an hour. It raises
    ActionNeeded where there is none. `mend` is what helps where the server refuses it."""

    host: str
    port: int
    security: Security
    user: str
    secret: Callable[[], str]
    sign_in: SignIn = SignIn.PASSWORD
    mend: str = "Gmail, iCloud and Yahoo want an app password, Microsoft a token (sign_in = \"xoauth2\")."


def is_this_machine(host: str) -> bool:
    """Whether what goes to this host by its name stays on this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
