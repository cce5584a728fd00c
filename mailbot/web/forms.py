"""What a form of the page says, as plain texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from mailbot.errors import ActionNeeded
from mailbot.standing.wording import plain

FIELDS = 200
LONGEST = 2000  # characters of one field


@dataclass(frozen=True, slots=True)
class Form:
    """The fields by name; those left empty are not there."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """A line of text; empty where nothing was said."""
        return next((" ".join(value.split()) for value in self.fields.get(name, ())), "")

    def each(self, name: str) -> tuple[str, ...]:
        """All that was ticked."""
        return tuple(" ".join(value.split()) for value in self.fields.get(name, ()))

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a longer text."""
        text = "\n".join(self.fields.get(name, ()))
        return tuple(line for each in text.splitlines() if (line := " ".join(each.split())))

    def ticked(self, name: str) -> bool:
        return bool(self.fields.get(name))


def form(body: bytes) -> Form:
    """Of the body that a browser sends. Raises ActionNeeded for what no form of ours would hold."""
    try:
        found = parse_qs(body.decode("ascii"), max_num_fields=FIELDS, errors="strict")
    except ValueError as error:
        raise ActionNeeded("That was no form of this page.") from error
    if any(len(value) > LONGEST for several in found.values() for value in several):
        raise ActionNeeded(f"A text is longer than {LONGEST} characters.", mend="Say it in fewer words.")
    clean = {name: tuple(plain(value.replace("\r\n", "\n")) for value in several) for name, several in found.items()}
    said = {name: tuple(one for one in several if one.strip()) for name, several in clean.items()}
    return Form({name: several for name, several in said.items() if several})
