"""Questions at the terminal, each of which an option may have answered already."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from mailbot.errors import ActionNeeded
from mailbot.standing.wording import plain


class Asking:
    """Asks where somebody is there to answer. Else what has no default and no answer raises ActionNeeded, with the
    option that gives it."""

    def __init__(self) -> None:
        self.somebody = sys.stdin.isatty()

    def text(self, option: str, question: str, given: str | None, default: str | None = None) -> str:
        """A text; what was `given` by an option is not asked for."""
        if given is not None:
            return given
        if not self.somebody:
            return self._default(option, default)
        return str(click.prompt(plain(question), default=default or None, err=True)).strip()

    def choice(self, question: str, given: str | None, known: Sequence[str], default: str) -> str:
        """One of those known."""
        if given is not None or not self.somebody:
            return given or default
        return str(click.prompt(question, type=click.Choice(known), default=default, err=True))

    def yes(self, question: str, given: bool | None, *, default: bool) -> bool:
        """Yes or no; with nobody there, no."""
        if given is not None or not self.somebody:
            return bool(given)
        return click.confirm(plain(question), default=default, err=True)

    def secret(self, option: str, question: str) -> str:
        """Typed unseen; with nobody there, the first line of standard input."""
        if self.somebody:
            return str(click.prompt(question, hide_input=True, err=True))
        return self._default(option, sys.stdin.readline().rstrip("\r\n"))

    def _default(self, option: str, default: str | None) -> str:
        if not default:
            raise ActionNeeded(f"{option} is needed, for nobody is here to be asked.", mend="mailbot init --help")
        return default
