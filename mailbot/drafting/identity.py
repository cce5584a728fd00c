"""The Message-ID of a follow-up's draft: the same after any recomputation, and nobody's but the holder of the key."""

from __future__ import annotations

import hmac
from base64 import b32encode

from mailbot.etiquette.follow_up import FollowUpKind, Identity


def message_id(key: bytes, kind: FollowUpKind, recipient: str, occasion_message: str, domain: str) -> str:
    """`<` base32 of HMAC-SHA256(key; kind, recipient, message's id) `@` domain `>` (RFC 5322 section 3.6.4).

    Each field is preceded by its length (four bytes), so that no two triples give the same bytes. `domain` is that of
    the From address."""
    digest = hmac.new(key, digestmod="sha256")
    for part in (kind.value, recipient, occasion_message):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(4, "big") + data)
    local = b32encode(digest.digest()).decode("ascii").rstrip("=").lower()
    return f"<{local}@{domain}>"


def message_ids(key: bytes, identity: Identity, domain: str) -> tuple[str, ...]:
    """Every Message-ID that a draft of this follow-up can bear: one for each message of the occasion, oldest first.
    The first is the one that a new letter gets."""
    return tuple(message_id(key, identity.kind, identity.recipient, one, domain) for one in identity.occasion)
