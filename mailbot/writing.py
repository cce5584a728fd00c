"""A follow-up -> its letter, with all that a letter may draw on: notes, other applications, the person's own files."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.drafting.identity import message_id
from mailbot.drafting.letter import Letter, Me, Note
from mailbot.drafting.threads import sender_of
from mailbot.etiquette.follow_up import FollowUp, Verdict
from mailbot.outcome import Outlook
from mailbot.papers import Papers


class Writing:
    """Writes for one person; `key` is the identity key of the follow-ups' Message-IDs."""

    def __init__(self, me: Me, key: bytes, papers: Papers) -> None:
        self._me = me
        self._key = key
        self._papers = papers

    def letter(self, follow_up: FollowUp, outlook: Outlook, notes: tuple[Note, ...]) -> Letter:
        """The letter as it would be drafted now."""
        from mailbot.drafting.compose import compose  # here: what only looks at the ledger starts faster

        application, me, identity = outlook.application(follow_up.application), self._me, follow_up.identity
        domain = sender_of(follow_up, application, me).domain
        return compose(
            follow_up,
            application,
            me,
            outlook.now,
            message_id=message_id(self._key, identity.kind, identity.recipient, identity.occasion[0], domain),
            notes=notes,
            others=[one for one in outlook.tracked.applications if one.id != follow_up.application],
            files=self._papers.files(notes),
            busy=self._papers.busy(outlook.now, me.zone),
            templates=self._papers.templates,
        )

    def to_add(self, record: DraftRecord, outlook: Outlook, notes: tuple[Note, ...]) -> tuple[str, ...]:
        """The sentences that a draft which the person edited lacks by now: an edited draft is left as it is."""
        from mailbot.drafting.additions import to_add

        same = (one for one in outlook.plan.follow_ups if one.identity.same(record.identity))
        found = next((one for one in same if one.verdict is Verdict.DUE), None)
        if record.status is not DraftStatus.EDITED or found is None:
            return ()
        return to_add(record.body, self.letter(found, outlook, notes))

    def rests_on(self, notes: Sequence[Note]) -> object:
        """What of the person's own files a letter with these notes takes in: it is written anew when that changes."""
        return self._papers.files(notes)
