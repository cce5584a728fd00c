"""The half of faults on the servers whose other half is in the suite: `pytest tests/torture/test_conformance.py`."""

from tests.mail.conformance.faults import MailboxFaults
from tests.mail.conformance.test_gmail_imap import OnGmailByImap
from tests.mail.conformance.test_pymap import OnPymap


class TestPymapFaults(OnPymap, MailboxFaults):
    pass


class TestGmailByImapFaults(OnGmailByImap, MailboxFaults):
    pass
