"""`mailbot explain`: what is read in each file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import reader_options
from mailbot.cli.printing import print_json
from mailbot.errors import MailbotError, Unreadable
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from mailbot.mail.message import Message
    from mailbot.reading.statements import Reader, Reading, Statement


@click.command("explain")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@reader_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each file.")
def command(files: tuple[Path, ...], reader: Reader, as_json: bool) -> None:
    """What mailbot reads in each mail FILE, with the words it was read from.

    Example: mailbot explain --me alex@example.com invitation.eml
    """
    failed = False
    for file in files:
        try:
            message, reading = read_file(file, reader)
        except MailbotError as error:
            failed = True
            if as_json:
                print_json({"file": str(file), "error": str(error)})
            else:
                click.echo(f"{plain(str(file))}: {plain(str(error))}", err=True)
            continue
        if as_json:
            print_json(as_object(file, reading))
        else:
            print_page(file, message, reading)
    if failed:
        sys.exit(1)


def read_file(file: Path, reader: Reader) -> tuple[Message, Reading]:
    """Parse and read one file. Raises errors.Unreadable."""
    from mailbot.mail.mime import parse
    from mailbot.reading.reader import read

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Unreadable(f"{file} cannot be opened: {error.strerror}.") from error
    message = parse(raw, own=reader.addresses)
    return message, read(message, reader)


def as_object(file: Path, reading: Reading) -> dict[str, object]:
    """The JSON of `explain`: the weightiest Statement."""
    main = reading.main
    return {
        "file": str(file),
        "message_id": reading.message_id,
        "direction": str(reading.direction),
        "kind": str(main.kind),
        "confidence": round(main.confidence, 3),
        "company": main.company,
        "agency": main.agency,
        "role": main.role,
        "people": [{"name": p.name, "email": p.email, "part": str(p.part)} for p in main.people],
        "interviews": [
            {
                "start": i.start.isoformat(),
                "end": i.end.isoformat() if i.end else None,
                "format": str(i.format) if i.format else None,
                "status": str(i.status),
            }
            for i in main.interviews
        ],
        "decision_by": {
            "earliest": main.decision_by.earliest.isoformat() if main.decision_by.earliest else None,
            "latest": main.decision_by.latest.isoformat(),
        }
        if main.decision_by
        else None,
        "respond_by": main.respond_by.isoformat() if main.respond_by else None,
        "evidence": [{"field": e.field, "quote": e.quote} for e in main.evidence],
    }


def print_page(file: Path, message: Message, reading: Reading) -> None:
    """The page for a person: each statement as a list, then the text with the evidence marked."""
    click.secho(plain(f"{file}: {reading.subject}"), bold=True)
    wrote = f"{reading.sender.name or reading.sender.email}" if reading.sender else "nobody"
    click.echo(plain(f"  from {wrote} ({reading.writer}), {reading.date:%a %d %b %Y %H:%M %z}, {reading.direction}"))
    for statement in reading.statements:
        _print_statement(statement)
    click.echo()
    click.echo(_marked(message.text, [e.quote for s in reading.statements for e in s.evidence]))
    click.echo()


def _print_statement(statement: Statement) -> None:
    click.secho(f"  {str(statement.kind).replace('_', ' ')}", fg="green", nl=False)
    click.echo(f"  (confidence {statement.confidence:.2f})")
    rows = {
        "company": statement.company,
        "agency": statement.agency,
        "role": statement.role,
        "people": ", ".join(
            f"{p.name}{f' <{p.email}>' if p.email else ''} ({str(p.part).replace('_', ' ')})" for p in statement.people
        ),
        "interviews": "; ".join(
            f"{i.start:%a %d %b %Y %H:%M %z}{f' to {i.end:%H:%M}' if i.end else ''}"
            f"{f', {i.format}' if i.format else ''}, {i.status}"
            for i in statement.interviews
        ),
        "offered": "; ".join(f"{s.start:%a %d %b %H:%M}" for s in statement.proposed),
        "news by": str(statement.decision_by.latest) if statement.decision_by else None,
        "answer by": str(statement.respond_by) if statement.respond_by else None,
        "also": ", ".join(sorted(str(f).replace("_", " ") for f in statement.facets)),
    }
    for name, value in rows.items():
        if value:
            click.echo(plain(f"    {name:10} {value}"))


def _marked(text: str, quotes: list[str]) -> str:
    """The text with each quote underlined, made harmless."""
    spans = sorted((at, at + len(quote)) for quote in set(quotes) if quote and (at := text.find(quote)) >= 0)
    pieces, last = [], 0
    for low, high in spans:
        if low < last:
            continue
        pieces += [plain(text[last:low]), click.style(plain(text[low:high]), underline=True)]
        last = high
    return "".join([*pieces, plain(text[last:])])
