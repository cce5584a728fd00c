"""The names of files in a Maildir: `UNIQUE:2,FLAGS` (cr.yp.to/proto/maildir.html).

The unique part names the mail for its whole life in a folder. Programs append fields to it after a comma
(`,S=2043` Dovecot, `,U=17` mbsync, `,FMD5=` offlineimap) and change the flags at any time. Where file names cannot
hold a colon, `;` or `!` stands for it.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

DELIMITERS = ":;!"
MAILDIR_BEGAN = 788_918_400  # seconds: 1995, when qmail brought the format


@dataclass(frozen=True, slots=True)
class Name:
    """`delimiter` is empty where the name has no flags part."""

    unique: str
    flags: str
    delimiter: str

    @property
    def info(self) -> str:
        """The part with the flags as it stands in the file's name, empty where there is none."""
        return f"{self.delimiter}2,{self.flags}" if self.delimiter else ""

    @property
    def seconds(self) -> int:
        """The delivery time that the name begins with, in seconds since 1970 UTC; 0 where it begins otherwise: with no
        number, with one that other programs count by (1.eml), or with finer parts of a second."""
        head = self.unique.partition(".")[0]
        time = int(head) if head.isascii() and head.isdecimal() and len(head) <= 10 else 0
        return time if time >= MAILDIR_BEGAN else 0


def read_name(file_name: str) -> Name:
    """The parts of a file's name, whatever it is."""
    for delimiter in DELIMITERS:
        base, mark, flags = file_name.rpartition(f"{delimiter}2,")
        if base and mark:
            return Name(_unique(base), flags, delimiter)
    return Name(_unique(file_name), "", "")


def new_name() -> str:
    """A unique name, like any program's: the time and 64 random bits. The host's name is nobody's business."""
    now = time.time_ns()
    return f"{now // 10**9}.M{now // 1000 % 10**6:06}R{secrets.token_hex(8)}.localhost"


def _unique(base: str) -> str:
    head, *fields = base.split(",")
    return head if head and all("=" in field for field in fields) else base
