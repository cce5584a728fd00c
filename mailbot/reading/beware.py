"""Why a mail is to be bewared of: what it asks for, and whether its sender is who it says."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from mailbot.patterns import compiled
from mailbot.reading.domains import REMEMBERED, registered
from mailbot.reading.statements import Authentication, Facet, Reading
from mailbot.reading.tables import table

UNPROVED = "It does not come from where it says (its domain's own check failed)."
OTHER_NAME = "Its sender's name shows another address than the one that it comes from."
LONG_ENOUGH = 8  # letters of a domain's label in which a single one may be overlooked


def quotes(reading: Reading) -> tuple[str, ...]:
    """The words with which it asks for what no employer asks for."""
    return tuple(proof.quote for said in reading.statements for proof in said.evidence if proof.field == "suspicious")


def reasons(reading: Reading) -> tuple[str, ...]:
    """Each reason in a sentence, the mail's own where there is one; empty for a mail like any other."""
    found = [*quotes(reading)]
    if not found and reading.relevant and reading.main.has(Facet.SUSPICIOUS):
        found.append("It asks for what no employer asks for.")
    if reading.relevant and reading.authentication is Authentication.FAIL:
        found.append(UNPROVED)
    if reading.relevant and _shows_another_address(reading):
        found.append(OTHER_NAME)
    return tuple(dict.fromkeys(found))


def _shows_another_address(reading: Reading) -> bool:
    sender = reading.sender
    shown = compiled(r"[\w.+-]{1,64}@((?:[\w-]{1,63}\.)+[\w-]{2,63})").search(sender.name) if sender else None
    return bool(shown and sender and _home(shown.group(1) or "") != _home(sender.domain))


def imitates(domain: str, known: str) -> bool:
    """Whether a domain looks like a known one without being it: by letters that look alike, or by a single letter of a
    long name."""
    one, other = _home(domain), _home(known)
    if one == other:
        return False
    if _look(one) == _look(other):
        return True
    (label, _, end), (known_label, _, known_end) = _look(one).partition("."), _look(other).partition(".")
    return end == known_end and len(known_label) >= LONG_ENOUGH and _one_letter_apart(label, known_label)


@lru_cache(maxsize=REMEMBERED)
def _home(domain: str) -> str:
    """The registered domain: 'mail.acme.co.uk' is 'acme.co.uk'."""
    domain = domain.lower().rstrip(".")
    return domain.removeprefix(f"{registered(domain)[1]}.")


def _look(domain: str) -> str:
    """What the eye takes it for: letters of other scripts, digits and pairs as the Latin letter that they resemble."""
    try:
        shown = domain.encode("ascii").decode("idna")
    except UnicodeError:
        shown = domain
    looks = table("senders")["look_alike"]
    bare = (one for one in unicodedata.normalize("NFKD", shown) if not unicodedata.combining(one))
    text = "".join(looks["letters"].get(one, one) for one in bare)
    for pair, letter in looks["pairs"].items():
        text = text.replace(pair, letter)
    return text.replace("-", "")


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter more, one less, another, or two that changed places."""
    if len(one) > len(other):
        one, other = other, one
    at = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    if len(other) - len(one) == 1:
        return one[at:] == other[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return len(one) == len(other) and (one[at + 1 :] == other[at + 1 :] or swapped)
