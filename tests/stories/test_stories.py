"""Every story of this folder, played forward: each draft in its window and to its reader, none besides, every stage."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailbot.assistant import Assistant, Profile
from mailbot.cli.events import application_object, as_object
from mailbot.drafting.letter import Me
from mailbot.etiquette import load as load_etiquette
from mailbot.mail.memory import MemoryMailbox
from mailbot.patterns import compiled
from mailbot.reading.statements import Reader
from mailbot.replay import REPLAY_KEY, Arrival, Replay
from mailbot.store.sqlite import memory_ledger
from tests.stories.building import ACCOUNTS, Expected, Story, load

STORIES = sorted(Path(__file__).parent.glob("*.toml"))
# How long a draft that events have overtaken may still lie there.
SOON = timedelta(hours=24)
LEGAL_FORMS = ("llp", "llc", "ltd", "inc", "gmbh", "plc")


def play(story: Story) -> list[dict[str, Any]]:
    """The events of a story, as `mailbot replay --json` prints them."""
    name, address = story.me
    reader = Reader(frozenset(story.addresses), story.zone, name)
    profile = Profile(reader, Me(name, (address,), story.zone), load_etiquette(story.preset))
    boxes = {one: MemoryMailbox(one) for one in ACCOUNTS[: len(story.addresses)]}

    def deliver(one: Arrival) -> None:
        boxes[one.source].deliver(one.raw, one.place, arrived=one.at)

    assistant = Assistant(list(boxes.values()), memory_ledger(), profile, REPLAY_KEY)
    outcomes = list(Replay(assistant, deliver, story.mails, story.start, story.end).outcomes())
    events = [line for one in outcomes for event in one.events if (line := as_object(event)) is not None]
    outlook = outcomes[-1].outlook
    return [*events, *(application_object(one, outlook) for one in outlook.tracked.applications)]


def complaints(story: Story, events: list[dict[str, Any]]) -> list[str]:
    """What is not as the story says."""
    left = [one for one in events if one["event"] == "draft_placed" and one["follow_up"] != "interview_notes"]
    found = []
    for want in story.expected:
        same = [one for one in left if _is(one, want.follow_up, want.to)]
        timely = [one for one in same if _timely(one, want)]
        if not timely:
            seen = [one["at"] for one in same]
            window = f"{want.since:%F %H:%M} - {want.until:%F %H:%M}"
            found.append(f"missing: {want.follow_up} to {want.to} in {window}, at {seen}")
        for one in (timely or same)[:1]:
            left.remove(one)
    for may in story.tolerated:
        left = [one for one in left if not (_is(one, may.follow_up, may.to) and _timely(one, may))]
    found += [f"unwanted: {one['follow_up']} to {one['to']} at {one['at']}" for one in left]
    back = [one for one in events if one["event"] == "draft_withdrawn"]
    for kind, to, after in story.withdrawn:
        if not any(_is(one, kind, to) and after <= _at(one) <= after + SOON for one in back):
            found.append(f"not taken back: {kind} to {to} after {after:%F %H:%M}")
    last = [one for one in events if one["event"] == "application"]
    stages = sorted((plain(one["company"]), plain(one["role"]), one["stage"]) for one in last)
    wanted = sorted((plain(company), plain(role), stage) for company, role, stage in story.final)
    if stages != wanted:
        found.append(f"at the end: {stages}, not {wanted}")
    return found


def plain(name: str | None) -> str:
    """A company or a role without what is written now this way, now that: case, article, what stands in brackets, the
    legal form."""
    words = compiled(r"\([^)]*\)").sub(" ", name or "").casefold().split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _is(event: dict[str, Any], follow_up: str, to: str) -> bool:
    return event["follow_up"] == follow_up and event["to"] == [to]


def _at(event: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(event["at"])


def _timely(event: dict[str, Any], want: Expected) -> bool:
    return want.since <= _at(event) <= want.until


def _params() -> list[Any]:
    """Every story; `beyond` says why one does not yet go as it should, and is to be struck out when it does."""
    stories = [load(path) for path in STORIES]
    return [
        pytest.param(one, id=one.name, marks=pytest.mark.xfail(reason=one.beyond, strict=True) if one.beyond else ())
        for one in stories
    ]


@pytest.mark.parametrize("story", _params())
def test_a_story_goes_as_the_rules_say(story: Story) -> None:
    found = complaints(story, play(story))
    assert not found, "\n".join(found)
