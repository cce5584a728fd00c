"""Two hundred things that hostile people send, through the whole assistant: no draft to a stranger, nothing in a draft
that was not meant, and `status` says what to beware of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from mailbot.assistant import Assistant
from mailbot.mail.memory import MemoryMailbox
from mailbot.standing.notices import suspicious
from mailbot.store.sqlite import memory_ledger
from tests.sample_mail import at
from tests.test_assistant import PROFILE

TABLE = tomllib.loads(Path(__file__).with_name("people.toml").read_text(encoding="utf-8"))
NOW = at("2026-03-04 10:00")
# What a draft may bear; anything else was let in.
HEADERS = {
    "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "mime-version", "content-type",
    "content-transfer-encoding",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    name: str
    raw: bytes
    to: frozenset[str]
    placed: int | None
    warned: bool


def cases() -> Iterator[Case]:
    for one in TABLE["case"]:
        for number, value in enumerate(one.get("each", [""])):
            name = f"{one['name']} {number}" if "each" in one else one["name"]
            yield Case(
                name, built(one, value), frozenset(one.get("to", ())), one.get("placed"), one.get("warned", False)
            )


def built(case: dict[str, Any], value: str) -> bytes:
    """The mail, as bytes that no library would write."""
    where = next(
        (key for key in ("from", "subject", "header", "ident") if case.get(key, "").strip("<> ")[:1] == "@"), ""
    )
    fields = {key: str(case.get(key, "")) for key in ("from", "subject", "header", "ident")}
    text = TABLE["texts"][case["text"]]
    if where or fields["header"].endswith("@"):
        key = where or "header"
        before, _, after = fields[key].partition("@")
        fields[key] = before + value + after
        value = ""
    lines = [
        "Date: Wed, 04 Mar 2026 09:50:00 -0500", f"From: {fields['from']}", "To: Robin Adeyemi <robin@example.com>",
        f"Subject: {fields['subject']}", f"Message-ID: {fields['ident'] or '<x1@h.example>'}",
        *([fields["header"]] if fields["header"] else []), "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n" + text.replace("@", value).replace("\n", "\r\n")).encode()


CASES = tuple(cases())


def test_no_case_is_lost_on_the_way_from_the_table() -> None:
    assert len(CASES) >= 190
    assert len({one.raw for one in CASES}) >= 189  # an empty Message-ID is none


@pytest.mark.parametrize("case", CASES, ids=[one.name for one in CASES])
def test_a_hostile_mail(case: Case) -> None:
    box = MemoryMailbox("work")
    box.deliver(case.raw)
    with memory_ledger() as ledger:
        outcome = Assistant((box,), ledger, PROFILE, bytes(32)).step(NOW)
        warned = list(suspicious(ledger.readings()))
    assert outcome.problems == ()
    drafts = [raw for ref in box.drafts() if (raw := box.read_draft(ref))]
    for raw in drafts:
        look_at(raw, case)
    assert case.placed is None or len(drafts) == case.placed
    assert case.to or not drafts
    if case.warned:
        assert len(warned) == 1
        assert all(one.reasons for one in warned)


def look_at(raw: bytes, case: Case) -> None:
    """It goes to whom it may and says of itself what it should."""
    draft = message_from_bytes(raw, policy=policy.default)
    assert isinstance(draft, EmailMessage)
    assert {one.lower() for one in draft} <= HEADERS
    receivers = [one.addr_spec for field in ("to", "cc") if draft[field] for one in draft[field].addresses]
    assert receivers
    assert set(receivers) <= case.to
    assert not draft.defects
    for text in (str(draft["subject"]), *(one.display_name for one in draft["to"].addresses), text_of(draft)):
        assert not any(bad in text for bad in "\x00\x1b\x07\x9b\x85\u2028\u2029\u202e\u2066\u200b\ufeff\r"), ascii(text)
    assert "49" not in str(draft["subject"])


def text_of(draft: EmailMessage) -> str:
    part = draft.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
