"""Makes mailbot/reading/data/learned/formats.txt: how a talk is held, by how strongly each part of its mail speaks.

`python -m tests.bench.learn_formats`; with `--check` it writes nothing: in ten folds it learns from nine tenths and
reads the tenth, and prints how well the rules alone do and how well they do with what was learned.
Wants scikit-learn: pip install -e '.[learn]'.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sklearn.model_selection import KFold

from mailbot.mail.message import Message
from mailbot.mail.mime import parse
from mailbot.reading.calendar import read_calendars
from mailbot.reading.statements import Kind, Reader
from mailbot.reading.times import format_setting
from mailbot.reading.timing.held import NEITHER, features
from mailbot.reading.words import segment
from tests.bench.fitting import Fitted, save
from tests.bench.learn_dues import FOLDS, TABLES
from tests.reading import time_mails
from tests.reading.whole_mails import whole

LOOSE = 0.3


@dataclass(frozen=True)
class Row:
    """A mail with a talk; `ruled`: what the rules make of it."""

    features: frozenset[str]
    answer: str
    ruled: str


def rows() -> Iterator[Row]:
    for one in whole():
        for talk in one.row.get("interviews", ())[:1]:
            yield _row(one.message(), one.reader, one.kinds, talk[2])
    for row in (row for table in TABLES for row in time_mails.rows(table)):
        reader = time_mails.reader_of(row)
        for talk in row.get("interviews", ())[:1]:
            yield _row(parse(time_mails.raw_mail(row), own=reader.addresses), reader, (Kind(row["kind"]),), talk[2])


def _row(message: Message, reader: Reader, kinds: Sequence[Kind], wanted: str) -> Row:
    ruled, parts = format_setting(message, segment(message), read_calendars(message, reader), kinds, reader)
    return Row(frozenset(features(ruled, parts)), wanted or NEITHER, ruled.value if ruled else NEITHER)


def check(everything: Sequence[Row]) -> None:
    pairs = list[tuple[str, str, str]]()
    for learn, test in KFold(FOLDS, shuffle=True, random_state=5).split(everything):
        model = Fitted([everything[at] for at in learn], LOOSE)
        judged = model.chances([everything[at].features for at in test])
        for at, said in zip(test, judged, strict=True):
            one = everything[at]
            pairs.append((one.answer, one.ruled, max(said, key=lambda name: said[name])))
    print("rules", f"F1 {_f1([(wanted, ruled) for wanted, ruled, _ in pairs]):.3f}")
    print("both", f"F1 {_f1([(wanted, read) for wanted, _, read in pairs]):.3f}")


def _f1(pairs: Sequence[tuple[str, str]]) -> float:
    hits = sum(wanted == read != NEITHER for wanted, read in pairs)
    off = sum((wanted != NEITHER) + (read != NEITHER) for wanted, read in pairs if wanted != read)
    return 2 * hits / (2 * hits + off)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    everything = list(rows())
    if parser.parse_args().check:
        check(everything)
    else:
        save(Fitted(everything, LOOSE), "formats")


if __name__ == "__main__":
    main()
