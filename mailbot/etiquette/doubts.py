"""What is not sure enough to draft on: a question, with the one command that answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeGuard

from mailbot.etiquette.case import Case
from mailbot.etiquette.follow_up import FollowUp, Verdict
from mailbot.etiquette.recipients import addressed_surely, named_in
from mailbot.etiquette.trust import feared, fears
from mailbot.etiquette.verdicts import quoted, spoken
from mailbot.etiquette.wishes import Answered, Wish
from mailbot.reading.beware import quotes
from mailbot.reading.statements import Kind, Reading
from mailbot.tracking.application import Question
from mailbot.tracking.ids import handle

# Which of these a mail is may be hard to tell; that it is one of them is not.
_ALIKE = (
    (Kind.INTERVIEW_REQUEST, Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED),
    (Kind.STATUS_UPDATE, Kind.INFORMATION_REQUEST, Kind.RECRUITER_REPLY),
)


def belongs_surely(case: Case) -> bool:
    """Whether the mails of an application surely belong together."""
    return case.application.confidence >= case.etiquette.share("threshold.application")


def read_surely(case: Case, one: FollowUp) -> bool:
    """Whether the mail behind a follow-up surely says what it was read to say, or the person said that it does."""
    read = [case.by_id[message] for message in one.identity.occasion if message in case.by_id]
    sure = max((_certainty(reading) for reading in read), default=1.0)
    return sure >= case.etiquette.share("threshold.statement") or answer(case, one) is True


def trusted(case: Case, one: FollowUp) -> bool:
    """Whether no mail behind a follow-up is to be bewared of, or the person said that it is genuine."""
    return feared(case, one) is None or answer(case, one) is True


def answer(case: Case, one: FollowUp) -> bool | None:
    """What the person answered about the mail behind a follow-up."""
    said = [wish.right for wish in case.wishes if _is_answer(wish, one)]
    return said[-1] if said else None


def _is_answer(wish: Wish, one: FollowUp) -> TypeGuard[Answered]:
    return isinstance(wish, Answered) and not wish.address and wish.about[0] in one.identity.occasion


def doubts(case: Case, follow_ups: Collection[FollowUp]) -> Iterator[Question]:
    """One question for each mail or address, or for the whole application, that holds up a draft."""
    held_up = [one for one in follow_ups if one.verdict is Verdict.UNSURE]
    if held_up and not belongs_surely(case):
        application = case.application
        yield Question(
            tuple(case.by_id),
            f"Do all {len(case.by_id)} mails of {application.name} belong together? (mailbot show {application.slug})",
            f"mailbot answer {handle(next(iter(case.by_id)))} yes, or mailbot split {application.slug} MAIL...",
        )
        return
    beware = {mail.message_id: mail for one in held_up if not trusted(case, one) and (mail := feared(case, one))}
    yield from (_about_trust(case, mail) for mail in beware.values())
    held_up = [one for one in held_up if trusted(case, one)]
    yield from _about_addresses(case, held_up)
    unsure = (_least_sure(case, one) for one in held_up if not read_surely(case, one))
    for reading in {one.message_id: one for one in unsure if one}.values():
        who = reading.sender.name or reading.sender.email if reading.sender else "somebody"
        what, quote = reading.kind.replace("_", " "), quoted(reading)
        name = handle(reading.message_id)
        yield Question(
            (reading.message_id,),
            f"Is the mail by {who} of {spoken(case.calendar.day(reading.date))} rightly read as {what}"
            + (f" ({quote!r})?" if quote else "?"),
            f"mailbot answer {name} yes, or mailbot answer {name} no",
        )


def _about_trust(case: Case, mail: Reading) -> Question:
    who = mail.sender.name or mail.sender.email if mail.sender else "somebody"
    why = " ".join(f"“{one}”" if one in quotes(mail) else one for one in fears(case, mail)[:2])
    name = handle(mail.message_id)
    return Question(
        (mail.message_id,),
        f"Beware of the mail by {who} of {spoken(case.calendar.day(mail.date))}: {why} Is it genuine all the same?",
        f"mailbot answer {name} yes, or mailbot answer {name} no",
    )


def _about_addresses(case: Case, held_up: Collection[FollowUp]) -> Iterator[Question]:
    """One question for each address that holds up a draft."""
    doubtful = {one.identity.recipient: one for one in held_up if not addressed_surely(case, one)}
    for email, one in doubtful.items():
        name = handle(email)
        yield Question(
            (named_in(case, email).message_id,),
            f"Is {email} the address of {one.to.name or 'whom you deal with'} ({case.application.name})?",
            f"mailbot answer {name} yes, or mailbot answer {name} no",
            email,
        )


def _least_sure(case: Case, one: FollowUp) -> Reading | None:
    """The mail that is asked about: the surest of them would be enough."""
    read = [case.by_id[message] for message in one.identity.occasion if message in case.by_id]
    return max(read, key=_certainty, default=None)


def _certainty(reading: Reading) -> float:
    """How sure its main statement is, or the surest of those that are like it."""
    alike = next((kinds for kinds in _ALIKE if reading.kind in kinds), (reading.kind,))
    return max(one.confidence for one in reading.statements if one.kind in alike)
