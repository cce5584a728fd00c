"""A session of the whole assistant on Gmail in which one request goes wrong: it places drafts and takes one back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock

from mailbot.assistant import Assistant
from mailbot.drafting.fingerprint import fingerprint
from mailbot.mail.gmail.transport import TIMEOUT, Transport
from mailbot.mail.port import Place
from mailbot.store.sqlite import memory_ledger
from tests.kills.session import OWN_THANKS_LATER
from tests.mail.conformance.gmail_world import GmailWorld
from tests.sample_mail import CONFIRMATION
from tests.servers.gmail.faults import AFTER as AFTERWARDS
from tests.servers.gmail.faults import FAULTS, Fault
from tests.test_assistant import AFTER, PROFILE

HARMS: dict[str, Callable[[str], Fault]] = {
    **FAULTS, **AFTERWARDS, "nothing": lambda where: Fault(where, garbage=b""),
    "half a page": lambda where: Fault(where, garbage=b'{"messages": [{"id": "19a'),
    "no object": lambda where: Fault(where, garbage=b"[]"),
    "502 page": lambda where: Fault(where, garbage=b"<html>Bad gateway</html>", status=502),
    "stalled": lambda where: Fault(where, stall=3 * PATIENCE, drop=True),
    "stalled after": lambda where: Fault(where, stall=3 * PATIENCE, drop=True, carried_out=True),
}  # fmt: skip
PATIENCE = 0.2  # seconds without a byte that a client waits in these sessions
CREATE = "POST /gmail/v1/users/me/drafts"


@dataclass(frozen=True)
class End:
    """What the session left: the drafts by their meaning, and how often the mailbox was asked to make one."""

    drafts: tuple[str, ...]
    posts: int
    requests: int


def session(
    folder: Path, harm: str | None = None, at: int = 0, world_of: Callable[[Path], GmailWorld] = GmailWorld
) -> End:
    """The session from its beginning, with that harm at the `at`-th request; three more steps make it good."""
    folder.mkdir()
    timeout = PATIENCE if harm and harm.startswith("stalled") else TIMEOUT
    patience = mock.patch.dict(Transport.__init__.__kwdefaults__, timeout=timeout)
    with patience, closing(world_of(folder / "gmail.json")) as world, memory_ledger() as ledger:

        def step(minutes: float) -> None:
            with closing(world.open()) as mailbox:
                Assistant((mailbox,), ledger, PROFILE, bytes(32)).step(AFTER + timedelta(minutes=minutes))

        if harm is not None:
            world.account.faults += [Fault("/") for _ in range(at - 1)] + [HARMS[harm]("/")]
        world.deliver(CONFIRMATION)
        step(0)
        world.deliver(OWN_THANKS_LATER, Place.SENT)
        step(40)
        requests = len(world.account.requests)
        world.account.faults.clear()
        for minutes in (45, 50, 110):
            step(minutes)
        drafts = tuple(sorted(fingerprint(one.raw) for one in world.at(Place.DRAFTS)))
        assert not any(one.in_doubt for one in ledger.all_drafts())
        return End(drafts, sum(one.startswith(CREATE) for one in world.account.requests), requests)
