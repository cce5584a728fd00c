"""How far the reading of mail is: a bar on stderr, where that is a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress


class Bar:
    """Called with how many of how many are done. It comes with the first call and is gone when all are, or at the end
    of the `with`."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._bar: Progress | None = None

    def __call__(self, done: int, every: int) -> None:
        if not sys.stderr.isatty():
            return
        self._bar = self._bar or _drawn(self._words)
        self._bar.update(self._bar.task_ids[0], completed=done, total=every)
        if done >= every:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _drawn(words: str) -> Progress:
    from rich.console import Console  # here: a tenth of a second, which a step with nothing new need not wait for
    from rich.progress import MofNCompleteColumn, Progress

    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task(words)
    bar.start()
    return bar
