"""Which folders a Maildir account has and what each is for, however its programs lay them out.

Known layouts: Maildir++ (`.Drafts`, `.INBOX.Drafts` beside the root's own cur, new, tmp), plain trees (`INBOX`,
`Drafts`, `[Gmail]/Drafts`, `INBOX/Drafts`: mbsync, mutt, mu4e), dotted names (`INBOX.Drafts`: offlineimap), mbsync's
Legacy (`Sent/.2025`), Thunderbird (`Inbox.sbd/Drafts`, no new/) and KMail (`.inbox.directory/drafts`). What a folder
is for follows from its whole name (`data/folders.toml`) or from the person's configuration.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_from_bytes

from mailbot.errors import ActionNeeded
from mailbot.mail.folder_names import place_of
from mailbot.mail.maildir_files import failure, shown
from mailbot.mail.port import Place

PARTS = frozenset({"cur", "new", "tmp"})
DEEPEST = 12  # levels of folders below the root that are looked at


@dataclass(frozen=True, slots=True)
class Folder:
    """`name`: the path below the root in its own spelling, percent-encoded and so safe anywhere; empty for the root."""

    path: Path
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one account, by name. `named`: those that the person named for a place."""

    root: Path
    folders: tuple[Folder, ...]
    named: Mapping[Place, Folder]

    def at(self, *places: Place) -> tuple[Folder, ...]:
        """The folders that are for one of these."""
        return tuple(folder for folder in self.folders if folder.place in places)

    @property
    def plain(self) -> bool:
        """Only a root with cur, new and tmp, and no folder beside it."""
        return [folder.path for folder in self.folders] == [self.root]

    def drafts(self) -> Folder | None:
        """Where drafts are placed; None where there is no Drafts folder. Raises ActionNeeded where there are several
        and the person has named none."""
        if Place.DRAFTS in self.named:
            return self.named[Place.DRAFTS]
        found = self.at(Place.DRAFTS)
        if len(found) > 1:
            names = " and ".join(f"'{shown(folder.path.relative_to(self.root))}'" for folder in found)
            raise ActionNeeded(
                f"The Maildir {self.root} has more than one Drafts folder: {names}.",
                mend='Say which one your mail program uses: `drafts = "..."` in its [[account]].',
            )
        return found[0] if found else None

    def trash(self) -> Folder | None:
        """Where a withdrawn draft goes; None where there is no Trash folder."""
        return self.named.get(Place.TRASH) or next(iter(self.at(Place.TRASH)), None)


def read_layout(root: Path, named: Mapping[Place, str]) -> Layout:
    """The folders that lie below `root` now; symbolic links are not followed. Raises ActionNeeded where there is no
    Maildir, or none of a name that the person gave."""
    paths = {_relative(root, path): path for path in _maildirs(root, DEEPEST)}
    chosen = {_named(root, place, name, paths): place for place, name in named.items()}
    folders = tuple(
        Folder(path, quote_from_bytes(os.fsencode(relative), safe="/[] "), chosen.get(relative) or place_of(relative))
        for relative, path in sorted(paths.items())
    )
    if not folders:
        raise ActionNeeded(f"{root} holds no Maildir.", mend="Is the disk mounted? Is `path` in its [[account]] right?")
    by_path = {folder.path: folder for folder in folders}
    return Layout(root, folders, {place: by_path[paths[relative]] for relative, place in chosen.items()})


def _maildirs(path: Path, depth: int) -> Iterator[Path]:
    """`path` and the folders below it that are Maildirs: cur with new, or with tmp alone (Thunderbird). What this user
    may not list (a disk's lost+found) is left out."""
    try:
        with os.scandir(path) as entries:
            below = {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
    except (FileNotFoundError, PermissionError):
        return
    except OSError as problem:
        raise failure(problem, path) from problem
    is_maildir = "cur" in below and bool(below & {"new", "tmp"})
    if is_maildir:
        yield path
    if depth:
        for name in sorted(below - PARTS if is_maildir else below):
            yield from _maildirs(path / name, depth - 1)


def _relative(root: Path, path: Path) -> str:
    return "" if path == root else str(path.relative_to(root))


def _named(root: Path, place: Place, name: str, paths: Mapping[str, Path]) -> str:
    """The path below the root of the folder that the person calls `name`: as it is on disk, or the Maildir++ way."""
    given = name.strip("/")
    for candidate in (given, f".{given.replace('/', '.')}"):
        if candidate in paths:
            return candidate
    raise ActionNeeded(
        f"The Maildir {root} has no folder '{name}'.", mend=f"Correct `{place.value}` in its [[account]]."
    )
