"""References of a listing, in little memory."""

from __future__ import annotations

import tracemalloc

from mailbot.mail.imap.keys import Key
from mailbot.mail.imap.refs import Listed, Refs
from mailbot.mail.port import MessageRef, Place
from mailbot.scanning import Picked

MAILS = 10_000
MOST = 32  # bytes that a mail may take; a reference takes 150


def of(folder: str, place: Place, *uids: int) -> Refs:
    return Refs("personal", 7, folder, [(uid, place) for uid in uids])


def ref(folder: str, place: Place, uid: int) -> MessageRef:
    return MessageRef("personal", place, str(Key(7, uid, folder)))


LISTED = Listed([of("INBOX", Place.INBOX, 1, 5), of("Empty", Place.OTHER), of("Sent", Place.SENT, 2)])
ALL = (ref("INBOX", Place.INBOX, 1), ref("INBOX", Place.INBOX, 5), ref("Sent", Place.SENT, 2))


def test_a_listing_is_the_references_of_its_folders_in_their_order() -> None:
    assert (tuple(LISTED), len(LISTED)) == (ALL, 3)


def test_each_reference_stands_at_its_position() -> None:
    assert [LISTED[at] for at in (0, 1, 2, -1)] == [*ALL, ALL[-1]]
    assert LISTED[1:] == ALL[1:]


def test_some_of_a_listing_are_picked_by_their_positions() -> None:
    assert (tuple(Picked(LISTED, (0, 2))), len(Picked(LISTED, (0, 2)))) == ((ALL[0], ALL[2]), 2)


def test_a_mail_that_is_listed_takes_a_few_bytes() -> None:
    tracemalloc.start()
    try:
        listed = Listed([of("INBOX", Place.INBOX, *range(1, MAILS + 1))])
        picked = Picked(listed, range(MAILS))
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < MOST * MAILS
    assert len(picked) == MAILS
