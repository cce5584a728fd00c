"""A follow-up -> the letter, ready to be placed: text, subject, thread, addresses and bytes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.drafting import mime
from mailbot.drafting.facts import Scene
from mailbot.drafting.kinds import new_subject, template_name, values
from mailbot.drafting.letter import Letter, Me, Note
from mailbot.drafting.page import letter, lines, paragraphs
from mailbot.drafting.people import full_name
from mailbot.drafting.threads import recipients, sender_of, thread_of
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from mailbot.tracking.application import Application


def compose(
    follow_up: FollowUp,
    application: Application,
    me: Me,
    now: datetime,
    *,
    message_id: str,
    notes: Sequence[Note] = (),
    others: Sequence[Application] = (),
) -> Letter:
    """The letter of a follow-up. `now` is aware and becomes the Date; `others` are the person's other applications
    (their interviews keep times free; an offer's day stands there). What is not known is left out; the same facts give
    the same text whenever it is composed. Raises Bug where no mail can say what is meant (a non-ASCII address)."""
    thread = thread_of(follow_up, application)
    scene = Scene(follow_up, application, me, now, notes, others)
    sender = sender_of(follow_up, application, me)
    subject = thread.subject(new_subject(scene))
    body = _body(scene, sender.email)
    to, cc = recipients(follow_up, thread, full_name(follow_up.to.name))
    raw = mime.build(
        sender=sender,
        to=to,
        cc=cc,
        subject=subject,
        body=body,
        date=now.astimezone(ZoneInfo(me.zone)),
        message_id=message_id,
        in_reply_to=thread.in_reply_to,
        references=thread.references,
    )
    return Letter(
        follow_up=follow_up,
        message_id=message_id,
        sender=sender,
        to=to,
        cc=cc,
        subject=subject,
        body=body,
        in_reply_to=thread.in_reply_to,
        references=thread.references,
        raw=raw,
    )


def _body(scene: Scene, email: str) -> str:
    if scene.follow_up.kind is FollowUpKind.INTERVIEW_NOTES:
        return lines(template_name(scene), values(scene)) + "\n"
    middle = paragraphs(template_name(scene), values(scene))
    return letter(scene.greeting(scene.follow_up.to), middle, scene.manner, scene.me, email)
