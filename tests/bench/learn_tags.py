"""Makes mailbot/reading/data/learned/tags.txt: which words of a mail are a job title or an organisation's name.

`python -m tests.bench.learn_tags`; with `--check` it writes nothing: in four folds, each of whole writers, it learns
from three and tags the fourth, and prints how often what is tagged most surely is right.
Wants python-crfsuite: pip install -e '.[learn]'.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from mailbot.mail.message import Message
from mailbot.reading.calendar import read_calendars
from mailbot.reading.chain import OUTSIDE, Chain
from mailbot.reading.places import Place, places
from mailbot.reading.statements import IRRELEVANT, Reader
from mailbot.reading.tagging import LINE_END, Tagger, Token, features, tokens
from mailbot.reading.words import segment
from tests.bench.fitting import FOLDER, learn_chain
from tests.reading import entity_mails
from tests.reading.kind_mails import READER
from tests.reading.named_mails import FIELDS, named
from tests.reading.whole_mails import folded, whole

FOLDS = 4
SETTINGS = {"c1": 0.2, "c2": 0.02, "max_iterations": 60, "feature.minfreq": 2}  # c1 (L1) keeps the file small


@dataclass(frozen=True)
class Example:
    """A mail and what it names: of each field the ways of writing that count as right, the first of which is marked."""

    name: str
    found: tuple[Place, ...]
    tokens: tuple[Token, ...]
    labels: Mapping[str, tuple[str, ...]]

    @property
    def writer(self) -> str:
        return self.name.split("-")[0]

    def lines(self) -> Iterator[tuple[list[list[str]], list[str]]]:
        """Each line's words as features, and their tags."""
        words, tags, first = [one.text for one in self.tokens], self._tags(), 0
        for at, token in enumerate(self.tokens):
            if token.text == LINE_END:
                where = self.found[token.place].where
                if at > first:
                    yield [list(features(words, one, where)) for one in range(first, at)], tags[first:at]
                first = at + 1

    def _tags(self) -> list[str]:
        tags = [OUTSIDE] * len(self.tokens)
        for field, ways in self.labels.items():
            for begin, end in self._standing(ways[0].split()) if ways else ():
                if set(tags[begin:end]) == {OUTSIDE} and len({one.place for one in self.tokens[begin:end]}) == 1:
                    tags[begin:end] = [f"B-{field}", *[f"I-{field}"] * (end - begin - 1)]
        return tags

    def _standing(self, name: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where the tokens have a name, as it is compared."""
        words = [(word, at) for at, token in enumerate(self.tokens) for word in folded(token.text).split()]
        for at in range(len(words) - len(name) + 1):
            if [word for word, _ in words[at : at + len(name)]] == list(name):
                yield words[at][1], words[at + len(name) - 1][1] + 1


def examples() -> Iterator[Example]:
    for one in whole():
        hiring = not set(one.kinds) <= set(IRRELEVANT)
        fields = {field: (one.row.get(field, ""), *one.accepted(field)) if hiring else () for field in FIELDS}
        yield _example(one.name, one.message(), one.reader, fields)
    for row in named():
        fields = {field: (getattr(row, field),) if row.hiring else () for field in FIELDS}
        yield _example(row.mail.name, row.mail.message(), READER, fields)
    for name, _, message, told in entity_mails.labelled():
        yield _example(name, message, entity_mails.READER, {field: (one,) for field, one in told.items()})


def _example(name: str, message: Message, reader: Reader, fields: Mapping[str, Sequence[str]]) -> Example:
    found = places(message, segment(message), read_calendars(message, reader))
    labels = {field: tuple(filter(None, map(folded, ways))) for field, ways in fields.items()}
    return Example(name, found, tuple(tokens(found)), labels)


def learn(learned_from: Sequence[Example], path: Path) -> None:
    learn_chain((line for one in learned_from for line in one.lines()), SETTINGS, path)


def check(everything: Sequence[Example]) -> None:
    hits, off = Counter[str](), Counter[str]()
    for fold in range(FOLDS):
        with tempfile.NamedTemporaryFile(suffix=".txt") as kept:
            learn([one for one in everything if crc32(one.writer.encode()) % FOLDS != fold], Path(kept.name))
            tagger = Tagger(Chain(kept.name))
            for one in everything:
                if crc32(one.writer.encode()) % FOLDS == fold:
                    _mark(one, tagger, hits, off)
    for field in FIELDS:
        print(f"{field} F1 {2 * hits[field] / (2 * hits[field] + off[field]):.3f}")


def _mark(one: Example, tagger: Tagger, hits: Counter[str], off: Counter[str]) -> None:
    sums: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for tagged in tagger.tagged(one.found):
        sums[tagged.what][folded(tagged.text)] += tagged.sure  # type: ignore[assignment]
    for field, wanted in one.labels.items():
        best = max(sums[field], key=lambda name: sums[field][name], default=None)
        if best in wanted:
            hits[field] += 1
        else:
            off[field] += (best is not None) + bool(wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    everything = list(examples())
    if parser.parse_args().check:
        check(everything)
    else:
        learn(everything, FOLDER / "tags.txt")


if __name__ == "__main__":
    main()
