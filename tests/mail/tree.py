"""A folder as it is on disk, for 'nothing has changed'."""

from __future__ import annotations

from pathlib import Path


def tree(root: Path) -> dict[str, tuple[object, ...]]:
    """Every path below `root` with what one can tell of it: kind and rights, and of a file its inode, its times of
    modification and change, and its contents. A directory's times are left out: a new file changes them."""
    return {str(path.relative_to(root)): _state(path) for path in sorted(root.rglob("*"))}


def _state(path: Path) -> tuple[object, ...]:
    now = path.lstat()
    if path.is_symlink():
        return now.st_mode, str(path.readlink())
    if path.is_file():
        return now.st_mode, now.st_ino, now.st_mtime_ns, now.st_ctime_ns, path.read_bytes()
    return (now.st_mode,)
