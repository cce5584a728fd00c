"""How the service and the accounts are: the head of `mailbot status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.cli.printing import print_json

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.household import Household


def print_health_objects(home: Household) -> None:
    """One object for the service, one for each account."""
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


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
