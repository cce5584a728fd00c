"""The only writes to a Maildir: one draft delivered, one draft of ours taken back, one Drafts folder made.

Delivery is the Maildir way (cr.yp.to/proto/maildir.html): a new file in tmp, written and synced, renamed into cur, the
folder synced. A name is new and random, so nothing can be overwritten. After a kill between the two, a file is left
in tmp, where no program sees it and every Maildir program sweeps.

Steps of `deliver`: 'creating', 'written', 'synced', 'renaming', 'renamed', 'folder synced'. Steps of `take_back`:
'checked', 'renamed', 'checked again', and 'put back', or 'removed' where there is no Trash, and 'folder synced'.
Steps of `make_folder`: 'making folder', 'folder made'.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from mailbot.errors import Uncertain
from mailbot.mail.maildir_files import File, digest, failure
from mailbot.mail.steps import Step


def deliver(folder: Path, file_name: str, raw: bytes, step: Step) -> None:
    """Put `raw` into the folder's cur under that new name. Raises Uncertain from the rename on, and Transient or
    ActionNeeded before it: then nothing has happened and nothing is left in tmp."""
    waiting, target = folder / "tmp" / file_name, folder / "cur" / file_name
    try:
        step("creating")
        _write(waiting, raw, step)
        step("renaming")
        waiting.rename(target)
    except OSError as problem:
        if os.path.lexists(target):
            raise _doubt(problem, target) from problem
        if not isinstance(problem, FileExistsError):
            with suppress(OSError):
                waiting.unlink()
        raise failure(problem, waiting) from problem
    try:
        step("renamed")
        _sync_folder(target.parent)
        step("folder synced")
    except OSError as problem:
        raise _doubt(problem, target) from problem


def take_back(file: File, version: str, target: Path, *, keep: bool, step: Step) -> bool:
    """Rename the draft to `target` (in Trash; in tmp where there is none, and then remove it) if its contents are that
    version. They are looked at again after the rename: what the person wrote in between is put back. False where the
    file holds another version. Raises FileNotFoundError where it has another name by now, else as `deliver`."""
    try:
        if digest(file) != version:
            return False
        step("checked")
        file.path.rename(target)
    except OSError as problem:
        if os.path.lexists(target):
            raise _doubt(problem, target) from problem
        if isinstance(problem, FileNotFoundError):
            raise
        raise failure(problem, file.path) from problem
    try:
        step("renamed")
        return _finish(file, version, target, keep=keep, step=step)
    except OSError as problem:
        raise _doubt(problem, target) from problem


def _finish(file: File, version: str, target: Path, *, keep: bool, step: Step) -> bool:
    taken = File(target.parent, target.name)
    if digest(taken) != version:
        os.link(target, file.path)
        target.unlink()
        step("put back")
        return False
    step("checked again")
    if not keep:
        target.unlink()
        step("removed")
    for folder in {target.parent, file.folder}:
        _sync_folder(folder)
    step("folder synced")
    return True


def make_folder(path: Path, step: Step) -> None:
    """A new Maildir++ folder: its three parts and the empty file that marks it. One that is there already, even in
    part, is completed. Raises Transient or ActionNeeded."""
    try:
        step("making folder")
        for part in ("tmp", "new", "cur"):
            (path / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        (path / "maildirfolder").touch(mode=0o600)
        _sync_folder(path)
        _sync_folder(path.parent)
        step("folder made")
    except OSError as problem:
        raise failure(problem, path) from problem


def _doubt(problem: OSError, target: Path) -> Uncertain:
    return Uncertain(f"{target}: {problem.strerror or problem}; whether the draft was moved there is not certain.")


def _write(path: Path, raw: bytes, step: Step) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(raw)
        handle.flush()
        step("written")
        os.fsync(descriptor)
        step("synced")


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
