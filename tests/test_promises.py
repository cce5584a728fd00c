"""The table in docs/promises.md names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]
PAGE = (HERE / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+\.py(?:::\w+)?)`", PAGE)))


def test_each_of_the_twenty_promises_has_a_test() -> None:
    rows = re.findall(r"^\| (\d+)\. .*\| (.*) \|$", PAGE, flags=re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 21))
    assert all("tests/" in tests for _, tests in rows if tests != "")


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_is_named_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    text = (HERE / path).read_text(encoding="utf-8")
    assert not function or f"def {function}(" in text


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([\w.]+)", PAGE))))
def test_a_command_that_is_named_is_there(module: str) -> None:
    assert 'if __name__ == "__main__"' in (HERE / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
