"""Files that nobody else may read: a folder of one's own, files in it, and no link to anywhere else."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from pathlib import Path

from mailbot.errors import ActionNeeded, Transient

# File systems on which locks and fsync cannot be relied upon (sqlite.org, 'How To Corrupt', section 2.1).
NETWORK = frozenset({
    "afs", "beegfs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
    "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs",
})  # fmt: skip
_MOUNTS = Path("/proc/self/mountinfo")  # proc(5); Linux alone says it without a foreign library


def private_folder(folder: Path, *, ours: str) -> None:
    """Make the folder, readable by its owner alone, or see that it is so. One that others can read is closed to them
    if it is empty or holds a file named `ours`, else refused. Raises ActionNeeded for a folder that is a link, is
    somebody else's or lies on a network file system."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise ActionNeeded(f"The folder {folder} is a symbolic link.", mend="Name the folder that it points to.")
        _require_owner(folder, status)
        if status.st_mode & 0o077:
            if not (folder / ours).exists() and any(folder.iterdir()):
                raise ActionNeeded(f"Others can read the folder {folder}.", mend=f"Run: chmod 700 {folder}")
            folder.chmod(0o700)
    except OSError as error:
        raise refused(folder, error) from error
    if (kind := file_system(folder)) in NETWORK:
        raise ActionNeeded(
            f"The folder {folder} lies on a network file system ({kind}), where no lock can be trusted.",
            mend="Name a folder on this machine with --state.",
        )


def create_private(file: Path, content: bytes = b"") -> bool:
    """Make the file, readable by its owner alone, at once with all its content and durably; False where there is one
    already. Never follows a link."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.link(draft, file, follow_symlinks=False)
        finally:
            draft.unlink()
        sync_folder(file.parent)
    except FileExistsError:
        return False
    except OSError as error:
        raise refused(file, error) from error
    return True


def require_private(file: Path) -> None:
    """See that an existing file is a plain one, one's own, and readable by nobody else. It is never opened: to close
    a database by another handle drops SQLite's locks on it (sqlite.org, 'How To Corrupt', section 2.2)."""
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise ActionNeeded(f"{file} is not a plain file (a link is refused too).", mend="Move it away.")
        _require_owner(file, status)
        if status.st_mode & 0o077:
            file.chmod(0o600)
    except OSError as error:
        raise refused(file, error) from error


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def file_system(folder: Path) -> str:
    """The type of the file system that holds the folder; empty where the system does not say."""
    if not _MOUNTS.exists():
        return ""
    here, best, kind = folder.resolve(), "", ""
    for line in _MOUNTS.read_text(errors="replace").splitlines():
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].replace("\\040", " ")
        if here.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, after.split(" ")[0]
    return kind


def refused(path: Path, error: OSError) -> ActionNeeded | Transient:
    """What the system said about a path, in our family: a full disk passes, the rest wants the person."""
    said = f"{path}: {error.strerror or error}."
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
        return Transient(said, mend="Make room on the disk, or look after it.")
    return ActionNeeded(said, mend="Give mailbot a folder that it may write with --state.")


def _require_owner(path: Path, status: os.stat_result) -> None:
    if status.st_uid != os.geteuid():
        raise ActionNeeded(f"{path} belongs to another user.", mend="Name a place of your own with --state.")
