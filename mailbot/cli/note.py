"""`mailbot note`: what a talk brought."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking


@click.command("note")
@click.argument("application")
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option("--with", "who", multiple=True, metavar="PERSON", help="With whom; may be repeated.")
@click.option(
    "--attach", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="A file that you promised them; the TOPIC says what it is: 'the case study'.",
)  # fmt: skip
@click.option("--first-names", multiple=True, metavar="PERSON", help="You are on first-name terms with them.")
@click.option("--news", metavar="DAY", help="They said that news comes by then: 'next Friday'.")
@click.option("--interview", metavar="TIME", help="You fixed a talk by phone: 'Thu 2pm to 3pm'.")
@click.option("--place", default="", metavar="WHERE", help="Its place, or 'by phone', or 'by video'.")
@click.option("--done", is_flag=True, help="What you owed is done, elsewhere than by mail.")
@click.option("--not-interested", is_flag=True, help="Thanks stay polite; nothing asks for more.")
@place_options
@json_option
def command(
    application: str,
    topics: tuple[str, ...],
    who: tuple[str, ...],
    attach: Path | None,
    first_names: tuple[str, ...],
    news: str | None,
    interview: str | None,
    place: str,
    done: bool,
    not_interested: bool,
    config: Path | None,
    state: Path | None,
    as_json: bool,
) -> None:
    """Note what a talk brought: each TOPIC makes a thank-you that still lies unedited say it.

    Example: mailbot note acme "the move to the new plant" --with Dana --news Friday
    """
    from mailbot.speech import Noted, note
    from mailbot.speech.days import day, moment
    from mailbot.store.ledger import WordKind

    with speaking(config, state, as_json) as speaker:
        reader, now = speaker.home.settings.reader(), speaker.now
        start, end = moment(interview, reader, now) if interview else (None, None)
        noted = Noted(
            topics=topics,
            who=who,
            first_names=first_names,
            attach=str(attach.resolve()) if attach else "",
            news=day(news, reader, now) if news else None,
            interview=start,
            end=end,
            place=place,
            done=done,
            not_interested=not_interested,
        )
        speaker.say(WordKind.NOTE, note(speaker.find(application), speaker.outlook.plan.debts, now, noted))
