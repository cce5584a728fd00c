"""Makes mailbot/reading/data/learned/cuts.txt and firm_words.txt: where the words end that an address runs together.

`python -m tests.bench.learn_cuts`; with `--check` it writes nothing: in ten folds it learns from nine tenths of the
names and cuts the tenth, of those whose addresses are known, and prints how many of them are cut right. A name never
counts among those in which its own words were seen.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from email.utils import parseaddr
from functools import partial

from sklearn.model_selection import KFold

from mailbot.reading.cuts import Ways, features
from mailbot.reading.known_words import Known, kind_of, times
from tests.bench.fitting import FOLDER, Choice, Chooser
from tests.reading import entity_mails
from tests.reading.kind_mails import DATA
from tests.reading.named_mails import named
from tests.reading.whole_mails import folded, whole

FIRMS = DATA / "firms.txt"
FOLDS = 10
LONGEST = 40  # letters of a name that is learned from
Name = tuple[str, ...]
Names = Mapping[str, Name]  # what an address has, and the words of the name that it spells


def addressed() -> Names:
    """The names that an address of their mail spells."""
    found = {}
    for company, sender in _companies():
        words = _words(company)
        for label in parseaddr(sender)[1].rpartition("@")[2].lower().split("."):
            for name in (words, ("the", *words)) if words else ():
                if "".join(name) == label:
                    found[label] = name
    return found


def others() -> Names:
    """Names as an address would have them: those of all mails as they are written most often, and of data/firms.txt."""
    written: dict[str, Counter[Name]] = {}
    lines = [line for line in FIRMS.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    firms = [name for line in lines for name in line.split(";")]
    for words in map(_words, [*(company for company, _ in _companies()), *firms]):
        label = "".join(words)
        if label.isascii() and label.isalpha() and 2 < len(label) <= LONGEST:
            written.setdefault(label, Counter())[words] += 1
    return {label: names.most_common(1)[0][0] for label, names in written.items()}


def _companies() -> Iterator[tuple[str, str]]:
    """Employers and agencies, and who writes."""
    for mail in whole():
        sender = "" if mail.own else mail.row["from"]
        yield from ((mail.row.get(field, ""), sender) for field in ("company", "agency"))
    for one in named():
        sender = "" if one.mail.own else one.mail.sender
        yield from ((name, sender) for name in (one.company, one.agency))
    for _, sender, _, told in entity_mails.labelled():
        yield from ((told.get(field, ""), sender) for field in ("company", "agency"))


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


def choices(names: Names, seen: Counter[str]) -> Iterator[Choice]:
    """The ways to cut each name, and which one is right; None where it is not among them."""
    for label, name in names.items():
        ways = Ways(label, partial(_known, seen, frozenset(name)))
        found = ways.cheapest()
        right = found.index(name) if name in found else None
        yield Choice([list(features(ways, words)) for words in found], right)


def _known(seen: Counter[str], own: frozenset[str], word: str) -> Known:
    return Known(kind_of(word), times(seen[word] - (word in own)))


def words_seen(names: Names) -> Counter[str]:
    return Counter(word for name in names.values() for word in set(name))


def check(tested: Names, names: Names) -> None:
    """`names`: those that are tested, first, and all others."""
    rows = list(choices(names, words_seen(names)))
    right = 0
    for learned_from, test in KFold(FOLDS, shuffle=True, random_state=3).split(rows):
        chooser = Chooser([rows[at] for at in learned_from])
        right += sum(chooser.chosen(rows[at]) == rows[at].right for at in test if at < len(tested))
    print(f"{right / len(tested):.3f} of {len(tested)} names are cut right")


def write(names: Names) -> None:
    seen = words_seen(names)
    counts: Sequence[str] = [f"{word}\t{times(seen[word])}\n" for word in sorted(seen, key=str.encode)]
    (FOLDER / "firm_words.txt").write_text("".join(counts), encoding="utf-8")
    lines = [f"{line}\n" for line in Chooser(list(choices(names, seen))).lines()]
    (FOLDER / "cuts.txt").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    tested = addressed()
    names = {**tested, **{label: name for label, name in others().items() if label not in tested}}
    if parser.parse_args().check:
        check(tested, names)
    else:
        write(names)


if __name__ == "__main__":
    main()
