"""`mailbot auth`: signing in by a consent, at Google or Microsoft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json, say
from mailbot.errors import ActionNeeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.config import AccountSettings, Settings
    from mailbot.mail.imap.issuers import Issuer
    from mailbot.setup.keeping import Keeping

    Ask = Callable[[], str] | None
    Keep = Callable[[str], None]

FORGOTTEN = (
    "'{account}' is signed out here. Take the consent back at Microsoft, too: https://microsoft.com/consent, or at work"
    " or school https://myapps.microsoft.com."
)


@click.command("auth")
@click.argument("account", required=False)
@place_options
@click.option("--elsewhere", is_flag=True, help="The browser is on another machine, as over ssh.")
@click.option(
    "--keep", "place", type=click.Choice(("keyring", "file")), help="Where the sign-in is kept; default: the keyring."
)
@click.option("--revoke", "revoking", is_flag=True, help="Take the consent back, at Google and here.")
@json_option
def command(
    account: str | None,
    config: Path | None,
    state: Path | None,  # noqa: ARG001 - accepted everywhere, so that it can stand in an alias
    elsewhere: bool,
    place: str | None,
    revoking: bool,
    as_json: bool,
) -> None:
    """Let mailbot into the ACCOUNT of that name: to read mail, and to write drafts.

    For an account of the kind gmail, and for one of the kind imap that signs in with tokens (sign_in = "xoauth2") at
    Google or Microsoft. Google has no right to drafts alone: its own could send. mailbot makes no request that sends,
    and its tests hold it to that.

    Example: mailbot auth personal
    """
    from mailbot.config import default_config_file, load_settings

    file = config or default_config_file()
    settings = load_settings(file)
    one = _account(settings, account)
    if revoking:
        _told(as_json, one.name, None, None, _revoke(one, file.parent))
        return
    address, kept = sign_in(settings, one, file.parent, place, ask_for_address if elsewhere else None)
    _told(as_json, one.name, address, kept.place, f"'{one.name}' is signed in as {address}.\n{kept.words}")


def sign_in(
    settings: Settings, one: AccountSettings, folder: Path, place: str | None = None, ask: Ask = None
) -> tuple[str, Keeping]:
    """Lead the person through the consent; as whom they signed in, and where that is kept. `folder` is where the
    configuration lies; `place`, `ask` as the options --keep and --elsewhere. Raises ActionNeeded, Transient."""
    from mailbot.household import sign_in_file
    from mailbot.setup.keeping import Keeping

    keep = Keeping(sign_in_file(one, folder), place)
    if one.kind == "gmail":
        return _gmail(one, folder, keep, ask), keep
    return _imap(settings, one, folder, keep, ask), keep


def _account(settings: Settings, name: str | None) -> AccountSettings:
    """The account of that name that signs in by a consent, or the only one."""
    every = [one for one in settings.account if one.signs_in_by_consent]
    ours = [one for one in every if name in (None, one.name)]
    if len(ours) == 1:
        return ours[0]
    if not every:
        raise ActionNeeded(
            "No account signs in by a consent.",
            mend='That is one of the kind gmail, or of the kind imap with sign_in = "xoauth2".',
        )
    raise ActionNeeded("Which account?", mend=f"Name one of: {', '.join(one.name for one in every)}.")


def _gmail(one: AccountSettings, folder: Path, keep: Keep, ask: Ask) -> str:
    from mailbot.mail.gmail.sign_in import sign_in

    return sign_in(one.name, one.user, _client(one, folder), keep, tell=_here if ask is None else _show, ask=ask)


def _imap(settings: Settings, one: AccountSettings, folder: Path, keep: Keep, ask: Ask) -> str:
    """The consent, then the sign-in at the mail server itself: kept only if that lets mailbot in."""
    from dataclasses import replace

    from mailbot.household import imap_server, sign_in_file
    from mailbot.mail.imap.line import Line

    server = imap_server(one, settings.me, folder)

    def check(access: str) -> None:
        line = Line(one.name, replace(server, secret=lambda: access, mend="Sign in with the address of this account."))
        line.able("IMAP4REV1")
        line.drop()

    issuer = _issuer(one)
    if issuer.name == "microsoft":
        from mailbot.mail.imap.microsoft import Microsoft

        Microsoft(one.name, issuer, sign_in_file(one, folder)).sign_in(one.client, _show_code, check, keep)
        return server.user
    from mailbot.mail.gmail.sign_in import consent

    client = _client(one, folder)
    given, access = consent(client, (issuer.scope,), server.user, tell=_here if ask is None else _show, ask=ask)
    check(access)
    keep(given.text)
    return server.user


def _revoke(one: AccountSettings, folder: Path) -> str:
    from mailbot.household import sign_in_file
    from mailbot.mail.gmail.sign_in import revoke
    from mailbot.mail.kept import forget
    from mailbot.mail.ring import Stays

    microsoft = one.kind == "imap" and _issuer(one).name == "microsoft"
    try:
        if microsoft:
            forget(sign_in_file(one, folder))
            return FORGOTTEN.format(account=one.name)
        revoke(one.name, sign_in_file(one, folder))
        return f"'{one.name}' is signed out; Google was told."
    except Stays as error:
        told = "The" if microsoft else "Google was told, but the"
        raise ActionNeeded(
            f"{told} sign-in of '{one.name}' stays in the keyring: {error}.",
            mend=f"Unlock it, and run again: mailbot auth {one.name} --revoke",
        ) from error


def _issuer(one: AccountSettings) -> Issuer:
    from mailbot.mail.imap.issuers import issuer_of

    if issuer := issuer_of(one.host):
        return issuer
    raise ActionNeeded(f"mailbot cannot sign in at {one.host} by itself.", mend="Set password_command.")


def _client(one: AccountSettings, folder: Path) -> Path:
    return Path(one.client).expanduser() if one.client else folder / "client_secret.json"


def _show(address: str) -> None:
    click.echo("Sign in with your browser. If none opens by itself, open this address:\n", err=True)
    click.echo(f"{address}\n", err=True)
    click.echo("Google warns that it has not verified the app: it is your own. Tick every box.", err=True)


def _here(address: str) -> None:
    _show(address)
    click.echo("Is your browser on another machine? Then stop this and run it again with --elsewhere.", err=True)


def _show_code(address: str, code: str) -> None:
    click.echo(f"On any device open {address} and type this code:\n\n  {code}\n", err=True)


def ask_for_address() -> str:
    """At the end the browser shows an error, for nobody listens there; the address it shows holds the answer."""
    click.echo("At the end your browser finds no page. Copy the address it shows and paste it here.", err=True)
    return str(click.prompt("Address", err=True))


def _told(as_json: bool, account: str, address: str | None, place: str | None, words: str) -> None:
    if as_json:
        print_json({"account": account, "signed_in": address, "kept": place})
    else:
        say(words)
