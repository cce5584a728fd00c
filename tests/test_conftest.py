"""On the build machine a test that would skip for want of a server fails instead; a skip for another reason stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("reason", "ci", "status"),
    [("needs dovecot", "true", 1), ("needs dovecot", "", 0), ("this mailbox cannot withdraw", "true", 0)],
)
def test_a_skip_for_want_of_a_server_fails_on_the_build_machine(
    tmp_path: Path, reason: str, ci: str, status: int
) -> None:
    shutil.copy(HERE / "conftest.py", tmp_path)
    skipping = f"import pytest\ndef test_it(): pytest.skip({reason!r})\ndef test_another(): pass\n"
    (tmp_path / "test_it.py").write_text(skipping)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path, env={**os.environ, "CI": ci}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stdout
