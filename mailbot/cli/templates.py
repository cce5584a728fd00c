"""`mailbot templates export`: the letters' templates, for the person to put their own words in their place."""

from __future__ import annotations

from pathlib import Path

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json


@click.command("templates")
@click.argument("action", type=click.Choice(["export"]), metavar="export")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@place_options
@json_option
def command(
    action: str,  # noqa: ARG001 - there is but one
    names: tuple[str, ...],
    config: Path | None,
    state: Path | None,  # noqa: ARG001 - accepted everywhere, so that it can stand in an alias
    as_json: bool,
) -> None:
    """Write the built-in templates (or those NAMES alone) into the folder `templates` beside your configuration, to be
    edited. What lies there stands in place of the built-in template of that name; files that are there stay.

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
