"""How the service and the accounts are: the head of `mailbot status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.cli.printing import print_json, say, short_day

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.household import Household


def print_health(home: Household, now: datetime) -> None:
    """A line for the service and one for each account that was not read lately or is in trouble."""
    from datetime import datetime

    from mailbot.store.lock import holder

    if held := holder(home.state):
        since = datetime.fromisoformat(held.since).astimezone(now.tzinfo) if held.since else None
        say(f"mailbot is at work{f' since {short_day(since, now)}' if since else ''}.")
    else:
        say("mailbot is not running. Start it with: mailbot run, or: mailbot service install")
    for account in home.settings.account:
        known = home.ledger.account(account.name)
        if known.trouble and known.troubled_since:
            since = known.troubled_since.astimezone(now.tzinfo)
            say(f"{account.name}: trouble since {short_day(since, now)}. {known.trouble}")
        elif known.first_scan_done is None:
            say(f"{account.name} has not been read yet. Run: mailbot sync")
        elif known.synced:
            say(f"{account.name}: read {ago(known.synced, now)}.")


def print_health_objects(home: Household) -> None:
    """The same as JSON: one object for the service, one for each account."""
    from mailbot.store.lock import holder

    held = holder(home.state)
    print_json({"running": held is not None, "pid": held.pid if held else None, "since": held.since if held else None})
    for account in home.settings.account:
        known = home.ledger.account(account.name)
        print_json(
            {
                "account": account.name,
                "first_scan_done": _iso(known.first_scan_done),
                "synced": _iso(known.synced),
                "trouble": known.trouble or None,
                "troubled_since": _iso(known.troubled_since),
            }
        )


def ago(moment: datetime, now: datetime) -> str:
    """'3 minutes ago', 'on Tue 3 Nov 09:12'."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} minute{'s' if minutes > 1 else ''} ago"
    return f"on {short_day(moment.astimezone(now.tzinfo), now)}"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
