"""What imapclient raises, told as one of `mailbot.errors`."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imapclient.exceptions import (
    CapabilityError,
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
    ProtocolError,
)

from mailbot.errors import ActionNeeded, MailbotError, ProtocolBroken, Transient, Uncertain
from mailbot.mail.imap.server import Server

AGAIN = "It is tried again by itself."
# Response codes of RFC 5530 and RFC 4978 for a sign-in that may work later, and Gmail's words for the same.
LATER = ("[UNAVAILABLE]", "[LIMIT]", "[INUSE]", "[SERVERBUG]", "[CONTACTADMIN]", "TOO MANY", "TRY AGAIN", "TEMPORARY")
NOT_ALLOWED = "[NOPERM]"  # RFC 5530
FULL = ("[OVERQUOTA]", "QUOTA")  # RFC 9208; older servers only say it
# An answer that its parser cannot read: imapclient and imaplib raise these besides their own.
UNREADABLE = (ProtocolError, CapabilityError, ValueError, LookupError, TypeError, AssertionError, RecursionError)


@contextmanager
def told(account: str, server: Server, *, effect: bool = False) -> Iterator[None]:
    """Within, whatever the library raises is one of ours. `effect`: the request changes the mailbox, so a line that
    breaks, or an answer that cannot be read, leaves it Uncertain; a plain 'no' means that nothing was done."""
    lost, host = Uncertain if effect else Transient, server.host
    try:
        yield
    except MailbotError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise ActionNeeded(
            f"The certificate of {host} is not valid: {error.verify_message or error}.",
            mend=f"Is `host` of account '{account}' the name that your provider gives?",
        ) from error
    except LoginError as error:
        raise _refused(account, server, str(error)) from error
    except IMAPClientReadOnlyError as error:
        raise _not_allowed(account, _said(error)) from error
    except (IMAPClientAbortError, OSError, EOFError) as error:
        raise lost(f"The line to {host} broke (account '{account}'): {_said(error)}.", mend=AGAIN) from error
    except UNREADABLE as error:
        broken = f"{host} gave an answer that IMAP does not know (account '{account}'): {_said(error)}."
        raise (Uncertain if effect else ProtocolBroken)(broken) from error
    except IMAPClientError as error:
        raise _declined(account, host, _said(error)) from error


def _refused(account: str, server: Server, said: str) -> MailbotError:
    if any(one in said.upper() for one in LATER):
        return Transient(f"{server.host} lets nobody in just now (account '{account}'): {said[:200]}.", mend=AGAIN)
    return ActionNeeded(
        f"{server.host} did not accept the sign-in of account '{account}': {said[:200]}.", mend=server.mend
    )


def _declined(account: str, host: str, said: str) -> MailbotError:
    if any(one in said.upper() for one in FULL):
        return ActionNeeded(f"The mailbox of account '{account}' is full: {said}.", mend="Make room in it.")
    if NOT_ALLOWED in said.upper():
        return _not_allowed(account, said)
    return Transient(f"{host} declined a request (account '{account}'): {said}.", mend=AGAIN)


def _not_allowed(account: str, said: str) -> MailbotError:
    return ActionNeeded(
        f"mailbot may not change the Drafts folder of account '{account}': {said}.",
        mend="Ask whoever keeps the mailbox for the right to change it.",
    )


def _said(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:200].rstrip(".")
