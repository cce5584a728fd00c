"""Makes mailbot/reading/data/learned/cuts.txt: where the words end that an address runs together.

`python -m tests.bench.learn_cuts`; with `--check` it writes nothing: in ten folds it learns from nine tenths of the
names and cuts the tenth, and prints how many of them are cut right.
Wants python-crfsuite: pip install -e '.[learn]'.
"""

from __future__ import annotations

import argparse
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path

from sklearn.model_selection import KFold

from mailbot.reading.chain import Chain
from mailbot.reading.run_together import CUT, ON, features
from tests.bench.fitting import FOLDER, learn_chain
from tests.reading import entity_mails
from tests.reading.named_mails import named
from tests.reading.whole_mails import folded, whole

FOLDS = 10
SETTINGS = {"c1": 0.1, "c2": 0.1, "max_iterations": 80, "feature.minfreq": 2}
Name = tuple[str, ...]


def names() -> dict[str, Name]:
    """Each address's label, and the words of the firm's name that it spells."""
    pairs = [(one.row.get("company", ""), one.row["from"]) for one in whole() if not one.own]
    pairs += [(one.company, one.mail.sender) for one in named() if not one.mail.own]
    pairs += [(told.get("company", ""), sender) for _, sender, _, told in entity_mails.labelled()]
    found = {}
    for company, sender in pairs:
        words = _words(company)
        for label in parseaddr(sender)[1].rpartition("@")[2].lower().split("."):
            for name in (words, ("the", *words)) if words else ():
                if "".join(name) == label:
                    found[label] = name
    return found


def _words(company: str) -> Name:
    """The words of a name as an address has them: without accents, 'and' for '&', 'marys' for 'Mary's'."""
    plain = unicodedata.normalize("NFKD", company.replace("&", " and "))
    words: list[str] = []
    for word in folded("".join(one for one in plain if not unicodedata.combining(one))).split():
        if word == "s" and words:
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def rows(found: dict[str, Name]) -> Iterator[tuple[list[list[str]], list[str]]]:
    for label, words in found.items():
        tags = [tag for word in words for tag in (CUT, *[ON] * (len(word) - 1))]
        yield [list(seen) for seen in features(label)], tags


def check(found: dict[str, Name]) -> None:
    every, right = list(rows(found)), 0
    for learned_from, test in KFold(FOLDS, shuffle=True, random_state=3).split(every):
        with tempfile.NamedTemporaryFile(suffix=".txt") as kept:
            learn_chain([every[at] for at in learned_from], SETTINGS, Path(kept.name))
            learned = Chain(kept.name)
            right += sum(_tagged(learned, every[at][0]) == every[at][1][1:] for at in test)
    print(f"{right / len(every):.3f} of {len(every)} names are cut right")


def _tagged(learned: Chain, seen: Sequence[Sequence[str]]) -> list[str]:
    """The tags of all letters but the first, which always begins a word."""
    return [learned.tags[tag] for tag in learned.path([learned.parted(learned.added(one)) for one in seen])][1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    found = names()
    if parser.parse_args().check:
        check(found)
    else:
        learn_chain(list(rows(found)), SETTINGS, FOLDER / "cuts.txt")


if __name__ == "__main__":
    main()
