"""Every request of a session on Gmail goes wrong once, in every way; on the emulator of Gmail every fifth."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail.conformance.emulated_world import EmulatedWorld
from tests.mail.gmail.gmail_cuts import HARMS, session
from tests.servers.gmail.emulator import MISSING, WHY


@pytest.mark.parametrize("harm", HARMS)
def test_whatever_any_request_meets_the_session_ends_the_same(tmp_path: Path, harm: str) -> None:
    undisturbed = session(tmp_path / "undisturbed")
    for at in range(1, undisturbed.requests + 1):
        end = session(tmp_path / f"at {at}", harm, at)
        assert end.drafts == undisturbed.drafts, at
        assert end.posts <= undisturbed.posts + 1, at
    print(f"{harm}: the same end after {undisturbed.requests} faults")  # noqa: T201 - the figure is the result


@pytest.mark.skipif(MISSING, reason=WHY)
@pytest.mark.parametrize("harm", HARMS)
def test_so_it_does_on_the_emulator(tmp_path: Path, harm: str) -> None:
    undisturbed = session(tmp_path / "undisturbed", world_of=EmulatedWorld)
    for at in range(1 + list(HARMS).index(harm) % 5, undisturbed.requests + 1, 5):
        end = session(tmp_path / f"at {at}", harm, at, EmulatedWorld)
        assert end.drafts == undisturbed.drafts, at
        assert end.posts <= undisturbed.posts + 1, at
