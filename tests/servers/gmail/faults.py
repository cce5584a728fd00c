"""What can go wrong between here and Gmail, to be put in front of the requests to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.servers.gmail.calls import ApiError


@dataclass
class Fault:
    """Happens to the next `times` requests whose 'METHOD /path' holds `where`. `carried_out`: the request is done
    first, and what follows befalls the answer."""

    where: str
    error: ApiError | None = None  # refused with this
    drop: bool = False  # the line is cut without an answer
    garbage: bytes | None = None  # these bytes, with `status`
    status: int = 200
    stall: float = 0.0  # seconds in which nothing comes
    cut: bool = False  # the answer ends in the middle
    drip: float = 0.0  # the answer comes byte by byte, with as many seconds between any two
    carried_out: bool = False
    times: int = 1
    then: Callable[[], None] = field(default=lambda: None)


RATE = "rateLimitExceeded"


def refused(where: str, status: int, reason: str = "backendError", *, times: int = 1, after: str = "") -> Fault:
    return Fault(where, ApiError(status, reason, headers={"Retry-After": after} if after else {}), times=times)


PORTAL = b"<html><body>Welcome to the airport. Please sign in.</body></html>"
FAULTS: dict[str, Callable[[str], Fault]] = {
    "429": lambda where: refused(where, 429, RATE),
    "403 rate": lambda where: refused(where, 403, "userRateLimitExceeded"),
    "500": lambda where: refused(where, 500),
    "503": lambda where: refused(where, 503),
    "401": lambda where: refused(where, 401, "authError"),
    "dropped": lambda where: Fault(where, drop=True),
    "garbage": lambda where: Fault(where, garbage=b"\x00{not json"),
    "portal": lambda where: Fault(where, garbage=PORTAL),
    "cut": lambda where: Fault(where, cut=True),
    "404 page": lambda where: Fault(where, garbage=PORTAL, status=404),
    "403 page": lambda where: Fault(where, garbage=PORTAL, status=403),
}
# What leaves open whether a request was carried out.
AFTER: dict[str, Callable[[str], Fault]] = {
    "503 after": lambda where: Fault(where, ApiError(503, "backendError"), carried_out=True),
    "dropped after": lambda where: Fault(where, drop=True, carried_out=True),
    "garbage after": lambda where: Fault(where, garbage=PORTAL, carried_out=True),
    "cut after": lambda where: Fault(where, cut=True, carried_out=True),
    "404 page after": lambda where: Fault(where, garbage=PORTAL, status=404, carried_out=True),
}
