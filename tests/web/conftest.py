"""One demo for all tests that only look, and a copy for each that says something."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from mailbot.demo.play import play_demo
from mailbot.demo.sample import LAST_DAY

if TYPE_CHECKING:
    from tests.web.serving import Served, Server


class WithoutItsLibraries(pytest.Module):
    """Stands for a module of tests that cannot be loaded here."""

    def collect(self) -> NoReturn:
        pytest.skip("needs the extra `web`", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    if find_spec("starlette") and find_spec("uvicorn"):
        return None
    return WithoutItsLibraries.from_parent(parent, path=module_path)


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
    from tests.web.serving import server

    with server() as running, running.serving(demo, LAST_DAY) as one:
        yield one


@pytest.fixture(scope="session")
def other_server() -> Iterator[Server]:
    """For pages of a test's own."""
    from tests.web.serving import server

    with server() as running:
        yield running


@pytest.fixture
def own_page(demo: Path, tmp_path: Path, other_server: Server) -> Iterator[Served]:
    """For saying something."""
    from tests.web.serving import copied

    with other_server.serving(copied(demo, tmp_path / "own"), LAST_DAY) as one:
        yield one
