"""What is asked of Gmail's search in a first scan, by its API and by IMAP alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mailbot.mail.tables import table


def scan_query(listing: Mapping[str, Any], since: datetime | None) -> str:
    """One listing of `data/gmail.toml`, without what cannot matter by Gmail's categories: IMAP's way, to which header
    fields cost nothing. The API's is in `choice.py`."""
    matters = f" {table('gmail')['scan']['matters'].strip()}" if listing["matters"] else ""
    return f"{listing['query']}{matters}{after(since)}"


def after(since: datetime | None) -> str:
    """Gmail reads a day as one in California; seconds have no zone."""
    return f" after:{int(since.timestamp()) - 1}" if since else ""
