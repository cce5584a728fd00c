"""Names of people: which words are one, how sure that is, and how two ways of writing one fit together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from mailbot.patterns import Pattern, compiled
from mailbot.reading import titles
from mailbot.reading.domains import bare_letters, letters
from mailbot.reading.sorted_lines import SortedLines, word_list
from mailbot.reading.tables import lines, table

SURE, LIKELY, MAYBE, RARE, UNLIKELY = 0.95, 0.75, 0.45, 0.35, 0.1
REMEMBERED = 4096  # answers kept
LONGEST = 5  # words in a name


class Named(NamedTuple):
    """A name without titles and degrees, and the title (Dr, Prof.) where one stood."""

    name: str
    title: str


class Run(NamedTuple):
    """A run of words in a text that is written like a name; `titled`: behind 'Mr' or another title."""

    start: int
    end: int
    named: Named
    titled: bool


@lru_cache(maxsize=REMEMBERED)
def named(text: str) -> Named:
    """A name as somebody shows it ('Lee, Dana (she/her)', 'Dr. Dana Lee, PhD') in its plain form."""
    text = compiled(r"\([^)]*\)|\[[^\]]*\]|[\"“”*]|'(?:\s|$)|(?:^|\s)'|<[^>]*>").sub(" ", text)
    text = without_degrees(" ".join(text.split()))
    text = " ".join(compiled(r"\s(?:via|at|from|on behalf of|@|\||[-–—/])\s.*$").sub("", text).split()).strip(" ,;")
    surname, comma, given = text.partition(", ")
    if comma and len(given.split()) <= 3 and len(surname.split()) <= 3 and is_given(given.split(" ")[0]):
        text = f"{given} {surname}"
    titles: list[str] = []
    words = text.split()
    if len(words) > 2 and words[0].casefold() == "the" and _title_key(words[1]) in _words("titles"):
        words.pop(0)
    while words and (_title_key(words[0]) in _words("titles")):
        titles.append(words.pop(0))
    while len(words) > 1 and _title_key(words[-1]) in _words("titles_behind"):
        words.pop()
    kept = [title for title in titles if _title_key(title) not in _words("plain_titles")]
    return Named(_cased(" ".join(words)), " ".join(kept))


def without_degrees(text: str) -> str:
    """A text without ', PhD' and the like."""
    return compiled(_rules()["degrees"], case=True).sub("", text)


def runs(text: str) -> Iterator[Run]:
    """Every run of capitalised words that can be a name, with a title before it or not."""
    for found in _run().finditer(text):
        start, _ = found.span("name")
        for low, words in _pieces(found.group("name") or ""):
            length = _length(words)
            if not length:
                continue
            written = " ".join(words[:length])
            ahead = (found.group("title") or "") if low == 0 else _title_ahead((found.group("name") or "")[:low])
            plain = named(f"{ahead.strip()} {written}")
            if plain.name:
                titled = bool(ahead) and not ahead.endswith(", ") and not (length == 1 and _is_abbreviation(written))
                yield Run(start + low - len(ahead), start + low + len(written), plain, titled)


def _is_abbreviation(word: str) -> bool:
    """Whether a word is letters that stand for more: 'SA' of 'Principal SA'."""
    return word.isupper() and len(word) < 4


def _title_ahead(text: str) -> str:
    """The title with which a text ends: 'On Professor ' -> 'Professor '."""
    word = text.rstrip().rpartition(" ")[2]
    return text[text.rindex(word) :] if word and _title_key(word) in _words("titles") else ""


def _pieces(text: str) -> Iterator[tuple[int, list[str]]]:
    """The parts of a run between words that no name holds ('Hi Dana'), each with its offset; a genitive ends one."""
    at, low, words = 0, 0, list[str]()
    for word in text.split(" "):
        if word.casefold() in ("st", "st.", "saint") and not words:
            return  # 'St Paul's Convent'
        bare = word[:-2] if word[-2:].lower() in ("'s", "’s") else word
        leads = not words and at + len(word) < len(text) and _is_position(word)
        if leads or word.casefold() in _words("never") or (words and word.casefold() in _words("streets")):
            if words and word.casefold() not in _words("streets"):
                yield low, words
            words = []
        else:
            low = low if words else at
            words.append(bare)
            if bare != word:
                ahead = text[at + len(word) :].split()[:1]
                if not (ahead and ahead[0].casefold() in _words("houses")):  # 'Oakland Women's Hospital'
                    yield low, words
                words = []
        at += len(word) + 1
    if words:
        yield low, words


@lru_cache(maxsize=REMEMBERED)
def likeness(name: str) -> float:
    """How much a text looks like a person's name, 0 to 1, by its words alone."""
    words = name.split()
    if not words or len(words) > LONGEST or not _name_shape().fullmatch(name):
        return 0.0
    if any(word.casefold() in _words("never") for word in words):
        return 0.0
    if len(words) > 1 and words[-1].isupper() and len(words[-1]) < 4 and not name.isupper():
        return UNLIKELY  # 'London WC', 'Austin TX', 'Lot C'
    if len(words) == 1:
        return _single(words[0])
    if 2 < len(words[0]) < 5 and words[0].isupper() and not (name.isupper() or _can_be_capitals(words[0])):
        return UNLIKELY  # 'RAF Northholt'
    company = sum(word.casefold() in _company_words() for word in words[1:])
    if company and not (len(words) == 2 and is_given(words[0]) and words[1].casefold() in _words("surnames_too")):
        return UNLIKELY
    if is_given(words[0]):
        return SURE
    if is_word_too(words[0]):
        return LIKELY
    if _is_east_asian(words):
        return LIKELY
    if any(word.casefold().strip(".") in _words("particles") for word in words[1:-1]):
        return LIKELY
    if compiled(r"\p{Lu}\.?", case=True).fullmatch(words[0]) or _initial_inside(words):
        return LIKELY
    return MAYBE if any(is_given(word) for word in words) else RARE


def _can_be_capitals(word: str) -> bool:
    """Whether some write the word in capitals before a given name: 'CHEN Wei'."""
    return is_given(word) or letters(word) in _words("families") or "." in word


def _single(word: str) -> float:
    if is_given(word):
        return LIKELY
    return UNLIKELY * 2 if is_word_too(word) else UNLIKELY


def _initial_inside(words: list[str]) -> bool:
    return len(words) == 3 and compiled(r"\p{Lu}\.", case=True).fullmatch(words[1]) is not None


@lru_cache(maxsize=REMEMBERED)
def is_given(word: str) -> bool:
    """Whether a word is a given name and no ordinary word."""
    word = word.strip(".,'’")
    if word.casefold() in _given("given_names") or _is_given_plainly(letters(word)):
        return True
    pieces = word.casefold().replace("–", "-").split("-")
    return len(pieces) > 1 and (
        all(piece in _given("given_names") for piece in pieces)
        or (_syllables().fullmatch(word) is not None and not any(_is_ordinary(piece) for piece in (word, *pieces)))
    )


def _is_given_plainly(word: str) -> bool:
    """Whether letters alone are a given name, accents left out, and no ordinary word."""
    named = word in _without_accents() or (word.isalpha() and word.isascii() and word in _given("given_names"))
    return named and word not in _ordinary()


def _is_ordinary(word: str) -> bool:
    return titles.is_known(word) or word.casefold() in _common()


def is_word_too(word: str) -> bool:
    """Whether a word is a given name and an ordinary word, month or place too."""
    return word.strip(".,").casefold() in _given("given_names_also_words")


def _is_position(word: str) -> bool:
    """Whether a word in front of a name is a position: 'Attorney Dana Lee'."""
    return (word.casefold() in _words("work") or titles.is_known(word)) and not (is_given(word) or is_word_too(word))


def _length(words: list[str]) -> int:
    """How many of these words are the name, before a title of work or an organisation begins."""
    for number in range(1, len(words)):
        word = words[number].casefold()
        if word in _words("never") or (number > 1 and word in _words("work")):
            return _without_tail(words[:number])
        ahead = words[number + 1].casefold() if number + 1 < len(words) else ""
        if word in _words("work") and (ahead in _words("work") or (number == 1 and word in _words("surely_work"))):
            return _without_tail(words[:number])
    return _without_tail(words)


def _without_tail(words: list[str]) -> int:
    """How many words are left without particles at the end."""
    length = len(words)
    while length and (words[length - 1].casefold() in _words("particles") and words[length - 1][0].islower()):
        length -= 1
    return length


def _is_east_asian(words: list[str]) -> bool:
    """Family name first, as in Chinese, Korean and Vietnamese: 'Chen Mei-Hua', 'Park Ji-woo', 'Tran Thi Mai'."""
    if len(words) > 4 or letters(words[0]) not in _words("families"):
        return False
    return bool(_syllables().fullmatch(words[1])) or len(words) > 2 or is_given(words[1]) or len(words[1]) <= 8


def _cased(name: str) -> str:
    """A name in capitals or small letters throughout gets the usual case; others stay."""
    if len(name) > 3 and (name.isupper() or name.islower()):
        return "".join(word.capitalize() for word in compiled(r"([\s-])").split(name))
    return name


def _title_key(word: str) -> str:
    return word.casefold().strip(".,")


@cache
def _run() -> Pattern:
    short = "|".join(_rules()["short"].split())
    word = rf"(?:(?:\p{{Lu}}|{short})\.|\p{{Lu}}[\p{{L}}\p{{M}}]*(?:['’-]\p{{L}}[\p{{L}}\p{{M}}]*)*)"
    particle = "|".join(sorted(_words("particles"), key=len, reverse=True))
    titles = "|".join(sorted(_rules()["titles"].split(), key=len, reverse=True))
    return compiled(
        rf"(?:^|[^\p{{L}}\p{{N}}'’.@-])(?P<title>(?:(?i:{titles})\.?,? )*)"
        rf"(?P<name>{word}(?: (?:(?:{particle}) ){{0,2}}{word}){{0,5}})",
        case=True,
        often=True,
    )


@cache
def _name_shape() -> Pattern:
    return compiled(r"\p{L}[\p{L}\p{M}'’.-]*(?: \p{L}[\p{L}\p{M}'’.-]*)*")


@cache
def _syllables() -> Pattern:
    return compiled(r"\p{Lu}\p{Ll}{1,5}-\p{L}\p{Ll}{1,5}", case=True)


@cache
def _common() -> frozenset[str]:
    return frozenset(table("organisations")["noise"].split())


@cache
def _company_words() -> frozenset[str]:
    return frozenset(table("organisations")["words"].split())


@cache
def _ordinary() -> frozenset[str]:
    """Given names that would be an ordinary word where they are written without accents."""
    return _common() | _words("ordinary") | frozenset(" ".join(lines("given_names_also_words")).casefold().split())


@cache
def _given(name: str) -> SortedLines:
    return word_list(" ".join(lines(name)).casefold().split())


@cache
def _without_accents() -> SortedLines:
    """The given names that have accents, as many write them."""
    names = " ".join(lines("given_names")).casefold().split()
    # Most have none: asking `letters` for twenty thousand is what a start would wait for.
    return word_list(bare_letters(one) for one in names if not (one.isascii() and one.isalpha()))


def _rules() -> dict[str, str]:
    return dict(table("names"))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("names")[key].split())
