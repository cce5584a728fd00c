"""The world of a Gmail account that the npm emulator keeps, behind our strict front."""

from __future__ import annotations

from pathlib import Path

from tests.mail.conformance.gmail_world import GmailWorld
from tests.servers.gmail.emulated_server import emulated_server


class EmulatedWorld(GmailWorld):
    def __init__(self, token: Path) -> None:
        super().__init__(token, emulated_server())
