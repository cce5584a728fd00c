"""mailbot where the names of the world lead to servers of this machine: the program is the real one, the network is the
tests'. For commands that name a provider, such as those that the README prints.

usage: python -m tests.servers.elsewhere ARGS...

MAILBOT_ELSEWHERE is JSON: `imap` maps HOST:PORT to a port of this machine, `gmail` is the address of a server of Gmail.
"""

from __future__ import annotations

import json
import os
import socket
from typing import Any


def lead_here(asked: dict[str, Any]) -> None:
    """From now on."""
    real = socket.getaddrinfo

    def found(host: Any, port: Any, *args: Any, **how: Any) -> Any:
        if here := asked.get("imap", {}).get(f"{host}:{port}"):
            return real("127.0.0.1", here, *args, **how)
        return real(host, port, *args, **how)

    socket.getaddrinfo = found
    if gmail := asked.get("gmail"):
        from mailbot.mail.gmail import sign_in
        from mailbot.mail.gmail.mailbox import GmailMailbox

        sign_in.sign_in.__kwdefaults__["api"] = gmail
        GmailMailbox.__init__.__kwdefaults__.update(api=gmail, token_uri=f"{gmail}/token")


if __name__ == "__main__":
    from mailbot.cli import main

    lead_here(json.loads(os.environ["MAILBOT_ELSEWHERE"]))
    main()
