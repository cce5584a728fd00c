"""The household as the page sees it: open while the page is served, and opened anew whenever the ledger or the
configuration has changed, by a service at work, a command, or a form of the page's own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from mailbot.config import default_config_file, default_state_folder, local_now
from mailbot.household import Household, open_household
from mailbot.outcome import Outlook
from mailbot.pages import Pages, pages_of
from mailbot.store.sqlite import FILE
from mailbot.voice import Heard


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything at one moment."""

    home: Household
    outlook: Outlook
    pages: Pages

    @property
    def now(self) -> datetime:
        return self.outlook.now


class Desk:
    """For one thread. `clock` gives the time in a zone. `heard` is what was said here since the page is served."""

    def __init__(self, config: Path | None, state: Path | None, clock: Callable[[str], datetime] = local_now) -> None:
        self._config = config
        self._state = state
        self._files = (config or default_config_file(), (state or default_state_folder()) / FILE)
        self._clock = clock
        self._open = ExitStack()
        self._home: Household | None = None
        self._seen: object = None
        self.heard: dict[int, Heard] = {}

    def look(self) -> Sight:
        """How everything stands now, by the ledger alone. Raises ConfigError, ActionNeeded, Transient."""
        seen = tuple(_stamp(one) for one in self._files)
        if self._home is None or seen != self._seen:
            self.close()
            self._home = self._open.enter_context(open_household(self._config, self._state))
            self._seen = seen
        outlook = self._home.assistant.outlook(self._clock(self._home.settings.zone))
        return Sight(self._home, outlook, pages_of(self._home.settings))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._home = None
        self._open.close()


def _stamp(file: Path) -> object:
    """Another value whenever the file was written."""
    try:
        known = file.stat()
    except FileNotFoundError:
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino
