"""Bytes and headers to text: charsets that lie, transfer encodings that are broken, encoded words (RFC 2047), flowed
text (RFC 3676). Every function takes anything and gives text without NULs, lone surrogates or control characters."""

from __future__ import annotations

import binascii
import codecs
from functools import lru_cache

from mailbot.patterns import compiled

TEXT_CAP = 256 * 1024  # characters of text in one part
LINE_CAP = 2_000  # characters of one line
ENCODED_WORDS_CAP = 1_000  # in one header; what follows stays as it stands

_LABEL = compiled(r"[a-z0-9][a-z0-9_.:-]{0,39}")
_TEXT_CODEC = compiled(
    r"(utf|cp|iso8859|iso2022|koi8|mac|big5|gb|hz|euc|shift_jis|johab|tis|ascii|latin|hp|kz|ptcp|ibm).*"
)
_ENCODED_WORD = compiled(r"=\?([A-Za-z0-9_.:-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([bq])\?([^?\s]*)\?=")

# What labels mean in practice (WHATWG Encoding Standard, section 4.2) where Python reads them more narrowly.
_MEANT = {
    "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "x-sjis": "cp932",
    "shift_jis": "cp932", "shift-jis": "cp932", "big5": "big5hkscs", "x-mac-roman": "mac_roman",
    "unicode-1-1-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8",
}  # fmt: skip
_SEVEN_BIT = ("iso2022", "utf-7", "hz", "utf-16", "utf-32")  # ASCII bytes that mean something else

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\u000b\u000c\u0085\u2028\u2029"
_INVISIBLE = (
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),  # C0 and C1
    0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, *range(0x200B, 0x2010),  # zero width
    *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC),  # bidi and format
    *range(0xE0000, 0xE0080),  # tags: text that no one sees
)  # fmt: skip
_TEXT_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE), **dict.fromkeys(map(ord, _SPACES), " "), **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
}  # fmt: skip
_LINE_TABLE = _TEXT_TABLE | dict.fromkeys(map(ord, _LINE_ENDS + "\n\t"), " ")


def clean_text(text: str) -> str:
    """Text of several lines: LF line ends, plain spaces, nothing invisible; lines longer than `LINE_CAP` are broken."""
    text = text.replace("\r\n", "\n")
    if not _is_plain(text.replace("\n", "")):
        text = text.encode("utf-8", "ignore").decode("utf-8").replace("\r\n", "\n").translate(_TEXT_TABLE)
    return "\n".join(_short_lines(text)) if len(text) > LINE_CAP else text


def clean_line(text: str) -> str:
    """One line: as `clean_text`, white space folded to single spaces."""
    if _is_plain(text):
        return " ".join(text.split())
    return " ".join(text.encode("utf-8", "ignore").decode("utf-8").translate(_LINE_TABLE).split())


def _is_plain(text: str) -> bool:
    """Whether a line holds printable ASCII alone, as most do: nothing in it needs cleaning."""
    return text.isascii() and text.isprintable()


def _short_lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        start = 0
        while len(line) - start > LINE_CAP:
            cut = line.rfind(" ", start + 1, start + LINE_CAP)
            cut = cut if cut > 0 else start + LINE_CAP
            lines.append(line[start:cut])
            start = cut
        lines.append(line[start:] if start else line)
    return lines


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    """The Python codec for a charset label; empty where the label is none."""
    label = label.strip().strip("'\"").lower()
    name = _MEANT.get(label, label)
    if not (_LABEL.fullmatch(name) and _TEXT_CODEC.fullmatch(name.replace("windows-", "cp").replace("iso-", "iso"))):
        return ""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def decode_bytes(data: bytes, label: str) -> str:
    """`data` by its charset label, if that can be true; else as UTF-8, else as windows-1252 with replacements."""
    codec = _codec(label)
    if data.isascii() and not codec.startswith(_SEVEN_BIT):
        return data.decode("ascii")
    for candidate in ("utf-8", codec) if not codec or codec.startswith("cp125") else (codec, "utf-8"):
        if candidate:
            try:
                return data.decode(candidate)
            except UnicodeError:
                continue
    best = data.decode(codec or "utf-8", "replace")
    wrong = best.count("\ufffd")
    right = sum(map(len, best.split("\ufffd"))) - sum(byte < 128 for byte in data)
    return best if wrong <= right else data.decode("cp1252", "replace")


def decode_transfer(source: bytes, encoding: str) -> bytes:
    """The bytes behind a Content-Transfer-Encoding, at most `TEXT_CAP` of them; what is broken is left out."""
    encoding = encoding.strip().lower()
    if encoding == "base64":
        wanted = source[: TEXT_CAP * 3 // 2].partition(b"=")[0].translate(None, delete=_NOT_BASE64)
        data = binascii.a2b_base64(wanted[: len(wanted) - (len(wanted) % 4 == 1)] + b"===")
    elif encoding == "quoted-printable":
        data = binascii.a2b_qp(source[: TEXT_CAP * 3])
    else:
        data = source
    return data[:TEXT_CAP]


_NOT_BASE64 = bytes(
    byte for byte in range(256) if byte not in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
)


def unfold(value: str) -> str:
    """A header's value as one clean line, raw 8-bit bytes (surrogates, PEP 383) guessed, encoded words left alone."""
    if not value.isascii():
        value = decode_bytes(value.encode("utf-8", "surrogateescape"), "utf-8")
    return clean_line(value)


def decode_header(value: str) -> str:
    """A header's value as one clean line, encoded words decoded (RFC 2047)."""
    value = unfold(value)
    return clean_line(_decode_words(value)) if "=?" in value else value


def encoded_words(value: str) -> dict[int, int]:
    """Where each encoded word of an unfolded value begins and ends."""
    return {word.start: word.end for word in _ENCODED_WORD.finditer(value)} if "=?" in value else {}


def _decode_words(value: str) -> str:
    """Encoded words in place. Neighbours in one charset are decoded together: their bytes may share a character."""
    pieces: list[str] = []
    waiting, label, at = b"", "", 0
    for number, word in enumerate(_ENCODED_WORD.finditer(value)):
        if number >= ENCODED_WORDS_CAP:
            break
        between = value[at : word.start]
        charset = (word.group(1) or "").lower()
        if between.strip() or charset != label:
            pieces.append(decode_bytes(waiting, label))
            waiting = b""
        if between.strip() or not number:
            pieces.append(between)
        waiting += _word_bytes(word.group(2) or "", word.group(3) or "")
        label, at = charset, word.end
    return "".join((*pieces, decode_bytes(waiting, label), value[at:]))


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8")
    if encoding in "bB":
        return decode_transfer(data, "base64")
    return binascii.a2b_qp(data, header=True)


def unflow(text: str, *, delete_space: bool) -> str:
    """Flowed text (RFC 3676) as whole paragraphs; quoted ones keep one '> ' for each level."""
    lines: list[str] = []
    paragraph: list[str] = []
    depth = 0

    def flush() -> None:
        if paragraph:
            lines.append("> " * depth + "".join(paragraph))
            paragraph.clear()

    for raw_line in text.split("\n"):
        level = len(raw_line) - len(raw_line.lstrip(">"))
        line = raw_line[level:].removeprefix(" ")
        if level != depth:
            flush()
            depth = level
        flows = line.endswith(" ") and line != "-- "
        if line == "-- ":
            flush()
        paragraph.append(line[:-1] if flows and delete_space else line)
        if not flows:
            flush()
    flush()
    return "\n".join(lines)
