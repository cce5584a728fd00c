"""What of HTML mail is not seen: hidden preheaders, tracking text, the other device's version."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.mail.markup import Mark, Token, attributes
from mailbot.patterns import compiled

_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_INLINE_TEXT = frozenset({"a", "b", "em", "font", "i", "p", "small", "span", "strong"})

_HIDDEN = compiled(
    r"display:none|visibility:hidden|(?:^|;)(?:max-height:0(?:px|pt|em|%)?|opacity:0(?:\.0+)?)(?:;|!|$)"
)
_NO_SIZE = compiled(r"(?:^|;)font-size:0(?:px|pt|em|rem|%)?(?:;|!|$)")


def visible(stream: Iterator[Token]) -> Iterator[Token]:
    """The tokens outside hidden elements."""
    hidden, depth = "", 0
    for token in stream:
        if hidden:
            if token.name == hidden:
                depth += (token.mark is Mark.OPEN) - (token.mark is Mark.CLOSE)
                if hidden == "p" and token.mark is Mark.OPEN:  # paragraphs do not nest
                    depth = 0
            hidden = hidden if depth else ""
            if hidden or token.mark is Mark.CLOSE:
                continue
        if token.mark is Mark.OPEN and token.name not in _VOID and _is_hidden(token):
            hidden, depth = token.name, 1
        elif token.mark is not Mark.RAW:
            yield token


def _is_hidden(token: Token) -> bool:
    data = token.data.lower()
    if "style" not in data and "hidden" not in data:
        return False
    found = attributes(token.data)
    declared = style(found)
    return (
        "hidden" in found
        or _HIDDEN.search(declared) is not None
        or (token.name in _INLINE_TEXT and _NO_SIZE.search(declared) is not None)  # on cells it only removes gaps
    )


def style(found: dict[str, str]) -> str:
    """The style attribute, lower case, without white space."""
    return "".join(found.get("style", "").lower().split())
