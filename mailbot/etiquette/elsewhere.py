"""What an offer means for the others: word to those who have not decided yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mailbot.etiquette.case import Case, Settled, happened
from mailbot.etiquette.contacts import main_contact
from mailbot.etiquette.endings import same_house
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Reason
from mailbot.etiquette.verdicts import by_you, called, first, follow_up
from mailbot.tracking.application import Contact, Event, EventKind
from mailbot.tracking.names import Likeness, compare_companies


def offers_elsewhere(case: Case) -> Iterator[FollowUp]:
    """Word to this application's main contact, where an interview lies behind, that another has brought an offer; never
    to the company, the agency or the person that made it."""
    if not case.etiquette.writes(FollowUpKind.OFFER_ELSEWHERE):
        return
    held = min((one.at for one in case.application.events if one.kind is EventKind.INTERVIEW_HELD), default=None)
    if held is None:
        return
    for other in case.others:
        offer = next((one for one in other.endings if one.kind is EventKind.OFFERED), None)
        if offer is None or not other.interviewed(offer.at) or _same_side(case, other):
            continue
        if held > offer.at:
            continue  # they had not met yet: whoever comes to talk after it says so there
        due = case.calendar.after(offer.at, case.etiquette.hours("offer_elsewhere.after"))
        to = main_contact(case, due)
        if to and not any(one.email == to.email for one in other.application.contacts):
            yield from _tell(case, other, offer, to, due)


def _tell(case: Case, other: Case, offer: Event, to: Contact, due: datetime) -> Iterator[FollowUp]:
    rule, last = case.etiquette.hours("offer_elsewhere.after"), case.etiquette.days("offer_elsewhere.until")
    until = case.calendar.end_of(case.calendar.count(case.calendar.day(offer.at), last))
    if due >= until or any(one.at <= due for one in case.endings):
        return
    words = [one for one in case.wrote(offer.at) if one.tells_deadline or one.asks_news]
    told = min((*words, *case.own_words(due, to.email)), key=lambda one: one.at, default=None)
    here = next(iter(case.endings), None)
    there = next((one for one in other.endings if one.at > offer.at and one.kind is not EventKind.OFFERED), None)
    text = f"There is an offer, and {called(to)} has not decided yet: they hear of it while they can still act."
    yield follow_up(
        case,
        FollowUpKind.OFFER_ELSEWHERE,
        to,
        (offer.message_id,) if offer.message_id else happened(other, None, offer.at),
        due=due,
        until=until,
        reason=Reason(text, rule.guide, rule.name, offer.quote, offer.message_id),
        settled=first(
            by_you(case, told, "You told them") if told else None,
            Settled(here.at, here.message_id, "A decision has come here too.") if here else None,
            Settled(there.at, there.message_id, "The offer is decided.") if there else None,
        ),
    )


def _same_side(one: Case, other: Case) -> bool:
    agencies = compare_companies(one.application.agency, other.application.agency)
    return same_house(one, other) or agencies >= Likeness.CLOSE
