"""A follow-up -> the letter, ready to be placed: text, subject, thread, addresses and bytes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.drafting import mime
from mailbot.drafting.facts import noted
from mailbot.drafting.kinds import new_subject, template_name, values
from mailbot.drafting.letter import Attachment, Letter, Me, Note
from mailbot.drafting.page import letter, paragraphs
from mailbot.drafting.people import full_name
from mailbot.drafting.scene import Scene
from mailbot.drafting.templating import Templates, builtin
from mailbot.drafting.threads import recipients, sender_of, thread_of
from mailbot.drafting.wording import plain
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind
from mailbot.tracking.application import Application

# Letters that end with the person's own closing line, where they have one.
_CLOSED_BY_THE_PERSON = frozenset({
    FollowUpKind.THANK_YOU, FollowUpKind.FORMAL_LETTER, FollowUpKind.CHECK_IN, FollowUpKind.SECOND_CHECK_IN,
})  # fmt: skip


def compose(
    follow_up: FollowUp,
    application: Application,
    me: Me,
    now: datetime,
    *,
    message_id: str,
    notes: Sequence[Note] = (),
    others: Sequence[Application] = (),
    files: Sequence[Attachment] = (),
    busy: Sequence[tuple[datetime, datetime]] = (),
    templates: Templates | None = None,
) -> Letter:
    """The letter of a follow-up. `now` is aware and becomes the Date; `others` are the person's other applications
    (their interviews keep times free; an offer's day stands there); `files` what notes name to be attached, as far as
    it could be read; `busy` is what the person's own calendar holds; `templates` are the built-in ones unless given.
    What is not known is left out; the same facts give the same text whenever it is composed. Raises Bug where no mail
    can say what is meant (a non-ASCII address)."""
    thread = thread_of(follow_up, application)
    at_hand = {one.path: one for one in files}
    told = tuple(one for one in notes if not one.attach or one.attach in at_hand)
    scene = Scene(follow_up, application, me, now, told, others, tuple(busy))
    attachments = tuple(at_hand[path] for path in noted(scene).files)
    sender = sender_of(follow_up, application, me)
    subject = thread.subject(new_subject(scene))
    body = _body(scene, sender.email, templates or builtin())
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
        attachments=attachments,
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
        attachments=attachments,
        raw=raw,
    )


def _body(scene: Scene, email: str, templates: Templates) -> str:
    rendered = templates.render(template_name(scene, templates), values(scene))
    if scene.follow_up.kind is FollowUpKind.INTERVIEW_NOTES:
        return rendered.strip("\n") + "\n"
    own = plain(scene.me.closing_line) if scene.follow_up.kind in _CLOSED_BY_THE_PERSON else ""
    middle = paragraphs(f"{rendered.rstrip()}\n{own}")
    return letter(scene.greeting(scene.follow_up.to), middle, scene.manner, scene.me, email)
