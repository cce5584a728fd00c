"""HTML mail as the text a person sees: lines, list items, table rows, quoted blocks; nothing that is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.mail.hidden import style, visible
from mailbot.mail.markup import Mark, Token, attributes, tokens
from mailbot.patterns import compiled

FRAMES_CAP = 128  # nested tables, rows, cells, lists and quotes; what nests deeper is read as plain blocks
QUOTES_CAP = 8  # levels of '> '
LINK_CAP = 1_000  # characters of a link that is shown
RULE = "_" * 32  # a horizontal rule, as Outlook writes it before the mail it quotes

_FRAME = {
    "table": "table", "tr": "tr", "td": "td", "th": "td", "ul": "ul", "ol": "ul", "menu": "ul", "li": "li",
    "blockquote": "blockquote",
}  # fmt: skip
_BOUNDARY = {  # a frame is not closed from beyond these
    "tr": ("table",), "td": ("table",), "li": ("ul", "td", "table"), "ul": ("td", "table"),
    "blockquote": ("td", "table"), "table": (),
}  # fmt: skip
_CLOSES_ITSELF = ("tr", "td", "li")  # a new one ends the open one
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "pre"})
_BLOCKS = _PARAGRAPHS | {
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "main", "nav", "section", "summary", "tbody", "tfoot", "thead", "title",
}  # fmt: skip

_TIGHT = compiled(r"(?:^|;)margin(?:-bottom)?:(?:0?(?:\.0*1?)?(?:px|pt|in|cm|em)?)+(?:;|!|$)")
_QUOTE_NAME = compiled(r"quote|cite|attribution|iosymail")
_ATTRIBUTION = compiled(r"(?:[0-9@]|\b(?:wrote|schrieb|écrit|escribió|scritto|escreveu|schreef|skrev)\b).*:$")


@dataclass(slots=True)
class _Frame:
    """A block whose lines are put together when it closes."""

    name: str
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    space: bool = False  # white space is due before the next word
    blank: bool = False  # a non-breaking space alone: the writer's blank line
    quoted: bool = False
    cells: list[list[str]] = field(default_factory=list)


def to_text(source: str) -> str:
    """The visible text of an HTML mail. A table row of short cells is one line with tabs; a quoted block has '> '
    before each line; a link shows its address where the text does not: 'Book a time <https://...>'."""
    writer = _Writer()
    for token in visible(tokens(source)):
        writer.take(token)
    return writer.text()


class _Writer:
    """Takes tokens, holds the open frames and the lines written so far."""

    def __init__(self) -> None:
        self._frames = [_Frame("root")]
        self._link: tuple[str, list[str]] | None = None
        self._preformatted = 0

    def take(self, token: Token) -> None:
        if token.mark is Mark.TEXT:
            self._write(token.data)
        elif token.mark is Mark.OPEN:
            self._open(token)
        else:
            self._close(token.name)

    def text(self) -> str:
        while len(self._frames) > 1:
            self._pop()
        self._break()
        return "\n".join(_folded(self._frames[0].lines))

    def _open(self, token: Token) -> None:
        name = token.name
        if name == "br":
            self._break(always=True)
        elif name == "hr":
            self._block([RULE])
        elif name == "img":
            if self._link is not None:
                self._write(attributes(token.data).get("alt", ""))
        elif name == "a":
            self._end_link()
            self._link = (attributes(token.data).get("href", "").strip(), [])
        elif name in _FRAME:
            self._open_frame(_FRAME[name], token)
        elif name in _BLOCKS:
            self._preformatted += name == "pre"
            self._break(paragraph=name in _PARAGRAPHS and not _is_tight(token))

    def _close(self, name: str) -> None:
        if name == "a":
            self._end_link()
        elif name == "br":
            self._break(always=True)
        elif name in _FRAME:
            self._close_frame(_FRAME[name])
        elif name in _BLOCKS:
            self._preformatted = max(0, self._preformatted - (name == "pre"))
            self._break()

    def _open_frame(self, name: str, token: Token) -> None:
        if name in _CLOSES_ITSELF:
            self._close_frame(name)
        if name == "td" and self._nearest("tr") < 0:
            self._frames.append(_Frame("tr"))
        if len(self._frames) < FRAMES_CAP:
            quoted = name == "blockquote" and _is_quote(attributes(token.data), self._lines_before())
            self._frames.append(_Frame(name, quoted=quoted))
        else:
            self._break()

    def _lines_before(self) -> list[str]:
        """The last lines before what now begins."""
        frame = self._frames[-1]
        return [line for line in (*frame.lines[-12:], "".join(frame.line)) if line]

    def _nearest(self, name: str) -> int:
        """Where the innermost open frame of that name is, not looking beyond its boundary; -1 where there is none."""
        for number in range(len(self._frames) - 1, 0, -1):
            frame = self._frames[number].name
            if frame == name:
                return number
            if frame in _BOUNDARY[name]:
                break
        return -1

    def _close_frame(self, name: str) -> None:
        number = self._nearest(name)
        if number < 0:
            self._break()
            return
        while len(self._frames) > number:
            self._pop()

    def _pop(self) -> None:
        self._break()
        frame = self._frames.pop()
        lines = _folded(frame.lines)
        parent = self._frames[-1]
        if frame.name == "td" and parent.name == "tr":
            parent.cells.append(lines)
        elif frame.name == "tr":
            self._block(_row(frame.cells) + lines)
        elif frame.name == "li":
            self._block([("- " if number == 0 else "  ") + line for number, line in enumerate(lines)])
        elif frame.quoted and sum(open_frame.quoted for open_frame in self._frames) < QUOTES_CAP:
            self._block([f"> {line}".rstrip() for line in lines], apart=True)
        else:
            self._block(lines, apart=True)

    def _block(self, lines: list[str], *, apart: bool = False) -> None:
        """Whole lines; `apart`: with a blank line before and after."""
        if lines:
            self._break(paragraph=apart)
            self._frames[-1].lines += [*lines, ""] if apart else lines

    def _break(self, *, always: bool = False, paragraph: bool = False) -> None:
        """End the current line; `always`: even an empty one; `paragraph`: and leave a blank line."""
        frame = self._frames[-1]
        if frame.line or always or frame.blank:
            frame.lines.append("".join(frame.line))
        if paragraph and frame.lines:
            frame.lines.append("")
        frame.line = []
        frame.space = frame.blank = False

    def _write(self, text: str) -> None:
        if self._preformatted:
            first, *others = text.split("\n")
            self._put(first, raw=True)
            for other in others:
                self._break(always=True)
                self._put(other, raw=True)
        else:
            self._put(text)

    def _put(self, text: str, *, raw: bool = False) -> None:
        frame = self._frames[-1]
        words = text.rstrip() if raw else " ".join(text.split())
        if words:
            gap = " " if frame.line and (frame.space or text[0].isspace()) and not raw else ""
            frame.line.append(gap + words)
            frame.space = text[-1].isspace()
            if self._link is not None:
                self._link[1].append(gap + words)
        elif text:
            frame.space = True
            frame.blank = frame.blank or "\u00a0" in text

    def _end_link(self) -> None:
        if self._link is None:
            return
        target, pieces = self._link
        self._link = None
        shown = "".join(pieces).strip()
        if shown and (address := _shown_address(target, shown)):
            self._put(f" <{address}>")


def _shown_address(target: str, shown: str) -> str:
    """What to show of a link's target beside its text; empty where the text shows it, or it leads nowhere."""
    scheme, _, rest = target.partition(":")
    if scheme.lower() == "mailto":
        address = rest.partition("?")[0]
        return "" if address.lower() in shown.lower() or "@" not in address else address
    if scheme.lower() not in ("http", "https") or len(target) > LINK_CAP or any(c in target for c in "<> \n\t"):
        return ""
    if shown.lower().startswith(("http:", "https:", "www.")):
        return ""
    return "" if rest.strip("/").removeprefix("www.").lower() in shown.lower() else target


def _is_quote(found: dict[str, str], before: list[str]) -> bool:
    """Whether a blockquote quotes an earlier mail. Many only indent, or set off a date and a place: it must say so
    itself (type=cite, a class or id of a mail program), or stand below 'On ... wrote:' or a From: line."""
    marks = " ".join(found.get(name, "") for name in ("type", "class", "id"))
    if _QUOTE_NAME.search(marks):
        return True
    attributed = bool(before) and _ATTRIBUTION.search(before[-1]) is not None
    return attributed or any(line.lower().startswith(("from:", "von:", "de :", "de:")) for line in before)


def _is_tight(token: Token) -> bool:
    """Whether a paragraph has no space around it, as each line of Outlook's mail."""
    data = token.data.lower()
    return "msonormal" in data or ("margin" in data and _TIGHT.search(style(attributes(token.data))) is not None)


def _row(cells: list[list[str]]) -> list[str]:
    """A table row: 'label<TAB>value' where its cells are short, else the cells one below the other."""
    filled = [cell for cell in cells if any(cell)]
    if len(filled) < 2:
        return filled[0] if filled else []
    if all(len(cell) == 1 for cell in filled):
        return ["\t".join(cell[0] for cell in filled)]
    label, value = filled[0], filled[1]
    if len(filled) == 2 and len(label) == 1 and len(label[0]) <= 40 and len(value) <= 4 and all(value):
        return [f"{label[0]}\t{value[0]}", *value[1:]]
    return [line for cell in filled for line in (*cell, "")][:-1]


def _folded(lines: list[str]) -> list[str]:
    """Without blank lines at the ends, and never two in a row."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip())
    if kept and not kept[-1]:
        kept.pop()
    return kept
