"""Which messages belong together, by the person's word."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.errors import ActionNeeded
from mailbot.speech.subject import mails
from mailbot.store.ledger import Said
from mailbot.tracking.application import Application, Constraint


def merge(application: Application, others: Sequence[Application], messages: Sequence[str] = ()) -> Said:
    """The others, or single messages of no application, are this one too.
    Raises ActionNeeded for an application with itself."""
    if any(one.id == application.id for one in others):
        raise ActionNeeded(f"{application.name} is one application already.")
    ours = [one.message_id for each in (application, *others) for one in mails(each)]
    what = " and ".join([*(one.name for one in others), *messages])
    return Said(
        f"{application.name} and {what} are one application.",
        constraints=(Constraint(True, (*ours, *messages)),),
    )


def split(application: Application, which: Sequence[str]) -> Said:
    """These mails, named by Message-ID or by their number in `mailbot show`, are another application; they stay
    together. Raises ActionNeeded for a mail that is not there, and where none would stay."""
    known = mails(application)
    numbered = {str(number): one.message_id for number, one in enumerate(known, 1)}
    ids = {one.message_id for one in known}
    moved = []
    for one in which:
        found = numbered.get(one, one if one in ids else f"<{one.strip('<>')}>")
        if found not in ids:
            raise ActionNeeded(f"{application.name} has no mail {one!r}.", mend="mailbot show numbers them.")
        moved.append(found)
    stays = [one.message_id for one in known if one.message_id not in moved]
    if not stays:
        raise ActionNeeded("No mail would stay.", mend="Name only those that are another application.")
    apart = tuple(Constraint(False, (one, other)) for one in stays for other in dict.fromkeys(moved))
    together = (Constraint(True, tuple(dict.fromkeys(moved))),) if len(set(moved)) > 1 else ()
    count = "One mail is" if len(set(moved)) == 1 else f"{len(set(moved))} mails are"
    return Said(f"{count} no part of {application.name}.", constraints=(*together, *apart))
