"""The interview notes that the person filled in, read back from Drafts: by our own draft's reference, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.drafting.drafts import DraftBook, DraftStatus
from mailbot.drafting.letter import Note
from mailbot.drafting.notes_form import read_form
from mailbot.errors import MailbotError
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.mime import parse
from mailbot.mail.port import DraftRef, Mailbox


class Forms:
    """Each version of a form is read once."""

    def __init__(self, book: DraftBook, mailboxes: Mapping[str, Mailbox]) -> None:
        self._book = book
        self._mailboxes = mailboxes
        self._read: dict[DraftRef, tuple[Note, ...]] = {}

    def notes(self) -> tuple[Note, ...]:
        """What stands 'for letters' in every form that the person has edited. A form that cannot be read now is left
        for the next step: its account's own trouble is said elsewhere."""
        found: list[Note] = []
        for record in self._book.open_drafts():
            if record.identity.kind is not FollowUpKind.INTERVIEW_NOTES or record.status is not DraftStatus.EDITED:
                continue
            if record.ref is not None and record.account in self._mailboxes:
                found += self._form(record.ref, record.identity.occasion)
        return tuple(found)

    def _form(self, ref: DraftRef, about: tuple[str, ...]) -> tuple[Note, ...]:
        if ref not in self._read:
            try:
                raw = self._mailboxes[ref.account].read_draft(ref)
                text = parse(raw).text if raw else ""
            except MailbotError:
                return ()
            self._read[ref] = read_form(text, about)
        return self._read[ref]
