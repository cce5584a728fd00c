"""What Gmail's answers mean: which refusal passes, which one the person must mend, and what is not there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mailbot.errors import ActionNeeded, MailbotError, ProtocolBroken, Transient

SIGNED_OUT = 401
GONE = 404
LOST, GARBLED = 0, 1  # no status at all: the line broke; what came was no answer of Gmail's
PASSING = frozenset({LOST, GARBLED, 408, 429, 500, 502, 503, 504})
# "Resolve errors": of the reasons of a 403, these pass by themselves within a minute.
RATES = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"})
SCOPES = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
SWITCHED_OFF = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no success. `after`: seconds that the server asks to wait, None where it says nothing."""

    status: int
    reasons: frozenset[str] = frozenset()
    words: str = ""
    after: float | None = None

    @property
    def passes(self) -> bool:
        """Whether the same question may be answered a little later."""
        return self.status in PASSING or bool(self.status == 403 and self.reasons & RATES)


def refusal(status: int, content: bytes, retry_after: str = "", *, now: datetime | None = None) -> Refusal:
    """What an HTTP status and its body say; GARBLED where that is no refusal of Google's. `retry_after` is that
    header's value, in seconds or as a date."""
    try:
        told = json.loads(content)["error"]
        reasons = {str(one.get("reason")) for key in ("errors", "details") for one in told.get(key, ())}
        reasons.add(str(told.get("status", "")))
        words = str(told.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        # Google refuses in JSON: a page that says 404 is somebody else's, and no word about a mail or the history.
        reasons, words, status = set(), "", status if status in PASSING else GARBLED
    return Refusal(status, frozenset(reasons), words[:200], _seconds(retry_after, now or datetime.now(UTC)))


def problem(account: str, one: Refusal) -> MailbotError:
    """The sentence for a refusal that is final for now."""
    again = f"Run: mailbot auth {account}"
    if one.status == LOST:
        return Transient(f"The line from '{account}' to Gmail broke: {one.words}.", mend="It is tried again by itself.")
    if one.status == GARBLED:
        return Transient("Something between here and Gmail answers in its place.", mend="Is this network signed in?")
    if one.status == SIGNED_OUT:
        return ActionNeeded(f"Gmail no longer accepts the sign-in of '{account}'.", mend=again)
    if one.reasons & SCOPES:
        return ActionNeeded(
            f"The sign-in of '{account}' may not do all that is needed: a box was left unticked.", mend=again
        )
    if one.reasons & SWITCHED_OFF:
        return ActionNeeded(
            f"The Gmail API is switched off in the Google project of '{account}'.",
            mend="Enable it at https://console.cloud.google.com/apis/library/gmail.googleapis.com",
        )
    if "dailyLimitExceeded" in one.reasons:
        return Transient(f"The Google project of '{account}' has used up its quota for today.")
    if one.passes:
        return Transient(f"Gmail refuses '{account}' for now ({one.status}).", mend="It is tried again by itself.")
    if one.status == 403:
        return ActionNeeded(f"Gmail refuses '{account}': {one.words or one.status}", mend=again)
    return ProtocolBroken(f"Gmail answered '{account}' with status {one.status}: {one.words or 'no reason given'}")


def _seconds(value: str, now: datetime) -> float | None:
    """RFC 9110 section 10.2.3: seconds or a date."""
    if value.strip().isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds())
