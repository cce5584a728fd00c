"""A user manager of systemd of our own, with a journal: the real programs in namespaces of their own, so that no other
process sees them and nothing of theirs is left. Linux, as root."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SYSTEMD, JOURNAL = "/lib/systemd/systemd", "/lib/systemd/systemd-journald"
GROUPS = Path("/sys/fs/cgroup")
# What the first process of the namespaces does. The manager's own group is named as a session's is: the journal knows
# by it whose lines are whose.
INIT = f"""
mount --make-rprivate / && umount -R /sys/fs/cgroup && mount -t cgroup2 none /sys/fs/cgroup || exit 1
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/log/journal "$XDG_RUNTIME_DIR" || exit 1
mkdir -p /sys/fs/cgroup/journal /sys/fs/cgroup/user.slice/user-0.slice/user@0.service
( echo 0 > /sys/fs/cgroup/journal/cgroup.procs; exec {JOURNAL} ) &
( echo 0 > /sys/fs/cgroup/user.slice/user-0.slice/user@0.service/cgroup.procs; exec {SYSTEMD} --user ) &
wait
"""


def why_not() -> str:
    """What is missing here for it; empty where it can run."""
    if os.getuid():
        return "namespaces of one's own need root"
    missing = [one for one in (SYSTEMD, JOURNAL) if not Path(one).exists()]
    missing += [one for one in ("unshare", "nsenter", "systemctl", "journalctl") if not shutil.which(one)]
    if missing:
        return f"not here: {', '.join(missing)}"
    return "" if _unified() else "no control groups of the second version"


def _unified() -> Path | None:
    return next((one for one in (GROUPS, GROUPS / "unified") if (one / "cgroup.procs").exists()), None)


@dataclass(frozen=True)
class Session:
    """A person's session: `home` is theirs."""

    pid: int
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**kept, "HOME": str(self.home), "XDG_RUNTIME_DIR": "/run/user/0", "USER": "root"}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command as it runs in the session."""
        inside = ["nsenter", "--target", str(self.pid), "--mount", "--pid", "--cgroup", "--", *command]
        return subprocess.run(
            inside, capture_output=True, text=True, check=False, env=self.environment, timeout=120, cwd=self.home
        )

    def shown(self, *names: str) -> dict[str, str]:
        """What the manager says of the service."""
        said = self.run("systemctl", "--user", "show", "mailbot.service", *(f"--property={one}" for one in names))
        return dict(line.split("=", 1) for line in said.stdout.splitlines())


@contextmanager
def session(home: Path) -> Iterator[Session]:
    """A session that is up, and ended with all that runs in it."""
    group = (_unified() or GROUPS) / f"mailbot-{os.getpid()}"
    group.mkdir()
    home.mkdir()
    apart = ["unshare", "--mount", "--pid", "--cgroup", "--ipc", "--fork", "--kill-child", "--mount-proc"]
    started = subprocess.Popen(
        ["sh", "-c", f'echo 0 > {group}/cgroup.procs; exec "$@"', "sh", *apart, "sh", "-c", INIT],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=Session(0, home).environment,
    )
    try:
        yield _up(started.pid, home)
    finally:
        started.send_signal(signal.SIGKILL)
        started.wait()
        _gone(group)


def _up(pid: int, home: Path) -> Session:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        first = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if first:
            one = Session(int(first[0]), home)
            if one.run("systemctl", "--user", "is-system-running").stdout.strip() in ("running", "degraded"):
                return one
        select.select([], [], [], 0.05)
    raise AssertionError("systemd did not start")


def _gone(group: Path) -> None:
    """The groups are removed once the kernel has ended what was in them."""
    end = time.monotonic() + 20
    while group.exists() and time.monotonic() < end:
        for one in sorted(group.rglob("*/"), reverse=True):
            if one.is_dir():
                with suppress(OSError):
                    one.rmdir()
        with suppress(OSError):
            group.rmdir()
        select.select([], [], [], 0.05)
