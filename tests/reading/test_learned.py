"""What was learned is what stands in data/learned: mail that it was learned from is read as it is labelled."""

from __future__ import annotations

from itertools import chain

from mailbot.reading.reader import read
from tests.reading.kind_mails import READER, learning
from tests.reading.whole_mails import whole

EACH = 15  # one in so many is read
LEAST = 0.93  # the share that is right; mail that was not learned from: python -m tests.bench.learn --check


def test_what_was_learned_from_is_mostly_read_as_it_is_labelled() -> None:
    """It falls where features, cues or rows change and nothing was learned anew."""
    rows = list(chain(learning(), whole()))[::EACH]
    right = sum(read(row.message(), READER).kind in row.kinds for row in rows)
    assert right >= LEAST * len(rows)
