"""`mailbot correct`: what was read wrong, put right."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.speaking import speaking

STAGES = (
    "applied", "in_contact", "interviewing", "waiting", "assessment", "offer", "accepted", "rejected", "withdrawn",
    "closed", "dormant",
)  # fmt: skip
PARTS = ("interviewer", "recruiter", "coordinator", "hiring_manager", "contact")


@click.command("correct")
@click.argument("application")
@click.option("--company", metavar="NAME", help="The employer's name.")
@click.option("--role", metavar="TITLE", help="The job's title.")
@click.option("--stage", type=click.Choice(STAGES), help="Where it stands now; later mail moves on from it.")
@click.option("--interview", metavar="TIME", help="When the next (else the last) interview is: 'Thu 2pm'.")
@click.option("--decision", metavar="DAY", help="By when they said that news comes: 'Friday'.")
@click.option("--person", metavar="PERSON", help="Whose part is wrong: a name, or 'Name <address>'.")
@click.option("--part", type=click.Choice(PARTS), help="What that person is.")
@place_options
@json_option
def command(
    application: str,
    company: str | None,
    role: str | None,
    stage: str | None,
    interview: str | None,
    decision: str | None,
    person: str | None,
    part: str | None,
    config: Path | None,
    state: Path | None,
    as_json: bool,
) -> None:
    """Put right what was read wrong about APPLICATION. A corrected fact holds, whatever later mail says.

    Example: mailbot correct acme --role "Data Analyst" --stage offer
    """
    from mailbot.reading.statements import Part
    from mailbot.speech import correct
    from mailbot.speech.days import day, moment
    from mailbot.store.ledger import WordKind
    from mailbot.tracking.application import Stage

    with speaking(config, state, as_json) as speaker:
        reader, now = speaker.home.settings.reader(), speaker.now
        said = correct(
            speaker.find(application),
            now,
            company=company,
            role=role,
            stage=Stage(stage) if stage else None,
            interview=moment(interview, reader, now)[0] if interview else None,
            news=day(decision, reader, now) if decision else None,
            person=person,
            part=Part(part) if part else None,
        )
        speaker.say(WordKind.CORRECT, said)
