"""`mailbot init`: from nothing to a first look at one's own mail, by a few questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mailbot.cli.asking import Asking
from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.cli.questions import KINDS, Given, tables, typed_again
from mailbot.errors import ActionNeeded, MailbotError
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from mailbot.config import AccountSettings, MeSettings, Settings
    from mailbot.outcome import Outcome


@click.command("init")
@click.option("--name", help="Your full name, as letters are signed.")
@click.option("--address", multiple=True, metavar="ADDRESS", help="Your own address; may be repeated.")
@click.option("--tz", metavar="ZONE", help="Your time zone; default: the system's.")
@click.option("--kind", type=click.Choice(KINDS), help="Where your mail lies.")
@click.option("--account", default="personal", show_default=True, help="What you call this mailbox.")
@click.option("--path", help="The Maildir's folder.")
@click.option("--host", help="The IMAP server; default: by your address.")
@click.option("--port", type=int, help="Its port.")
@click.option("--security", type=click.Choice(("tls", "starttls", "none")), help="none: only to this machine.")
@click.option("--user", help="The name you sign in with; default: your address.")
@click.option("--look-up/--no-look-up", default=None, help="Whether your provider may be asked for its settings.")
@click.option("--password-command", metavar="COMMAND", help="Prints the password, or the access token.")
@click.option("--keep", type=click.Choice(("keyring", "file")), help="Where a password is kept that you type.")
@click.option("--client", metavar="FILE", help="client_secret.json of your Google project.")
@click.option("--preset", help="The rules of following up; see docs/configuration.md.")
@click.option("--since", metavar="DAY", help="How far back to look; default: twelve months.")
@click.option("--notices/--no-notices", default=None, help="Whether your desktop says when a draft waits.")
@click.option("--service/--no-service", default=None, help="Whether mailbot runs with your session from now on.")
@place_options
@json_option
@click.pass_context
def command(context: click.Context, /, config: Path | None, state: Path | None, as_json: bool, **given: Any) -> None:
    """Set mailbot up: who you are, where your mail lies, which rules you follow; then a first look, which changes
    nothing. Each question can be answered by its option, and is then not asked; a password comes from the first line of
    standard input where nobody is there to type it.

    Example: mailbot init --name "Robin Adeyemi" --address robin@example.com --kind maildir --path ~/Mail
    """
    from mailbot.config import default_config_file, load_settings, parse_settings
    from mailbot.files import write
    from mailbot.setup.writing import configuration

    file, answers, asking = config or default_config_file(), Given(**given), Asking()
    if file.exists():
        raise ActionNeeded(
            f"There is a configuration at {file}.", mend="Change it with: mailbot config set   or move it away."
        )
    if asking.somebody and not as_json:
        click.echo("A few questions, then a first look at your mail. Nothing is sent, and no mail is changed.\n")
    text = configuration(tables(answers, asking, file.parent))
    parse_settings(text, str(file))
    write(file, text)
    settings = load_settings(file)
    if not as_json:
        click.echo(plain(f"Your answers are in {file}."))
    try:
        _sign_in(context, settings, file, asking)
        outcome, letters = _look(config, state, as_json)
    except MailbotError as error:
        raise ActionNeeded(
            f"{error.message} {error.mend}".strip(),
            mend="Your answers are kept. Then go on with: mailbot sync --dry-run",
        ) from error
    service = _service(answers, asking, config, state)
    if as_json:
        known = len(outcome.outlook.tracked.applications)
        print_json({
            "config": str(file), "read": outcome.fetched, "applications": known, "would_place": letters,
            "service": service,
        })  # fmt: skip
    else:
        click.echo("\nPlace the drafts that are due now: mailbot sync    How it all stands: mailbot status")


def _sign_in(context: click.Context, settings: Settings, file: Path, asking: Asking) -> None:
    """One sign-in, in which the Drafts folder is found too. A password that was typed may be typed again."""

    (account,) = settings.account
    if account.signs_in_by_consent:
        from mailbot.cli.auth import command as auth

        context.invoke(auth, account=account.name, config=file, state=None, elsewhere=False, place=None,
                       revoking=False, as_json=False)  # fmt: skip
        return None
    if asking.somebody:
        click.echo("Signing in ...", err=True)
    while True:
        try:
            return _open(account, settings.me, file.parent)
        except ActionNeeded as error:
            if not typed_again(account, asking, file.parent, str(error)):
                raise


def _open(account: AccountSettings, me: MeSettings, folder: Path) -> None:
    from mailbot.household import open_mailbox

    mailbox = open_mailbox(account, me, folder)
    try:
        mailbox.drafts()
    finally:
        mailbox.close()


def _look(config: Path | None, state: Path | None, as_json: bool) -> tuple[Outcome, int]:
    """A step that places nothing, shown; what it found, and how many letters it would place."""
    from mailbot.cli.overview import print_applications
    from mailbot.cli.progress import Bar
    from mailbot.cli.sync import print_preview
    from mailbot.config import local_now, zone_of
    from mailbot.household import open_household
    from mailbot.store.lock import InstanceLock

    now = local_now(zone_of(config))
    with Bar("Reading your mail") as bar, open_household(config, state, now, progress=bar) as home:
        with InstanceLock(home.state):
            outcome = home.assistant.step(now, dry_run=True)
        for problem in outcome.problems:
            raise ActionNeeded(f"{problem.account}: {problem.text}")
        if not as_json:
            click.echo(f"{outcome.fetched} mails read.\n")
            if outcome.outlook.tracked.applications:
                print_applications(outcome.outlook)
            else:
                click.echo("No application was found in them. mailbot explain FILE says what it reads in a mail.")
            print_preview(home, outcome, as_json=False)
        return outcome, len(home.assistant.preview(outcome.outlook))


def _service(given: Given, asking: Asking, config: Path | None, state: Path | None) -> bool:
    """Whether the service was installed."""
    if not asking.yes("\nShall mailbot run with your session from now on, and place drafts by itself?", given.service,
                      default=True):  # fmt: skip
        return False
    from mailbot.cli.service import installed

    installed(config, state)
    return True
