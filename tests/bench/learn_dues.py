"""Makes mailbot/reading/data/learned/dues.txt: whose action a day belongs to, by the words around it.

`python -m tests.bench.learn_dues`; with `--check` it writes nothing: in ten folds it learns from nine tenths and reads
the tenth, and prints how well the rules alone do and how well they do with what was learned.
Wants scikit-learn: pip install -e '.[learn]'.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sklearn.model_selection import KFold

from mailbot.mail.message import Direction, Message
from mailbot.mail.mime import parse
from mailbot.reading.calendar import read_calendars
from mailbot.reading.statements import IRRELEVANT, Kind, Reader
from mailbot.reading.times import due_setting
from mailbot.reading.timing.dues import Setting, decision_by, is_due, respond_by, window
from mailbot.reading.timing.told import Told
from mailbot.reading.timing.whose import DECISION, RESPOND, features, settled
from mailbot.reading.words import segment
from tests.bench.fitting import Fitted, save
from tests.reading import time_mails
from tests.reading.whole_mails import whole

FOLDS = 10
LOOSE = 1.0
TABLES = ("times_one", "times_two", "times_three", "times_four", "times_five")


@dataclass(frozen=True)
class Row:
    """One time of a mail by which something can be due."""

    time: Told
    features: frozenset[str]
    answer: str


@dataclass(frozen=True)
class Mail:
    setting: Setting
    rows: tuple[Row, ...]
    wanted: dict[str, str]


def mails() -> Iterator[Mail]:
    for one in whole():
        if not set(one.kinds) & set(IRRELEVANT):
            _, last = one.row.get("decision", ("", ""))
            yield from mail(one.message(), one.reader, one.kinds, last, one.row.get("respond", ""))
    for table in TABLES:
        for row in time_mails.rows(table):
            reader = time_mails.reader_of(row)
            message = parse(time_mails.raw_mail(row), own=reader.addresses)
            last = row.get("decision", "").removeprefix("<=").rpartition("..")[2]
            yield from mail(message, reader, (Kind(row["kind"]),), last, row.get("respond", ""))


def mail(message: Message, reader: Reader, kinds: Sequence[Kind], news: str, answer: str) -> Iterator[Mail]:
    if message.direction is Direction.IN:
        setting = due_setting(message, segment(message), read_calendars(message, reader), kinds, reader)
        wanted = {DECISION: news, RESPOND: answer}
        due = (one for one in setting.times if is_due(one, setting))
        rows = (Row(one, frozenset(features(one, setting)), _answer(one, setting, wanted)) for one in due)
        yield Mail(setting, tuple(rows), wanted)


def _answer(one: Told, setting: Setting, wanted: dict[str, str]) -> str:
    day = window(one, setting).latest.isoformat()
    return next((field for field in (DECISION, RESPOND) if wanted[field] == day), "none")


def check(everything: Sequence[Mail]) -> None:
    hits, off = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for learn, test in KFold(FOLDS, shuffle=True, random_state=5).split(everything):
        model = Fitted([row for at in learn for row in everything[at].rows], LOOSE)
        for one in (everything[at] for at in test):
            judged = model.chances([row.features for row in one.rows])
            chances = [(row.time, said) for row, said in zip(one.rows, judged, strict=True)]
            by_rules = [found[1] if found else None for found in (decision_by(one.setting), respond_by(one.setting))]
            for how, times in (("rules", by_rules), ("both", settled(*by_rules, chances, one.setting))):
                for field, time in zip((DECISION, RESPOND), times, strict=True):
                    day = window(time, one.setting).latest.isoformat() if time else ""
                    right = day == one.wanted[field]
                    hits[how, field] += right and bool(day)
                    off[how, field] += 0 if right else bool(day) + bool(one.wanted[field])
    for key in off:
        print(*key, f"F1 {2 * hits[key] / (2 * hits[key] + off[key]):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    everything = list(mails())
    if parser.parse_args().check:
        check(everything)
        return
    save(Fitted([row for one in everything for row in one.rows], LOOSE), "dues")


if __name__ == "__main__":
    main()
