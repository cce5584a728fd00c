"""What the history tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mailbot.mail.gmail.parts import READ, labels_of
from mailbot.mail.port import Place
from mailbot.mail.tables import table


class Told:
    """What pages of the history add up to: each mail that came or moved with its labels as last told (None: not told),
    in the order in which they came."""

    def __init__(self) -> None:
        self.labels: dict[str, list[str] | None] = {}
        self.deleted: set[str] = set()
        self.last = ""
        self._places = {one["name"] for one in table("gmail")["label"] if Place(one["place"]) not in READ}

    @property
    def touched(self) -> frozenset[str]:
        """All that came, moved or went."""
        return frozenset(self.labels) | self.deleted

    def add(self, answer: Mapping[str, Any]) -> None:
        for record in answer.get("history", ()):
            self.last = str(record.get("id", self.last))
            for one in record.get("messagesAdded", ()):
                self._note(one["message"])
            for key in ("labelsAdded", "labelsRemoved"):
                for one in record.get(key, ()):
                    self._relabelled(one)
            for one in record.get("messagesDeleted", ()):
                ident = str(one["message"]["id"])
                self.deleted.add(ident)
                self.labels.pop(ident, None)

    def _relabelled(self, one: Mapping[str, Any]) -> None:
        moved = self._places & set(one.get("labelIds", ()))
        if moved or str(one["message"]["id"]) in self.labels:
            self._note(one["message"])

    def _note(self, message: Mapping[str, Any]) -> None:
        self.labels[str(message["id"])] = labels_of(message) if "labelIds" in message else None
