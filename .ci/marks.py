"""Print the figures of the development sets beside those last recorded, and fail where one fell.

usage: marks.py RECORDED MESSAGES STORIES
       marks.py --record RECORDED MESSAGES STORIES

MESSAGES and STORIES are what the two scripts of `shared/score` wrote with --json.
"""

import json
import sys
from pathlib import Path

FIELDS = ("company", "agency", "role", "people", "people_email", "people_part", "interviews", "interview_end",
          "interview_format", "decision_by", "respond_by")


def figures(messages: dict, stories: dict) -> dict[str, float]:
    """Every figure by a flat name; more is better, so what should be few is counted below zero."""
    found = {"kind accuracy": messages["kind_accuracy"], "kind macro F1": messages["kind_macro_f1"]}
    found |= {f"{name} F1": messages["fields"][name]["f1"] for name in FIELDS}
    found["harmful false alarms"] = -messages["harmful_false_alarms"]
    found |= {f"stories {name}": stories[name] for name in ("perfect", "hits", "back", "stages")}
    found["stories unwanted"] = -stories["unwanted"]
    return found


def compare(now: dict[str, float], before: dict[str, float]) -> list[str]:
    """Print a line for each figure; the names of those that fell."""
    for name in sorted(now.keys() | before.keys()):
        print(f"  {name:22} {now.get(name, '-')!s:>8}   recorded {before.get(name, '-')}")
    return [name for name, value in before.items() if now.get(name, float("-inf")) < value]


def main() -> None:
    record = sys.argv[1] == "--record"
    recorded, *now = (Path(one) for one in sys.argv[1 + record :])
    current = figures(*(json.loads(one.read_text()) for one in now))
    if record:
        recorded.write_text(json.dumps(current, indent=1) + "\n")
        return
    if not recorded.exists():
        sys.exit(f"There is no {recorded}; make it with: .ci/marks.py --record {recorded} MESSAGES STORIES")
    if fell := compare(current, json.loads(recorded.read_text())):
        sys.exit(f"below what was recorded: {', '.join(fell)}")
    print("no figure fell")


main()
