"""Say what pip-audit found, and fail where a library has a known weakness.

usage: audit.py REPORT

REPORT is what `pip-audit --format json` wrote. Where the index has no list of weaknesses (a mirror), pip-audit calls
every library clean and only notes that it was skipped: that is said here, and is no failure.
"""

import json
import sys
from pathlib import Path


def told(report: dict) -> tuple[list[str], int]:
    """The lines to print, and the exit status."""
    libraries = report["dependencies"]
    looked_at = [one for one in libraries if "skip_reason" not in one]
    lines = [f"looked up {len(looked_at)} of {len(libraries)} libraries"]
    if not looked_at:
        lines.append("NOT AUDITED: this index knows no weaknesses; run pip-audit where pypi.org is at hand")
    found = [(one, weakness) for one in looked_at for weakness in one["vulns"]]
    lines += [
        f"{one['name']} {one['version']}: {weakness['id']}, mended in {weakness['fix_versions'] or 'none yet'}"
        for one, weakness in found
    ]
    return lines, int(bool(found))


if __name__ == "__main__":
    lines, status = told(json.loads(Path(sys.argv[1]).read_text()))
    print(*lines, sep="\n")
    sys.exit(status)
