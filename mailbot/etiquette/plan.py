"""All applications at one moment -> every follow-up with its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.etiquette.follow_up import Plan
from mailbot.etiquette.rules import Etiquette
from mailbot.reading.statements import Reader
from mailbot.tracking.application import Application


def plan(applications: Sequence[Application], now: datetime, etiquette: Etiquette, reader: Reader) -> Plan:
    """All follow-ups of all applications with their verdicts at `now` (aware), by due."""
    del applications, now, etiquette, reader
    return Plan(())
