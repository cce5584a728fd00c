"""A line to a real Dovecot cut at every byte, in both directions, while a draft is placed."""

from __future__ import annotations

from contextlib import closing

from tests.mail.conformance.imap_world import ImapWorld
from tests.mail.imap_cuts import cut_while_placing
from tests.servers.dovecot import dovecot


def test_a_line_cut_at_every_byte_leaves_one_draft() -> None:
    with closing(ImapWorld(dovecot())) as world:
        cuts = cut_while_placing(world, 1)
    assert cuts > 500
    print(f"one draft after each of {cuts} cuts")  # noqa: T201 - the figure is the result
