"""What the service says of itself: structured lines of an allow-list of fields, and no word of any mail.

On a terminal and in the journal as `event field=value`, in a file as the same. What other libraries log is cut to
the name of the library: their texts may hold mail, addresses or codes of sign-in (googleapiclient warns with content,
google_auth_oauthlib logs the code at INFO, imapclient logs whole bodies at DEBUG).
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from mailbot.lean import hollow, without

# Of what structlog takes along: rich is for a developer's console, greenlet and asyncio for programs that have a loop
# of events. Nothing here uses any of them, and they are 11 MB.
with without("rich", "greenlet"), hollow(asyncio={}):
    import structlog

# The only fields that a line may have. None of them ever holds text of a mail: errors are our own sentences.
FIELDS = frozenset(
    {"event", "level", "timestamp", "account", "application", "follow_up", "status", "stage", "error", "where", "count",
     "seconds", "pid", "signal", "version", "library", "due"}
)  # fmt: skip
LONGEST = 500  # characters of one value
QUIET = (
    "imapclient",
    "imaplib",
    "googleapiclient",
    "google",
    "google_auth_oauthlib",
    "urllib3",
    "requests",
    "apscheduler",
)
SIZE, KEPT = 1 << 20, 3  # bytes of a log file before it is turned over, and how many old ones stay


class Logger:
    """Says what happens in one part of the service."""

    def __init__(self, name: str) -> None:
        self._log = structlog.stdlib.get_logger(f"mailbot.{name}")

    def info(self, event: str, **fields: object) -> None:
        self._log.info(event, **fields)

    def warning(self, event: str, **fields: object) -> None:
        self._log.warning(event, **fields)

    def error(self, event: str, **fields: object) -> None:
        self._log.error(event, **fields)

    def bug(self, event: str, error: BaseException) -> None:
        """An exception that should not happen: what kind it is and where it came from, never its text."""
        frames = traceback.extract_tb(error.__traceback__)[-4:]
        where = " < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames))
        self._log.error(event, error=f"{type(error).__name__} (a bug of mailbot's: please report it)", where=where)


def logger(name: str) -> Logger:
    """The logger of one part."""
    return Logger(name)


def configure(*, file: Path | None = None, verbose: bool = False) -> None:
    """Log to standard error, or to a file that is turned over at 1 MB; `verbose`: with what happens at every step."""
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if file is not None:
        file.touch(mode=0o600)
        handler = logging.handlers.RotatingFileHandler(file, maxBytes=SIZE, backupCount=KEPT, delay=True)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], repr_native_str=False),
            ],
            foreign_pre_chain=[_foreign, structlog.stdlib.add_log_level, *_common()],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("mailbot").setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, *_common(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _common() -> list[structlog.typing.Processor]:
    return [structlog.processors.TimeStamper(fmt="iso", utc=False), _allowed]


Event = MutableMapping[str, Any]


def _allowed(_logger: object, _method: str, event: Event) -> Event:
    """Only the fields of the list, short and without control characters; names with `_` are structlog's own."""
    kept = {name: value for name, value in event.items() if name in FIELDS or name.startswith("_")}
    return {name: value if name.startswith("_") else _clean(value) for name, value in kept.items()}


def _clean(value: object) -> object:
    if not isinstance(value, str):
        return value if isinstance(value, (int, float, bool)) or value is None else _clean(str(value))
    return "".join(one if one.isprintable() else "?" for one in value)[:LONGEST]


def _foreign(_logger: object, _method: str, event: Event) -> Event:
    """A line of another library: that it spoke, not what it said."""
    record = event["_record"]
    kept = {name: value for name, value in event.items() if name.startswith("_")}
    return {**kept, "event": "library_warning", "library": record.name}
