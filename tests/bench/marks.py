"""How well whole labelled mails are read, by field: `python -m tests.bench.marks [FILE.toml ...] [--failures [FIELD]]`.

Without files: those of tests/reading/data/whole/. Nothing was learned from those of tests/reading/data/apart/.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.reading.whole_mails import FIELDS, FOLDER, Marks, Whole, whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--failures", nargs="?", const="", metavar="FIELD", help="print what is read otherwise")
    args = parser.parse_args()
    marks = Marks(_mails(args.files))
    for one in marks.differences:
        if args.failures is not None and args.failures in ("", one.field):
            print(one)
    print(f"{marks.count} mails; kind {marks.kinds_right / (marks.count or 1):.3f}")
    print("  ".join(f"{field} {marks.f1(field):.3f}" for field in FIELDS))


def _mails(files: list[Path]) -> list[Whole]:
    if not files:
        return list(whole(FOLDER))
    return [mail for file in files for mail in whole(file.parent, file.stem)]


if __name__ == "__main__":
    main()
