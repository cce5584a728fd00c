"""`mailbot calendar`: the job search as a file that any calendar can subscribe to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json

if TYPE_CHECKING:
    from mailbot.telling.calendar import Entry


@click.command("calendar")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@place_options
@json_option
def command(file: Path | None, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Write interviews, promised days, planned follow-ups and days by which to answer (with alarms) to FILE, an .ics
    that any calendar can subscribe to. Without FILE to the one of [calendar] file, which the service keeps current;
    without either to the terminal.

    Example: mailbot calendar ~/job-search.ics
    """
    from mailbot.config import local_now
    from mailbot.files import write
    from mailbot.household import open_household
    from mailbot.telling.calendar import entries, render

    with open_household(config, state) as home:
        found = entries(home.assistant.outlook(local_now(home.settings.zone)))
        kept = home.settings.calendar.file
    file = file or (Path(kept).expanduser() if kept else None)
    if file is not None:
        write(file, render(found))
    if as_json:
        for one in found:
            print_json(_object(one))
    elif file is None:
        click.echo(render(found), nl=False)
    else:
        click.echo(f"{len(found)} entries are in {file}.")


def _object(one: Entry) -> dict[str, object]:
    return {
        "entry": one.what,
        "uid": one.uid,
        "summary": one.summary,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "status": one.status.lower(),
    }
