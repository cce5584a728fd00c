"""The ledger: that it opens, is whole, and has a backup; and the mail that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from mailbot.doctor.finding import Finding, failed, note, ok, wrong
from mailbot.errors import MailbotError
from mailbot.store.backup import backups
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import FILE, open_ledger

OLD = timedelta(days=3)  # a backup is made every day on which mailbot is at work


def ledger(state: Path, now: datetime) -> Iterator[Finding]:
    """Everything about the ledger in that folder."""
    check = "ledger"
    if not (state / FILE).exists():
        yield note(check, f"There is no ledger in {state} yet.", "mailbot sync")
        return
    try:
        with open_ledger(state) as opened:
            yield from _inside(check, opened)
            began = opened.began_at()
    except MailbotError as error:
        yield failed(check, error)
        return
    yield from _backups(state, now, began)


def _inside(check: str, opened: Ledger) -> Iterator[Finding]:
    broken = opened.integrity_check()
    if broken:
        yield wrong(check, f"The ledger is damaged: {broken[0]}", "mailbot restore")
    else:
        yield ok(check, f"The ledger is whole: {len(opened.readings())} mails that matter.")
    doubts = [one for one in opened.open_drafts() if one.in_doubt]
    if doubts:
        yield note("drafts", f"What became of {len(doubts)} drafts is asked at the next step.", "mailbot sync")
    aside = opened.quarantined()
    if aside:
        last = aside[-1]
        said = f"{len(aside)} could not be read, the last in {last.ref.account} ({last.ref.key}): {last.error}"
        yield note("mail", said, "mailbot status")
    else:
        yield ok("mail", "No mail is set aside as unreadable.")


def _backups(state: Path, now: datetime, began: datetime | None) -> Iterator[Finding]:
    newest = max(backups(state), default=None)
    if newest is not None and now.date() - newest <= OLD:
        yield ok("backup", f"The newest backup is of {newest}.")
    elif began is not None and now - began > OLD:
        said = f"The newest backup is of {newest}." if newest else "There is no backup."
        yield note("backup", said, "mailbot sync")
