"""A provider's own word on its IMAP server: the autoconfig file that mail programs ask for (Mozilla's format 1.1).

Asked only with the person's permission, of the provider's own domain alone, over https, and without the address.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit
from xml.etree import ElementTree

from mailbot.errors import Transient
from mailbot.setup.providers import Provider

PLACES = ("https://autoconfig.{}/mail/config-v1.1.xml", "https://{}/.well-known/autoconfig/mail/config-v1.1.xml")
WITHIN = 10.0  # seconds
LARGEST = 64 * 1024  # bytes
SECURITY = {"SSL": "tls", "STARTTLS": "starttls"}


def ask(domain: str, fetch: Callable[[str], bytes] | None = None) -> Provider | None:
    """The IMAP server that the domain itself names; None where it names none. Raises Transient where nobody there
    answers."""
    failed = ""
    for place in PLACES:
        try:
            content = (fetch or _fetch)(place.format(domain))
        except (OSError, HTTPException, ValueError) as error:
            failed = failed if isinstance(error, urllib.error.HTTPError) else str(error)
            continue
        if found := parse(content, domain):
            return found
    if failed:
        raise Transient(f"{domain} could not be asked for its settings: {failed}.")
    return None


def parse(content: bytes, domain: str) -> Provider | None:
    """The first IMAP server of an autoconfig file whose line is private; None where there is none, or it is no such
    file. A file that declares entities is none: they can blow it up."""
    if b"<!" in content.replace(b"<!--", b""):
        return None
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - small, and without entities
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    for server in root.iter("incomingServer"):
        host, port = (server.findtext("hostname") or "").strip(), (server.findtext("port") or "").strip()
        security = SECURITY.get((server.findtext("socketType") or "").strip())
        if server.get("type") == "imap" and security and _is_host(host) and port.isdecimal() and int(port) < 65536:
            return Provider(domain, host, port=int(port), security=security)
    return None


def _is_host(text: str) -> bool:
    return bool(text) and all(one.isascii() and (one.isalnum() or one in ".-") for one in text)


class _HttpsAlone(urllib.request.HTTPRedirectHandler):
    """Follows no way out of https."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme != "https":
            raise urllib.error.HTTPError(newurl, code, "It leads away from https.", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(address: str) -> bytes:
    with urllib.request.build_opener(_HttpsAlone).open(address, timeout=WITHIN) as answer:
        return bytes(answer.read(LARGEST))
