"""The world of an account on pymap."""

from __future__ import annotations

from tests.mail.conformance.imap_world import ImapWorld


class PymapWorld(ImapWorld):
    def invalidate_cursors(self) -> bool:
        return False  # it knows no such thing
