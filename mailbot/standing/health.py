"""How the service and the accounts are, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.standing.wording import ago, short_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mailbot.household import Household


def sentences(home: Household, now: datetime) -> Iterator[str]:
    """One for the service, and one for each account."""
    from datetime import datetime

    from mailbot.store.lock import holder

    if held := holder(home.state):
        since = datetime.fromisoformat(held.since).astimezone(now.tzinfo) if held.since else None
        yield f"mailbot is at work{f' since {short_day(since, now)}' if since else ''}."
    else:
        yield "mailbot is not running. Start it with: mailbot run, or: mailbot service install"
    for account in home.settings.account:
        known = home.ledger.account(account.name)
        if known.trouble and known.troubled_since:
            since = known.troubled_since.astimezone(now.tzinfo)
            yield f"{account.name}: trouble since {short_day(since, now)}. {known.trouble}"
        elif known.first_scan_done is None:
            yield f"{account.name} has not been read yet. Run: mailbot sync"
        elif known.synced:
            yield f"{account.name}: read {ago(known.synced, now)}."
