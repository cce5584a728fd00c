"""One demo for all tests that only look, and a copy for each that says something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra web")
pytest.importorskip("uvicorn", reason="needs the extra web")

from mailbot.demo.play import play_demo
from mailbot.demo.sample import LAST_DAY
from tests.web.serving import Served, Server, copied, server


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that has been played to the end."""
    folder = tmp_path_factory.mktemp("web") / "demo"
    for _ in play_demo(folder, LAST_DAY):
        pass
    return folder


@pytest.fixture(scope="session")
def page(demo: Path) -> Iterator[Served]:
    """For looking."""
    with server() as running, running.serving(demo, LAST_DAY) as one:
        yield one


@pytest.fixture(scope="session")
def other_server() -> Iterator[Server]:
    """For pages of a test's own."""
    with server() as running:
        yield running


@pytest.fixture
def own_page(demo: Path, tmp_path: Path, other_server: Server) -> Iterator[Served]:
    """For saying something."""
    with other_server.serving(copied(demo, tmp_path / "own"), LAST_DAY) as one:
        yield one
