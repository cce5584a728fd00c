"""The seam at which a test can cut the line or kill the process.

A backend that changes a mailbox calls `step(name)` before and after each effect. In service that does nothing. A test
may raise OSError there (the transport is cut at that moment: the backend makes of it what the port documents) or end
the process. The names of a backend's steps stand in its docstring.
"""

from __future__ import annotations

from collections.abc import Callable

Step = Callable[[str], None]


def no_step(name: str) -> None:
    """Listen to nothing: the seam in service."""
