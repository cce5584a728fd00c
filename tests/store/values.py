"""Values for the tests of the ledger, by hand and by Hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from mailbot.drafting.drafts import DraftRecord, DraftStatus
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Reason, Verdict
from mailbot.mail.message import Address, Direction
from mailbot.mail.port import MessageRef, Place
from mailbot.reading.statements import (
    Authentication,
    Evidence,
    Facet,
    Format,
    Interview,
    InterviewStatus,
    Kind,
    Part,
    Person,
    Reading,
    Slot,
    Statement,
    Tone,
    Window,
    Writer,
)
from mailbot.tracking.application import Contact

NOW = datetime(2026, 3, 4, 15, 30, tzinfo=timezone(timedelta(hours=-5)))


def reading(ident: str = "<m1@firm.example>", kind: Kind = Kind.OFFER, **changes: object) -> Reading:
    base = Reading(
        message_id=ident, reader_version=1, zone="Europe/Berlin", direction=Direction.IN, account="home", thread=None,
        in_reply_to=None, references=(), date=NOW, arrived=NOW, sender=Address("Dana", "dana@firm.example"),
        reply_to=(), to=(), cc=(), subject="Offer", writer=Writer.PERSON, authentication=Authentication.PASS,
        language="en", words=40, tone=Tone.FORMAL, calls_reader="Sam", signed="Dana",
        statements=(Statement(kind, 0.9),),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def ref(key: str, place: Place = Place.INBOX, account: str = "home") -> MessageRef:
    return MessageRef(account, place, key)


def follow_up(*occasion: str, due: datetime = NOW) -> FollowUp:
    identity = Identity(FollowUpKind.CHECK_IN, "dana@firm.example", occasion)
    return FollowUp(
        identity, "app-1", Contact("Dana", "dana@firm.example", Part.CONTACT), due, due, Verdict.PASSED,
        Reason("The day has passed.", "ours", "test"),
    )  # fmt: skip


def draft(*occasion: str, status: DraftStatus = DraftStatus.INTENDED, **changes: object) -> DraftRecord:
    base = DraftRecord(
        id=0, identity=Identity(FollowUpKind.CHECK_IN, "dana@firm.example", occasion), application="app-1",
        account="home", message_id="<own@home.example>", status=status, subject="Still there?", body="Hello",
        raw=b"From: sam@home.example\r\n\r\n\xff\x00", snapshot="1:7", ref=None, fingerprint="", reason="It is due.",
        intended_at=NOW, attempts=1, thread="t1",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1971, 1, 2), datetime(2199, 1, 1), timezones=st.one_of(st.just(UTC), _ZONES))
# What the reader can bring: any text but lone surrogates, which mail parsing leaves out.
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_TEXTS = st.lists(_TEXT, max_size=2).map(tuple)
_DAYS = st.dates()
_PEOPLE = st.lists(st.builds(Person, _TEXT, _TEXT, st.sampled_from(Part)), max_size=1).map(tuple)
_SLOTS = st.lists(st.builds(Slot, MOMENTS, st.none() | MOMENTS), max_size=1).map(tuple)
_INTERVIEWS = st.lists(
    st.builds(
        Interview, MOMENTS, st.none() | MOMENTS, st.none() | st.sampled_from(Format), st.sampled_from(InterviewStatus)
    ),
    max_size=1,
).map(tuple)
_STATEMENTS = st.builds(
    Statement,
    kind=st.sampled_from([one for one in Kind if one not in (Kind.JOB_ALERT, Kind.UNRELATED)]),
    confidence=st.floats(0, 1),
    company=st.none() | _TEXT,
    people=_PEOPLE,
    interviews=_INTERVIEWS,
    proposed=_SLOTS,
    decision_by=st.none() | st.builds(Window, st.none() | _DAYS, _DAYS),
    facets=st.frozensets(st.sampled_from(Facet)),
    evidence=st.lists(st.builds(Evidence, _TEXT, _TEXT), max_size=1).map(tuple),
)
READINGS = st.builds(
    reading,
    ident=_TEXT,
    zone=_TEXT,
    direction=st.sampled_from(Direction),
    thread=st.none() | _TEXT,
    references=_TEXTS,
    date=MOMENTS,
    arrived=MOMENTS,
    sender=st.none() | st.builds(Address, _TEXT, _TEXT),
    subject=_TEXT,
    statements=st.lists(_STATEMENTS, min_size=1, max_size=2).map(tuple),
    absent_until=st.none() | _DAYS,
    bounced=_TEXTS,
)
