"""Which folders an account has, what each is for, and which of them are read.

A server says what a folder is for by SPECIAL-USE (RFC 6154), in its plain LIST too; where it does not, the usual names
count, and before both what the person named in the configuration. Names are kept as they travel (modified UTF-7, RFC
3501 section 5.1.3) and decoded one by one: some servers hold a name that is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from imapclient.imap_utf7 import decode as decode_name

from mailbot.errors import ActionNeeded
from mailbot.mail.folder_names import is_archive, place_of
from mailbot.mail.port import Place

SPECIAL = {
    "\\drafts": Place.DRAFTS, "\\sent": Place.SENT, "\\trash": Place.TRASH, "\\junk": Place.JUNK,
    "\\archive": Place.OTHER, "\\all": Place.OTHER,
}  # fmt: skip
CLOSED = frozenset({"\\noselect", "\\nonexistent"})


@dataclass(frozen=True, slots=True)
class Folder:
    """`name` as it travels, `shown` as the person sees it. `read`: its mail is looked at. `marked`: the server itself
    says what it is for. `everything`: it shows the mail of all others (Gmail's All Mail). `own`: the person named it to
    be read too."""

    name: str
    shown: str
    place: Place
    read: bool
    marked: bool = False
    everything: bool = False
    own: bool = False

    @property
    def flagged(self) -> bool:
        """Whether it matters how its mails are marked: a draft as deleted, and Gmail's labels say where a mail lies.
        Elsewhere marks change whenever the person reads, and say nothing."""
        return self.place is Place.DRAFTS or self.everything


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one account. `named`: those that the person named for a place, as they are shown."""

    account: str
    all: tuple[Folder, ...]
    named: Mapping[Place, str]

    def read(self, *, labels: bool) -> tuple[Folder, ...]:
        """Those whose mail is looked at. `labels`: the server is Gmail, where one folder shows the mail of all others
        but Drafts, Trash and Junk."""
        reads = [one for one in self.all if one.read and not one.everything]
        whole = [one for one in self.all if one.everything]
        if not (labels and whole):
            return tuple(reads)
        apart = (Place.DRAFTS, Place.TRASH, Place.JUNK)
        return (*whole, *(one for one in reads if one.place in apart))

    def at(self, place: Place) -> tuple[Folder, ...]:
        """The folders that are for that place."""
        return tuple(one for one in self.all if one.place is place)

    def drafts(self) -> Folder:
        """Where drafts are placed. Raises ActionNeeded where there is none, or several and none is marked or named."""
        found = self.at(Place.DRAFTS)
        certain = [one for one in found if one.marked] or found
        if len(certain) == 1:
            return certain[0]
        names = " and ".join(f"'{one.shown}'" for one in found)
        problem = f"has more than one Drafts folder: {names}" if found else "has no Drafts folder that mailbot knows"
        raise ActionNeeded(
            f"Account '{self.account}' {problem}.",
            mend='Name the one your mail program uses: `drafts = "..."` in its [[account]].',
        )

    def trash(self) -> Folder | None:
        """Where a withdrawn draft goes; None where there is no Trash."""
        return next(iter(self._likeliest(Place.TRASH)), None)

    def listened(self, *, labels: bool) -> tuple[Folder, ...]:
        """Those of which news is wanted at once, the weightiest first: where mail comes in, where shows what the person
        sends, what they named themselves, and their drafts."""
        sent = [one for one in self.all if one.everything] if labels else self._likeliest(Place.SENT)
        own = [one for one in self.all if one.own]
        wanted = (*self.at(Place.INBOX), *sent, *own, *self._likeliest(Place.DRAFTS))
        return tuple(dict.fromkeys(wanted))

    def _likeliest(self, place: Place) -> tuple[Folder, ...]:
        """The folder for that place; of several one that is marked."""
        return tuple(sorted(self.at(place), key=lambda one: not one.marked))[:1]


def read_folders(account: str, listed: Iterable[Any], named: Mapping[Place, str], more: Iterable[str]) -> Folders:
    """The folders of a LIST answer of imapclient (flags, delimiter, name). `more` are folders of the person's own that
    are read too. Raises ActionNeeded for one that does not exist."""
    wanted = frozenset(more)
    by_name = {name: place for place, name in named.items()}
    found = tuple(one for flags, delimiter, name in listed if (one := _folder(flags, delimiter, name, by_name, wanted)))
    missing = (wanted | by_name.keys()) - {one.shown for one in found}
    if missing:
        listed_names = ", ".join(f"'{one.shown}'" for one in found)
        raise ActionNeeded(
            f"Account '{account}' has no folder {', '.join(repr(one) for one in sorted(missing))}.",
            mend=f"Correct it in its [[account]]; there are {listed_names}.",
        )
    # A place that the person named has that folder alone.
    return Folders(account, tuple(one for one in found if named.get(one.place, one.shown) == one.shown), named)


def _folder(
    flags: Iterable[bytes], delimiter: bytes | None, raw: bytes | str, named: Mapping[str, Place], more: frozenset[str]
) -> Folder | None:
    """None for a folder that cannot be opened, or whose name nobody could send back."""
    uses = {one.decode("ascii", "replace").lower() for one in flags}
    name = raw if isinstance(raw, str) else raw.decode("ascii", "replace")
    if uses & CLOSED or not name.isascii():
        return None
    shown = _shown(name)
    special = next((SPECIAL[one] for one in sorted(uses) if one in SPECIAL), None)
    usual = place_of(shown.replace((delimiter or b"/").decode("ascii", "replace"), "/"))
    place = named.get(shown) or special or (Place.INBOX if name.upper() == "INBOX" else usual)
    archive = "\\archive" in uses or "\\all" in uses or is_archive(shown)
    return Folder(
        name,
        shown,
        place,
        read=place is not Place.OTHER or archive or shown in more,
        marked=special is not None or shown in named,
        everything="\\all" in uses,
        own=shown in more,
    )


def _shown(name: str) -> str:
    try:
        return str(decode_name(name.encode("ascii")))
    except (UnicodeError, ValueError):
        return name
