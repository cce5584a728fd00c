"""The promise in front of Google: no request leaves that is not on the list, and nothing on the list sends."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.errors import Bug
from mailbot.mail.gmail.allowed import BATCH, MAIL, Allowed, is_effect, is_listed
from mailbot.mail.gmail.transport import Transport

API, SIGN_IN = "https://gmail.googleapis.com", "https://oauth2.googleapis.com"
ALLOWED = Allowed(API, SIGN_IN)
READ_OR_DRAFT = {
    "gmail.users.getProfile", "gmail.users.messages.list", "gmail.users.messages.get", "gmail.users.threads.get",
    "gmail.users.history.list", "gmail.users.drafts.list", "gmail.users.drafts.get", "gmail.users.drafts.create",
    "gmail.users.drafts.delete",
}  # fmt: skip


def described() -> list[tuple[str, str, str]]:
    """Every call in Google's own description of the API: its name, HTTP method and path, uploads too."""
    document = files("googleapiclient").joinpath("discovery_cache", "documents", "gmail.v1.json").read_text()
    found: list[tuple[str, str, str]] = []

    def walk(resource: dict[str, Any]) -> None:
        for one in resource.get("methods", {}).values():
            protocols = one.get("mediaUpload", {}).get("protocols", {})
            for path in (one.get("flatPath", one["path"]), *(each["path"] for each in protocols.values())):
                filled = path.replace("{userId}", "me").replace("{+userId}", "me")
                parts = ["x1" if part.startswith("{") else part for part in filled.strip("/").split("/")]
                found.append((one["id"], one["httpMethod"], "/" + "/".join(parts)))
        for one in resource.get("resources", {}).values():
            walk(one)

    walk(json.loads(document))
    return found


def test_of_all_calls_that_google_describes_those_that_read_or_write_drafts_may_leave() -> None:
    assert len(described()) > 60
    assert {name for name, method, path in described() if is_listed(method, path)} == READ_OR_DRAFT


@pytest.mark.parametrize("path", ["messages/send", "drafts/send", "messages/import", "messages", "messages/x/modify"])
def test_no_request_that_sends_or_relabels_may_leave(path: str) -> None:
    for method in ("POST", "PUT", "PATCH"):
        for root in ("gmail", "upload/gmail", "resumable/upload/gmail"):
            with pytest.raises(Bug):
                ALLOWED.check(method, f"{API}/{root}/v1/users/me/{path}")


def test_nothing_on_the_list_speaks_of_sending() -> None:
    assert not [one for one in MAIL if "send" in one or "import" in one]


@given(st.sampled_from(["POST", "PUT", "PATCH", "DELETE"]), st.text(max_size=40))
def test_whatever_the_path_only_drafts_are_written(method: str, path: str) -> None:
    listed = is_listed(method, path)
    assert (
        not listed
        or (method, path) == ("POST", "/gmail/v1/users/me/drafts")
        or path.startswith("/gmail/v1/users/me/drafts/")
    )


@pytest.mark.parametrize("uri", [
    "https://gmail.googleapis.com.evil.example/gmail/v1/users/me/profile",
    "http://gmail.googleapis.com/gmail/v1/users/me/profile",
    f"{SIGN_IN}/gmail/v1/users/me/profile",
    f"{API}/gmail/v1/users/me/messages/../../me/profile",
    f"{API}/gmail/v1/users/other/messages",
])  # fmt: skip
def test_no_other_host_and_nobody_elses_mailbox_is_asked(uri: str) -> None:
    with pytest.raises(Bug):
        ALLOWED.check("GET", uri)


def batch(*lines: str) -> tuple[str, dict[str, str]]:
    parts = "".join(f"--b\nContent-Type: application/http\n\n{line}\nAccept: application/json\n\n\n" for line in lines)
    return f"{parts}--b--\n", {"content-type": 'multipart/mixed; boundary="b"'}


READ = "GET /gmail/v1/users/me/messages/x1?format=raw HTTP/1.1"


def test_a_batch_of_reads_may_leave() -> None:
    body, headers = batch(READ, READ)
    ALLOWED.check("POST", f"{API}{BATCH}", body, headers)


@pytest.mark.parametrize("line", [
    "POST /gmail/v1/users/me/messages/send HTTP/1.1",
    "POST /gmail/v1/users/me/drafts HTTP/1.1",
    "DELETE /gmail/v1/users/me/drafts/x1 HTTP/1.1",
    "GET /gmail/v1/users/me/settings/sendAs HTTP/1.1",
    "nonsense",
])  # fmt: skip
def test_a_batch_hides_nothing(line: str) -> None:
    body, headers = batch(READ, line)
    with pytest.raises(Bug):
        ALLOWED.check("POST", f"{API}{BATCH}", body, headers)


def test_a_batch_that_cannot_be_read_does_not_leave() -> None:
    with pytest.raises(Bug):
        ALLOWED.check("POST", f"{API}{BATCH}", "no parts at all", {})


def test_writing_and_deleting_a_draft_are_effects_and_nothing_else_is() -> None:
    effects = {one for one in MAIL if is_effect(*one.split(" "))}
    assert effects == {"POST /gmail/v1/users/me/drafts", "DELETE /gmail/v1/users/me/drafts/*"}
    assert not is_effect("POST", BATCH)


def test_the_transport_itself_refuses_before_anything_is_connected() -> None:
    steps: list[str] = []
    transport = Transport(ALLOWED, lambda: steps.append("authorized") or {}, step=steps.append)
    with pytest.raises(Bug):
        transport.request(f"{API}/gmail/v1/users/me/messages/send", "POST", body=b"{}")
    assert steps == []
