"""The never rules over whole lives: mail comes, late and doubled; drafts are edited, sent, deleted; the clock jumps;
the service starts anew; a better reader reads everything again. The real assistant and ledger, a mailbox in memory."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mailbot import rereading
from mailbot.assistant import Assistant, Profile
from mailbot.drafting.drafts import DraftStatus
from mailbot.drafting.letter import Me
from mailbot.etiquette import PRESETS, load
from mailbot.etiquette.follow_up import FollowUpKind, Identity
from mailbot.intake import one_by_one
from mailbot.mail.memory import MemoryMailbox
from mailbot.mail.memory_store import MemoryStore
from mailbot.mail.port import Place, RawMessage
from mailbot.outcome import DraftPlaced, Outcome
from mailbot.reading.statements import READER_VERSION, Reader, Reading
from mailbot.reading.stored import read_raw
from mailbot.store.sqlite import open_ledger
from tests.daemon.hiring import ADDRESS, ME, STRANGER, ZONE, Firm, firms, mail, words

START = datetime(2026, 10, 5, 9, 0, tzinfo=ZONE)
SORTS = ("receipt", "ask", "fixed", "fixed", "fixed", "cancelled", "promise", "promise", "no", "offer", "away")
DECIDED = ("no", "offer")
CHECK_INS = (FollowUpKind.CHECK_IN, FollowUpKind.SECOND_CHECK_IN)
UNPROMPTED = (*CHECK_INS, FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER, FollowUpKind.STAY_IN_TOUCH)
READER = Reader(addresses=frozenset({ADDRESS}), zone="Europe/London", name="Robin Adeyemi")
OWN = {
    "thanks": "Thank you for taking the time to talk to me about the position. I enjoyed our conversation.",
    "news": "I wanted to ask whether there is any news on my application.",
    "reply": "That works for me, thank you.",
}
some_firm = st.integers(0, 2)
days_later = st.integers(0, 9)
something_lies = precondition(lambda self: bool(self.lying()))


class Life(RuleBasedStateMachine):
    @initialize(preset=st.sampled_from(PRESETS))
    def begin(self, preset: str) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.firms = firms()
        self.store = MemoryStore()
        self.now = START
        self.latest = START  # what the clock showed at most
        self.count = 0
        self.version = READER_VERSION
        self.profile = Profile(READER, Me(name="Robin Adeyemi", addresses=(ADDRESS,), zone=READER.zone), load(preset))
        self.came: list[tuple[bytes, Place]] = []
        self.by_the_person: list[Identity] = []  # what they edited, sent or deleted
        self.edited: dict[str, bytes] = {}
        self.placed: list[FollowUpKind] = []
        self.sent_to: list[tuple[datetime, str]] = []
        self.strikes: list[tuple[datetime, str, Identity]] = []  # those of our letters that the person sent, by firm
        self.offers: dict[str, Firm] = {}  # who made each, by its Message-ID
        self.start()
        self.step()

    def start(self) -> None:
        self.ledger = open_ledger(self.folder / "state", durable=False)
        box = MemoryMailbox("home", store=self.store)
        self.assistant = Assistant((box,), self.ledger, self.profile, bytes(32), one_by_one(self.read))

    def read(self, raw: RawMessage, reader: Reader) -> Reading | None:
        reading = read_raw(raw, reader)
        return reading and replace(reading, reader_version=self.version)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.ledger.close()
            rereading.READER_VERSION = READER_VERSION
            shutil.rmtree(self.folder)

    # What happens

    @rule(firm=some_firm, sort=st.sampled_from(SORTS), ahead=st.integers(1, 9), late=st.sampled_from([0, 0, 0, 1, 6]),
          reply_to=st.booleans())  # fmt: skip
    def mail_comes(self, firm: int, sort: str, ahead: int, late: int, reply_to: bool) -> None:
        """`late` days after it was written; some with a Reply-To that nobody vouches for. No two are of one minute."""
        self.now += timedelta(minutes=1)
        where, at = self.firms[firm], self.now - timedelta(days=late)
        sender, subject, text = words(where, sort, at, ahead)
        headers = {"Auto-Submitted": "auto-replied"} if sort == "away" else {}
        if reply_to:
            headers["Reply-To"] = STRANGER
        ident = self.new_id()
        self.deliver(mail(ident, at, sender, ME, subject, text, headers), Place.INBOX)
        where.said.append((at, sort))
        if sort == "offer":
            self.offers[ident] = where
        if sort == "fixed":
            where.talk = (at + timedelta(days=ahead)).replace(hour=10, minute=0)
        self.step()

    @precondition(lambda self: bool(self.came))
    @rule(data=st.data(), place=st.sampled_from([Place.INBOX, Place.OTHER]))
    def it_comes_twice(self, data: st.DataObject, place: Place) -> None:
        raw, was = data.draw(st.sampled_from(self.came))
        self.store.deliver(raw, place if was is Place.INBOX else was, arrived=self.now)
        self.step()

    @rule(firm=some_firm, what=st.sampled_from(sorted(OWN)), to_interviewer=st.booleans())
    def the_person_writes(self, firm: int, what: str, to_interviewer: bool) -> None:
        where = self.firms[firm]
        to = where.interviewer if to_interviewer else where.recruiter
        text = f"Dear {to.partition(' ')[0]},\n\n{OWN[what]}\n\nBest regards,\nRobin"
        self.deliver(mail(self.new_id(), self.now, ME, to, f"{where.role} at {where.name}", text), Place.SENT)
        self.sent_to.append((self.now, parseaddr(to)[1]))
        self.step()

    @something_lies
    @rule(data=st.data(), other_id=st.booleans())
    def a_draft_is_sent(self, data: st.DataObject, other_id: bool) -> None:
        ident = data.draw(st.sampled_from(self.lying()))
        stored = self.store.send_draft(ident, sent_as=self.new_id() if other_id else None)
        self.touched(ident)
        to = parseaddr(str(message_from_bytes(stored.raw)["To"]))[1]
        for firm in self.firms:
            if to in firm.humans:
                self.sent_to.append((self.now, to))
                self.strikes.append((self.now, firm.name, self.by_the_person[-1]))
        self.step()

    @something_lies
    @rule(data=st.data())
    def a_draft_is_edited(self, data: st.DataObject) -> None:
        ident = data.draw(st.sampled_from(self.lying()))
        (old,) = [one for one in self.store.mails(Place.DRAFTS) if one.message_id == ident]
        self.edited[ident] = self.store.edit_draft(ident, old.raw + b"In my own words.\r\n").raw
        self.touched(ident)
        self.step()

    @something_lies
    @rule(data=st.data())
    def a_draft_is_deleted(self, data: st.DataObject) -> None:
        ident = data.draw(st.sampled_from(self.lying()))
        self.store.delete_draft(ident)
        self.touched(ident)
        self.step()

    @rule(hours=st.sampled_from([1, 5, 24, 72, 24 * 8, 24 * 16]))
    def time_goes_by(self, hours: int) -> None:
        """At every moment at which something falls due there is a step, as the service makes it."""
        end = self.now + timedelta(hours=hours)
        while (coming := self.last.next_due) is not None and self.now < coming <= end:
            self.now = coming.astimezone(ZONE)
            self.step()
        self.now = end
        self.step()

    # What alone makes a letter due weeks after an interview: too rare where each move is drawn by itself.

    @rule(firm=some_firm, ahead=st.integers(1, 3), later=days_later)
    def an_interview_is_held(self, firm: int, ahead: int, later: int) -> None:
        """It is fixed, its day comes, and some more go by."""
        self.mail_comes(firm, "fixed", ahead, 0, False)
        self.time_goes_by(24 * (ahead + later) + 3)

    @precondition(lambda self: bool(self.talked_to()))
    @rule(data=st.data(), sort=st.sampled_from(DECIDED), later=days_later)
    def they_decide_after_the_interview(self, data: st.DataObject, sort: str, later: int) -> None:
        self.mail_comes(data.draw(st.sampled_from(self.talked_to())), sort, 5, 0, False)
        self.time_goes_by(24 * later + 3)

    @rule()
    def weeks_go_by(self) -> None:
        self.time_goes_by(24 * 47)

    @rule(hours=st.sampled_from([-48, -3, 30, 24 * 20]))
    def the_clock_jumps(self, hours: int) -> None:
        """It is set back, or the machine slept through what fell due."""
        self.now += timedelta(hours=hours)
        self.step()

    @rule()
    def the_service_starts_anew(self) -> None:
        self.ledger.close()
        self.start()
        self.step()

    @rule()
    def a_better_reader_comes(self) -> None:
        self.version += 1
        rereading.READER_VERSION = self.version
        self.ledger.close()
        self.start()
        self.assistant.rereading.go_through(self.now)
        self.step()

    # What is done and watched

    def step(self) -> None:
        self.latest = max(self.latest, self.now)
        self.last: Outcome = self.assistant.step(self.now)
        assert not self.last.problems
        for event in self.last.events:
            if isinstance(event, DraftPlaced):
                self.judge(event)

    def judge(self, event: DraftPlaced) -> None:
        follow_up = event.follow_up
        to = follow_up.identity.recipient
        self.placed.append(follow_up.kind)
        if follow_up.kind is FollowUpKind.INTERVIEW_NOTES:
            assert to == ADDRESS
            return
        (firm,) = [one for one in self.firms if to in one.humans]  # never a robot, a stranger or oneself
        assert [one.email for one in event.letter.to] == [to]
        if not event.recomposed:
            assert not any(one.same(follow_up.identity) for one in self.by_the_person), "placed again"
        if follow_up.kind in (FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER):
            self.took_place(firm, event)
        if follow_up.kind in CHECK_INS:
            decided = firm.newest(*DECIDED)
            about = max(one.date for one in event.application.readings if one.message_id in follow_up.identity.occasion)
            assert decided is None or decided[0] < about, "asked for news after the answer"
        if follow_up.kind is FollowUpKind.STAY_IN_TOUCH:
            last = firm.newest(*DECIDED)
            assert last is None or last[1] == "no", "kept in touch after an offer"
        if follow_up.kind is FollowUpKind.OFFER_ELSEWHERE:
            (offers,) = {self.offers[one].name for one in follow_up.identity.occasion}
            assert firm.name != offers, "told of their own offer"
            assert firm.talk is not None, "told of an offer without an interview"
        if follow_up.kind in UNPROMPTED:
            word = max((at for at, sort in firm.said if sort not in ("away", "receipt")), default=START)
            assert sum(at > word and who == to for at, who in self.sent_to) < 4, "one message too many to one person"
            ours = (one for at, name, one in self.strikes if at > word and name == firm.name)
            sent = {(one.kind, one.occasion[0]) for one in ours if one.kind in UNPROMPTED}
            now = (follow_up.kind, follow_up.identity.occasion[0])
            assert len(sent - {now}) < 3, "one strike too many"

    def took_place(self, firm: Firm, event: DraftPlaced) -> None:
        meeting = event.follow_up.meeting
        assert meeting is not None
        # What lies there already was placed at its time, and is kept right though the clock was set back since.
        shown = self.latest if event.recomposed else self.now
        assert meeting.over_at <= shown, "thanked before the end"
        off, fixed = firm.newest("cancelled"), firm.newest("fixed")
        assert fixed is not None
        assert off is None or off[0] < fixed[0] or off[0] >= meeting.start, "thanked for what was cancelled"

    @invariant()
    def there_are_never_two(self) -> None:
        if not hasattr(self, "ledger"):
            return
        records = [one for one in self.ledger.open_drafts() if one.status is not DraftStatus.INTENDED]
        for at, one in enumerate(records):
            assert not any(one.identity.same(other.identity) for other in records[at + 1 :])
        ids = [one.message_id for one in self.store.mails(Place.DRAFTS)]
        assert len(ids) == len(set(ids))

    @invariant()
    def what_the_person_edited_is_as_they_left_it(self) -> None:
        lying = {one.message_id: one.raw for one in self.store.mails(Place.DRAFTS)} if hasattr(self, "store") else {}
        for ident, raw in getattr(self, "edited", {}).items():
            assert lying.get(ident) == raw

    def talked_to(self) -> list[int]:
        """The firms with which an interview lies behind."""
        talks = [one.talk for one in self.firms] if hasattr(self, "firms") else []
        return [at for at, talk in enumerate(talks) if talk is not None and talk < self.now]

    def lying(self) -> list[str]:
        return [one.message_id for one in self.store.mails(Place.DRAFTS)] if hasattr(self, "store") else []

    def touched(self, ident: str) -> None:
        if ident in self.edited and ident not in self.lying():
            del self.edited[ident]
        (identity,) = {one.identity for one in self.ledger.all_drafts() if one.message_id == ident}
        self.by_the_person.append(identity)

    def deliver(self, raw: bytes, place: Place) -> None:
        self.came.append((raw, place))
        self.store.deliver(raw, place, arrived=self.now)

    def new_id(self) -> str:
        self.count += 1
        return f"<{self.count}@life.example>"


def live(examples: int, steps: int) -> None:
    run_state_machine_as_test(Life, settings=settings(max_examples=examples, stateful_step_count=steps))


def test_whatever_happens_the_never_rules_hold() -> None:
    live(examples=15, steps=20)


def lived(preset: str, *moves: tuple[str, dict[str, object]]) -> list[FollowUpKind]:
    """What is placed in one life of these moves, by the machine's own rules and under its own eyes."""
    life = Life()
    try:
        life.begin(preset)
        for name, values in moves:
            getattr(life, name)(**values)
            life.there_are_never_two()
        return life.placed
    finally:
        life.teardown()


def held(firm: int, later: int) -> tuple[str, dict[str, object]]:
    return "an_interview_is_held", {"firm": firm, "ahead": 1, "later": later}


def comes(firm: int, sort: str) -> tuple[str, dict[str, object]]:
    return "mail_comes", {"firm": firm, "sort": sort, "ahead": 5, "late": 0, "reply_to": False}


@pytest.mark.parametrize(
    ("kind", "preset", "moves"),
    [
        (FollowUpKind.THANK_YOU, "coach", [held(0, 0)]),
        (FollowUpKind.FORMAL_LETTER, "three-strikes", [held(0, 9)]),
        (FollowUpKind.STAY_IN_TOUCH, "coach", [held(0, 1), comes(0, "no"), ("weeks_go_by", {})]),
        (FollowUpKind.OFFER_ELSEWHERE, "coach",
         [held(0, 1), held(1, 1), comes(0, "offer"), ("time_goes_by", {"hours": 24})]),
    ],
)  # fmt: skip
def test_the_machine_can_meet_the_letters_that_come_late(
    kind: FollowUpKind, preset: str, moves: list[tuple[str, dict[str, object]]]
) -> None:
    assert kind in lived(preset, *moves)
