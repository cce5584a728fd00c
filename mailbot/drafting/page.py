"""A rendered template -> the text of a letter, from greeting to signature."""

from __future__ import annotations

from mailbot.drafting.letter import Me
from mailbot.drafting.wording import Manner, plain
from mailbot.mail.decoding import clean_line
from mailbot.patterns import compiled

_BEFORE_STOP = compiled(r" +([,.;:?!])")
_DOUBLE_STOP = compiled(r"([.!?])\.($| )")


def paragraphs(rendered: str) -> str:
    """A rendered template: blank lines part its paragraphs, a line that begins with '- ' stays a line, all others run
    on. Phrases that are empty leave no gap."""
    return "\n\n".join(text for block in rendered.split("\n\n") if (text := _paragraph(block)))


def _paragraph(block: str) -> str:
    rows: list[str] = []
    for line in filter(None, (" ".join(one.split()) for one in block.split("\n"))):
        if line.startswith("- ") or not rows or rows[-1].startswith("- "):
            rows.append(line)
        else:
            rows[-1] += f" {line}"
    return "\n".join(_DOUBLE_STOP.sub(r"\1\2", _BEFORE_STOP.sub(r"\1", row)) for row in rows)


def letter(greeting: str, middle: str, manner: Manner, me: Me, email: str) -> str:
    """Greeting, text, close and signature; line ends are LF."""
    close = clean_line(me.sign_off) or manner.close
    return "\n\n".join((greeting, middle, "\n".join((close, *signature(me, email))))) + "\n"


def signature(me: Me, email: str) -> tuple[str, ...]:
    """Full name, phone, address of mail, and of the house where it is configured."""
    house = (clean_line(line) for line in me.postal_address.splitlines())
    return tuple(line for line in (plain(me.name), clean_line(me.phone), email, *house) if line)
