"""Words and phrases that are right wherever they stand: dates, times, lists of names, values from mail made plain."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.drafting.data import table
from mailbot.etiquette.data import zone_countries
from mailbot.mail.decoding import clean_line
from mailbot.patterns import compiled
from mailbot.reading.statements import Tone, Window

VALUE_CAP = 80  # characters of a name, a role or a company; what is longer was misread

_IN_BRACKETS = compiled(r"\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>")
_BRACKETS = str.maketrans(dict.fromkeys("[]{}<>", None))
_GENDERS = compiled(r"\s*\((?:all genders|gn|[mwfdxi](?:\s*[/|,]\s*[mwfdxi])+)\)")
_CALLED_ROLE = compiled(
    r"\b(?:role|position|job|post|vacancy|opening|opportunity|internship|apprenticeship|placement|traineeship)$"
)


def plain(value: str) -> str:
    """A value as one line of text: no line ends, no control or bidi characters, no bracket that looks like a blank to
    fill in, no white space before punctuation."""
    return " ".join(_IN_BRACKETS.sub(" ", clean_line(value)).translate(_BRACKETS).split())


def short(value: str | None) -> str:
    """A plain value; empty where there is none, or one too long to be what it says it is."""
    text = plain(value or "").strip(" ,;:")
    return text if len(text) <= VALUE_CAP else ""


def the_role(role: str | None) -> str:
    """'the Marketing Coordinator role', 'the Trainee position', or 'the role'."""
    name = role_name(role)
    if not name:
        return "the role"
    return f"the {name}" if _CALLED_ROLE.search(name) else f"the {name} role"


def role_name(role: str | None) -> str:
    """The role as a subject line names it."""
    return short(_GENDERS.sub("", role or "")).removeprefix("the ").removeprefix("The ").rstrip(" .")


def article(phrase: str) -> str:
    """'a' or 'an', by how the phrase is spoken: 'an HR Manager', 'a UX Designer', 'an honest word'."""
    known = table("english.toml")["articles"]
    word = phrase.partition(" ")[0]
    low = word.lower()
    if low.startswith(tuple(known["an"])):
        return "an"
    if low.startswith(tuple(known["a"])):
        return "a"
    spelled = word[:2].isupper() and low not in known["spoken"]
    if spelled or len(word) == 1:
        return "an" if word[0].upper() in known["spelled_an"] else "a"
    return "an" if low.startswith(("a", "e", "i", "o", "u", "8", "11", "18")) else "a"


def a_role(role: str | None) -> str:
    """'an Account Executive', where the title names a person; 'Head of Sales', of whom there is one; else empty."""
    name, known = role_name(role), table("english.toml")["roles"]
    head = name.partition(",")[0].partition(" - ")[0].partition("(")[0].strip()
    if compiled(known["one_of_a_kind"]).search(head):
        return name
    return f"{article(name)} {name}" if compiled(known["person"]).search(head) else ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How letters are written in one country, and in one tone."""

    name: str
    tone: Tone

    @property
    def words(self) -> dict[str, str]:
        """The words that a tone, or a country, has its own form of, by the names that templates use."""
        return {**table("manners.toml")["words"][self.tone], **self._own["words"]}

    def listed(self, names: Iterable[str]) -> str:
        """'Dana, Tom and Ana', 'Dana, Tom, and Ana'."""
        *most, last = list(dict.fromkeys(names)) or [""]
        return f"{', '.join(most)}{self._own['list'] if most[1:] else ' and '}{last}" if most else last

    @property
    def close(self) -> str:
        return str(self._own["close"][self.tone])

    def day(self, day: date) -> str:
        """'Thursday, 12 March'."""
        return self._dated("day", day)

    def short_day(self, day: date) -> str:
        """'12 March'."""
        return self._dated("short", day)

    def clock(self, moment: datetime) -> str:
        """'2:00 pm', '14:00'."""
        text = moment.strftime(str(self._own["clock"]))
        return text.lower().removeprefix("0") if self.name == "uk" else text.removeprefix("0") if "M" in text else text

    def team(self, name: str) -> str:
        """'in the Data Platform team', 'on the Data Platform team'."""
        return str(self._own["team"]).format(team=name)

    def window(self, window: Window) -> str:
        """'by Friday, 13 March', 'between Monday, 9 March and Friday, 13 March', 'in March'."""
        first, last = window.earliest, window.latest
        if first is None or first == last:
            return f"by {self.day(last)}"
        whole_month = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        if whole_month and (first.year, first.month) == (last.year, last.month):
            return f"in {first:%B}"
        return f"between {self.day(first)} and {self.day(last)}"

    def title(self, stated: str) -> str:
        """'Dr.' or 'Dr' for a title as somebody stated it; empty where it is none that belongs before a surname."""
        known: dict[str, str] = self._own["titles"]
        found = [known[word] for one in stated.split() if (word := one.strip(".").lower()) in known]
        return " ".join(found if self._own["several_titles"] else found[:1])

    @property
    def _own(self) -> dict[str, Any]:
        return dict(table("manners.toml")[self.name])

    def _dated(self, form: str, day: date) -> str:
        return str(self._own[form]).format(weekday=f"{day:%A}", day=day.day, month=f"{day:%B}")


def manner_name(chosen: str, domain: str, zones: Sequence[str], country: str) -> str:
    """The manner that the person chose; else by the correspondent's address, the zones (the interview's, then the
    person's own), the person's country."""
    tables = table("manners.toml")
    by_country: dict[str, str] = tables["country"]
    for code in (domain.rpartition(".")[2], *(zone_countries().get(zone, "") for zone in zones), country):
        if not chosen:
            chosen = by_country.get(code.lower(), "")
    return chosen or str(tables["default"])


def zone_label(moment: datetime) -> str:
    """What to call the zone of a time: 'New York time', 'GMT', 'GMT+5:30', as calendars show them to people."""
    key = moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else ""
    if "/" in key and not key.startswith("Etc/"):
        return key.rpartition("/")[2].replace("_", " ") + " time"
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return "GMT" if not minutes else f"GMT{'+' if minutes > 0 else '-'}{hours}{f':{rest:02}' if rest else ''}"
