"""The one family of errors. Each message is a sentence: what went wrong, where, and what mends it.

`ActionNeeded`: the person must act. `Transient`: will pass, try again later. `ProtocolBroken`: the server or the file
did what its standard forbids. `Bug`: ours. The command line turns each into a sentence and an exit status.
"""

from __future__ import annotations

import shlex
import sys


class MailbotError(Exception):
    """Whatever mailbot raises on purpose; `mend` is the command or the key that helps, or empty."""

    exit_status = 1

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


class ActionNeeded(MailbotError):  # noqa: N818 - named by what it means, like the rest of the family
    """The person must do something before this can work."""

    exit_status = 2


def extra_needed(text: str, extra: str) -> ActionNeeded:
    """Where a library is missing that only that extra of the package brings along."""
    command = shlex.join([sys.executable, "-m", "pip", "install", f".[{extra}]"])
    return ActionNeeded(text, mend=f"In your copy of mailbot's repository run: {command}")


class ConfigError(ActionNeeded):
    """The configuration is wrong; `problems` holds one line for each fault."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Transient(MailbotError):  # noqa: N818
    """Something outside failed that may work the next time (network, a busy server, a locked store)."""

    exit_status = 75  # EX_TEMPFAIL of sysexits.h


class Uncertain(Transient):
    """A request may or may not have been carried out: ask the mailbox before trying it again."""


class Unreadable(MailbotError):  # noqa: N818
    """A message, a file or a mailbox cannot be read; it is set aside, never a stop."""


class ProtocolBroken(MailbotError):  # noqa: N818
    """The other side broke its protocol."""


class Bug(MailbotError):  # noqa: N818
    """An assumption of our own does not hold."""

    exit_status = 70  # EX_SOFTWARE of sysexits.h
