"""What a domain says of the employer: whose it is, and how well it spells a name."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from mailbot.mail.message import Address
from mailbot.patterns import compiled
from mailbot.reading.run_together import words_of
from mailbot.reading.senders import is_robot, service
from mailbot.reading.tables import table

WHOLE, ENDED, LEADING, SPELT, PART, INITIALS = 1.0, 0.95, 0.8, 0.9, 0.6, 0.75
UNKNOWN_TOOL = 0.3  # how sure a label is that may be a tool's
OF_MAILBOX = 0.7  # that is a mailbox's name at a provider
TELLING = 6  # letters of a tool's name that is hardly anybody else's
REMEMBERED = 4096  # answers kept of each question that a mail asks again and again
SHORTEST = 3  # letters: a label shorter than this spells nothing for sure
LONGEST_CUT = 4  # letters of what is left of the words behind the first: 'mgmt'


class Label(NamedTuple):
    """A word of an address that should be an organisation's name, 'acmerobotics' of acmerobotics.co.uk; `sure` is how
    firmly it is the hiring side's own, 0 to 1."""

    text: str
    sure: float


@lru_cache(maxsize=REMEMBERED)
def letters(text: str) -> str:
    """The text in small ASCII letters and digits alone: 'Béla & Søn' -> 'belason'."""
    return bare_letters(text)


def bare_letters(text: str) -> str:
    """The same, for thousands of words that are asked about once."""
    folded = text.casefold().replace("ø", "o").replace("ł", "l").replace("ı", "i")
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return plain if plain.isalnum() else "".join(c for c in plain if c.isalnum())


def registered(domain: str) -> tuple[str, str]:
    """The label under which a domain is registered, and what stands left of it: ('acme', 'mail') of mail.acme.co.uk."""
    pieces = domain.lower().strip(".").split(".")
    if len(pieces) > 2:
        pieces = [piece for at, piece in enumerate(pieces) if at in (0, len(pieces) - 1) or not _is_unnamed(pieces, at)]
    suffix = 2 if len(pieces) > 2 and ".".join(pieces[-2:]) in _words("suffixes") else 1
    if len(pieces) > 3 and ".".join(pieces[-3:]) in _words("suffixes"):
        suffix = 3
    if len(pieces) <= suffix:
        return pieces[0], ""
    return pieces[-suffix - 1], ".".join(pieces[: -suffix - 1])


def _is_unnamed(pieces: list[str], at: int) -> bool:
    """Whether a label within a domain is nobody's name: 'ac' of acme.ac.example, but not of acme.ac.uk."""
    return pieces[at] in _words("unnamed") and ".".join(pieces[at:]) not in _words("suffixes")


def is_tool(domain: str) -> bool:
    """Whether mail from there is sent by a tool on somebody's behalf."""
    return bool(service(domain)) or _listed(domain, "tools")


def is_webmail(domain: str) -> bool:
    return _listed(domain, "webmail")


def is_own(domain: str) -> bool:
    """Whether a domain can be an organisation's own."""
    return "." in domain and not is_tool(domain) and not is_webmail(domain)


def is_like_tool(address: Address) -> bool:
    """Whether an address is a robot's at a domain that is named like a hiring tool: 'no-reply@hirequick.example'."""
    label = registered(address.domain)[0]
    return is_own(address.domain) and is_robot(address) and any(word in label for word in _words("tool_words"))


def is_of_one_person(address: Address) -> bool:
    """Whether a tool writes for one person, not for an employer: 'Dana Lee via LinkedIn', an appointment's host."""
    return _listed(address.domain, "of_one_person")


def _goes_between(address: Address) -> bool:
    """Whether a college writes that brings its students and employers together."""
    written = f"{address.name} {address.email.partition('@')[0]}"
    return compiled(table("domains")["go_betweens"]).search(written) is not None


def _is_named_like_tool(label: str) -> bool:
    """Whether a label is a tool's under another ending: 'calendly.example', 'careers-portal.org'."""
    pieces = label.split("-")
    known = any(len(piece) >= TELLING and piece in _tool_labels() for piece in (label, *pieces))
    return known or (len(pieces) > 1 and any(piece in _words("tool_pieces") for piece in pieces))


def tenant(address: Address) -> str:
    """The employer's label in a tool's address: 'acme' of no-reply@acme.teamtailor-mail.com or acme@myworkday.com."""
    local, _, domain = address.email.partition("@")
    if not is_tool(domain):
        return ""
    if _listed(domain, "tenant_subdomains"):
        for label in registered(domain)[1].split("."):
            if cleaned := _tenant_word(label):
                return cleaned
    if _listed(domain, "tenant_locals"):
        return _tenant_word(local.partition("+")[0])
    return ""


def labels(address: Address) -> tuple[Label, ...]:
    """The words of an address that should be its organisation's name."""
    if is_own(address.domain):
        text = registered(address.domain)[0]
        foreign = is_like_tool(address) or _is_named_like_tool(text) or _goes_between(address)
        return (Label(text, UNKNOWN_TOOL if foreign else 1.0),)
    label = tenant(address)
    return (Label(label, 0.9),) if label else ()


def mailbox_label(address: Address) -> Label | None:
    """The name of a mailbox at a provider, as which a shop without a domain may be called: 'thebluedoor@gmail.com'."""
    text = letters(address.email.partition("@")[0])
    return Label(text, OF_MAILBOX) if text and is_webmail(address.domain) and not is_robot(address) else None


@lru_cache(maxsize=REMEMBERED)
def spells(label: str, name: str) -> float:
    """How well a domain's label spells a name, 0 to 1: 'unionfidelins' for 'Union Fidelity Insurance' 0.9."""
    bare = letters(label)
    if not bare:
        return 0.0
    # Whatever way it spells a name, it begins as one of its words: of most names that alone tells.
    begins = {bare[0], _trimmed(bare)[0]}
    ways = (words for words in written(name) if any(word[0] in begins for word in words))
    return max((_spells(bare, words) for words in ways), default=0.0)


@lru_cache(maxsize=REMEMBERED)
def written(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name in each way in which an address may write them; none where it has no letters."""
    if any(mark in name for mark in _spelt_out()):
        spelt_out = "".join(_spelt_out().get(letter, letter) for letter in name)
        return written(spelt_out) + written(_apart(name))
    joints = sorted(_words("joints")) if "&" in name else [""]
    ways = (name.replace("&", f" {joint} ").split() for joint in joints)
    return tuple(words for way in ways if (words := tuple(word for piece in way if (word := letters(piece)))))


def without_small(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without 'the', 'of' ..., which an address may leave out."""
    return tuple(word for word in words if word not in _words("small_words")) or words


def cores(label: str) -> frozenset[str]:
    """What of a label may spell a name: all of it, or without what addresses put before or behind."""
    bare = letters(label)
    ends = [*_words("endings"), "s"]
    return frozenset({bare, _trimmed(bare), *(bare.removesuffix(end) for end in ends)} - {""})


def _apart(name: str) -> str:
    """A name without the marks on its letters, its words still apart."""
    return " ".join(bare for word in name.split() if (bare := letters(word)))


@cache
def _spelt_out() -> dict[str, str]:
    """Letters that addresses write as two: 'ue' for 'ü'."""
    return dict(table("domains")["spelt_out"])


def _spells(bare: str, words: tuple[str, ...]) -> float:
    short = without_small(words)
    later = (words[1:] if words[0] in _words("small_words") else ()) or words  # 'Les Caves du Lac'
    for joined in {"".join(words), "".join(short), "".join(later)}:
        if bare == joined:
            return WHOLE
        if _trimmed(bare) == joined or bare in {joined + end for end in _words("endings")}:
            return ENDED
    in_part = max(_in_part(bare, some) for some in (short, words))
    leaving_out = max(_leaving_out(way, some) for way in (bare, bare.removesuffix("s")) for some in (short, words))
    return max(in_part, leaving_out, _by_beginnings(bare, short), _cut_short(bare, short))


def _leaving_out(bare: str, words: tuple[str, ...]) -> float:
    """Whether the label leaves out one inner word, or those that say what it is: 'westville' of a university."""
    for at in range(1, len(words) - 1):
        rest = words[:at] + words[at + 1 :]
        if "".join(rest) == bare or (bare.startswith(words[0]) and _by_beginnings(bare, rest)):
            return SPELT
    inner = [word for word in words[1:-1] if word not in _words("words") and word not in _words("kinds")]
    if len(words) > 3 and "".join([words[0], *inner, words[-1]]) == bare:
        return SPELT
    own = tuple(word for word in words if word not in _words("kinds"))
    if is_kind(words[0]) and "".join([*(word for word in own if word not in _words("small_words")), words[0]]) == bare:
        return SPELT  # 'leafordcity' of the City of Leaford
    shorter = [own, *([words[1:]] if is_kind(words[0]) else []), *([words[:-1]] if is_kind(words[-1]) else [])]
    left_out = any(0 < len(one) < len(words) and ("".join(one) == bare or _by_beginnings(bare, one)) for one in shorter)
    return SPELT if left_out and len(bare) > SHORTEST else 0.0


def _in_part(bare: str, words: tuple[str, ...]) -> float:
    joined = ""
    for number, word in enumerate(words, 1):
        joined += word
        if len(joined) > SHORTEST and bare in (joined, f"{joined}s") and number < len(words):
            return LEADING
    goes_on = bare[len(joined) : len(joined) + 1]
    if len(joined) > SHORTEST and bare.startswith(joined) and not (joined[-1].isdigit() and goes_on.isdigit()):
        return PART  # but 'unit12' is not 'Unit 1'
    return 0.0


def _by_beginnings(bare: str, words: tuple[str, ...]) -> float:
    """Whether the label is made of the beginnings of all the words in their order: 'unionfidelins', 'ibm'."""
    if len(words) < 2 or len(bare) < SHORTEST or len(bare) > 40 or len(words) > 8:
        return 0.0
    reached = {0}
    for word in words:
        reached = {at + n for at in reached for n in range(1, len(word) + 1) if bare.startswith(word[:n], at)}
        if not reached:
            return 0.0
    if len(bare) not in reached:
        return 0.0
    return INITIALS if len(bare) <= len(words) + 1 else SPELT


def _cut_short(bare: str, words: tuple[str, ...]) -> float:
    """Whether the label has the first words whole and a few letters of each other one: 'ferngrovemgmt'."""
    for at in range(1, len(words)):
        head = "".join(words[:at])
        rest = bare[len(head) :]
        if len(head) > SHORTEST and bare.startswith(head) and 1 < len(rest) <= LONGEST_CUT and rest.isalpha():
            return PART if _has_letters_of(rest, words[at:]) else 0.0
    return 0.0


def _has_letters_of(cut: str, words: tuple[str, ...]) -> bool:
    """Whether letters are the first of each word and some of those behind it, in their order."""
    reached = {0}
    for word in words:
        reached = {
            end for at in reached for end in range(at + 1, len(cut) + 1)
            if cut[at] == word[0] and _in_order(cut[at:end], word)
        }  # fmt: skip
    return len(cut) in reached


def _in_order(letters_: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters_)


def is_kind(word: str) -> bool:
    """Whether a word of a name says what an organisation is, and may be left out: 'University'."""
    return word.casefold() in _words("kinds")


def as_name(label: str) -> str:
    """A name made of a label alone: 'elm-robotics' -> 'Elm Robotics'."""
    # What stands in a mail may have two dashes together or one at its end, which no true domain has (RFC 1035, 2.3.1).
    label = label.strip("-") or label
    pieces = [part for part in label.split("-") if part] if "-" in label else words_of(label)
    if len(pieces) <= 1:
        return label.upper() if len(label) <= SHORTEST else label.title()
    small = _words("small_words")
    return " ".join(piece if at and piece in small else piece.title() for at, piece in enumerate(pieces))


def _trimmed(bare: str) -> str:
    """A label without 'get', 'the' ... before the name."""
    opening = next((one for one in _words("openings") if bare.startswith(one) and len(bare) > len(one) + SHORTEST), "")
    return bare[len(opening) :]


def _tenant_word(text: str) -> str:
    pieces = [piece for piece in compiled(r"[._\d]+").split(text) if piece]
    kept = [piece for piece in pieces if piece not in _words("not_tenants")]
    return kept[0] if kept and len(kept[0]) >= SHORTEST else ""


@cache
def _tool_labels() -> frozenset[str]:
    listed = [domain.partition(".")[0] for domain in _words("tools")]
    return frozenset([*listed, *(letters(name) for name in table("domains")["tool_names"])])


@lru_cache(maxsize=REMEMBERED)
def _listed(domain: str, key: str) -> bool:
    pieces = domain.lower().split(".")
    return any(".".join(pieces[at:]) in _words(key) for at in range(len(pieces) - 1))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("domains")[key].split())
