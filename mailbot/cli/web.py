"""`mailbot web`: a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json

if TYPE_CHECKING:
    from mailbot.web.serving import Links


@click.command("web")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Which port; default: any that is free.")
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@place_options
@json_option
def command(port: int, no_browser: bool, config: Path | None, state: Path | None, as_json: bool) -> None:
    """Show everything on a page in your browser: a board of your applications, each one's timeline, the coming weeks,
    your drafts, questions to answer, figures. Served to this machine alone, until Ctrl-C; mailbot may be at work
    meanwhile.

    Example: mailbot web
    """
    from mailbot.errors import extra_needed
    from mailbot.logs import configure

    try:
        from mailbot.web.desk import Desk
        from mailbot.web.serving import serve
    except ModuleNotFoundError as error:
        raise extra_needed(f"The page needs the library {error.name}.", "web") from error

    def ready(links: Links) -> None:
        if as_json:
            print_json({"link": links.lasting, "port": links.port})
        else:
            click.echo(f"Your page: {links.lasting}\nOnly this machine can open it. Stop it with Ctrl-C.")
        if not no_browser:
            _open(links.once)

    configure()
    desk = Desk(config, state)
    desk.look()  # what is wrong with the configuration is said here, not on a page
    serve(desk, port, ready)


def _open(link: str) -> None:
    """On a thread of its own: a browser in the terminal keeps its caller until it ends, and asks at once."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
