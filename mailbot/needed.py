r"""The words that an expression cannot do without: of a text that has none of them it need not be asked.

RE2's own Filter knows them as well, but holds every expression compiled, with its tree: for the cues of kinds that is
6 MB and a fifth of a second at each start, of which a mail asks a thirtieth.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import compile as table_of_tokens

SHORTEST = 2  # letters of a word that is worth looking for
TELLING = 3  # of one that is looked for where there is another
COMMON = frozenset((  # words that most texts have
    "the", "you", "your", "our", "for", "with", "and", "have", "will", "this", "that", "are", "from", "not", "can",
    "has", "was", "were", "would", "when",
))  # fmt: skip
RARE = frozenset("?!:;@#&%()<>/|")  # signs that are so by themselves: most lines have none
DIGITS = frozenset("0123456789")
MOST = 3  # needs of one alternative that are looked for

# An expression cut into: a class, the head of a group, an escape, letters that stand for themselves, a count, any other
# sign. It is our own text, not mail's.
_TOKENS = table_of_tokens(
    r"(?P<set>\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:P?<\w+>|[a-zA-Z-]*[:)]))?)"
    r"|\\(?P<escape>[pPx]\{[^}]*\}|x[\dA-Fa-f]{2}|\d+|[pP]?.)|(?P<plain>[^\W_]+|[ ',/&@#%=;:!_~\"<>-])"
    r"|(?P<count>[*+?]|\{\d+(?:,\d*)?\})|(?P<sign>.)"
)

Need = frozenset[str]  # words, one of which has to occur


def needed(source: str) -> tuple[tuple[Need, ...], ...]:
    """The alternatives of an expression, each with its needs: whatever it finds has, of each need of at least one
    alternative, a word. Words are ASCII, in small letters. Empty where nothing can be told."""
    return _Reader(source).alternatives()


class _Reader:
    """One pass over an expression."""

    def __init__(self, source: str) -> None:
        self._tokens = _TOKENS.finditer(source)
        self._kind = self._text = ""
        self._move()

    def alternatives(self) -> tuple[tuple[Need, ...], ...]:
        """Up to the end of the group: none as soon as one of them needs nothing."""
        found = [self._needs()]
        while self._text == "|" and self._kind == "sign":
            self._move()
            found.append(self._needs())
        return tuple(found) if all(found) else ()

    def _needs(self) -> tuple[Need, ...]:
        """What one alternative needs, the rarest first, as far as length tells."""
        found, run = list[Need](), ""
        for need, letter in self._parts():
            if not letter:
                found += _words(run)
            run = run + letter if letter else ""
            found += need
        ranked = sorted({*found, *_words(run)}, key=_worth, reverse=True)
        return tuple(need for need in ranked[:MOST] if _worth(need)[0] >= TELLING) or tuple(ranked[:1])

    def _parts(self) -> Iterator[tuple[tuple[Need, ...], str]]:
        """Part by part: what it needs, or the letters that it is; neither where it tells nothing."""
        while self._kind and not (self._kind == "sign" and self._text in ("|", ")")):
            kind, text = self._kind, self._text
            self._move()
            if kind == "open" and not text.endswith(")"):
                several = self.alternatives()
                self._move()
                yield from self._counted(_joined(several), "")
            else:
                stands = kind == "plain" or (kind == "escape" and len(text) == 1 and not text.isalnum())
                needs = (DIGITS,) if (kind, text) in (("escape", "d"), ("set", "[0-9]")) else ()
                yield from self._counted(needs, text if stands else "")

    def _counted(self, needs: tuple[Need, ...], letters: str) -> Iterator[tuple[tuple[Need, ...], str]]:
        """A part with the count behind it, which is of its last letter."""
        if self._kind != "count":
            yield needs, letters
            return
        count = self._text
        while self._kind == "count":  # `+?`, `{2}?`: how greedy it is says nothing
            self._move()
        if len(letters) > 1:
            yield (), letters[:-1]
        yield (needs if count == "+" or count[1:2] not in ("", "0") else ()), ""

    def _move(self) -> None:
        token = next(self._tokens, None)
        self._kind = (token.lastgroup or "") if token else ""
        self._text = token[self._kind] if token and self._kind else ""


def _joined(several: tuple[tuple[Need, ...], ...]) -> tuple[Need, ...]:
    """The needs of a choice: all those of one that has no other, else the best of each, any of which will do."""
    return several[0] if len(several) == 1 else (frozenset().union(*(one[0] for one in several)),) if several else ()


def _words(run: str) -> tuple[Need, ...]:
    """The longest piece that is ASCII of letters that stand together, if it tells anything."""
    plain = "".join(letter if letter.isascii() else "\n" for letter in run.lower())
    longest = max(plain.split("\n"), key=len)
    telling = sum(map(str.isalnum, longest)) >= SHORTEST
    return (frozenset((longest,)),) if telling or not RARE.isdisjoint(longest) else ()


def _worth(need: Need) -> tuple[int, int]:
    return (min(len(word) if word.strip() not in COMMON else 1 for word in need), -len(need))
