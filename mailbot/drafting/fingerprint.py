"""What a draft means, as one short text: equal before and after a mailbox has stored it, different after any edit.

From, To, Cc, the decoded subject, the plain text with white space folded, and digests of everything else it carries.
Line ends, encodings, folding, the Date and the headers that servers add mean nothing.
"""

from __future__ import annotations

from hashlib import sha256

from mailbot.mail.decoding import clean_line, decode_bytes, decode_header, decode_transfer
from mailbot.mail.structure import Part, parse_structure

_HEADERS = ("from", "to", "cc", "subject")


def fingerprint(raw: bytes) -> str:
    """A digest of the meaning of one mail, in hexadecimal. Takes any bytes and never raises."""
    mail = parse_structure(raw)
    leaves = [part for part in mail.walk() if isinstance(part, Part) and not part.is_multipart()]
    texts = [_text(part) for part in leaves if _is_text(part)]
    others = sorted(f"{part.get_content_type()} {_digest(part)}" for part in leaves if not _is_text(part))
    digest = sha256()
    for one in (*(_header(mail, name) for name in _HEADERS), clean_line(" ".join(texts)), *others):
        data = one.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _header(mail: Part, name: str) -> str:
    """All fields of that name; the quotes around a name come and go with the program that writes it."""
    values = (decode_header(value) for key, value in mail.fields if key == name)
    return f"{name}: " + ", ".join(values).replace('"', "")


def _is_text(part: Part) -> bool:
    disposition = part.field("content-disposition").strip().lower()
    return part.get_content_type() == "text/plain" and not disposition.startswith("attachment")


def _text(part: Part) -> str:
    data = decode_transfer(part.source, part.field("content-transfer-encoding"))
    return decode_bytes(data, part.parameters("content-type").get("charset", ""))


def _digest(part: Part) -> str:
    """Of the encoded contents, in which only line breaks may differ."""
    return sha256(b"".join(part.source.split())).hexdigest()
