"""What a real Gmail account does, where no document says it: run by a person, on an account of their own.

It reads the newest mails, makes four drafts to the person themselves, asks them to look at one in its conversation, to
edit one, to send one and to throw one away, and prints a row for each question of docs/gmail.md, to be pasted there. It
sends nothing by itself; each draft that it made and that still lies there in the end is taken back.

Run: python -m tests.live.gmail ACCOUNT [--config FILE]   (after: mailbot auth ACCOUNT)
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from mailbot.config import default_config_file, load_settings
from mailbot.household import sign_in_file
from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.gmail.news import LATELY, News
from mailbot.mail.gmail.pace import cost
from mailbot.mail.header_block import message_id_of
from mailbot.mail.links import links_of
from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.mail.port import DraftPresence, DraftRef, Place, RawMessage

SUBJECT = "A draft of mailbot's live test"


class Clock:
    """Counts seconds, of which some can be skipped."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.skipped


class Session:
    """One run. `ask` has the person do something and waits until they say that it is done; `clock` is the mailbox's."""

    def __init__(self, mailbox: GmailMailbox, address: str, ask: Callable[[str], str], clock: Clock) -> None:
        self.mailbox = mailbox
        self.address = address
        self.ask = ask
        self.clock = clock
        self.made: list[tuple[DraftRef, str]] = []

    def draft(self, answered: Message | None = None, thread: str | None = None) -> tuple[DraftRef, str]:
        """Place a draft to the person themselves, as an answer to that mail; where it lies, and its Message-ID."""
        mail = EmailMessage()
        mail["From"] = mail["To"] = self.address
        mail["Subject"] = f"Re: {answered.subject.removeprefix('Re: ')}" if answered else SUBJECT
        if answered:
            mail["In-Reply-To"] = answered.message_id
            mail["References"] = " ".join((*answered.references, answered.message_id))
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"] = name = make_msgid(domain=self.address.rpartition("@")[2])
        mail.set_content("This is only a test. Edit it, or send it to yourself, as you are asked.\n")
        ref = self.mailbox.place_draft(mail.as_bytes(), self.mailbox.snapshot(), thread=thread)
        self.made.append((ref, name))
        return ref, name

    def rows(self) -> Iterator[tuple[str, str]]:
        """Each question and what was seen."""
        yield from self.reading()
        yield from self.edited()
        yield from self.sent()
        yield from self.deleted()

    def reading(self) -> Iterator[tuple[str, str]]:
        began, before = time.monotonic(), self.mailbox.spent
        changes = self.mailbox.changes_since(None)
        heads = list(self.mailbox.headers(changes.appeared[:50]))
        took = time.monotonic() - began
        yield "a first look at the newest mails", f"{len(heads)} in {took:.1f} s, {self.mailbox.spent - before} units"
        while changes.more:
            changes = self.mailbox.changes_since(changes.cursor)
        again = self.mailbox.changes_since(changes.cursor)
        yield "nothing new is told as nothing new", _yes(not again.appeared and not again.whole)
        before = self.mailbox.spent
        self.clock.skipped += 2 * LATELY  # right after one another the profile would not be believed
        self.mailbox.changes_since(again.cursor)
        still = self.mailbox.spent - before == cost("gmail.users.getProfile")
        yield "the profile's history id is that of the history", _yes(still)
        yield from self.answered(heads)

    def answered(self, heads: list[RawMessage]) -> Iterator[tuple[str, str]]:
        known = ((parse(one.raw, own=frozenset()), one.thread) for one in heads if one.ref.place is Place.INBOX)
        answered, thread = next(((mail, thread) for mail, thread in known if mail.message_id and thread), (None, None))
        if answered is None:
            yield "an answer can be opened in its conversation", "the inbox is empty"
            return
        ref, name = self.draft(answered, thread)
        link = links_of("gmail", "", self.address).draft(ref, name, thread)
        seen = self.ask(f"Open {link}\nDoes the draft stand at the end, and can it be written on there? (yes/no)")
        yield "an answer can be opened in its conversation", seen

    def edited(self) -> Iterator[tuple[str, str]]:
        ref, name = self.draft()
        began = time.monotonic()
        found = bool(self.mailbox.find_by_message_id([name]))
        yield "a draft is found at once by its Message-ID", f"{_yes(found)}, {time.monotonic() - began:.1f} s"
        yield "what comes back is what was placed", _yes(b"only a test" in (self.mailbox.read_draft(ref) or b""))
        link = links_of("gmail", "", self.address).draft(ref, name, None)
        yield "the link to a draft opens it", self.ask(f"Open {link}\nDid it open the draft? (yes/no)")
        self.ask(f"Open the draft '{SUBJECT}', add a word, wait until it says 'Draft saved', and close it.")
        gone = self.mailbox.draft_state(ref) is DraftPresence.ABSENT
        yield "an edit in the browser gives another version", _yes(gone)
        kept = [one for one in self.mailbox.drafts() if one.key == ref.key]
        yield "the draft keeps its id", _yes(bool(kept))
        raw = self.mailbox.read_draft(kept[0]) if kept else None
        yield "an edited draft keeps our Message-ID", _yes(raw is not None and message_id_of(raw) == name)

    def sent(self) -> Iterator[tuple[str, str]]:
        _, name = self.draft()
        self.ask(f"Send the newest draft '{SUBJECT}' to yourself, as it is.")
        yield "the history id of the profile tells of news", _yes(self.mailbox.wait_for_change(200))
        found = self.mailbox.find_by_message_id([name])
        yield "what is sent keeps our Message-ID", _yes(any(one.ref.place is Place.SENT for one in found))

    def deleted(self) -> Iterator[tuple[str, str]]:
        ref, name = self.draft()
        self.ask(f"Throw the newest draft '{SUBJECT}' away.")
        yield "a draft thrown away is absent", _yes(self.mailbox.draft_state(ref) is DraftPresence.ABSENT)
        places = {str(one.ref.place) for one in self.mailbox.find_by_message_id([name])}
        yield "where a draft thrown away lies", ", ".join(sorted(places)) or "nowhere"

    def clean(self) -> None:
        """Take back what still lies there as it was made."""
        for ref, _ in self.made:
            self.mailbox.withdraw_draft(ref)


def report(session: Session, tell: Callable[[str], None], today: date) -> None:
    """Go through it all and print the rows."""
    try:
        for question, seen in session.rows():
            tell(f"| {question} | {seen} | {today} |")
    finally:
        session.clean()


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _tell(row: str) -> None:
    sys.stdout.write(f"{row}\n")


def _ask(what: str) -> str:
    sys.stdout.write(f"\n{what}\n")
    return input("Then press Enter (or answer): ").strip() or "done"


def main() -> None:
    parser = argparse.ArgumentParser(description="Sees what a real Gmail account does. Sends nothing.")
    parser.add_argument("account")
    parser.add_argument("--config", type=Path, default=None)
    args = parser.parse_args()
    file = args.config or default_config_file()
    one = next(each for each in load_settings(file).account if each.name == args.account)
    clock = Clock()
    mailbox = GmailMailbox(
        one.name, sign_in_file(one, file.parent), user=one.user, every=lambda since: 5.0, news=News(clock)
    )
    try:
        report(Session(mailbox, one.user, _ask, clock), _tell, datetime.now().astimezone().date())
    finally:
        mailbox.close()


if __name__ == "__main__":
    main()
