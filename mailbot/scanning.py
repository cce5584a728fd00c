"""New mail on its way from a mailbox to what reads it: header blocks, and the mails that have to be read whole between
them, so that neither side waits for the other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from mailbot.errors import Unreadable
from mailbot.mail.port import Mailbox, MessageRef, Place, RawMessage
from mailbot.reading.statements import Reading

LOOKED_AT = 200  # header blocks between two rounds of whole mails: what a mailbox gives at once

# Whether a mail belongs to something known.
Calls = Callable[[Reading], bool]


class Picked:
    """Some of a listing, by their positions: a first one may name more mails than are to be held in memory."""

    def __init__(self, listed: Sequence[MessageRef], positions: Iterable[int]) -> None:
        self._listed = listed
        self._positions = array("L", positions)

    def __len__(self) -> int:
        return len(self._positions)

    def __iter__(self) -> Iterator[MessageRef]:
        return map(self._listed.__getitem__, self._positions)


class Scan:
    """The mails of one listing. What `mails` gives next follows from the answers so far: they are told to `settles`."""

    def __init__(self, mailbox: Mailbox, refs: Iterable[MessageRef], calls: Calls) -> None:
        self._mailbox = mailbox
        self._refs = refs
        self._calls = calls
        self._rest: list[MessageRef] = []  # to be fetched whole
        self._again: list[RawMessage] = []  # to be read to their end

    def mails(self) -> Iterator[RawMessage | None]:
        """Header blocks and mails to be read; None where all before it have to be answered first. Raises what the
        mailbox raises."""
        heads = self._mailbox.headers(self._refs)  # of all at once: the next are on their way while mails are read
        asked: Iterator[RawMessage] = iter(())
        while some := tuple(islice(heads, LOOKED_AT)):
            yield from (one for one in some if not one.draft)
            yield from asked  # they were on their way while those headers were read
            asked = self._wanted()
        yield from asked
        yield None
        while self._rest or self._again:
            yield from self._wanted()
            yield None

    def settles(self, raw: RawMessage, read: Reading | Unreadable | None) -> bool:
        """Whether that is all that is to be read of a mail."""
        if isinstance(read, Unreadable):
            if not raw.whole and raw.ref.place is not Place.JUNK:
                self._rest.append(raw.ref)  # the whole mail says better what is wrong with it
            return raw.whole
        if read is not None and (raw.known or (raw.whole and read.whole) or not self._calls(read)):
            return True
        if not raw.whole:
            self._rest.append(raw.ref)
        elif read is not None:
            self._again.append(replace(raw, known=True))
        return False

    def _wanted(self) -> Iterator[RawMessage]:
        """What is to be read by the answers so far; it is asked for now, and comes when it is taken."""
        rest, self._rest = self._rest, []
        again, self._again = self._again, []
        fetched = self._mailbox.fetch(rest)
        return chain(again, (one for one in fetched if not one.draft))
