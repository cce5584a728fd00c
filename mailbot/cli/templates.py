"""`mailbot templates export`: the letters' templates, for the person to put their own words in their place."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option
from mailbot.cli.printing import print_json


@click.group("templates")
def command() -> None:
    """The letters' templates. What lies in the folder `templates` beside your configuration stands in place of the
    built-in template of that name; each alone.

    Example: mailbot templates export check_in.1
    """


@command.command("export")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--config", "config", type=click.Path(path_type=Path), envvar="MAILBOT_CONFIG", help="The configuration file."
)
@json_option
def export(names: tuple[str, ...], config: Path | None, as_json: bool) -> None:
    """Write the built-in templates (or those NAMES alone) into your folder, to be edited. Files that are there stay.

    Example: mailbot templates export thank_you.1 thank_you.2
    """
    from mailbot.config import default_config_file
    from mailbot.papers import TEMPLATES, export_templates

    folder = (config or default_config_file()).parent / TEMPLATES
    written = export_templates(folder, names)
    for file in written:
        if as_json:
            print_json({"written": str(file)})
        else:
            click.echo(str(file))
    if not written:
        click.echo(f"Nothing to write: they all lie in {folder} already.", err=True)
