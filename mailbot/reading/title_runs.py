"""Job titles that stand in a sentence without any word beside them that says so: 'we talked about Data Engineer II'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mailbot.patterns import Pattern, compiled
from mailbot.reading import names, title_ends, titles
from mailbot.reading.title_words import is_head, split

REMEMBERED = 4096  # answers kept
LINES = 32  # of one mail, which are asked for what it is like and again for its title
AROUND = 60  # characters before and behind a title that are looked at


@lru_cache(maxsize=LINES)
def title_runs(text: str) -> tuple[str, ...]:
    """The capitalised titles of a sentence that turn on a known word and are nobody's own ('our CTO', 'Dana, CTO')."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[str]:
    if not any(map(_turns, text.split())):
        return  # most sentences name none
    last = 0
    for match in _capitals().finditer(text):
        of_clock = text[: match.start].rstrip()[-1:].isdigit() and len(match.text) < 3  # '4:51 PM'
        if match.start < last or of_clock or not _is_head(match.text):
            continue
        begun = title_ends.trailing(text[max(last, match.start - AROUND) : match.end])
        start = text.rfind(begun, 0, match.end) if begun else -1
        title = title_ends.leading(text[start:]) if start >= 0 else ""
        title = compiled(r",? \d+$").sub("", title)
        end = start + len(title)
        last = max(match.end, end)
        alone = title == match.text and text[end:].lstrip()[:1] == ":"  # 'Organizer: Dana Lee'
        if alone or not title or not text.startswith(title, start) or titles.likeness(title) < titles.SURE:
            continue
        if not _somebodys(text[max(0, start - AROUND) : start], text[end : end + AROUND]):
            yield title


@lru_cache(maxsize=REMEMBERED)
def _turns(piece: str) -> bool:
    """Whether a title may turn on a word in a piece between blanks."""
    return any(_is_head(match.text) for match in _capitals().finditer(piece))


def _is_head(text: str) -> bool:
    words = split(text)
    return bool(words) and is_head(words[0])


def _capitals() -> Pattern:
    return compiled(r"\p{Lu}[\p{L}\p{M}\d/-]*", case=True)


_OFFERED = r"^\s*(?:\([^()]{1,30}\)\s*)?(?:slot|search|hours|shifts?|seat|vacancy|interview|req|loop|hire)\b"


def _somebodys(before: str, after: str) -> bool:
    """Whether what stands around a title makes it a person's position."""
    if compiled(_OFFERED).search(after):
        return False
    owned = compiled(r"(?:\b(?:our|my|your|their|his|her|by|from|with)\s+(?:the\s+)?|['’]s\s+)$").search(before)
    if owned and not compiled(r"\b(?:as|for|be|become|becoming|became)\s+$").search(before[: owned.start]):
        return True
    if compiled(r"\b(?:I am|I'm|who is|who's)\s+(?:the|an?)\s+$").search(before):
        return True
    ahead = compiled(r"^\s*[,(:–—-]?\s*(\p{Lu}[\p{L}'’-]+)", case=True).search(after)
    if ahead is not None and names.is_given(ahead.group(1) or ""):
        return True
    name = r"(\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+)"
    behind = compiled(rf"{name}\s*(?:,|\(|[–—-]|\bis|\bas)\s*(?:an?\s+|the\s+)?$", case=True).search(before)
    return behind is not None and names.likeness(behind.group(1) or "") >= names.LIKELY
