"""Telling systemd how the service is (sd_notify(3)): one datagram to the socket that it names."""

from __future__ import annotations

import os
import socket


def notify(state: str) -> bool:
    """Send a state such as READY=1; False where nobody asked for it, or nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]  # an abstract socket (unix(7))
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as talk:
            talk.connect(address)
            talk.sendall(state.encode())
    except OSError:
        return False
    return True


def watchdog_seconds() -> float | None:
    """How often systemd wants a sign of life; None where it wants none of this process."""
    for_whom = os.environ.get("WATCHDOG_PID", str(os.getpid()))
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    if for_whom != str(os.getpid()) or not microseconds.isdigit():
        return None
    return int(microseconds) / 1_000_000
