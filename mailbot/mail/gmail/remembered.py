"""What was found of our drafts, for as long as the history is read and does not speak of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set

from mailbot.mail.port import DraftRef, Found

FRESH = 60.0  # seconds for which the history counts as just read; a step reads it first of all

Wanted = frozenset[str]  # Message-IDs


class Memory:
    """`steady` counts seconds and never goes back."""

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._read_at = float("-inf")
        self._found: tuple[Wanted, tuple[Found, ...]] | None = None  # by the last look
        self._holds = False
        self._there: set[DraftRef] = set()
        self.came: tuple[str, ...] = ()  # messages since the last look, of which any may be wanted

    def is_current(self) -> None:
        """The history was read to its end now."""
        self._read_at = self._steady()

    def heed(self, touched: Set[str], came: Iterable[str]) -> None:
        """What the history says: which messages came, moved or went, and those of them that came to where drafts lie
        or go."""
        if self._found and any(one.ref.key in touched for one in self._found[1]):
            self.clear()
        self._there = {one for one in self._there if one.version not in touched}
        self.came = tuple(dict.fromkeys((*self.came, *came)))

    def keep(self, wanted: Wanted, found: tuple[Found, ...]) -> None:
        """What a look has found. What it did not find in Drafts may be new to the search: a second look must agree."""
        agrees = self._found == (wanted, found)
        self._found, self.came = (wanted, found), ()
        self._holds = agrees or {one.message_id for one in found if one.draft} == wanted

    def get(self, wanted: Wanted) -> tuple[Found, ...] | None:
        """What would be found now, if none of those that `came` is wanted."""
        if self._found is None or not (self._holds and self._is_fresh()):
            return None
        return self._found[1] if self._found[0] == wanted else None

    def is_there(self, ref: DraftRef) -> bool:
        """Whether that version was seen, and nothing happened to it."""
        return ref in self._there and self._is_fresh()

    def saw(self, ref: DraftRef) -> None:
        self._there.add(ref)

    def clear(self) -> None:
        self._found, self._holds, self.came = None, False, ()
        self._there.clear()

    def _is_fresh(self) -> bool:
        return self._steady() - self._read_at < FRESH
