"""What `mailbot init` asks, in order; what an option answered is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailbot.cli.asking import Asking
from mailbot.cli.options import checked_zone, system_zone
from mailbot.errors import ActionNeeded
from mailbot.standing.wording import plain

if TYPE_CHECKING:
    from mailbot.config import AccountSettings, Settings
    from mailbot.setup.providers import Provider

KINDS = {
    "imap": "a mailbox on a server; for Gmail, too, with an app password",
    "gmail": "Gmail by Google's own API, with a Google project of yours",
    "maildir": "a folder of this machine, kept by mbsync, getmail, mutt and others",
}
FIRST = "personal"  # what the first account is called


@dataclass(frozen=True, slots=True)
class Given:
    """What the options answered already; None where nothing was said."""

    name: str | None
    address: tuple[str, ...]
    tz: str | None
    kind: str | None
    account: str | None
    path: str | None
    host: str | None
    port: int | None
    security: str | None
    user: str | None
    look_up: bool | None
    password_command: str | None
    keep: str | None
    client: str | None
    preset: str | None
    since: str | None
    notices: bool | None
    service: bool | None

    @property
    def for_another(self) -> Given:
        """What is answered about one more mailbox: nothing."""
        # mypy cannot see that every field but `address` may be None.
        return Given(**{one.name: None for one in fields(self)} | {"address": ()})  # type: ignore[arg-type]

    @property
    def of_the_person(self) -> str:
        """The first option that is about the person, not about a mailbox; empty where there is none."""
        asked = ("name", "tz", "preset", "since", "notices")
        return next((f"--{one}" for one in asked if getattr(self, one) is not None), "")

    @property
    def names_account(self) -> bool:
        """Whether options say where the mail lies."""
        return bool(self.kind or self.path)


def tables(given: Given, asking: Asking, folder: Path) -> dict[str, dict[str, object]]:
    """Every question, in order."""
    name = asking.text("--name", "Your full name, as letters are signed", given.name, _full_name())
    addresses = given.address
    if not addresses:
        said = asking.text("--address", "Your e-mail address (several: separated by commas)", None)
        addresses = tuple(one.strip() for one in said.split(",") if one.strip())
    zone = checked_zone(asking.text("--tz", "Your time zone", given.tz, system_zone()))
    named = replace(given, account=given.account or FIRST)
    account = _account(named, asking, addresses[0] if addresses else "", folder)
    preset = _preset(given, asking)
    return {
        "me": {"name": name, "addresses": list(addresses), "timezone": zone},
        "account": {"name": named.account, **account},
        "etiquette": {"preset": preset},
        "scan": {"since": given.since} if given.since else {},
        "notify": {"desktop": True} if _notices(given, asking) else {},
    }


def one_more(
    given: Given, asking: Asking, settings: Settings, folder: Path
) -> tuple[dict[str, object], tuple[str, ...]]:
    """Another account, key -> value, and its addresses."""
    addresses = given.address
    if not addresses:
        addresses = (asking.text("--address", "Its e-mail address", None, settings.me.addresses[0]),)
    taken = [one.name for one in settings.account]
    guess = next(one for one in _names_for(addresses[0]) if one not in taken)
    name = asking.text("--account", "What do you call it", given.account, guess)
    if name in taken:
        raise ActionNeeded(f"There is an account '{name}' already.", mend="Give another name with --account.")
    return {"name": name, **_account(replace(given, account=name), asking, addresses[0], folder)}, addresses


def _names_for(address: str) -> Iterator[str]:
    """'fastmail', 'fastmail-2' ... for one at fastmail.com."""
    from mailbot.setup.providers import domain_of

    base = domain_of(address).partition(".")[0] or "mail"
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def _notices(given: Given, asking: Asking) -> bool:
    return asking.yes("\nShall a notice on your desktop say when a draft waits?", given.notices, default=True)


def _full_name() -> str | None:
    """As the system knows it."""
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0] or None
    except KeyError:
        return None


def _preset(given: Given, asking: Asking) -> str:
    from mailbot.etiquette import PRESETS, about

    if given.preset is None and asking.somebody:
        click.echo("\nWhose rules of following up?", err=True)
        for one in PRESETS:
            click.echo(f"  {one}: {about(one)}", err=True)
    return asking.choice("Preset", given.preset, PRESETS, PRESETS[0])


def _account(given: Given, asking: Asking, address: str, folder: Path) -> dict[str, object]:
    guess = "maildir" if given.path else "imap"
    if given.kind is None and asking.somebody:
        click.echo("".join(f"\n  {one}: {what}" for one, what in KINDS.items()), err=True)
    kind = asking.choice("Where does your mail lie", given.kind, tuple(KINDS), guess)
    if kind == "maildir":
        return {"kind": kind, "path": asking.text("--path", "The Maildir's folder", given.path, _maildir())}
    if kind == "gmail":
        return {"kind": kind, "user": given.user or address, **_client(given, asking, folder)}
    provider = _provider(given, asking, address)
    if asking.somebody and provider.note:
        click.echo(plain(f"{provider.note} {provider.page}".rstrip()), err=True)
    found: dict[str, object] = {"kind": kind, "host": provider.host, "port": provider.port}
    if provider.security != "tls":
        found["security"] = provider.security
    if provider.sign_in != "password":
        found["sign_in"] = provider.sign_in
    found["user"] = asking.text("--user", "The name you sign in with", given.user, address)
    return found | _password(given, asking, provider, folder)


def _client(given: Given, asking: Asking, folder: Path) -> dict[str, object]:
    """The client of the person's Google project, copied beside the configuration, where it is looked for; the key that
    says where it is, if another lies there."""
    from mailbot.setup.client import copied, downloaded, place

    said = given.client
    if said is None and asking.somebody and not place(folder).exists():
        click.echo(
            "Gmail's own API wants a Google project of yours; the README leads there ('Five minutes with Gmail').\n"
            "Quicker: stop here (Ctrl-C), and choose imap with an app password.", err=True,
        )  # fmt: skip
        said = asking.text("--client", "The client_secret.json that you downloaded there", None, downloaded())
    if said is None or copied(Path(said).expanduser(), folder):
        return {}
    return {"client": said}


def _maildir() -> str | None:
    """A Maildir where they usually lie."""
    usual = [Path.home() / one for one in ("Maildir", "Mail", "Mail/personal", "mail", ".mail")]
    found = [one for one in usual for inside in (one, one / "INBOX") if (inside / "cur").is_dir()]
    return str(found[0]) if found else None


def _provider(given: Given, asking: Asking, address: str) -> Provider:
    """The server: as the options say, by the table, by the provider's own word, or as the person says."""
    from mailbot.setup.autoconfig import ask
    from mailbot.setup.providers import Provider, domain_of, provider_at, provider_of

    known = provider_of(address)
    if known is None and given.host is None:
        domain = domain_of(address)
        if asking.yes(f"May {domain} be asked for its settings? It learns that somebody asks.", given.look_up,
                      default=False):  # fmt: skip
            known = ask(domain)
    host = asking.text("--host", "The IMAP server", given.host, known.host if known else None)
    if known is None or host != known.host:
        known = provider_at(host) or Provider(host, host)
    security = given.security or known.security
    usual = known.port if security == known.security else 993 if security == "tls" else 143
    return replace(known, security=security, port=given.port or usual)


def _password(given: Given, asking: Asking, provider: Provider, folder: Path) -> dict[str, object]:
    """The password kept, and the key of the configuration that says where."""
    from mailbot.mail import ring
    from mailbot.mail.imap.issuers import issuer_of
    from mailbot.setup import secrets

    if given.password_command:
        return {"password_command": given.password_command}
    if provider.sign_in != "password" and issuer_of(provider.host):
        return {"client": asking.text("--client", "The id of the application you registered", given.client)}
    if provider.sign_in != "password":
        said = asking.text("--password-command", "The command that prints an access token", None)
        return {"password_command": said}
    usual = "keyring" if ring.is_there() else "file"
    keep = asking.choice("Where is the password kept", given.keep, ("keyring", "file"), usual)
    password = asking.secret("A password on standard input, or --password-command,", "Password (not shown)")
    if keep == "file":
        return {"password_command": secrets.keep_in_file(given.account or FIRST, password, folder)}
    secrets.keep_in_keyring(given.account or FIRST, password)
    return {}


def typed_again(account: AccountSettings, asking: Asking, folder: Path, why: str) -> bool:
    """Another password in the place of one that was typed and did not do, `why` says what happened; False where nobody
    wants to type one."""
    from mailbot.setup import secrets

    in_file = account.password_command == secrets.file_command(account.name, folder)
    typed = account.kind == "imap" and (in_file or not account.password_command)
    if not (typed and asking.somebody and asking.yes(f"{why}\nAnother password?", None, default=True)):
        return False
    password = asking.secret("", "Password (not shown)")
    if in_file:
        secrets.keep_in_file(account.name, password, folder)
    else:
        secrets.keep_in_keyring(account.name, password)
    return True
