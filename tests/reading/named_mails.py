"""The employer, the agency and the job title of mails in data/learning, as data/named/ keeps them.

A line of data/named/SET.tsv is a mail of the files SET-*.toml: its name, the company, the agency and the role that a
careful person reads in it, parted by tabs; empty where it names none. The labels are those of the corpus's README.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.reading.statements import IRRELEVANT
from tests.reading.kind_mails import DATA, Labelled, learning

FIELDS = ("company", "agency", "role")


@dataclass(frozen=True, slots=True)
class Named:
    """A mail, and what it names; each empty where it names none."""

    mail: Labelled
    company: str
    agency: str
    role: str

    @property
    def hiring(self) -> bool:
        return not set(self.mail.kinds) <= set(IRRELEVANT)


def named() -> Iterator[Named]:
    """Every mail of data/learning of which it is labelled whom it names."""
    labels = {}
    for path in sorted((DATA / "named").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            name, *fields = line.split("\t")
            labels[name] = fields
    for mail in learning():
        if mail.name in labels:
            yield Named(mail, *labels[mail.name])
