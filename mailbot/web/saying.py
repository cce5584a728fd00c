"""What the person says on the page, said by the functions of the commands: `answer`, `note`, `correct`, `draft`, ..."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from mailbot import speech
from mailbot.errors import ActionNeeded
from mailbot.etiquette import load
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.reading.statements import Part
from mailbot.speech.days import day, moment, morning
from mailbot.store.ledger import Said, WordKind
from mailbot.tracking.application import Application, Stage
from mailbot.voice import Heard, say
from mailbot.web.desk import Sight
from mailbot.web.forms import Form

Saying = Callable[[Sight, Application, Form], Said]


def said(what: str, application: Application, form: Form, sight: Sight) -> Heard:
    """`what` is the command's name. Raises ActionNeeded where it cannot be meant."""
    kind, saying = ABOUT_ONE[what]
    return say(sight.home, sight.outlook, kind, saying(sight, application, form), sight.now)


def answered(form: Form, sight: Sight) -> Heard:
    """Yes or no to a question, or where its mail belongs. Raises ActionNeeded where nothing such is asked."""
    if form.ticked("application"):
        chosen = (one for one in sight.outlook.tracked.every if one.id == form.one("application"))
        if (application := next(chosen, None)) is None:
            raise ActionNeeded("That application is not known any more.")
        return said("merge", application, form, sight)
    word = form.one("word")
    if word not in ("yes", "no"):
        raise ActionNeeded("Yes or no?")
    spoken = speech.answer(sight.outlook.questions, form.one("question"), sight.now, right=word == "yes")
    return say(sight.home, sight.outlook, WordKind.ANSWER, spoken, sight.now)


def paused(form: Form, sight: Sight) -> Heard:
    """Nothing new for any application for a while. Raises ActionNeeded."""
    return say(sight.home, sight.outlook, WordKind.PAUSE, speech.pause(None, sight.now, _until(form, sight)), sight.now)


def _until(form: Form, sight: Sight) -> datetime | None:
    return morning(form.one("until"), sight.home.settings.reader(), sight.now) if form.one("until") else None


def _preset(sight: Sight, application: Application, form: Form) -> Said:
    name = form.one("preset")
    load(name)
    return speech.preset(application, sight.now, name)


def _note(sight: Sight, application: Application, form: Form) -> Said:
    reader, now = sight.home.settings.reader(), sight.now
    start, end = moment(form.one("interview"), reader, now) if form.one("interview") else (None, None)
    noted = speech.Noted(
        topics=form.lines("topics"),
        who=form.each("who"),
        first_names=form.each("first_names"),
        news=day(form.one("news"), reader, now) if form.one("news") else None,
        interview=start,
        end=end,
        place=form.one("place"),
        done=form.ticked("done"),
        not_interested=form.ticked("not_interested"),
    )
    return speech.note(application, sight.outlook.plan.debts, now, noted)


def _correct(sight: Sight, application: Application, form: Form) -> Said:
    """A field that still says what is known is no correction."""
    reader, now = sight.home.settings.reader(), sight.now
    company, role = form.one("company"), form.one("role")
    return speech.correct(
        application,
        now,
        company=company if company != (application.company or "") and company else None,
        role=role if role != (application.role or "") and role else None,
        stage=Stage(form.one("stage")) if form.one("stage") in list(Stage) else None,
        interview=moment(form.one("interview"), reader, now)[0] if form.one("interview") else None,
        news=day(form.one("decision"), reader, now) if form.one("decision") else None,
        person=form.one("person") or None,
        part=Part(form.one("part")) if form.one("part") in list(Part) else None,
    )


def _draft(sight: Sight, application: Application, form: Form) -> Said:
    kind = form.one("kind")
    if kind not in list(FollowUpKind):
        raise ActionNeeded("There is no such letter.")
    return speech.draft(application, sight.outlook.plan.follow_ups, sight.now, FollowUpKind(kind), form.one("to"))


def _missed(sight: Sight, application: Application, form: Form) -> Said:
    return speech.missed(application, sight.now, mine=form.one("who") == "me")


def _merge(sight: Sight, application: Application, form: Form) -> Said:
    """Another application is the same, or the mail that a question is about belongs to it."""
    asked = {one.message_ids[0] for one in sight.outlook.questions if one.candidates}
    mails = [one for one in form.each("mail") if one in asked]
    others = [one for one in sight.outlook.tracked.every if one.id in form.each("other")]
    if not mails and not others:
        raise ActionNeeded("Which one?", mend="It may not be asked any more.")
    return speech.merge(application, others, mails)


def _split(_sight: Sight, application: Application, form: Form) -> Said:
    if not form.each("mail"):
        raise ActionNeeded("Which mails?", mend="Tick those that are another application.")
    return speech.split(application, form.each("mail"))


# What is said about one application, by the command that says the same.
ABOUT_ONE: Mapping[str, tuple[WordKind, Saying]] = {
    "note": (WordKind.NOTE, _note),
    "correct": (WordKind.CORRECT, _correct),
    "draft": (WordKind.DRAFT, _draft),
    "missed": (WordKind.MISSED, _missed),
    "merge": (WordKind.MERGE, _merge),
    "split": (WordKind.SPLIT, _split),
    "mute": (WordKind.MUTE, lambda sight, application, _: speech.mute(application, sight.now)),
    "pause": (WordKind.PAUSE, lambda sight, one, form: speech.pause(one, sight.now, _until(form, sight))),
    "preset": (WordKind.PRESET, _preset),
    "withdraw": (WordKind.WITHDRAW, lambda sight, application, _: speech.withdraw([application], sight.now)),
    "decline": (WordKind.DECLINE, lambda sight, application, _: speech.decline(application, sight.now)),
}
