"""The command line: thin. Each command parses, calls one function and prints; data on stdout, the rest on stderr.

Commands are loaded when they are called, so that `--help` answers at once: the table here is all it needs.
"""

from __future__ import annotations

from mailbot.lean import later

later()
# ruff: noqa: E402 - what is imported before brings along what is not to come
import importlib
import sys
from collections.abc import Iterable

import click

from mailbot import __version__
from mailbot.errors import MailbotError

COMMANDS = {
    "demo": "The whole job on a sample mailbox; no account needed.",
    "init": "Set it up: a few questions, then a first look at your mail.",
    "config": "Your configuration: look up, check, set, unset.",
    "auth": "Sign in by a consent, at Google or Microsoft.",
    "sync": "One step now: read the mail, place what is due.",
    "run": "Stay and do it all by itself, until stopped.",
    "service": "Have it run with your session.",
    "status": "How everything stands, and what needs you.",
    "doctor": "Whether everything is well, and what mends what is not.",
    "plan": "What you owe, and what is coming: when and why.",
    "calendar": "Interviews, promised days and what is due, as an .ics file.",
    "show": "One application: its timeline with the words behind it.",
    "web": "Everything on a page in your browser.",
    "letter": "A letter as it would be drafted; or a page of samples.",
    "templates": "The letters' templates, to put your own words in their place.",
    "explain": "What mailbot reads in a mail.",
    "replay": "Play an archive of old mail forward: which draft would have come when.",
    "export": "Everything that is known, as CSV or JSON.",
    "backup": "A copy of the ledger.",
    "restore": "A backup in the place of the ledger.",
    "forget": "Keep nothing of one application.",
    "uninstall": "Remove the service, or all that mailbot keeps.",
}
# What the person says to mailbot, each of which `undo` takes back.
SAYING = {
    "answer": "Answer what mailbot asks in status.",
    "correct": "Put right what was read wrong.",
    "note": "Note what a talk brought: topics, dates, what is done.",
    "missed": "The interview did not take place.",
    "withdraw": "Withdraw, with the polite letter.",
    "decline": "Decline an offer or an invitation, with the polite letter.",
    "draft": "Draft a follow-up that was missed, or that is to come.",
    "merge": "Two applications are one.",
    "split": "Some mails are another application.",
    "mute": "Nothing more for one application.",
    "pause": "No new drafts for a while.",
    "preset": "Rules of its own for one application.",
    "undo": "Take back what you said.",
}
ALL = COMMANDS | SAYING


class LazyGroup(click.Group):
    """A group whose commands live one in a module of this package and are imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(ALL)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in ALL:
            return None
        command = importlib.import_module(f"mailbot.cli.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"mailbot.cli.{cmd_name}.command is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in ALL:
            ctx.fail(f"There is no command {click.style(name, bold=True)}.{suggestion(name, ALL)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        with formatter.section("What you say"):
            formatter.write_dl(list(SAYING.items()))


def suggestion(word: str, known: Iterable[str]) -> str:
    """' Did you mean ...?' where something known is close, else the empty string."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mailbot")
def cli() -> None:
    """mailbot reads the mail of your job search and places follow-up drafts at the right moment.

    It never sends: you read each draft in your mail program and send it, or not.
    """


def main() -> None:
    """Run the command line; errors become sentences on stderr and an exit status."""
    try:
        cli.main(standalone_mode=True)
    except MailbotError as error:
        for line in str(error).splitlines():
            click.echo(f"mailbot: {line}", err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
