"""Signing in to Gmail with the person's own OAuth client: consent in a browser, here or elsewhere, with PKCE."""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import google_auth_oauthlib.flow
import requests
from oauthlib.oauth2 import OAuth2Error

from mailbot.errors import ActionNeeded, MailbotError, Transient
from mailbot.mail.gmail.addresses import is_same, somebody_else
from mailbot.mail.gmail.allowed import Allowed
from mailbot.mail.gmail.client import BROKEN, Client
from mailbot.mail.gmail.loopback import Loopback
from mailbot.mail.gmail.service import API, Requests
from mailbot.mail.gmail.tokens import ANOTHER_CLIENT, CLIENT_LOST, SCOPES, SignIn, load_sign_in
from mailbot.mail.gmail.transport import Transport
from mailbot.mail.kept import forget

README = "The README tells how to make one."


def open_browser(address: str) -> bool:
    """Whether a browser was there to open; none is on a server over ssh."""
    with suppress(webbrowser.Error):
        return webbrowser.get().open(address, new=1)
    return False


def sign_in(
    account: str,
    user: str,
    client: Path,
    keep: Callable[[str], None],
    *,
    tell: Callable[[str], None],
    ask: Callable[[], str] | None = None,
    browse: Callable[[str], bool] = open_browser,
    api: str = API,
) -> str:
    """Lead the person through the consent and `keep` what comes of it; the address signed in. `client` is the
    client_secret.json of their own Google project. `tell` says where to go; `ask`, where given, asks for the address at
    which the browser ended (on another machine, which cannot come back here by itself). Raises ActionNeeded,
    Transient; then nothing is kept."""
    one, access = consent(client, SCOPES, user, tell=tell, ask=ask, browse=browse)
    signed_in = _whose(account, user, access, one.token_uri, api)
    keep(one.text)
    return signed_in


def consent(
    client: Path,
    scopes: Sequence[str],
    user: str,
    *,
    tell: Callable[[str], None],
    ask: Callable[[], str] | None = None,
    browse: Callable[[str], bool] = open_browser,
) -> tuple[SignIn, str]:
    """What the person's consent to these scopes brings, and the first access token; nothing is kept yet. Arguments and
    errors as of `sign_in`."""
    flow = _flow(client, scopes)
    loopback = Loopback(flow.oauth2session.new_state())
    try:
        flow.redirect_uri = loopback.address
        address, _ = flow.authorization_url(state=loopback.state, prompt="consent", login_hint=user or None)
        tell(address)
        answer = ask() if ask else _wait(loopback, address, browse)
    finally:
        loopback.server_close()
    _exchange(flow, answer, loopback.state, scopes)
    one = SignIn(
        flow.client_config["client_id"], flow.client_config["client_secret"], str(flow.credentials.refresh_token),
        flow.client_config["token_uri"],
    )  # fmt: skip
    return one, str(flow.credentials.token)


def revoke(account: str, token: Path) -> None:
    """Take the consent back at Google and forget it here. Raises ActionNeeded where there is none, Transient, and
    `ring.Stays` where Google was told and the keyring does not give it up."""
    one = load_sign_in(account, token)
    parts = urlsplit(one.token_uri)
    origin = f"{parts.scheme}://{parts.netloc}"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    try:
        with closing(Transport(Allowed(API, origin))) as line:
            token_form = urlencode({"token": one.refresh_token})
            response, told = line.request(f"{origin}/revoke", "POST", body=token_form, headers=kind)
    except BROKEN as error:
        raise Transient(f"Google could not be reached: {error}.", mend="The sign-in still holds.") from error
    if int(response.status) not in (200, 400) or not _is_object(told):
        raise Transient(f"Google did not revoke it ({response.status}).", mend="The sign-in still holds.")
    forget(token)


def _is_object(content: bytes) -> bool:
    """Google answers in JSON, also (400) that it knows the sign-in no more."""
    try:
        return isinstance(json.loads(content), dict)
    except ValueError:
        return False


def _flow(client: Path, scopes: Sequence[str]) -> Any:
    try:
        config = json.loads(client.read_text(encoding="utf-8"))
        return google_auth_oauthlib.flow.Flow.from_client_config(config, list(scopes), autogenerate_code_verifier=True)
    except FileNotFoundError:
        raise ActionNeeded(f"There is no OAuth client at {client}.", mend=README) from None
    except (OSError, ValueError) as error:
        raise ActionNeeded(f"{client} is no OAuth client of the type 'Desktop app'.", mend=README) from error


def _wait(loopback: Loopback, address: str, browse: Callable[[str], bool]) -> str:
    """A browser in a terminal returns only when it is left, and it waits for our answer."""
    Thread(target=browse, args=(address,), daemon=True).start()
    return loopback.wait()


def _exchange(flow: Any, answer: str, state: str, scopes: Sequence[str]) -> None:
    """The code for tokens."""
    code = _code(answer, state)
    try:
        with flow.oauth2session:
            flow.fetch_token(code=code)
    except Warning as error:  # how oauthlib tells of a scope that was left out
        raise _unticked() from error
    except OAuth2Error as error:
        raise _refused(error) from error
    except (requests.RequestException, OSError) as error:
        raise Transient(f"Google's sign-in does not answer: {error}", mend="Run the command again.") from error
    except (TypeError, ValueError, AttributeError) as error:  # how the library meets what is no answer of Google's
        raise Transient("Something answers in the place of Google's sign-in.", mend="Run the command again.") from error
    if set(scopes) - set(flow.oauth2session.token.get("scope", scopes)):
        raise _unticked()
    if not flow.credentials.refresh_token:
        raise ActionNeeded("Google gave no lasting sign-in.", mend="Run the command again.")


def _code(answer: str, state: str) -> str:
    """What stands in the address at which the browser ended."""
    query = parse_qs(urlsplit(answer.strip()).query)
    if query.get("state") != [state]:
        raise ActionNeeded("That is not the address of this sign-in.", mend="Run the command again.")
    if "code" in query:
        return query["code"][0]
    why = query.get("error", ["access_denied"])[0]
    if why == "access_denied":
        raise ActionNeeded("You did not let mailbot in; nothing was changed.", mend="Run the command again.")
    raise ActionNeeded(f"Google refused the sign-in: {why}.", mend="Run the command again.")


def _refused(error: OAuth2Error) -> MailbotError:
    why: object = error.error
    if not isinstance(why, str):  # one word by RFC 6749; a server of Google's that is busy gives an object
        return Transient("Google's sign-in does not answer for now.", mend="Run the command again.")
    again = f"{ANOTHER_CLIENT} the command again." if why in CLIENT_LOST else "Run the command again."
    return ActionNeeded(f"Google refused the sign-in: {why}.", mend=again)


def _unticked() -> MailbotError:
    return ActionNeeded(
        "A box was left unticked; mailbot needs each: to read mail, and to write drafts.", mend="Run the command again."
    )


def _whose(account: str, user: str, access: str, token_uri: str, api: str) -> str:
    """The address that signed in. Raises ActionNeeded where it is another than the configuration names."""
    parts = urlsplit(token_uri)
    line = Transport(Allowed(api, f"{parts.scheme}://{parts.netloc}"), lambda: {"authorization": f"Bearer {access}"})
    with closing(line):
        profile = Client(account, line, api, lambda: None).read(Requests(api).profile()) or {}
    address = str(profile.get("emailAddress", ""))
    if user and not is_same(address, user):
        raise somebody_else(account, address, user)
    return address
