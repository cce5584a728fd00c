"""What a configuration names, opened: the ledger, the identity key, the mailboxes and the assistant over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

from mailbot.apart.parent import ReaderApart
from mailbot.assistant import SUCCESSOR, Assistant, Profile
from mailbot.config import (
    AccountSettings,
    MeSettings,
    Settings,
    default_config_file,
    default_state_folder,
    load_settings,
)
from mailbot.drafting.letter import Hours, Me
from mailbot.etiquette import load
from mailbot.intake import Progress
from mailbot.mail.courier import Courier
from mailbot.mail.gmail.news import News
from mailbot.mail.imap.server import Security, Server, SignIn
from mailbot.mail.port import Mailbox, Place
from mailbot.papers import TEMPLATES, Papers, own_templates
from mailbot.store.key import load_or_create_key
from mailbot.store.ledger import Ledger
from mailbot.store.sqlite import open_ledger


@dataclass(frozen=True, slots=True)
class Household:
    """Everything of one configuration, open. `state` is the ledger's folder; `apart` the process that reads mail;
    `folder` is where the configuration lies; `news`, by account, is what its lines share."""

    settings: Settings
    state: Path
    ledger: Ledger
    assistant: Assistant
    mailboxes: tuple[Mailbox, ...]
    apart: ReaderApart
    folder: Path
    news: Mapping[str, News]

    def watchers(self, near: Callable[[float, float], bool]) -> list[Mailbox]:
        """A second line to each account, which waits for news. `near` tells whether an interview is near."""
        me, folder = self.settings.me, self.folder
        return [open_mailbox(one, me, folder, near, self.news[one.name]) for one in self.settings.account]


@contextmanager
def open_household(
    config: Path | None,
    state: Path | None,
    now: datetime | None = None,
    *,
    answered: Callable[[], None] = lambda: None,
    progress: Progress | None = None,
) -> Iterator[Household]:
    """Open it all and close it again. `now` bounds a first scan; without it all mail is looked at. `answered` is
    called whenever a mailbox answered or a mail was read, `progress` with how far the reading is. Raises ConfigError,
    ActionNeeded, Transient."""
    file = config or default_config_file()
    settings = load_settings(file)
    folder = state or default_state_folder()
    key_file = file.parent / "identity.key"
    with open_ledger(folder) as ledger:
        if ledger.meta("key") is None:
            # A key without a ledger that knows it: the ledger was lost, and this new one takes its place.
            if key_file.exists():
                ledger.set_meta(SUCCESSOR, "yes")
            ledger.set_meta("key", "yes")
        news = {one.name: News() for one in settings.account}
        mailboxes = tuple(
            Courier(
                one.name, partial(open_mailbox, one, settings.me, file.parent, news=news[one.name]), answered=answered
            )
            for one in settings.account
        )
        since = settings.since(now) if now else None
        apart = ReaderApart(answered=answered)
        key, own = load_or_create_key(key_file), papers(settings, file)
        assistant = Assistant(mailboxes, ledger, profile(settings, since), key, apart, own, progress, apart.close)
        try:
            yield Household(settings, folder, ledger, assistant, mailboxes, apart, file.parent, news)
        finally:
            apart.close()
            for one in mailboxes:
                one.close()


def open_mailbox(
    account: AccountSettings,
    me: MeSettings,
    folder: Path,
    near: Callable[[float, float], bool] | None = None,
    news: News | None = None,
) -> Mailbox:
    """The mailbox of one [[account]]; `folder` is where the configuration lies, and the sign-in. For a mailbox that has
    to be asked for news, `near` tells whether an interview is near (`gmail/polling.py`), and `news` what another line
    to the account knows."""
    if account.kind == "gmail":
        from mailbot.mail.gmail.mailbox import GmailMailbox
        from mailbot.mail.gmail.polling import never

        token = sign_in_file(account, folder)
        return GmailMailbox(account.name, token, user=account.user, near=near or never, news=news)
    named = {Place.DRAFTS: account.drafts, Place.SENT: account.sent, Place.TRASH: account.trash}
    folders = {place: name for place, name in named.items() if name}
    if account.kind == "imap":
        from mailbot.mail.imap.mailbox import ImapMailbox

        return ImapMailbox(account.name, imap_server(account, me, folder), folders=folders, more=account.folders)
    from mailbot.mail.maildir import MaildirMailbox  # here: what only looks at the ledger starts faster

    return MaildirMailbox(account.name, Path(account.path).expanduser(), folders=folders)


def imap_server(account: AccountSettings, me: MeSettings, folder: Path) -> Server:
    """How one signs in to the server of an [[account]] of the kind imap; `folder` is where the configuration lies."""
    from mailbot.mail.imap.issuers import access_tokens, issuer_of
    from mailbot.mail.imap.secret import secret_of

    security = Security(account.security)
    user = account.user or me.addresses[0]
    server = Server(
        account.host,
        account.port or (993 if security is Security.TLS else 143),
        security,
        user,
        partial(secret_of, account.name, user, account.password_command),
        SignIn(account.sign_in),
    )
    issuer = issuer_of(account.host)
    if issuer is None or not account.signs_in_by_consent:
        return server
    tokens = access_tokens(account.name, issuer, sign_in_file(account, folder))
    return replace(server, secret=tokens, mend=f"Run: mailbot auth {account.name}")


def sign_in_file(account: AccountSettings, folder: Path) -> Path:
    """The file that holds the sign-in of an account that signs in by a consent, or says where it lies."""
    return folder / f"{account.kind}-{quote(account.name, safe='')}.json"


def papers(settings: Settings, file: Path) -> Papers:
    """The person's own files that letters need; `file` is the configuration. Raises ConfigError for a template that
    cannot be used."""
    calendar = Path(settings.me.calendar).expanduser() if settings.me.calendar else None
    return Papers(calendar, own_templates(file.parent / TEMPLATES))


def profile(settings: Settings, since: datetime | None) -> Profile:
    """Who the assistant works for, and by which rules."""
    reader = settings.reader()
    start, end = settings.hours()
    me = Me(
        name=settings.me.name,
        addresses=settings.me.addresses,
        zone=reader.zone,
        country=reader.country,
        region=reader.region,
        phone=settings.me.phone,
        postal_address=settings.me.postal_address,
        hours=Hours(start, end),
        manner=settings.letters.manner,
        references=settings.me.references,
        strengths=settings.letters.strengths,
        role_strengths=tuple(
            (word, tuple(several)) for word, several in settings.letters.for_role.items() if isinstance(several, list)
        ),
        sign_off=settings.letters.sign_off,
        closing_line=settings.letters.closing_line,
    )
    rules = partial(load, overrides=settings.overrides)
    return Profile(reader, me, rules(settings.preset), since, rules)
