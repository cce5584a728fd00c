"""Fail where a figure of the development sets is below the one last recorded.

usage: marks.py RECORDED MESSAGES STORIES
       marks.py --record RECORDED MESSAGES STORIES
"""

import json
import sys
from pathlib import Path

FIELDS = ("company", "agency", "role", "people", "people_email", "people_part", "interviews", "interview_end",
          "interview_format", "decision_by", "respond_by")


def figures(messages: dict, stories: dict) -> dict[str, float]:
    """Every figure by a flat name; more is better."""
    found = {"kind accuracy": messages["kind_accuracy"], "kind macro F1": messages["kind_macro_f1"]}
    found |= {f"{name} F1": messages["fields"][name]["f1"] for name in FIELDS}
    found["no harmful false alarm"] = -messages["harmful_false_alarms"]
    found |= {f"stories {name}": stories[name] for name in ("perfect", "hits", "back", "stages")}
    found["stories no unwanted draft"] = -stories["unwanted"]
    return found


def main() -> None:
    record = sys.argv[1] == "--record"
    recorded, *now = (Path(one) for one in sys.argv[1 + record :])
    current = figures(*(json.loads(one.read_text()) for one in now))
    if record:
        recorded.write_text(json.dumps(current, indent=1) + "\n")
        return
    before = json.loads(recorded.read_text())
    worse = [f"{name}: {current[name]}, was {value}" for name, value in before.items() if current[name] < value]
    print("\n".join(worse) or "no figure fell")
    sys.exit(bool(worse))


main()
