"""5,000 damaged mails: each gives a Reading that can be kept, or the one declared error, soon; what it quotes stands in
it. A hundred thousand more: python -m tests.torture.mutated_mail."""

from __future__ import annotations

import time
from random import Random

import pytest

from tests.mutation import faults, mutated, seeds, understood

MAILS = 5_000
PARTS = 10
SECONDS = 2  # of the processor for one mail; most take milliseconds


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_mail_is_read_or_refused(part: int) -> None:
    mails, chance = seeds(), Random(part)
    for number in range(MAILS // PARTS):
        mail = mutated(mails, chance)
        began = time.process_time()
        both = understood(mail)
        assert both is None or faults(mail, *both) == [], f"mail {number} of part {part}"
        assert time.process_time() - began < SECONDS, f"mail {number} of part {part}"
