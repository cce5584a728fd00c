"""What is remembered of mails is bounded: the service reads and plans for months in one process."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbot.assistant import Assistant
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import Place
from mailbot.store.sqlite import open_ledger
from tests.daemon.hiring import ME, ZONE, Firm, mail, words
from tests.torture.soak import profile

BEGUN = datetime(2026, 3, 2, 9, tzinfo=ZONE)
SORTS = ("receipt", "ask", "fixed", "promise", "no")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def worker(tmp_path: Path, store: MemoryStore) -> Iterator[Assistant]:
    with open_ledger(tmp_path / "state", durable=False) as ledger:
        yield Assistant((MemoryMailbox("home", store=store),), ledger, profile(), bytes(32))


def mails_of(name: str) -> list[bytes]:
    """The mails of one firm, its names and addresses unlike any other's; each sender's name shows another address."""
    firm = Firm(f"{name} Works", f"{name} Handler", f"Maren {name}", f"Idris {name}", gives_address=True)
    shown, aside = f'"{firm.hiring} (hr@{name}.other.example)"', {"Reply-To": f"x@{name}.third.example"}
    made = []
    for number, sort in enumerate(SORTS):
        sender, subject, text = words(firm, sort, BEGUN, 5)
        at, sender = BEGUN + timedelta(minutes=number), sender.replace(firm.hiring, shown)
        made.append(mail(f"<{sort}@{firm.domain}>", at, sender, ME, subject, text, aside))
    return made


def without_bound() -> dict[str, int]:
    """How much each cache of ours that has no bound holds."""
    caches = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return {f"{one.__module__}.{one.__qualname__}": one.cache_info().currsize for one in caches
            if one.__module__.startswith("mailbot.") and one.cache_info().maxsize is None}  # fmt: skip


def test_no_memory_without_a_bound_grows_with_the_mail(worker: Assistant, store: MemoryStore) -> None:
    held = []
    for day, name in enumerate(("Alderwick", "Brackmore", "Corvstead", "Dellford")):
        for number, raw in enumerate(mails_of(name)):
            at = BEGUN + timedelta(days=day, hours=number)
            store.deliver(raw, Place.INBOX, arrived=at)
            worker.step(at)
        held.append(without_bound())
    assert len(held[0]) > 50
    assert held[-1] == held[0]
