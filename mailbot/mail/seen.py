"""A set of names as compact text: what a cursor or a snapshot remembers of a mailbox that numbers nothing.

Eight characters for each name: 48 bits of its BLAKE2b. In a mailbox of 100,000 mails the chance that a new one is
taken for a known one is 4 in 10^10.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from hashlib import blake2b

WIDTH = 6  # bytes, so that base64 has no padding
MARK = "names:"


def mark_of(name: str) -> bytes:
    """What the set keeps of a name."""
    return blake2b(name.encode(), digest_size=WIDTH).digest()


def write_marks(marks: Iterable[bytes]) -> str:
    """The set as ASCII text; equal sets give equal text."""
    return MARK + base64.b64encode(b"".join(sorted(marks))).decode()


def read_marks(text: str) -> frozenset[bytes] | None:
    """The set that `write_marks` wrote; None for any other text."""
    if not text.startswith(MARK):
        return None
    try:
        joined = base64.b64decode(text.removeprefix(MARK), validate=True)
    except binascii.Error:
        return None
    if len(joined) % WIDTH:
        return None
    return frozenset(joined[at : at + WIDTH] for at in range(0, len(joined), WIDTH))
