"""What goes wrong between here and Gmail: reads are asked again with patience, effects never."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from mailbot.errors import ActionNeeded, MailbotError, Transient, Uncertain
from mailbot.mail.gmail import transport
from mailbot.mail.gmail.mailbox import GmailMailbox
from mailbot.mail.port import DraftPresence, Place
from tests.mail.conformance.behaviour_mail import listing, names
from tests.mail.conformance.gmail_world import GmailWorld
from tests.mail.conformance.letters import mail, message_id
from tests.servers.gmail.faults import AFTER, FAULTS, Fault, refused

OWN = message_id("own")
CREATE, DELETE = "POST /gmail/v1/users/me/drafts", "DELETE /gmail/v1/users/me/drafts"
every_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
after_it_was_done = pytest.mark.parametrize("fault", AFTER.values(), ids=AFTER.keys())
# Faults that leave no doubt: the request was refused.
REFUSALS = {"429", "403 rate", "401"}


def posts(world: GmailWorld, kind: str = CREATE) -> int:
    return sum(one.startswith(kind) for one in world.account.requests)


@every_fault
def test_a_read_is_asked_again(world: GmailWorld, fault) -> None:
    world.deliver(mail("a"))
    world.account.faults += [fault("GET /gmail/v1/users/me/messages"), fault("POST /batch")]
    for name in "bc":
        world.deliver(mail(name))
    mailbox = world.open()
    assert names(mailbox, listing(mailbox, None)) == [message_id(name) for name in "abc"]
    assert world.account.faults == []


@pytest.mark.parametrize("fault", [FAULTS[one] for one in ("429", "403 rate", "503", "garbage")])
def test_of_a_batch_only_what_was_refused_is_asked_again(world: GmailWorld, fault) -> None:
    for name in "abc":
        world.deliver(mail(name))
    mailbox = world.open()
    changes = listing(mailbox, None)
    world.account.faults.append(fault(f"part GET /gmail/v1/users/me/messages/{changes.appeared[1].key}"))
    world.account.calls.clear()
    world.account.requests.clear()
    assert names(mailbox, changes) == [message_id(name) for name in "abc"]
    again = f"GET /gmail/v1/users/me/messages/{changes.appeared[1].key}"
    assert world.account.requests == ["POST /batch/gmail/v1", again]


@pytest.mark.parametrize("name", FAULTS)
def test_a_draft_is_asked_for_once_whatever_happens(world: GmailWorld, name: str) -> None:
    mailbox = world.open()
    snapshot = mailbox.snapshot()
    world.account.faults.append(FAULTS[name](CREATE))
    with pytest.raises(Transient) as raised:
        mailbox.place_draft(mail("own"), snapshot)
    assert isinstance(raised.value, Uncertain) is (name not in REFUSALS)
    assert posts(world) == 1
    assert len(world.open().find_drafts(OWN, snapshot)) == (name == "cut")


@after_it_was_done
def test_a_draft_that_was_made_without_an_answer_is_found(world: GmailWorld, fault) -> None:
    mailbox = world.open()
    snapshot = mailbox.snapshot()
    world.account.faults.append(fault(CREATE))
    with pytest.raises(Uncertain):
        mailbox.place_draft(mail("own"), snapshot)
    assert posts(world) == 1
    (found,) = mailbox.find_drafts(OWN, snapshot)
    assert mailbox.drafts() == (found,)


@after_it_was_done
def test_a_withdrawal_without_an_answer_is_in_doubt_and_not_repeated(world: GmailWorld, fault) -> None:
    mailbox = world.open()
    ref = mailbox.place_draft(mail("own"), mailbox.snapshot())
    world.account.faults.append(fault(DELETE))
    with suppress(Uncertain):
        assert mailbox.withdraw_draft(ref) is True  # an answer of nothing cannot be cut: it is one all the same
    assert posts(world, DELETE) == 1
    assert world.at(Place.DRAFTS) == ()


def test_pauses_grow_and_are_never_next_to_nothing(world: GmailWorld) -> None:
    pauses: list[float] = []
    world.account.faults.append(refused("GET /gmail/v1/users/me/profile", 503, times=4))
    world.open(wait=pauses.append).changes_since(None)
    assert len(pauses) == 4
    for number, seconds in enumerate(pauses):
        assert 0.5 * 2**number <= seconds <= 2**number


def test_retry_after_is_obeyed(world: GmailWorld) -> None:
    pauses: list[float] = []
    world.account.faults.append(refused("GET /gmail/v1/users/me/profile", 429, "rateLimitExceeded", after="17"))
    world.open(wait=pauses.append).changes_since(None)
    assert pauses == [17.0]


def test_a_long_retry_after_is_said_and_nothing_is_asked_before_it_is_over(world: GmailWorld) -> None:
    mailbox = world.open()
    world.account.faults.append(refused("profile", 429, "rateLimitExceeded", after="600"))
    with pytest.raises(Transient):
        mailbox.changes_since(None)
    asked = len(world.account.requests)
    with pytest.raises(Transient, match=r"tried again in (600|599) seconds"):
        mailbox.drafts()
    with pytest.raises(Transient, match="tried again in"):
        mailbox.place_draft(mail("own"), "")
    assert len(world.account.requests) == asked


def test_a_server_that_stays_busy_is_left_alone_after_five_tries(world: GmailWorld) -> None:
    world.account.faults.append(refused("profile", 503, times=50))
    with pytest.raises(Transient, match="503"):
        world.open().changes_since(None)
    assert len(world.account.requests) == 5


@pytest.mark.parametrize(
    ("reason", "kind", "words"),
    [
        ("dailyLimitExceeded", Transient, "quota for today"),
        ("insufficientPermissions", ActionNeeded, "Run: mailbot auth gmail"),
        ("accessNotConfigured", ActionNeeded, "switched off .* Enable it at"),
        ("domainPolicy", ActionNeeded, "Gmail refuses 'gmail'"),
    ],
)
def test_what_does_not_pass_by_itself_is_asked_once_and_said_in_one_sentence(
    world: GmailWorld, reason: str, kind: type[MailbotError], words: str
) -> None:
    world.account.faults.append(refused("profile", 403, reason, times=9))
    with pytest.raises(kind, match=words):
        world.open().changes_since(None)
    assert len(world.account.requests) == 1


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that waits for a fifth of a second."""
    monkeypatch.setitem(transport.Transport.__init__.__kwdefaults__, "timeout", 0.2)


@pytest.mark.usefixtures("impatient")
def test_a_read_that_nobody_answers_is_asked_again(world: GmailWorld) -> None:
    world.deliver(mail("a"))
    world.account.faults.append(Fault("messages", stall=0.5, drop=True))
    mailbox = world.open()
    assert names(mailbox, listing(mailbox, None)) == [message_id("a")]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("carried_out", [False, True])
def test_a_draft_that_nobody_answers_is_in_doubt_and_asked_for_once(world: GmailWorld, carried_out: bool) -> None:
    mailbox = world.open()
    snapshot = mailbox.snapshot()
    world.account.faults.append(Fault(CREATE, stall=0.5, drop=True, carried_out=carried_out))
    with pytest.raises(Uncertain):
        mailbox.place_draft(mail("own"), snapshot)
    assert posts(world) == 1


PAGE = b"<html><title>Error 404 (Not Found)!!1</title>That\xe2\x80\x99s all we know.</html>"


def page(where: str, times: int = 9) -> Fault:
    return Fault(where, garbage=PAGE, status=404, times=times)


def test_a_page_that_says_404_does_not_mean_that_the_history_has_expired(world: GmailWorld) -> None:
    world.deliver(mail("a"))
    mailbox = world.open()
    cursor = listing(mailbox, None).cursor
    world.account.faults.append(page("users/me/history"))
    with pytest.raises(Transient, match="answers in its place"):
        mailbox.changes_since(cursor)
    world.account.faults.clear()
    assert not mailbox.changes_since(cursor).whole


def test_a_page_that_says_404_does_not_mean_that_a_draft_is_gone(world: GmailWorld) -> None:
    mailbox = world.open()
    ref = mailbox.place_draft(mail("own"), mailbox.snapshot())
    world.account.faults.append(page("users/me/drafts"))
    with pytest.raises(Transient, match="answers in its place"):
        mailbox.draft_state(ref)
    world.account.faults.clear()
    assert mailbox.draft_state(ref) is DraftPresence.PRESENT


def test_a_page_that_says_404_in_a_batch_loses_no_mail(world: GmailWorld) -> None:
    for name in "abc":
        world.deliver(mail(name))
    mailbox = world.open()
    changes = listing(mailbox, None)
    world.account.faults.append(page(f"part GET /gmail/v1/users/me/messages/{changes.appeared[1].key}", times=1))
    assert names(mailbox, changes) == [message_id(name) for name in "abc"]


def test_a_page_in_the_place_of_a_draft_leaves_a_doubt(world: GmailWorld) -> None:
    mailbox = world.open()
    snapshot = mailbox.snapshot()
    world.account.faults.append(page(CREATE, times=1))
    with pytest.raises(Uncertain):
        mailbox.place_draft(mail("own"), snapshot)
    assert posts(world) == 1


def test_an_answer_that_drips_is_not_waited_for_without_end(world: GmailWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LATE", 0.1)
    world.account.faults.append(Fault("profile", drip=0.03, times=5))
    with pytest.raises(Transient, match="broke: an answer that is not whole"):
        world.open().changes_since(None)
    assert len(world.account.requests) == 5


def test_a_draft_whose_answer_drips_is_in_doubt_and_asked_for_once(
    world: GmailWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = world.open()
    snapshot = mailbox.snapshot()
    monkeypatch.setattr(transport, "LATE", 0.1)
    world.account.faults.append(Fault(CREATE, drip=0.03))
    with pytest.raises(Uncertain):
        mailbox.place_draft(mail("own"), snapshot)
    assert posts(world) == 1
    assert len(world.open().find_drafts(OWN, snapshot)) == 1


def test_a_captive_portal_is_no_answer(world: GmailWorld) -> None:
    for _ in range(9):
        world.account.faults.append(FAULTS["portal"]("profile"))
    with pytest.raises(Transient, match="Is this network signed in"):
        world.open().changes_since(None)


def test_a_conversation_that_is_gone_does_not_hold_up_a_draft(world: GmailWorld) -> None:
    mailbox = world.open()
    mailbox.place_draft(mail("own"), mailbox.snapshot(), thread="19affffffffffff0")
    assert len(mailbox.drafts()) == 1
    assert posts(world) == 1


def test_a_draft_joins_the_conversation_that_it_answers(world: GmailWorld) -> None:
    world.deliver(mail("theirs"))
    mailbox = world.open()
    (head,) = mailbox.headers(listing(mailbox, None).appeared)
    chain = f"In-Reply-To: {message_id('theirs')}\r\nReferences: {message_id('theirs')}\r\nMIME-Version".encode()
    answer = mail("own", subject="Re: Hello").replace(b"MIME-Version", chain)
    ref = mailbox.place_draft(answer, mailbox.snapshot(), thread=head.thread)
    assert world.account.messages[ref.version].thread == head.thread


def test_threads_with_a_mailbox_each_do_not_disturb_each_other(world: GmailWorld) -> None:
    """httplib2 holds one connection for all who use it, and is made for one thread."""
    expected = [message_id(name) for name in "abcdef"]
    for name in "abcdef":
        world.deliver(mail(name))

    def look(mailbox: GmailMailbox) -> list[str]:
        return sorted(names(mailbox, mailbox.changes_since(None)))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(look, [world.open() for _ in range(4)])) == [expected] * 4


def test_reads_take_no_step_and_an_effect_four(world: GmailWorld) -> None:
    steps: list[str] = []
    mailbox = world.open(step=steps.append)
    mailbox.place_draft(mail("own"), mailbox.snapshot())
    assert steps == ["connected", "request sent", "carried out", "answered"]
