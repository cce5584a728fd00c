"""What was missed and can still be drafted, and the command that drafts it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.outcome import Outlook
    from mailbot.store.ledger import Ledger, Missed


def still_missed(ledger: Ledger, outlook: Outlook) -> Iterator[tuple[Missed, str]]:
    """Each with its command, oldest first; not those that events have made needless, nor those drafted since."""
    from mailbot.etiquette.follow_up import FollowUpKind, Verdict

    slugs = {one.id: one.slug for one in outlook.tracked.applications}
    open_ones = [one for one in outlook.plan.follow_ups if one.verdict in (Verdict.PASSED, Verdict.DUE)]
    for missed in ledger.missed():
        now = next((one for one in open_ones if one.identity.same(missed.identity)), None)
        if now and now.kind is not FollowUpKind.INTERVIEW_NOTES and ledger.draft_for(missed.identity) is None:
            to = shlex.quote(missed.identity.recipient)
            yield missed, f"mailbot draft {slugs[now.application]} {now.kind} --to {to}"
