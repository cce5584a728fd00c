"""No operation of the port changes anything of the person's in a Maildir: the whole tree is compared, before and
after each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.port import DraftRef, Place
from tests.mail.conformance.letters import mail, message_id
from tests.mail.conformance.maildir_world import MaildirWorld
from tests.mail.tree import tree

OWN = message_id("own")

# Every operation of the port, done when a draft of ours lies there, and how many paths it adds or takes.
OPERATIONS: dict[str, Callable[[MaildirMailbox, DraftRef], object]] = {
    "capabilities": lambda box, ref: box.capabilities,
    "changes_since": lambda box, ref: box.changes_since(None, since=datetime(2026, 1, 1, tzinfo=UTC)),
    "examine": lambda box, ref: box.examine(),
    "headers": lambda box, ref: list(box.headers(box.changes_since(None).appeared)),
    "fetch": lambda box, ref: list(box.fetch(box.changes_since(None).appeared)),
    "find_by_message_id": lambda box, ref: box.find_by_message_id([OWN]),
    "drafts": lambda box, ref: box.drafts(),
    "read_draft": lambda box, ref: [box.read_draft(each) for each in box.drafts()],
    "draft_state": lambda box, ref: [box.draft_state(each) for each in box.drafts()],
    "snapshot": lambda box, ref: box.snapshot(),
    "find_drafts": lambda box, ref: box.find_drafts(OWN, ""),
    "wait_for_change": lambda box, ref: box.wait_for_change(0),
    "close": lambda box, ref: box.close(),
    "place_draft": lambda box, ref: box.place_draft(mail("own"), box.snapshot()),
    "withdraw_draft": lambda box, ref: box.withdraw_draft(ref),
}
ADDED = {"place_draft": 1, "withdraw_draft": 1}
TAKEN = {"withdraw_draft": 1}


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_operation_changes_what_is_the_persons(tmp_path: Path, name: str) -> None:
    world = MaildirWorld(tmp_path / "mail")
    for each in Place:
        world.deliver(mail(each.value), each)
        world.deliver(mail(f"draft-{each.value}"), each, draft=True)
        (world.folders[each] / "tmp" / "half").write_bytes(b"half a mail")
        (world.folders[each] / "dovecot-uidlist").write_bytes(b"3 V1 N2\n")
    theirs = tree(world.root)
    ref = world.open().place_draft(mail("own"), world.open().snapshot())
    before = tree(world.root)
    OPERATIONS[name](world.open(), ref)
    after = tree(world.root)
    assert theirs.items() <= after.items()
    assert len(after.keys() - before.keys()) == ADDED.get(name, 0)
    assert len(before.keys() - after.keys()) == TAKEN.get(name, 0)


def test_every_operation_of_the_port_is_among_these() -> None:
    assert {name for name in vars(MaildirMailbox) if not name.startswith("_")} == OPERATIONS.keys()
