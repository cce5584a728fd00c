"""A mailbox looked over for `mailbot doctor`: what can be found out about it without changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Examination:
    """`drafts`: the folder that drafts go to, as the person sees it. `refusal`: why none can be placed there, empty
    where one can. `offers`: what the server is able to, in its words. `clock`: what time it is by the server, `newest`
    when by its clock the newest mail came; None where it does not tell."""

    drafts: str
    refusal: str = ""
    offers: tuple[str, ...] = ()
    clock: datetime | None = None
    newest: datetime | None = None


@runtime_checkable
class Examinable(Protocol):
    """A mailbox that can be looked over."""

    def examine(self) -> Examination:
        """Signs in and looks. Raises Transient, ActionNeeded, ProtocolBroken."""
        ...
