"""What a mail is like beside its words: who wrote, the calendar part, links, attachments, how many times it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.mail.message import Message
from mailbot.patterns import compiled
from mailbot.reading.calendar import CalendarEvent
from mailbot.reading.senders import service
from mailbot.reading.statements import Writer
from mailbot.reading.tables import table
from mailbot.reading.title_runs import title_runs
from mailbot.reading.words import Words

SHORT = 40  # words of new text
TITLED = 30  # sentences in which a job's title is looked for


def traits(
    message: Message, words: Words, calendars: Sequence[CalendarEvent], wrote: Writer, said: Sequence[str]
) -> str:
    """The traits as one line of words, such as 'writer:robot service:ats bulk link:booking times:one'; `said` are the
    plain sentences."""
    return " ".join(
        [
            str(message.direction),
            f"writer:{wrote}",
            *_of_sender(message),
            *_of_calendar(calendars),
            *_of_text(message, words),
            *_of_times(said),
            *_of_titles(message, words),
            *(f"subject:{name}" for name, one in table("traits")["subjects"].items() if _fits(one, message.subject)),
            *(f"pair:{label.lower().replace(' ', '-')}" for label, _ in words.pairs[:20]),
        ]
    )


def _fits(source: str, text: str) -> bool:
    return compiled(source).fullmatch(text) is not None


def _of_sender(message: Message) -> Iterator[str]:
    if message.sender is not None and (known := service(message.sender.domain)):
        yield f"service:{known}"
    if message.header("list-unsubscribe") or message.header("list-id"):
        yield "bulk"


def _of_calendar(calendars: Sequence[CalendarEvent]) -> Iterator[str]:
    for event in calendars[:1]:
        yield f"method:{'cancel' if event.cancelled else event.method.lower() or 'none'}"
        if event.sequence > 0:
            yield "sequence:later"


def _of_text(message: Message, words: Words) -> Iterator[str]:
    text = f"{words.new}\n{words.joining}"
    yield from (f"link:{name}" for name, one in table("traits")["links"].items() if compiled(one).search(text))
    for name, one in table("traits")["attachments"].items():
        if any(_fits(one, attachment.name) for attachment in message.attachments):
            yield f"attached:{name}"
    if message.attachments:
        yield "attached"
    if words.quoted:
        yield "quoted"
    if words.forwarded:
        yield "forwarded"
    if message.in_reply_to:
        yield "answer"
    if len(words.new.split()) <= SHORT:
        yield "short"


def _of_titles(message: Message, words: Words) -> Iterator[str]:
    """Whether a job is named by its title, which little but hiring mail does."""
    if any(title_runs(message.subject)):
        yield "title:subject"
    if any(any(title_runs(sentence.text)) for sentence in words.sentences[:TITLED]):
        yield "title:text"


def _of_times(said: Sequence[str]) -> Iterator[str]:
    days = sum(text.count("@day") for text in said)
    times = sum(text.count("@time") for text in said)
    yield f"days:{('none', 'one')[days] if days < 2 else 'many'}"
    yield f"times:{('none', 'one')[times] if times < 2 else 'many'}"
    if any("@day" in text and "@time" in text for text in said):
        yield "day-and-time"
    if any(text.endswith("?") for text in said):
        yield "question"
