"""What a lost ledger, and an older one that was put back, lead to: never a second draft."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_commands import Home, invitation


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def listed(home: Home, key: str) -> list[dict[str, object]]:
    return [one for one in map(json.loads, home.here("status", "--json").stdout.splitlines()) if key in one]


def test_after_a_lost_ledger_a_draft_is_recognised_as_the_persons(home: Home) -> None:
    home.deliver(invitation())
    home.here("sync")
    placed = home.drafts()
    shutil.rmtree(home.state)
    home.here("sync")
    assert home.drafts() == placed
    assert [one["status"] for one in listed(home, "draft")] == ["edited"]
    assert not listed(home, "missed")


def test_after_a_lost_ledger_what_was_due_is_listed_and_not_placed(home: Home) -> None:
    home.deliver(invitation())
    home.here("status")  # makes the key, and a ledger that has read nothing
    home.here("sync", "--dry-run")
    shutil.rmtree(home.state)
    home.here("sync")
    assert home.drafts() == []
    assert [one["to"] for one in listed(home, "missed")] == ["tom.varga@lindenworks.example"]


def test_after_an_older_backup_is_put_back_there_is_no_second_draft(home: Home) -> None:
    home.here("sync")
    (backup,) = (home.state / "backups").iterdir()
    home.deliver(invitation())
    home.here("sync")
    placed = home.drafts()
    assert len(placed) == 1
    shutil.copy(backup, home.state / "ledger.sqlite")
    done = home.here("sync")
    assert done.returncode == 0, done.stderr
    assert home.drafts() == placed
    assert [one["status"] for one in listed(home, "draft")] == ["edited"]


def test_sync_makes_the_days_backup_and_a_dry_run_does_not(home: Home) -> None:
    home.here("sync", "--dry-run")
    assert not (home.state / "backups").exists()
    home.here("sync")
    home.here("sync")
    assert len(list((home.state / "backups").iterdir())) == 1
