"""Every call that is made exists in Google's own description of the API, with those parameters, values and fields."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mailbot.mail.gmail.service import Requests
from mailbot.mail.gmail.tokens import SCOPES
from tests.servers.gmail.shapes import parsed

ASK = Requests()
MADE = [
    ASK.profile(), ASK.messages("in:inbox", token="p", most=500, spam_trash=True), ASK.labelled("SENT", 25),
    ASK.head("a"), ASK.raw("a"), ASK.full("a"), ASK.labels("a"), ASK.name("a"), ASK.thread("a"),
    ASK.conversation("a"),
    ASK.history("1", token="p"), ASK.drafts("p"), ASK.draft("a"), ASK.draft("a", raw=True),
    ASK.create_draft("cmF3", "t"), ASK.delete_draft("a"),
]  # fmt: skip
every_call = pytest.mark.parametrize("request_", MADE, ids=lambda one: one.methodId.removeprefix("gmail.users."))


@cache
def described() -> dict[str, Any]:
    folder = files("googleapiclient").joinpath("discovery_cache", "documents", "gmail.v1.json")
    found: dict[str, Any] = json.loads(folder.read_text())
    return found


@cache
def methods() -> dict[str, Any]:
    found: dict[str, Any] = {}

    def walk(resource: dict[str, Any]) -> None:
        found.update({one["id"]: one for one in resource.get("methods", {}).values()})
        for one in resource.get("resources", {}).values():
            walk(one)

    walk(described())
    return found


@every_call
def test_the_call_exists(request_: Any) -> None:
    known = methods()[request_.methodId]
    assert request_.method == known["httpMethod"]
    assert set(SCOPES) & set(known["scopes"])


@every_call
def test_its_parameters_and_their_values_exist(request_: Any) -> None:
    known = described()["parameters"] | methods()[request_.methodId]["parameters"]
    for name, values in parse_qs(urlsplit(request_.uri).query).items():
        assert name in known
        assert len(values) == 1 or known[name].get("repeated")
        if "enum" in known[name]:
            assert set(values) <= set(known[name]["enum"])
        if "maximum" in known[name]:
            assert all(int(one) <= int(known[name]["maximum"]) for one in values)


@every_call
def test_the_fields_it_asks_for_exist(request_: Any) -> None:
    fields = parse_qs(urlsplit(request_.uri).query).get("fields", [""])[0]
    if fields:
        _check(parsed(fields), methods()[request_.methodId]["response"]["$ref"])


def test_what_a_draft_is_made_of_exists() -> None:
    known = described()["schemas"]
    body = json.loads(ASK.create_draft("cmF3", "t").body)
    assert set(body) <= set(known["Draft"]["properties"])
    assert set(body["message"]) == {"raw", "threadId"} <= set(known["Message"]["properties"])


def _check(fields: dict[str, Any], schema: str) -> None:
    known = described()["schemas"][schema]["properties"]
    for name, inner in fields.items():
        assert name in known, f"{schema} has no {name}"
        if inner:
            _check(inner, known[name].get("$ref") or known[name]["items"]["$ref"])
