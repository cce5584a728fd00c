"""Makes mailbot/reading/data/learned/organisations.txt: which organisation of a mail employs, which recruits.

What was tagged (`learn_tags.py`) is left aside: of the mails that it was learned from, the tags know too much.

`python -m tests.bench.learn_organisations`; with `--check` it writes nothing: in ten folds it learns from nine tenths
and reads the tenth, and prints how well the rules alone choose and how well they do with what was learned.
Wants scikit-learn: pip install -e '.[learn]'.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sklearn.model_selection import KFold

from mailbot.mail.message import Message
from mailbot.reading.calendar import read_calendars
from mailbot.reading.company import organisations_of
from mailbot.reading.employing import AGENCY, COMPANY, Organisation, Setting, decided, features
from mailbot.reading.places import places
from mailbot.reading.statements import IRRELEVANT, Reader
from mailbot.reading.words import segment
from tests.bench.fitting import Fitted, save
from tests.reading import entity_mails
from tests.reading.kind_mails import READER
from tests.reading.named_mails import named
from tests.reading.whole_mails import folded, whole

FOLDS = 10


@dataclass(frozen=True)
class Row:
    """One organisation of a mail."""

    features: frozenset[str]
    answer: str


@dataclass(frozen=True)
class Mail:
    name: str
    found: tuple[Organisation, ...]
    rows: tuple[Row, ...]
    setting: Setting
    labelled: frozenset[str]

    def named(self, name: str | None) -> Iterator[Row]:
        return (row for found, row in zip(self.found, self.rows, strict=True) if found.name == name)


def mails() -> Iterator[Mail]:
    for one in whole():
        if not set(one.kinds) & set(IRRELEVANT):
            wanted = {field: {folded(one.row.get(field, ""))} | one.accepted(field) for field in (COMPANY, AGENCY)}
            yield mail(one.name, one.message(), one.reader, wanted)
    for labelled in named():
        if labelled.hiring:
            wanted = {COMPANY: {folded(labelled.company)}, AGENCY: {folded(labelled.agency)}}
            yield mail(labelled.mail.name, labelled.mail.message(), READER, wanted)
    for name, _, message, told in entity_mails.labelled():
        if COMPANY in told or AGENCY in told:
            wanted = {field: {folded(told.get(field, ""))} for field in (COMPANY, AGENCY)}
            yield mail(name, message, entity_mails.READER, wanted)


def mail(name: str, message: Message, reader: Reader, wanted: dict[str, set[str]]) -> Mail:
    words, calendars = segment(message), read_calendars(message, reader)
    found, setting = organisations_of(message, words, calendars, reader, places(message, words, calendars), ())
    rows = tuple(
        Row(frozenset(features(one, at, found, setting)), _answer(one, wanted)) for at, one in enumerate(found)
    )
    labelled = frozenset(field for field in wanted if wanted[field] - {""})
    return Mail(name, tuple(found), rows, setting, labelled)


def _answer(one: Organisation, wanted: dict[str, set[str]]) -> str:
    names = {folded(one.name), *(folded(hint.name) for hint in one.hints)} - {""}
    return next((field for field in (COMPANY, AGENCY) if names & wanted[field]), "none")


def check(everything: Sequence[Mail]) -> None:
    hits, off = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for learn, test in KFold(FOLDS, shuffle=True, random_state=3).split(everything):
        model = Fitted([row for at in learn for row in everything[at].rows])
        for one in (everything[at] for at in test):
            judged = list(zip(one.found, model.chances([row.features for row in one.rows]), strict=True))
            by_rules = (one.setting.company, one.setting.agency)
            learned = (found.name if found else None for found in decided(judged, one.setting))
            for how, names in (("rules", by_rules), ("both", learned)):
                for field, name in zip((COMPANY, AGENCY), names, strict=True):
                    right = field in (row.answer for row in one.named(name))
                    hits[how, field] += right
                    off[how, field] += 0 if right else (name is not None) + (field in one.labelled)
    for key in off:
        print(*key, f"F1 {2 * hits[key] / (2 * hits[key] + off[key]):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    everything = list(mails())
    if parser.parse_args().check:
        check(everything)
        return
    save(Fitted([row for one in everything for row in one.rows]), "organisations")


if __name__ == "__main__":
    main()
