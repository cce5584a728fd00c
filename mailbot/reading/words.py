"""Whose words: one mail's text cut into what its writer newly says and all the rest. Values; `segment` cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.mail.message import Message
from mailbot.reading.blocks import Blocks, blocks
from mailbot.reading.quoting import Cut, Line, cut, lines_of
from mailbot.reading.sentences import Sentence, pairs, sentences

__all__ = ["Sentence", "Words", "segment"]

READ = 64 << 10  # characters: no mail about work says anything beyond
LITTLE = 40  # words: who adds no more to a forwarded mail passes it on


@dataclass(frozen=True, slots=True)
class Words:
    """`new`: what the writer newly says, without greeting line, sign-off, signature, quoted text and footers; a
    forwarded mail's text counts as new where the writer adds little. `greeting`: the greeting line ('Hi Alex,').
    `sign_off`: closing and name lines ('Best, Dana'). `signature`: the block below them. `quoted`: quoted earlier
    text, markers removed. `forwarded`: a forwarded mail's text, with `forwarded_headers` ('from', 'date', 'subject',
    'to') as its header block shows them. `footer`: legal text, unsubscribe blocks, 'powered by'. `joining`: the lines
    with which a video or phone meeting is joined. `pairs`: label and value of 'When: ...' lines and of two-column
    tables, in order. `sentences` are those of `new`."""

    new: str
    sentences: tuple[Sentence, ...]
    greeting: str
    sign_off: str
    signature: str
    quoted: str
    forwarded: str
    forwarded_headers: tuple[tuple[str, str], ...]
    footer: str
    pairs: tuple[tuple[str, str], ...]
    joining: str = ""

    @property
    def passed_on(self) -> bool:
        """Whether the new words are those of a forwarded mail: not the sender's."""
        return bool(self.forwarded and self.new) and self.new.splitlines()[-1] in self.forwarded


def segment(message: Message) -> Words:
    """Cut one mail's text into whose words it holds. Linear in the text, of which the first 64 Ki characters count."""
    text = message.text[:READ]
    parts = cut(lines_of(text), message.subject)
    own = blocks(parts.own)
    passed = blocks(cut(parts.forwarded, "").own) if parts.forwarded else None
    if passed is None or _says_much(own):
        return _words(text, parts, own, own.body)
    return _words(text, parts, _both(own, passed), (*own.body, Line("", len(text)), *passed.body))


def _says_much(own: Blocks) -> bool:
    return sum(len(line.text.split()) for line in own.body) > LITTLE


def _both(own: Blocks, passed: Blocks) -> Blocks:
    """A forwarded mail as if written to the reader; who passed it on signs it only where nobody else does."""
    return Blocks(
        greeting=passed.greeting or own.greeting,
        body=passed.body,
        sign_off=passed.sign_off or own.sign_off,
        signature=passed.signature or own.signature,
        footer=(*own.footer, *passed.footer),
        joining=(*own.joining, *passed.joining),
    )


def _words(text: str, parts: Cut, found: Blocks, new: Sequence[Line]) -> Words:
    return Words(
        new=_text(new),
        sentences=sentences(new, text),
        greeting=found.greeting,
        sign_off=_text(found.sign_off),
        signature=_text(found.signature),
        quoted=_text(parts.quoted),
        forwarded=_text(parts.forwarded),
        forwarded_headers=parts.headers,
        footer=_text(found.footer),
        pairs=pairs(new),
        joining=_text(found.joining),
    )


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines).strip()
