"""The manner of a mail: how it greets the person, how its writer signs, and its tone."""

from __future__ import annotations

from mailbot.patterns import compiled
from mailbot.reading.statements import Tone
from mailbot.reading.tables import table
from mailbot.reading.words import Words


def calls_reader(words: Words) -> str:
    """The name in the greeting ('Alex' of 'Hi Alex,', 'Ms Rivera' of 'Dear Ms. Rivera:'); empty where it has none."""
    found = compiled(table("manner")["greeted"]).fullmatch(words.greeting.strip())
    name = (found.group("name") or "").strip() if found else ""
    if not name or compiled(table("manner")["nobody"]).fullmatch(name):
        return ""
    return name.replace("Mr.", "Mr").replace("Ms.", "Ms").replace("Mrs.", "Mrs").replace("Dr.", "Dr")


def signed(words: Words) -> str:
    """How the writer signs ('Dana'); empty where no name stands below or beside the closing."""
    closing = compiled(rf"(?:{table('blocks')['closing']})\s*[,.!–—-]*\s*")
    for line in words.sign_off.splitlines():
        found = closing.match(line)
        name = (line[found.end :] if found else line).strip(" ,.-–—~")
        if name and compiled(table("blocks")["name_line"]).fullmatch(name) and not name[:1].islower():
            name = compiled(r"\s*(?:\||\s[-–—•·]\s|\().*").sub("", name)
            return "" if compiled(table("manner")["team"]).search(name) else name
    return ""


def tone(words: Words) -> Tone:
    """Formal by titles and stiff closings, friendly by first-name openings, contractions and exclamation marks."""
    text = f"{words.greeting}\n{words.new}\n{words.sign_off}"
    score = 0
    for one in table("manner")["tone"]:
        hits = sum(1 for _ in zip(range(3), compiled(one["pattern"]).finditer(text), strict=False))
        score += one["friendly"] * hits
    if score == 0 or not text.strip():
        return Tone.NEUTRAL
    return Tone.FRIENDLY if score > 0 else Tone.FORMAL
