"""All checks, in the order in which one thing rests on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from mailbot.config import Settings, load_settings
from mailbot.doctor import accounts, machine, papers, store
from mailbot.doctor.finding import Finding
from mailbot.errors import MailbotError


def examine(config: Path, state: Path, clock: Callable[[], datetime], *, probe: bool = False) -> Iterator[Finding]:
    """Every finding, as it is made. `clock` is the wall clock; with `probe` a draft is placed in each account and
    taken back."""
    yield from papers.configuration(config)
    yield from papers.secrets(config.parent)
    settings = _settings(config)
    yield from machine.zone(settings)
    yield from machine.sqlite()
    yield from store.ledger(state, clock())
    yield from machine.service(state)
    if settings is not None:
        yield from machine.notices(settings)
        for account in settings.account:
            yield from accounts.account(account, settings.me, config.parent, clock, probe=probe)


def _settings(config: Path) -> Settings | None:
    """None where they are not sound: that is a finding of its own, and the rest is looked at all the same."""
    try:
        return load_settings(config)
    except MailbotError:
        return None
