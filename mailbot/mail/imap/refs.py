"""Many references in little memory: a first listing names every mail there is, and is held until all are read."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import overload

from mailbot.mail.imap.keys import Key
from mailbot.mail.port import MessageRef, Place

_PLACES = tuple(Place)


class Refs:
    """Those of one folder. Each mail is its UID and its place; a reference is made when it is asked for."""

    def __init__(self, account: str, validity: int, folder: str, mails: Iterable[tuple[int, Place]]) -> None:
        self._account = account
        self._validity = validity
        self._folder = folder
        self._uids = array("L")
        self._places = array("B")
        for uid, place in mails:
            self._uids.append(uid)
            self._places.append(_PLACES.index(place))

    def __len__(self) -> int:
        return len(self._uids)

    def __iter__(self) -> Iterator[MessageRef]:
        return map(self.at, range(len(self)))

    def at(self, index: int) -> MessageRef:
        key = Key(self._validity, self._uids[index], self._folder)
        return MessageRef(self._account, _PLACES[self._places[index]], str(key))


class Listed(Sequence[MessageRef]):
    """Those of all folders, one after the other."""

    def __init__(self, folders: Sequence[Refs]) -> None:
        self._folders = folders

    def __len__(self) -> int:
        return sum(map(len, self._folders))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def __iter__(self) -> Iterator[MessageRef]:
        return chain.from_iterable(self._folders)

    @overload
    def __getitem__(self, index: int) -> MessageRef: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[MessageRef, ...]: ...
    def __getitem__(self, index: int | slice) -> MessageRef | tuple[MessageRef, ...]:
        if isinstance(index, slice):
            return tuple(self[one] for one in range(*index.indices(len(self))))
        left = index if index >= 0 else index + len(self)
        for one in self._folders:
            if 0 <= left < len(one):
                return one.at(left)
            left -= len(one)
        raise IndexError(index)
