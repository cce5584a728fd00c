"""Names of organisations: how one is written in a text, its plain form, and whether it can be one at all."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from mailbot.patterns import Pattern, compiled
from mailbot.reading import names, title_ends, titles
from mailbot.reading.domains import letters
from mailbot.reading.tables import table

REMEMBERED = 4096  # answers kept
LONGEST = 9  # words of a name
SYLLABLE = 3  # letters before the ending of a word that is made like a firm's name
DEPARTMENT = 0.3  # how likely 'Acme Recruiting' is the whole name
BEFORE_TITLE = 0.5  # how likely 'Acme' is a name in 'Acme Data Analyst', and no part of the title
PERHAPS = 0.6  # how likely 'Acme' is the whole name of 'Acme Talent'
ADDRESSED = 0.2  # how likely 'Dr. Okoro' is a firm, as 'Mrs. Beam's' is, and no person
_WORD = r"(?:[\p{Lu}\p{N}]|[a-z]{1,2}\p{Lu})[\p{L}\p{M}\p{N}]*(?:['’.&+/@-]?[\p{L}\p{M}\p{N}]+)*[+!]?"
_SHORT = r"(?:St|Mt|Ft|Dr|Co|Bros|Inc|Ltd|Corp|Jr|Sr|Mr|U\.S|[A-Z])\."
_SMALL = (
    r"(?:of(?: the)?|and|&|de(?: la| los| las)?|du|des|la|le|les|der|die|das|und|von(?: der)?|van(?: der| de)?|"
    r"y|et|e|do|da|del|di|\+|x)"
)
_LINKED = (
    r"(?:Agency|Alliance|Association|Bureau|Campaign|Cent(?:er|re)|Citizens|Coalition|College|Commission|Committee|"
    r"Council|Department|Foundation|Fund|Institute|Institution|Ministry|Network|Office|Partners|Partnership|School|"
    r"Society|Trust) for(?: the)?"
)
_LEGAL_TAIL = r"(?:Inc|LLC|Ltd|L\.L\.C|LLP|PLLC|PC|LP|GmbH|S\.A|Limited|Corp)\b"
_COUNTED = r"[A-Z]{0,3}-?\d[\d-]*|\d{1,3}(?:[:.]\d\d)?(?:[ap]m|min|mins|hrs?|h)"  # 'A-12', '9am', '30min'
_NUMBER = r"\d{5}|\d{4}-\d|\d-\d{4}|^[A-Z]{1,4}-\d{3,}$"
_DOTTED = r"\b\p{L}[\p{L}\p{N}]+\.(?:com|io|ai|co|net|org|app|dev)\b"

_FIRM = rf"{_WORD}, (?:{_WORD}, )?{_WORD} & {_WORD}"  # 'Kirk, Lowe & Hart'

NAME = (
    rf"(?-i:{_FIRM}|(?:(?:The|the) )?(?:{_LINKED} )?(?:{_SHORT}|{_WORD})"
    rf"(?:(?: | {_SMALL} |, {_LEGAL_TAIL} ?)(?:{_LINKED} )?(?:{_SHORT}|{_WORD}))*"
    rf"(?:, {_LEGAL_TAIL}\.?)?|{_DOTTED})"
)


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """A name without what does not belong to it: legal form, possessive, greeting words, departments' loose ends."""
    text = " ".join(text.split()).strip(" ,;:!?|·•–—-\"“”'‘’()[]")
    # 'for Acme and I've seen', 'at Acme we'd like'
    said = r" and I\b.*$| (?:I|We|You|They)['’](?:m|d|ll|ve|re)\b.*$"
    text = without_legal_form(compiled(said, case=True).sub("", text))
    text = text if compiled(r"^(?:St\.?|Saint) ").match(text) else compiled(r"['’]s?$").sub("", text)
    words = _to_end(text.split())
    while words and _is_loose(words[0]) and words[1:2] != ["of"] and not _opens_name(words):
        words.pop(0)
    while words and (_is_loose(words[-1]) or words[-1].casefold() in _words("small")):
        words.pop()
    return " ".join(words).strip(" ,.;:!?-–—&/|")


@lru_cache(maxsize=REMEMBERED)
def forms(text: str) -> tuple[tuple[str, float], ...]:
    """The ways in which a stated name may be meant, each with its likelihood: 'Acme' of 'Acme Talent Acquisition Team',
    both 'Larch Talent' and 'Larch' of 'Larch Talent'."""
    name = plain(text)
    if compiled(str(table("organisations")["addressed"])).fullmatch(text.strip()):
        return ((name, ADDRESSED),) if possible(name) else ()
    whole = without_department(name)
    short = _before_title(whole)
    if short != name:
        ways = [(short, BEFORE_TITLE)] if short != whole else [(short, 1.0), (name, DEPARTMENT)]
    else:
        ways = [(name, 1.0)]
        words = name.split()
        if len(words) > 1 and words[-1].casefold() in _words("bare_departments"):
            ways.append((plain(" ".join(words[:-1])), PERHAPS))
    return tuple((one, worth) for one, worth in ways if possible(one))


def _before_title(name: str) -> str:
    """'Acme' of 'Acme Data Analyst'; the name itself where no job title ends it or nothing stands before."""
    words = name.split()
    at = len(words) - _title_words(words)
    before = plain(" ".join(words[:at]))
    telling = not all(titles.is_known(word) or word.isdigit() for word in before.split())
    return before if at < len(words) and telling and possible(before) else name


def _title_words(words: list[str]) -> int:
    """How many words at the end of a name are a job title: 2 of 'Acme Data Analyst'."""
    count = 0
    if words and words[-1].casefold() in _words("words"):
        return 0
    while count < len(words) and titles.is_known(words[-1 - count]):
        count += 1
    if words[-1 - count : len(words) - count] == ["&"]:
        return 0  # 'Drift & Anchor'
    return count if count and titles.likeness(" ".join(words[-count:])) >= titles.SURE else 0


def without_department(name: str) -> str:
    """'Acme' of 'Acme Talent Acquisition Team'; empty where nothing else would be left."""
    words = name.split()
    hard = [number for number, word in enumerate(words) if word.casefold().strip("&,.-") in _words("departments")]
    if not words or not hard or hard[-1] != len(words) - 1:
        return name
    strip = _words("departments") | _words("soft_departments") | _words("small") | {""}
    while words and words[-1].casefold().strip("&,.-") in strip:
        words.pop()
    return plain(" ".join(words))


def is_bare_department(word: str) -> bool:
    """Whether a name may end in that word for its department alone: 'Talent', but not 'Staffing'."""
    return word.casefold() in _words("bare_departments") - _words("agency_words")


@lru_cache(maxsize=REMEMBERED)
def possible(name: str) -> bool:
    """Whether a text can be an organisation's name at all."""
    words = name.split()
    if not words or len(words) > LONGEST or len(letters(name)) < 2 or name.casefold() in _words("noise"):
        return False
    if all(word.casefold() in _loose_words() or word.casefold() in _words("never_whole") for word in words):
        return False
    if any(compiled(_NUMBER).search(word) for word in words) or _is_date(words):
        return False
    if letters(name).isdigit() or compiled(_COUNTED).fullmatch(name):
        return False
    return name.casefold() not in _places() and not _is_numbered(words)


def _is_numbered(words: list[str]) -> bool:
    """'Ward 12', 'Unit 5 Acme Retail Park'."""
    return len(words) > 1 and words[0].casefold() in _words("numbered") and words[1].strip("#,").isdigit()


def _is_date(words: list[str]) -> bool:
    """'4 October 2027', 'Monday October 4'."""
    bare = [word.casefold().strip(",.") for word in words]
    return any(word in _words("months") for word in bare) and any(word[:1].isdigit() for word in bare)


def is_place(name: str) -> bool:
    return name.casefold() in _places()


def is_distinct(word: str) -> bool:
    """Whether a word alone tells an organisation from others, unlike 'First', 'London' or 'Health'."""
    return not (word in _loose_words() or word in _words("words") or word in _places() or names.is_given(word))


def is_loose(word: str) -> bool:
    """Whether a word is one of headings, departments or kinds of organisations, no proper name."""
    return word.casefold() in _loose_words() or word.casefold() in _words("words")


@lru_cache(maxsize=REMEMBERED)
def is_tool_name(name: str) -> bool:
    """Whether a tool or board calls itself so."""
    return letters(name) in _tools() or letters(without_department(name)) in _tools()


@lru_cache(maxsize=REMEMBERED)
def has_company_word(name: str) -> bool:
    """Whether a word of the name is one that organisations bear: 'Labs', 'University'."""
    return any(word.casefold().strip(",.") in _words("words") for word in name.split()) or _ends_like_company(name)


def _ends_like_company(name: str) -> bool:
    """Whether the last word is made as firms make theirs: 'Ellery Biosystems'."""
    last = name.split()[-1] if name.split() else ""
    ending = compiled(str(table("organisations")["word_endings"])).search(last)
    return ending is not None and ending.start >= SYLLABLE and not names.is_given(last)


@lru_cache(maxsize=REMEMBERED)
def without_legal_form(text: str) -> str:
    """'Acme' of 'Acme, Inc.'."""
    return compiled(_legal()).sub("", text)


@lru_cache(maxsize=REMEMBERED)
def has_legal_form(text: str) -> bool:
    """Whether a name is written with its legal form: 'Acme Robotics GmbH'."""
    return compiled(_legal()).search(text.strip(" .,")) is not None


@lru_cache(maxsize=REMEMBERED)
def is_full(text: str) -> bool:
    """Whether a name is written as on a letterhead: with its legal form, or ending in 'Labs', 'School' ..."""
    name = plain(text)
    if compiled(str(table("organisations")["full_openings"]), case=True).match(name):
        return True
    return has_legal_form(text) or (bool(name) and without_department(name) == name and _ends_as_company(name))


def is_institution(name: str) -> bool:
    """Whether a name says of what kind a public body is: 'Harwick Middle School', 'Institute for Soil Data'."""
    words = name.split()
    ends = words[-1].casefold() in _words("institutions")
    return ends or any(
        word.casefold() in _words("institutions") and after in ("for", "of") for word, after in pairwise(words)
    )


@lru_cache(maxsize=REMEMBERED)
def is_department(name: str) -> bool:
    """Whether a name is that of a part of a greater one: 'Department of Systematics'."""
    return compiled(str(table("organisations")["parts_of"])).match(name) is not None


def is_branch(name: str, text: str) -> bool:
    """Whether a text speaks of a name as a branch of the organisation that has its writer: 'the Riverside branch'."""
    spoken_of = compiled(str(table("organisations")["branches"]), case=True).finditer(text)
    return any(match.group("name") == name for match in spoken_of)


@lru_cache(maxsize=REMEMBERED)
def looks_like_title(name: str) -> bool:
    """Whether a name is rather a job title: 'Data Analyst'."""
    if has_company_word(name) and not titles.likeness(name) >= titles.SURE:
        return False
    name = compiled(r"(?:\s[\d%/–-]+)+$").sub("", name)
    return titles.likeness(name) >= titles.SURE and title_ends.leading(name) == name


def looks_like_person(name: str) -> bool:
    return not has_company_word(name) and "&" not in name and names.likeness(name) >= names.LIKELY


@lru_cache(maxsize=REMEMBERED)
def key(name: str) -> tuple[str, ...]:
    """What is the same in all ways of writing a name: its words in plain letters, without 'The' and legal form."""
    bare = compiled(r"['’]s\b").sub("", without_legal_form(name))
    words = [letters(word) for word in compiled(r"[\s/-]+").split(bare)]
    words = [word for word in words if word and word != "and"]
    words = ["department" if word == "dept" else word for word in words]
    return tuple(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def _opens_name(words: list[str]) -> bool:
    """Whether an ordinary word begins a firm's name: 'Open Coast Trust'."""
    return len(words) > 2 and words[0].casefold() in _words("name_openings") and words[-1].casefold() in _words("words")


def _to_end(words: list[str]) -> list[str]:
    """The words of a name up to one that is no more of it: 'Acme' of 'Acme Onsite Interview'."""
    ends = (at for at, word in enumerate(words) if at and word.casefold() in _words("ends"))
    at = next(ends, len(words))
    return words if all(word.casefold() in _words("departments") for word in words[at:]) else words[:at]


def _ends_as_company(name: str) -> bool:
    return name.split()[-1].casefold() in _words("words")


@cache
def name_pattern() -> Pattern:
    """Any run of words in a text that is written like a name."""
    return compiled(NAME, case=True, often=True)


def _is_loose(word: str) -> bool:
    """Whether a word at an end of a name is none of it: 'Your', 'Interview', a weekday."""
    bare = word.casefold().strip(".,:;!?()'\"")
    if word in ("US", "U.S."):
        return False  # the country, not 'us'
    if not bare:
        return word not in "&+"
    return bare in _words("noise") and bare not in _words("words")


@cache
def _legal() -> str:
    return f"{table('organisations')['legal']}$"


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(table("organisations")[name]).split())


@cache
def _loose_words() -> frozenset[str]:
    keys = ("noise", "small", "departments", "soft_departments")
    return frozenset(word for key_ in keys for word in _words(key_))


@cache
def _places() -> frozenset[str]:
    return frozenset(place.casefold() for place in table("organisations")["places"])


@cache
def _tools() -> frozenset[str]:
    return frozenset(letters(name) for name in table("domains")["tool_names"])
