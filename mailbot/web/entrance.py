"""Who may come in: the start link's secret, exchanged for a cookie.

Cookies know no ports: every other server on this machine is shown those of 127.0.0.1. So ours is bound to a path that
nobody can guess, and no other server is ever asked for it."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie

COOKIE = "mailbot"


class Entrance:
    """One run of the page. `place` is the path below which all of it lies. The lasting secret is for the terminal; the
    other is for the program that opens the browser, whose arguments others on this machine can read: it opens once."""

    def __init__(self) -> None:
        self.place = f"/{secrets.token_urlsafe(12)}"
        self.lasting = secrets.token_urlsafe(32)
        self.once = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._spent = False

    def admits(self, secret: str) -> bool:
        """Whether a start link with that secret opens the page; the one for the browser does so once."""
        if _same(secret, self.lasting):
            return True
        fits = _same(secret, self.once) and not self._spent
        self._spent |= fits
        return fits

    def cookie(self) -> str:
        """The Set-Cookie header for whoever was let in."""
        return f"{COOKIE}={self._session}; Path={self.place}/; HttpOnly; SameSite=Strict"

    def knows(self, header: str) -> bool:
        """Whether a Cookie header holds ours."""
        try:
            held = SimpleCookie(header).get(COOKIE)
        except CookieError:
            return False
        return held is not None and _same(held.value, self._session)


def _same(given: str, ours: str) -> bool:
    return secrets.compare_digest(given.encode(), ours.encode())
