"""`mailbot auth`: signing in to Gmail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json, say
from mailbot.errors import ActionNeeded

if TYPE_CHECKING:
    from mailbot.config import AccountSettings, Settings


@click.command("auth")
@click.argument("account", required=False)
@place_options
@click.option("--elsewhere", is_flag=True, help="The browser is on another machine, as over ssh.")
@click.option("--revoke", "revoking", is_flag=True, help="Take the consent back, at Google and here.")
@json_option
def command(
    account: str | None,
    config: Path | None,
    state: Path | None,  # noqa: ARG001 - accepted everywhere, so that it can stand in an alias
    elsewhere: bool,
    revoking: bool,
    as_json: bool,
) -> None:
    """Let mailbot into the Gmail ACCOUNT of that name: to read mail, and to write drafts.

    Google has no right to drafts alone: this one could send. mailbot makes no request that sends, and its tests hold
    it to that.

    Example: mailbot auth personal
    """
    from mailbot.config import default_config_file, load_settings
    from mailbot.household import gmail_token
    from mailbot.mail.gmail.sign_in import revoke, sign_in

    file = config or default_config_file()
    one = _gmail(load_settings(file), account)
    token = gmail_token(one.name, file.parent)
    if revoking:
        revoke(one.name, token)
        _told(as_json, one.name, None, f"'{one.name}' is signed out; Google was told.")
        return
    client = Path(one.client).expanduser() if one.client else file.parent / "client_secret.json"
    ask = _ask if elsewhere else None
    address = sign_in(one.name, one.user, client, token, tell=_show, ask=ask)
    _told(as_json, one.name, address, f"'{one.name}' is signed in as {address}.")


def _gmail(settings: Settings, name: str | None) -> AccountSettings:
    """The Gmail account of that name, or the only one."""
    ours = [one for one in settings.account if one.kind == "gmail" and name in (None, one.name)]
    if len(ours) == 1:
        return ours[0]
    known = ", ".join(one.name for one in settings.account if one.kind == "gmail")
    if not known:
        raise ActionNeeded(
            "No account of the kind gmail is configured.", mend='Add an [[account]] with kind = "gmail".'
        )
    raise ActionNeeded("Which account?", mend=f"Name one of: {known}.")


def _show(address: str) -> None:
    click.echo("Sign in with your browser. If none opens by itself, open this address:\n", err=True)
    click.echo(f"{address}\n", err=True)
    click.echo("Google warns that it has not verified the app: it is your own. Tick both boxes.", err=True)


def _ask() -> str:
    """At the end the browser shows an error, for nobody listens there; the address it shows holds the answer."""
    click.echo("At the end your browser finds no page. Copy the address it shows and paste it here.", err=True)
    return str(click.prompt("Address", err=True))


def _told(as_json: bool, account: str, address: str | None, words: str) -> None:
    if as_json:
        print_json({"account": account, "signed_in": address})
    else:
        say(words)
