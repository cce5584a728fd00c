"""What the person wants mailbot to do, or to leave."""

from __future__ import annotations

from datetime import datetime

from mailbot.etiquette.wishes import Muted, Paused
from mailbot.speech.subject import about
from mailbot.store.ledger import RuledBy, Said
from mailbot.tracking.application import Application


def mute(application: Application, now: datetime) -> Said:
    return Said(f"{application.name}: nothing any more.", muted=(Muted(about(application), now),))


def pause(application: Application | None, now: datetime, until: datetime | None) -> Said:
    """Nothing new before `until`, for one application or for all."""
    what = application.name if application else "Everything"
    end = f" until {until:%A}, {until.day} {until:%B}" if until else ""
    return Said(f"{what} pauses{end}.", paused=(Paused(about(application) if application else (), now, until),))


def preset(application: Application, now: datetime, name: str) -> Said:
    return Said(f"{application.name} goes by the rules of {name}.", ruled=(RuledBy(about(application), now, name),))
