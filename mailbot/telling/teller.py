"""Tells the person what is new, each event at most once, at moments that suit."""

from __future__ import annotations

from collections.abc import Callable, Collection

from mailbot.outcome import Outlook, Problem
from mailbot.pages import Pages
from mailbot.store.ledger import Ledger
from mailbot.telling.holding import Quiet, is_held
from mailbot.telling.notices import NO_PAGES, Trouble, as_text, notices


class Teller:
    """`deliver` takes one text. What is told is in the ledger before it is told: after a crash it is not told again."""

    def __init__(
        self,
        ledger: Ledger,
        deliver: Callable[[str], None],
        quiet: Quiet | None,
        *,
        details: bool,
        pages: Pages = NO_PAGES,
    ) -> None:
        self._ledger = ledger
        self._deliver = deliver
        self._quiet = quiet
        self._details = details
        self._pages = pages

    def tell(self, outlook: Outlook, problems: Collection[Problem]) -> None:
        """One text for all that is new by now. Raises what the ledger raises."""
        if is_held(outlook, self._quiet):
            return
        troubles = [
            Trouble(one.account, since, one.transient)
            for one in problems
            if (since := self._ledger.account(one.account).troubled_since)
        ]
        new = notices(outlook, self._ledger.open_drafts(), troubles, self._ledger.told(), self._pages)
        if new:
            self._ledger.note_told((one.key for one in new), outlook.now)
            self._deliver(as_text(new, details=self._details))
