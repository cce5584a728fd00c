"""The person's own files that letters need: their calendar, what they attach, and the templates they wrote. Read only
when asked, and only what the person named in the configuration or in a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.drafting.data import template_sources
from mailbot.drafting.letter import Attachment, Note
from mailbot.errors import ActionNeeded, ConfigError
from mailbot.mail.decoding import clean_line

# What composes is imported where it is used: commands that only look at the ledger start faster.
if TYPE_CHECKING:
    from mailbot.drafting.templating import Templates

LARGEST_FILE = 10 * 1024 * 1024
TEMPLATES = "templates"  # the folder beside the configuration
README = "README.txt"


@dataclass(frozen=True, slots=True)
class Papers:
    """`calendar` is an .ics file, None where the person names none."""

    calendar: Path | None = None
    templates: Templates | None = None

    def busy(self, now: datetime, zone: str) -> tuple[tuple[datetime, datetime], ...]:
        """What the calendar holds from `now` on; nothing where it cannot be read: `mailbot doctor` says that."""
        if self.calendar is None:
            return ()
        from mailbot.drafting.agenda import MOST_TEXT, busy

        try:
            with self.calendar.open("rb") as stream:
                text = stream.read(MOST_TEXT).decode("utf-8", "replace")
        except OSError:
            return ()
        return busy(text, now, zone)

    def files(self, notes: Iterable[Note]) -> tuple[Attachment, ...]:
        """What notes name to be attached; a file that is gone or too large is left out, and no letter speaks of it."""
        paths = dict.fromkeys(one.attach for one in notes if one.attach)
        return tuple(found for path in paths if (found := _file(path)) is not None)


def _file(path: str) -> Attachment | None:
    file = Path(path)
    try:
        if not file.is_file() or file.stat().st_size > LARGEST_FILE:
            return None
        return Attachment(path, clean_line(file.name), file.read_bytes())
    except OSError:
        return None


def own_templates(folder: Path) -> Templates | None:
    """The built-in templates with the person's in place of them; None where the person has none. Raises ConfigError
    with all their problems."""
    if not folder.is_dir():
        return None
    from mailbot.drafting.templating import SOURCE_CAP, with_own

    own: dict[str, str] = {}
    problems: list[str] = []
    for file in sorted(folder.glob("*.txt")):
        if file.name == README:
            continue
        try:
            with file.open(encoding="utf-8") as stream:
                own[file.name] = stream.read(SOURCE_CAP + 1)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{file}: cannot be read: {error}.")
    if problems:
        raise ConfigError(tuple(problems))
    return with_own(own, str(folder))


def _files(name: str, known: Sequence[str]) -> list[str]:
    """The files of one template, or of all wordings of a letter."""
    found = [one for one in known if name in (one.removesuffix(".txt"), one.partition(".")[0])]
    if not found:
        listed = ", ".join(one.removesuffix(".txt") for one in known)
        raise ActionNeeded(f"There is no template {name!r}.", mend=f"There are: {listed}.")
    return found


def export_templates(folder: Path, names: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write built-in templates into the person's folder, and what they may call by name; files that are there stay.
    A name is a template's, or a letter's for all of its wordings. Raises ActionNeeded for a name that there is not, or
    a folder that cannot be written."""
    from mailbot.drafting.templating import guide

    known = template_sources()
    wanted = [file for name in names for file in _files(name.removesuffix(".txt"), sorted(known))] or sorted(known)
    texts = {README: guide(), **{name: known[name] for name in wanted}}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        missing = [(folder / name, text) for name, text in texts.items() if not (folder / name).exists()]
        for file, text in missing:
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ActionNeeded(f"{folder} cannot be written: {error}.") from error
    return tuple(file for file, _ in missing)
