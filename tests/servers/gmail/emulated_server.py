"""The server of `server.py`, whose accounts and sign-in the npm emulator keeps."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

from tests.servers.gmail.account import Account
from tests.servers.gmail.emulated import Emulated
from tests.servers.gmail.emulated_sign_in import EmulatedSignIn
from tests.servers.gmail.server import GmailServer


class EmulatedServer(GmailServer):
    def __init__(self) -> None:
        super().__init__()
        self.sign_in = EmulatedSignIn(self.accounts)

    def account(self, **how: Any) -> Account:
        one = Emulated(**how)
        self.accounts.append(one)
        self.sign_in.grant(one)
        return one


@cache
def emulated_server() -> EmulatedServer:
    """The one of this process; it ends with it."""
    server = EmulatedServer()
    threading.Thread(target=server.serve_forever, name="gmail-emulated", daemon=True).start()
    return server
