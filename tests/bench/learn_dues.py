"""Makes mailbot/reading/data/learned/dues.txt: whose action a day belongs to, by the words around it.

`python -m tests.bench.learn_dues`; with `--check` it writes nothing: in ten folds it learns from nine tenths and reads
the tenth, and prints how well the rules alone do and how well they do with what was learned.
Wants scikit-learn: pip install -e '.[learn]'.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sklearn.model_selection import KFold

from mailbot.mail.message import Direction, Message
from mailbot.mail.mime import parse
from mailbot.reading.calendar import read_calendars
from mailbot.reading.statements import IRRELEVANT, Kind, Reader
from mailbot.reading.times import due_setting
from mailbot.reading.timing.days import Setting, window
from mailbot.reading.timing.dues import decision_by, respond_by
from mailbot.reading.timing.told import Told
from mailbot.reading.timing.whose import DECISION, RESPOND, candidates, settled
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
    """`ruled`: what the rules take for a promise and for a deadline, with its day in `days`."""

    setting: Setting
    wanted: dict[str, str]
    ruled: tuple[Told | None, Told | None]
    days: tuple[str, str]
    rows: tuple[Row, ...] = ()

    def day(self, one: Told | None, at: int) -> str:
        """The day that a time stands for as a promise (0) or a deadline (1)."""
        if one is None:
            return ""
        return self.days[at] if one is self.ruled[at] else window(one, self.setting).latest.isoformat()

    def answer(self, one: Told) -> str:
        fields = enumerate((DECISION, RESPOND))
        return next((field for at, field in fields if self.wanted[field] == self.day(one, at)), "none")


def mails() -> Iterator[Mail]:
    for one in whole():
        if not set(one.kinds) & set(IRRELEVANT):
            _, last = one.row.get("decision", ("", ""))
            yield from mail(one.message(), one.reader, one.kinds, last, one.row.get("respond", ""))
    for row in (*(row for table in TABLES for row in time_mails.rows(table)), *_sentences()):
        reader = time_mails.reader_of(row)
        message = parse(time_mails.raw_mail(row), own=reader.addresses)
        last = row.get("decision", "").removeprefix("<=").rpartition("..")[2]
        yield from mail(message, reader, (Kind(row["kind"]),), last, row.get("respond", ""))


def _sentences() -> Iterator[dict[str, Any]]:
    """The tables of single wordings, as mails."""
    written = {"at": "2027-03-08 10:00", "tz": "Europe/London"}
    for name in ("times_told", "times_none"):
        table = tomllib.loads((time_mails.FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        for kind, words, *dues in table["rows"]:
            news, answer = dues or ("", "")
            text = f"Dear Sam,\n\n{words}\n\nNora Feld\n"
            yield {"kind": kind, "text": text, "decision": news, "respond": answer, **written}


def mail(message: Message, reader: Reader, kinds: Sequence[Kind], news: str, answer: str) -> Iterator[Mail]:
    if message.direction is Direction.IN:
        setting = due_setting(message, segment(message), read_calendars(message, reader), kinds, reader)
        wanted = {DECISION: news, RESPOND: answer}
        promised, asked = decision_by(setting), respond_by(setting)
        ruled = (promised[1] if promised else None, asked[1] if asked else None)
        days = (str(promised[0].latest) if promised else "", str(asked[0]) if asked else "")
        bare = Mail(setting, wanted, ruled, days)
        rows = (Row(one, seen, bare.answer(one)) for one, seen in candidates(setting, *ruled))
        yield replace(bare, rows=tuple(rows))


def check(everything: Sequence[Mail]) -> None:
    hits, off = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for learn, test in KFold(FOLDS, shuffle=True, random_state=5).split(everything):
        model = Fitted([row for at in learn for row in everything[at].rows], LOOSE)
        for one in (everything[at] for at in test):
            judged = model.chances([row.features for row in one.rows])
            chances = [(row.time, said) for row, said in zip(one.rows, judged, strict=True)]
            for how, times in (("rules", one.ruled), ("both", settled(chances, one.setting, *one.ruled))):
                for at, (field, time) in enumerate(zip((DECISION, RESPOND), times, strict=True)):
                    day = one.day(time, at)
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
