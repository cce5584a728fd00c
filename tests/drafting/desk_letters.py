"""Letters from a small mailbox in words: what is due at a moment, composed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from mailbot.drafting.compose import compose
from mailbot.drafting.data import template_sources
from mailbot.drafting.letter import Attachment, Letter, Me, Note
from mailbot.drafting.templating import Templates, builtin
from mailbot.etiquette import load, plan
from mailbot.etiquette.follow_up import FollowUp, FollowUpKind, Identity, Reason, Verdict
from mailbot.reading.statements import Part, Reading
from mailbot.tracking import track
from mailbot.tracking.application import Application, Contact
from tests.etiquette.desk import DANA, Desk
from tests.tracking.build import address

ME = Me("Sam Porter", ("sam.porter@home.test",), "America/New_York", phone="+1 212 555 0100")
IDENT = "<own@home.test>"


@dataclass
class Letters(Desk):
    """A Desk that composes. `person` is who signs."""

    person: Me = ME
    notes: list[Note] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    templates: Templates = field(default_factory=builtin)

    def due(self, at: str) -> Iterator[Letter]:  # type: ignore[override]  # of a Desk it is the moment that is asked for
        """All letters that are due at that moment."""
        for follow_up, application, others in self.due_follow_ups(at):
            yield self.compose(at, follow_up, application, others)

    def letter(self, at: str, kind: FollowUpKind, to: str = "") -> Letter:
        """The one letter of that kind that is due, to that person."""
        email = address(to).email if to else ""
        found = [one for one in self.due(at) if one.follow_up.kind is kind and email in ("", one.to[0].email)]
        assert len(found) == 1, [(one.follow_up.kind, one.to) for one in found]
        return found[0]

    def asked_for(self, at: str, kind: FollowUpKind, to: str = DANA, **more: object) -> Letter:
        """A letter that the person asks for (withdrawal, decline), or any other, whatever is due."""
        now = self.at(at)
        application = track(self.readings).applications[0]
        who = address(to)
        contact = next(
            (one for one in application.contacts if one.email == who.email), Contact(who.name, who.email, Part.CONTACT)
        )
        occasion = tuple(one.message_id for one in self.readings[-1:])
        follow_up = FollowUp(
            Identity(kind, who.email, occasion), application.id, contact, now, now, Verdict.DUE, Reason("", "", "")
        )
        return self.compose(at, replace(follow_up, **more), application, ())  # type: ignore[arg-type]

    def every(self, at: str, kind: FollowUpKind, to: str = "") -> list[Letter]:
        """That letter in each of its wordings."""
        email = address(to).email if to else ""
        due = [one for one in self.due_follow_ups(at) if one[0].kind is kind]
        found = [one for one in due if email in ("", one[0].identity.recipient)]
        assert len(found) == 1, [(one[0].kind, one[0].identity.recipient) for one in found]
        return [replace(self, templates=one).compose(at, *found[0]) for one in each_wording()]

    def compose(self, at: str, follow_up: FollowUp, application: Application, others: Sequence[Application]) -> Letter:
        now = self.at(at)
        return compose(
            follow_up, application, self.person, now, message_id=IDENT, notes=self.notes, others=others,
            files=self.files, busy=self.busy, templates=self.templates,
        )  # fmt: skip

    def note(self, about: Reading, topic: str, person: str = "") -> None:
        self.notes.append(Note((about.message_id,), topic, person))

    def due_follow_ups(self, at: str) -> Iterator[tuple[FollowUp, Application, list[Application]]]:
        tracked = track([one for one in self.readings if one.arrived <= self.at(at)])
        by_id = {one.id: one for one in tracked.applications}
        for one in plan(tracked.applications, self.at(at), load(self.preset, self.overrides), self.reader).follow_ups:
            if one.verdict is Verdict.DUE:
                others = [other for ident, other in by_id.items() if ident != one.application]
                yield one, by_id[one.application], others


@cache
def each_wording() -> tuple[Templates, ...]:
    """The built-in templates, with the first wording of every letter in place of all of it, then the second, ..."""
    families: dict[str, list[str]] = {}
    for name, text in sorted(template_sources().items()):
        families.setdefault(name.partition(".")[0], []).append(text)

    def chosen(name: str, number: int) -> str:
        texts = families[name.partition(".")[0]]
        return texts[number % len(texts)]

    most = max(map(len, families.values()))
    return tuple(Templates({name: chosen(name, number) for name in template_sources()}) for number in range(most))


def middle(letter: Letter) -> str:
    """The text between greeting and close."""
    return "\n\n".join(letter.body.rstrip("\n").split("\n\n")[1:-1])


def sentences(text: str) -> set[str]:
    """The sentences of a text."""
    flat = " ".join(text.split())
    for mark in "?!;":
        flat = flat.replace(mark, ".")
    return {one.strip() for one in flat.split(". ")}
