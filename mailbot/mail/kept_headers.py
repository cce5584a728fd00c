"""The headers that reading looks at, by lower-cased name, besides those that every mail has."""

from __future__ import annotations

KEPT_HEADERS = frozenset({
    "auto-submitted", "precedence", "list-id", "list-unsubscribe", "list-post", "feedback-id", "x-feedback-id",
    "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-submitted", "x-loop",
    "return-path", "sender", "errors-to", "authentication-results", "arc-authentication-results", "received-spf",
    "x-failed-recipients", "x-mailer", "user-agent", "x-mailgun-sid", "x-ses-outgoing", "x-sg-eid",
    "x-ms-exchange-calendar-originator-id", "x-microsoft-cdo-busystatus", "x-google-calendar-content",
    "thread-topic", "thread-index", "delivered-to", "x-original-to", "x-forwarded-to", "x-forwarded-for",
    "resent-from", "resent-to", "resent-sender", "content-language", "accept-language", "importance", "content-class",
    "content-type",
})  # fmt: skip
