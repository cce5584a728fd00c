"""The interview notes that the person filled in, read back from Drafts: by our own draft's reference, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.drafting.letter import Note
from mailbot.drafting.notes_form import Facts, read_facts, read_form
from mailbot.errors import MailbotError
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.mime import parse
from mailbot.mail.port import DraftRef, Mailbox
from mailbot.outcome import Outlook
from mailbot.reading.statements import Reader
from mailbot.speech import form
from mailbot.store.ledger import Ledger, WordKind

# Which facts of a form make one word, and how: each is kept, changed and taken back by itself.
_ANSWERS: tuple[tuple[str, Callable[[Facts], str], form.Saying], ...] = (
    ("people", lambda one: "; ".join(f"{who.name} {who.email}" for who in (*one.met, *one.writes)), form.addresses),
    ("news", lambda one: one.decides, form.news),
)


class Forms:
    """Each version of a form is read once. Its notes are looked up at each step; the facts that it tells become words
    of the person's, kept and taken back like any other."""

    def __init__(self, ledger: Ledger, mailboxes: Mapping[str, Mailbox]) -> None:
        self._ledger = ledger
        self._mailboxes = mailboxes
        self._read: dict[DraftRef, str | None] = {}

    def notes(self) -> tuple[Note, ...]:
        """What stands 'for letters' in every form that the person has edited. A form that cannot be read now is left
        for the next step: its account's own trouble is said elsewhere."""
        filled = self._filled()
        return tuple(note for record, text in filled for note in read_form(text, record.identity.occasion))

    def tell(self, outlook: Callable[[datetime], Outlook], me: Reader, now: datetime) -> None:
        """Keep the facts of every form as words of the person's: addresses, and the day on which they decide."""
        for record, text in self._filled():
            facts = read_facts(text)
            for name, answer, word in _ANSWERS:
                key = f"form {name} {record.message_id}"
                mark = _mark(answer(facts))
                if not self._take_back(key, mark, _mark(answer(Facts())), now):
                    continue
                occasion, known = record.identity.occasion, outlook(now).tracked.applications
                about = next((one for one in known if any(map(one.reading, occasion))), None)
                if about is not None:
                    said = word(about, now, occasion, facts, me)
                    number = self._ledger.say(WordKind.NOTE, said, now) if said else ""
                    self._ledger.set_meta(key, f"{mark} {number}")

    def _take_back(self, key: str, mark: str, nothing: str, now: datetime) -> bool:
        """Whether the person has written another answer since it was last kept; that one is taken back. What they did
        not touch is never said again: they may have undone it, and newer mail may have overtaken it."""
        was, _, word = (self._ledger.meta(key) or f"{nothing} ").partition(" ")
        if was == mark:
            return False
        if word:
            self._ledger.unsay(int(word), now)
        return True

    def _filled(self) -> Iterator[tuple[DraftRecord, str]]:
        """The forms that the person has edited, with their text."""
        for record in self._ledger.open_drafts():
            if record.identity.kind is not FollowUpKind.INTERVIEW_NOTES or record.status is not DraftStatus.EDITED:
                continue
            if record.ref is not None and record.account in self._mailboxes:
                text = self._text(record.ref)
                if text is not None:
                    yield record, text

    def _text(self, ref: DraftRef) -> str | None:
        """None where it cannot be read now, or is gone: that says nothing of what was written."""
        if ref not in self._read:
            try:
                raw = self._mailboxes[ref.account].read_draft(ref)
            except MailbotError:
                return None
            self._read[ref] = parse(raw).text if raw else None
        return self._read[ref]


def _mark(answer: str) -> str:
    return sha256(answer.encode()).hexdigest()[:16]
