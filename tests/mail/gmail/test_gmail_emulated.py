"""Gmail as somebody else wrote it: the npm emulator behind our strict front. Here the life of a draft, a sign-in and
the front's strictness; `tests/torture/test_conformance.py` runs the whole conformance suite on it."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.errors import ActionNeeded
from mailbot.mail.gmail.sign_in import revoke, sign_in
from mailbot.mail.gmail.tokens import load_sign_in
from mailbot.mail.port import Place
from mailbot.setup.keeping import Keeping
from tests.mail.conformance.behaviour_drafts import DraftBehaviour
from tests.mail.conformance.emulated_world import EmulatedWorld
from tests.mail.conformance.letters import mail, message_id
from tests.servers.gmail.calls import ApiError, answer
from tests.servers.gmail.emulator import MISSING, WHY

pytestmark = pytest.mark.skipif(MISSING, reason=WHY)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[EmulatedWorld]:
    one = EmulatedWorld(tmp_path / "gmail-home.json")
    yield one
    one.close()


class TestGmailEmulated(DraftBehaviour):
    """What becomes of a draft."""


def told(world: EmulatedWorld, path: str, **query: str) -> dict[str, object]:
    asked = {key: [value] for key, value in query.items()}
    found = answer(world.account, "GET", f"/gmail/v1/users/me/{path}", asked, b"")
    assert isinstance(found, dict)
    return found


def test_a_person_signs_in_with_their_browser_and_out_again(
    world: EmulatedWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    url, browsers = world.server.url, []
    made = {"client_id": "mine", "client_secret": "s", "auth_uri": f"{url}/auth", "token_uri": f"{url}/token"}
    client = tmp_path / "client_secret.json"
    client.write_text(json.dumps({"installed": {**made, "redirect_uris": ["http://localhost"]}}))
    world.server.sign_in.signed_in = world.account

    def browse(address: str) -> bool:
        browsers.append(threading.Thread(target=lambda: urllib.request.urlopen(address, timeout=10).close()))
        browsers[-1].start()
        return True

    keep = Keeping(world.token, "file")
    assert sign_in("home", world.account.address, client, keep, tell=lambda _: None, browse=browse, api=url) == (
        world.account.address
    )
    assert load_sign_in("home", world.token).refresh_token == world.account.refresh_token
    world.deliver(mail("a"))
    mailbox = world.open()
    assert len(mailbox.changes_since(None).appeared) == 1
    revoke("home", world.token)
    with pytest.raises(ActionNeeded, match="mailbot auth"):
        mailbox.changes_since(None)
    for one in browsers:
        one.join(10)


def test_what_comes_next_has_a_higher_history_id(world: EmulatedWorld) -> None:
    begin = str(world.account.history_id)
    for number in range(20):
        world.deliver(mail(f"m{number}"))
    records = told(world, "history", startHistoryId=begin)["history"]
    names = [world.account.messages[one["messagesAdded"][0]["message"]["id"]].name for one in records]
    assert names == [message_id(f"m{number}") for number in range(20)]
    assert int(records[-1]["id"]) < 2**63


@pytest.mark.parametrize("start", ["1", str(2**62)])
def test_a_history_that_is_too_old_or_invented_is_refused(world: EmulatedWorld, start: str) -> None:
    world.account.expire()
    with pytest.raises(ApiError) as raised:
        told(world, "history", startHistoryId=start)
    assert raised.value.status == 404


def test_an_edit_keeps_the_draft_and_gives_another_message(world: EmulatedWorld) -> None:
    world.deliver(mail("own"), Place.DRAFTS)
    before = world.account.drafts
    world.edit_draft(message_id("own"), mail("own", body="Other words.\r\n"))
    after = world.account.drafts
    assert before.keys() == after.keys()
    assert set(before.values()).isdisjoint(after.values())


def test_nothing_that_is_empty_is_there(world: EmulatedWorld) -> None:
    begin = str(world.account.history_id)
    assert "history" not in told(world, "history", startHistoryId=begin)
    assert told(world, "messages") == {"resultSizeEstimate": 0}
    assert told(world, "drafts") == {"resultSizeEstimate": 0}
    world.deliver(mail("a"), Place.OTHER)
    (ident,) = world.account.messages
    assert "labelIds" not in told(world, f"messages/{ident}", format="minimal")


def test_a_mail_has_all_its_header_fields(world: EmulatedWorld) -> None:
    world.deliver(mail("a").replace(b"Subject:", b"List-Id: <all.example>\r\nSubject:", 1))
    (ident,) = world.account.messages
    payload = told(world, f"messages/{ident}", format="full")["payload"]
    names = {one["name"] for one in payload["headers"]}  # type: ignore[index]
    assert {"List-Id", "Content-Type", "Message-ID"} <= names
