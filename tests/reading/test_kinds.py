"""What whole mails and single wordings say: every labelled row, whose words count, negation and scope, languages."""

from __future__ import annotations

import pytest

from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import IRRELEVANT, Facet, Kind, Reading
from tests.reading.kind_mails import READER, RECRUITER, SELF, SOMEBODY, Labelled, letters, raw, wordings

ROWS = [*wordings(), *letters()]
ORDINARY = [row for row in ROWS if set(row.kinds) <= set(IRRELEVANT)]
IN_CONTEXT = [row for row in ROWS if Kind.UNRELATED in row.kinds[1:]]
# Kinds that would set the person's follow-ups going, or stop them.
HARMFUL = {
    Kind.OFFER,
    Kind.REJECTION,
    Kind.POSITION_CLOSED,
    Kind.INTERVIEW_CONFIRMED,
    Kind.INTERVIEW_RESCHEDULED,
    Kind.INTERVIEW_CANCELLED,
}


def told(body: str, *lines: str, subject: str = "A word", sender: str = SOMEBODY) -> Reading:
    """A mail to Sam Reed, read."""
    row = Labelled("", (Kind.UNRELATED,), sender, subject, body, lines)
    return read(parse(raw(row), own=READER.addresses), READER)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_is_read_as_it_is_labelled(row: Labelled) -> None:
    assert read(row.message(), READER).kind in row.kinds


@pytest.mark.parametrize("row", IN_CONTEXT, ids=lambda row: row.name)
def test_what_says_little_alone_is_read_in_context(row: Labelled) -> None:
    """Rows that may be unrelated by themselves have their kind once the thread is known."""
    found = read(row.message(), READER)
    assert (found.in_context or found.statements)[0].kind is row.kinds[0]


@pytest.mark.parametrize("row", ORDINARY, ids=lambda row: row.name)
def test_no_ordinary_mail_sets_anything_going(row: Labelled) -> None:
    """None of the statements of ordinary mail, not only the first, is of a harmful kind."""
    assert HARMFUL.isdisjoint(one.kind for one in read(row.message(), READER).statements)


def test_quoted_words_do_not_decide() -> None:
    """An offer below an answer is not made again."""
    quoted = "On Mon, 2 Mar 2026 at 10:00, Jo Marsh <jo.marsh@fernhollow.example> wrote:\n> We are delighted to offer"
    found = told(
        f"Hi Sam,\n\nStill reviewing applications for the analyst role, I hope to have news by Friday.\n\n{RECRUITER}\n"
        f"{quoted} you the position of Store Manager.\n> Jo\n",
        subject="Re: Analyst",
    )
    assert found.kind is Kind.STATUS_UPDATE


def test_a_forwarded_invitation_is_read_as_what_it_is() -> None:
    found = told(
        "---------- Forwarded message ---------\nFrom: Jo Marsh <jo.marsh@fernhollow.example>\nDate: Mon, 2 Mar 2026\n"
        "Subject: Interview\nTo: Sam Reed <sam.reed@example.com>\n\nDear Sam,\n\nYour interview for the Store Manager"
        f" position is confirmed for Tuesday, 10 March at 14:00.\n\n{RECRUITER}",
        sender="Lia Reed <lia.reed@example.net>",
        subject="Fwd: Interview",
    )
    assert found.kind is Kind.INTERVIEW_CONFIRMED


def test_a_signature_and_a_footer_decide_nothing() -> None:
    found = told(
        "Hi Sam,\n\nLunch on Thursday? I am in town again.\n\nBest,\nLia\n\n--\nLia Reed\nTalent Partner\nWe offer"
        " interviews all year round. Unsubscribe",
        sender="Lia Reed <lia.reed@example.net>",
    )
    assert found.kind not in HARMFUL


def test_two_things_said_are_two_statements() -> None:
    """A no for one role and an invitation for another are both kept."""
    found = told(
        "Dear Sam,\n\nWe have decided not to move forward with your application for the Store Manager role.\n\nHowever,"
        " we would like to invite you to an interview for the Deputy Manager role. Please let us know your availability"
        f" next week.\n\n{RECRUITER}",
        subject="Your application",
    )
    assert {Kind.REJECTION, Kind.INTERVIEW_REQUEST} <= {one.kind for one in found.statements}


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Vielen Dank für Ihre Bewerbung. Leider haben wir uns für eine andere Bewerberin entschieden.", "de"),
        ("Nous avons le plaisir de vous proposer le poste. Merci de nous répondre avant vendredi.", "fr"),
        ("Gracias por su interés en nuestra empresa. Su entrevista está confirmada para el martes.", "es"),
    ],
)
def test_what_is_not_english_is_left_alone(body: str, language: str) -> None:
    found = told(body, subject="Interview Offer Rejection")
    assert (found.language, found.kind) == (language, Kind.UNRELATED)


@pytest.mark.parametrize(
    ("method", "kind"), [("REQUEST", Kind.INTERVIEW_CONFIRMED), ("CANCEL", Kind.INTERVIEW_CANCELLED)]
)
def test_a_calendar_part_tells_the_kind_in_any_language(method: str, kind: Kind) -> None:
    """Once its writer is known; from a stranger it is unrelated."""
    found = told(
        "Guten Tag, wir freuen uns auf das Gespräch mit Ihnen und sind gespannt, Sie kennenzulernen.",
        f"calendar {method} 0 Gespräch",
        subject="Gespräch",
    )
    assert (found.language, found.kind) == ("de", Kind.UNRELATED)
    assert [one.kind for one in found.in_context][:1] == [kind]


def test_a_private_invitation_is_no_interview() -> None:
    found = told("Bring a cake!", "calendar REQUEST 0 Lia's birthday", subject="Invitation: Lia's birthday")
    assert found.kind is Kind.UNRELATED


def test_a_word_of_thanks_for_ones_own_dinner_is_unrelated() -> None:
    assert told("Thank you for a lovely evening, the pie was great! Sam", sender=SELF).kind is Kind.UNRELATED


@pytest.mark.parametrize("subject", ["", "Re:", "?"])
def test_an_empty_mail_says_nothing(subject: str) -> None:
    found = told("", subject=subject)
    assert found.kind is Kind.UNRELATED
    assert not found.main.has(*Facet)


def test_the_evidence_of_a_kind_stands_in_the_mail() -> None:
    """Where no cue speaks, the sentence whose words weigh most is quoted."""
    for row in ROWS[::25]:
        message = row.message()
        for one in read(message, READER).statements:
            for shown in (shown for shown in one.evidence if shown.field == "kind"):
                assert shown.quote in message.text or shown.quote in message.subject
