"""`mailbot init`: from nothing to a first look at one's own mail, by a few questions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mailbot.cli.asking import Asking
from mailbot.cli.options import json_option, place_options
from mailbot.cli.printing import print_json
from mailbot.cli.questions import KINDS, Given, one_more, tables, typed_again
from mailbot.errors import ActionNeeded, MailbotError
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from mailbot.config import AccountSettings, MeSettings
    from mailbot.outcome import Outcome


@click.command("init")
@click.option("--name", help="Your full name, as letters are signed.")
@click.option("--address", multiple=True, metavar="ADDRESS", help="Your own address; may be repeated.")
@click.option("--tz", metavar="ZONE", help="Your time zone; default: the system's.")
@click.option("--kind", type=click.Choice(tuple(KINDS)), help="Where your mail lies.")
@click.option("--account", help="What you call this mailbox; default: personal, or by its address.")
@click.option("--add", "adding", is_flag=True, help="One more mailbox, to the configuration that is there.")
@click.option("--path", help="The Maildir's folder.")
@click.option("--host", help="The IMAP server; default: by your address.")
@click.option("--port", type=int, help="Its port.")
@click.option("--security", type=click.Choice(("tls", "starttls", "none")), help="none: only to this machine.")
@click.option("--user", help="The name you sign in with; default: your address.")
@click.option("--look-up/--no-look-up", default=None, help="Whether your provider may be asked for its settings.")
@click.option("--password-command", metavar="COMMAND", help="Prints the password, or the access token.")
@click.option("--keep", type=click.Choice(("keyring", "file")), help="Where the password or the sign-in is kept.")
@click.option("--client", help="client_secret.json of your Google project; at Microsoft your application's id.")
@click.option("--preset", help="The rules of following up; see docs/configuration.md.")
@click.option("--since", metavar="DAY", help="How far back to look; default: twelve months.")
@click.option("--notices/--no-notices", default=None, help="Whether your desktop says when a draft waits.")
@click.option("--service/--no-service", default=None, help="Whether mailbot runs with your session from now on.")
@place_options
@json_option
def command(adding: bool, config: Path | None, state: Path | None, as_json: bool, **given: Any) -> None:
    """Set mailbot up: who you are, where your mail lies, which rules you follow; then a first look, which changes
    nothing. Where it is set up already, one more mailbox is added. Each question can be answered by its option, and is
    then not asked; a password comes from the first line of standard input where nobody is there to type it.

    Example: mailbot init --name "Robin Adeyemi" --address robin@example.com --kind maildir --path ~/Mail
    """
    from mailbot.cli.config import tell_who_is_at_work
    from mailbot.config import default_config_file

    file, answers, asking = config or default_config_file(), Given(**given), Asking()
    adding = adding or (file.exists() and _wants_another(file, asking))
    names = [_add(file, answers, asking) if adding else _begin(file, answers, asking, quiet=as_json)]
    if not as_json:
        click.echo(plain(f"Your answers are in {file}."))
    try:
        _sign_in(names[0], file, asking, answers.keep)
        while not answers.names_account and asking.yes("\nHave you another mailbox?", None, default=False):
            names.append(_add(file, answers.for_another, asking))
            _sign_in(names[-1], file, asking, None)
        if adding and tell_who_is_at_work(state):
            return
        outcome, letters = _look(config, state, as_json)
    except MailbotError as error:
        raise ActionNeeded(
            f"{error.message} {error.mend}".strip(),
            mend="Your answers are kept. Then go on with: mailbot sync --dry-run",
        ) from error
    service = _service(answers, asking, config, state, adding=adding)
    if as_json:
        known = len(outcome.outlook.tracked.applications)
        print_json({
            "config": str(file), "accounts": names, "read": outcome.fetched, "applications": known,
            "would_place": letters, "service": service,
        })  # fmt: skip
    else:
        click.echo("\nPlace the drafts that are due now: mailbot sync    How it all stands: mailbot status")


def _wants_another(file: Path, asking: Asking) -> bool:
    """Whether one more mailbox is to be added to the configuration that is there. Raises ActionNeeded where not."""
    if asking.yes(f"There is a configuration at {file}. Shall one more mailbox be added to it?", None, default=True):
        return True
    raise ActionNeeded(
        f"There is a configuration at {file}.",
        mend="Add a mailbox with: mailbot init --add   Change it with: mailbot config set   Or move it away.",
    )


def _begin(file: Path, answers: Given, asking: Asking, *, quiet: bool) -> str:
    """A new configuration; what its account is called."""
    from mailbot.config import parse_settings
    from mailbot.files import write
    from mailbot.setup.writing import configuration

    if asking.somebody and not quiet:
        click.echo("A few questions, then a first look at your mail. Nothing is sent, and no mail is changed.\n")
    text = configuration(tables(answers, asking, file.parent))
    (account,) = parse_settings(text, str(file)).account
    write(file, text)
    return account.name


def _add(file: Path, answers: Given, asking: Asking) -> str:
    """One more account in the configuration; what it is called."""
    from mailbot.config import load_settings, load_text
    from mailbot.config.editing import with_account
    from mailbot.files import write
    from mailbot.setup.writing import account_table

    if said := answers.of_the_person:
        raise ActionNeeded(f"{said} was answered when mailbot was set up.", mend="Change it with: mailbot config set")
    account, addresses = one_more(answers, asking, load_settings(file), file.parent)
    write(file, with_account(load_text(file), str(file), account_table(account), addresses))
    return str(account["name"])


def _sign_in(name: str, file: Path, asking: Asking, keep: str | None) -> None:
    """One sign-in, in which the Drafts folder is found too. A password that was typed may be typed again."""
    from mailbot.config import load_settings

    settings = load_settings(file)
    account = next(one for one in settings.account if one.name == name)
    if account.signs_in_by_consent:
        from mailbot.cli.auth import ask_for_address, sign_in

        far = asking.somebody and "SSH_CONNECTION" in os.environ  # a browser there would come back to that machine
        try:
            address, kept = sign_in(settings, account, file.parent, keep, ask=ask_for_address if far else None)
        except MailbotError as error:
            raise ActionNeeded(error.message, mend=f"Sign in with: mailbot auth {name}.") from error
        click.echo(plain(f"'{name}' is signed in as {address}.\n{kept.words}"), err=True)
        return
    if asking.somebody and account.kind == "imap":
        click.echo("Signing in ...", err=True)
    while True:
        try:
            if why := _opened(account, settings.me, file.parent):
                click.echo(plain(f"No draft can be placed there yet. {why}"), err=True)
            return
        except ActionNeeded as error:
            if not typed_again(account, asking, file.parent, str(error)):
                raise


def _opened(account: AccountSettings, me: MeSettings, folder: Path) -> str:
    """Why no draft can be placed in the mailbox, which could be opened; empty where one can."""
    from mailbot.household import open_mailbox
    from mailbot.mail.examined import Examinable

    mailbox = open_mailbox(account, me, folder)
    try:
        mailbox.drafts()
        try:
            return mailbox.examine().refusal if isinstance(mailbox, Examinable) else ""
        except ActionNeeded as error:
            return str(error)
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


def _service(given: Given, asking: Asking, config: Path | None, state: Path | None, *, adding: bool) -> bool:
    """Whether the service was installed. Who adds a mailbox was asked before."""
    if adding and given.service is None:
        return False
    if not asking.yes("\nShall mailbot run with your session from now on, and place drafts by itself?", given.service,
                      default=True):  # fmt: skip
        return False
    from mailbot.cli.service import installed

    try:
        installed(config, state)
    except ActionNeeded as error:
        raise ActionNeeded(str(error), mend="All else is set up: mailbot run does the same for now.") from error
    return True
