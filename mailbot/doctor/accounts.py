"""One account: the sign-in, the Drafts folder, what the server is able to, its clock; and a probe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

from mailbot.config import AccountSettings, MeSettings
from mailbot.doctor.finding import Finding, failed, note, ok, wrong
from mailbot.errors import MailbotError
from mailbot.household import open_mailbox, sign_in_file
from mailbot.mail.examined import Examinable, Examination
from mailbot.mail.kept import is_ringed
from mailbot.mail.port import Capability, Mailbox

SKEW = timedelta(minutes=5)  # by which two clocks may differ before due moments and stale mail are confused
SET_CLOCK = "timedatectl set-ntp true"


def account(
    one: AccountSettings, me: MeSettings, folder: Path, clock: Callable[[], datetime], *, probe: bool
) -> Iterator[Finding]:
    """Every finding about it; `folder` is where the configuration lies."""
    check = f"account {one.name}"
    yield from _sign_in(check, one, folder)
    mailbox = open_mailbox(one, me, folder)
    try:
        yield from _looked_over(check, mailbox, clock)
        if probe:
            yield from _probed(check, mailbox, me.addresses[0], clock)
    except MailbotError as error:
        yield failed(check, error)
    finally:
        mailbox.close()


def _sign_in(check: str, one: AccountSettings, folder: Path) -> Iterator[Finding]:
    """Where it is kept; what is wrong with it is said by whoever signs in."""
    file = sign_in_file(one, folder)
    if one.signs_in_by_consent and file.exists():
        yield ok(check, f"Its sign-in lies in {'your keyring' if is_ringed(file) else file}.")


def _looked_over(check: str, mailbox: Mailbox, clock: Callable[[], datetime]) -> Iterator[Finding]:
    if not isinstance(mailbox, Examinable):
        return
    found = mailbox.examine()
    offers = f"; it offers {', '.join(found.offers)}" if any(found.offers) else ""
    yield ok(check, f"Signed in{offers}.")
    if found.refusal:
        yield wrong(check, found.refusal, 'Name another with `drafts = "..."` in its [[account]].')
    else:
        yield ok(check, f"Drafts go to '{found.drafts}', which may be written; {len(mailbox.drafts())} lie there.")
    able = mailbox.capabilities
    if Capability.PUSH not in able:
        yield note(check, "The server does not tell of new mail: it is asked every ten minutes.")
    if Capability.WITHDRAW not in able:
        yield note(check, "No draft can be taken back here (no Trash, or neither MOVE nor UIDPLUS).")
    yield from _clocks(check, found, clock())


def _clocks(check: str, found: Examination, now: datetime) -> Iterator[Finding]:
    """This machine's clock against the server's; without one, no mail can have come in the future."""
    if found.clock is None:
        if found.newest is not None and found.newest > now + SKEW:
            yield wrong(check, f"Its newest mail came {_apart(found.newest, now)} from now, by the server.", SET_CLOCK)
    elif abs(found.clock - now) > SKEW:
        yield wrong(check, f"This machine's clock and the server's are {_apart(found.clock, now)} apart.", SET_CLOCK)
    else:
        yield ok(check, "This machine's clock and the server's agree.")


def _apart(one: datetime, other: datetime) -> str:
    return str(timedelta(seconds=round(abs((one - other).total_seconds()))))


def _probed(check: str, mailbox: Mailbox, me: str, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """A draft to nobody is placed, read back and taken back."""
    before = mailbox.snapshot()
    now = clock()
    raw = _letter(me, now)
    ref = mailbox.place_draft(raw, before)
    given = mailbox.read_draft(ref)
    yield (
        ok(check, "A probe was placed in Drafts and read back.")
        if given and b"mailbot doctor" in given
        else wrong(check, "A probe that was placed in Drafts is not given back.", "mailbot doctor --probe")
    )
    if isinstance(mailbox, Examinable) and (newest := mailbox.examine().newest) is not None:
        yield from _clocks(check, Examination("", clock=newest), now)
    if Capability.WITHDRAW not in mailbox.capabilities or not mailbox.withdraw_draft(ref):
        yield note(check, "The probe could not be taken back.", "Delete it in your mail program.")
    else:
        yield ok(check, "The probe was taken back.")


def _letter(me: str, now: datetime) -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = me
    letter["Subject"] = "A probe: delete it"
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = make_msgid(domain=me.rpartition("@")[2])
    letter.set_content("mailbot doctor --probe placed this draft to see whether it can, and takes it back at once.\n")
    return letter.as_bytes()
