"""Where a password or token comes from: a command, else the environment, else the system's keyring. Never the TOML.

It is asked for at each sign-in and kept nowhere: a token lives an hour, a password may be changed meanwhile.
"""

from __future__ import annotations

import os
import shlex
import subprocess

from mailbot.errors import ActionNeeded, Transient
from mailbot.mail import ring

WITHIN = 60.0  # seconds that a command may take: somebody may have to unlock a keyring
SERVICE = "mailbot"  # under which name the keyring holds it


def secret_of(account: str, user: str, command: str) -> str:
    """The password or token of that account. `command` is run without a shell, its first line counts. Raises
    ActionNeeded where there is none."""
    if command:
        return _by_command(account, command)
    if found := os.environ.get(variable_of(account)):
        return found
    if found := _by_keyring(account, user):
        return found
    raise ActionNeeded(
        f"There is no password for account '{account}'.",
        mend=f"Run: keyring set {SERVICE} {account}   or set password_command in its [[account]].",
    )


def variable_of(account: str) -> str:
    """The variable of the environment that may hold it: MAILBOT_PASSWORD_ and the account's name in capitals."""
    return "MAILBOT_PASSWORD_" + "".join(one if one.isascii() and one.isalnum() else "_" for one in account).upper()


def _by_command(account: str, command: str) -> str:
    failed = f"The password_command of account '{account}'"
    try:
        done = subprocess.run(  # noqa: S603 - the person's own command, from a file that nobody else can write
            shlex.split(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=WITHIN, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Transient(f"{failed} gave nothing within {WITHIN:.0f} seconds.") from error
    except (OSError, ValueError) as error:
        raise ActionNeeded(f"{failed} cannot be run: {error}.") from error
    # What it printed is a secret: no error names it.
    secret = done.stdout.decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
    if done.returncode or not secret:
        why = f"ended with status {done.returncode}" if done.returncode else "printed nothing"
        raise ActionNeeded(f"{failed} {why}.", mend="Run it by hand to see why.")
    return secret


def _by_keyring(account: str, user: str) -> str:
    """By the account's name, or by the user's as other programs keep it; empty where there is no keyring."""
    if not ring.is_there():
        return ""
    try:
        return ring.get(SERVICE, account) or ring.get(SERVICE, user)
    except ring.Closed as error:
        raise ActionNeeded(
            f"The password of account '{account}' is looked for in the keyring, which cannot be opened: {error}.",
            mend="Unlock it, or set password_command in its [[account]].",
        ) from error
