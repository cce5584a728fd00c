"""The world of a Maildir: a mail program beside mailbot that delivers, rewrites, renames and removes files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from mailbot.mail.header_block import message_id_of
from mailbot.mail.maildir import MaildirMailbox
from mailbot.mail.port import Place
from mailbot.mail.steps import Step, no_step
from tests.mail.conformance.world import Lying, World

MAILDIR_PP = {
    Place.INBOX: ".",
    Place.DRAFTS: ".Drafts",
    Place.SENT: ".Sent",
    Place.TRASH: ".Trash",
    Place.JUNK: ".Junk",
    Place.OTHER: ".Archive",
}


class MaildirWorld(World):
    """`folders`: which folder is for which place. `in_place`: the person's editor rewrites the file of a draft, where
    other programs store another file and remove the old one."""

    def __init__(self, root: Path, *, folders: dict[Place, str] = MAILDIR_PP, in_place: bool = False) -> None:
        self.root = root
        self.folders = {place: root / name for place, name in folders.items()}
        self.in_place = in_place
        self._numbers = count(1)
        for folder in self.folders.values():
            make_maildir(folder)

    def open(self, *, step: Step = no_step) -> MaildirMailbox:
        return MaildirMailbox("maildir", self.root, step=step)

    def deliver(
        self, raw: bytes, place: Place = Place.INBOX, *, arrived: datetime | None = None, draft: bool = False
    ) -> None:
        flags = ":2,DS" if draft or place is Place.DRAFTS else ""
        path = self.folders[place] / ("cur" if flags else "new") / f"{self.new_name()}{flags}"
        path.write_bytes(raw.replace(b"\r\n", b"\n"))
        if arrived is not None:
            os.utime(path, (arrived.timestamp(), arrived.timestamp()))

    def new_name(self) -> str:
        return f"1900000000.{next(self._numbers)}_1.desk"

    def files(self, place: Place) -> list[Path]:
        folder = self.folders[place]
        return sorted(path for part in ("new", "cur") if (folder / part).is_dir() for path in (folder / part).iterdir())

    def file(self, message_id: str, place: Place) -> Path:
        return next(path for path in self.files(place) if message_id_of(path.read_bytes()) == message_id)

    def expunge(self, message_id: str, place: Place) -> None:
        for path in self.files(place):
            if message_id_of(path.read_bytes()) == message_id:
                path.unlink()

    def edit_draft(self, message_id: str, raw: bytes) -> None:
        if self.in_place:
            self.file(message_id, Place.DRAFTS).write_bytes(raw)
        else:
            super().edit_draft(message_id, raw)

    def lying(self) -> tuple[Lying, ...]:
        return tuple(
            Lying(place, path.read_bytes(), frozenset(path.name.partition(":2,")[2]))
            for place in self.folders
            for path in self.files(place)
        )

    def lose_drafts_folder(self) -> None:
        self.folders[Place.DRAFTS].rename(self.root.parent / "lost")

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        away = self.root.with_name("unmounted")
        self.root.rename(away)
        try:
            yield
        finally:
            away.rename(self.root)


def make_maildir(folder: Path) -> None:
    for part in ("tmp", "new", "cur"):
        (folder / part).mkdir(parents=True, exist_ok=True)
