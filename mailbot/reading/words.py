"""Whose words: one mail's text cut into what its writer newly says and all the rest. Values; `segment` cuts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the new text (or one line of a list or table). `text` is as written, white space folded to one
    space; `raw` stands in the message's text exactly. `paragraph` counts from 0."""

    text: str
    raw: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Words:
    """`new`: what the writer newly says, without greeting line, sign-off, signature, quoted text and footers; a
    forwarded mail's text counts as new where the writer adds little. `greeting`: the greeting line ('Hi Alex,').
    `sign_off`: closing and name lines ('Best, Dana'). `signature`: the block below them. `quoted`: quoted earlier
    text, markers removed. `forwarded`: a forwarded mail's text, with `forwarded_headers` ('from', 'date', 'subject',
    'to') as its header block shows them. `footer`: legal text, unsubscribe blocks, 'powered by'. `pairs`: label and
    value of 'When: ...' lines and of two-column tables, in order. `sentences` are those of `new`."""

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
