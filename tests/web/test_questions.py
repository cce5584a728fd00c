"""What mailbot asks is answered on the page: by yes or no, by a choice, by the company's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.household import open_household
from mailbot.outcome import Outlook
from mailbot.pages import Pages
from mailbot.store.sqlite import open_ledger
from mailbot.tracking.application import Question, Tracked
from mailbot.web.desk import Sight
from mailbot.web.forms import Form
from mailbot.web.questions import asked
from mailbot.web.saying import answered
from tests.cli.person import PersonAtDesk
from tests.sample_mail import CONFIRMATION
from tests.web.serving import Served, Server

AFTER = "2026-03-04 14:50"

@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    """Of whose mails none is sure enough."""
    one = PersonAtDesk(tmp_path, monkeypatch)
    one.config.write_text(one.config.read_text() + "[etiquette.threshold]\nstatement = 1.0\n")
    one.receive(CONFIRMATION)
    one.at(AFTER)
    one.do("sync")
    return one


@contextmanager
def page_of(person: PersonAtDesk, server: Server) -> Iterator[Served]:
    with server.serving(person.folder, person.now) as page:
        yield page


@pytest.mark.parametrize(("word", "letters"), [("yes", 2), ("no", 0)])
def test_yes_lets_the_letters_through_and_no_does_not(
    person: PersonAtDesk, other_server: Server, word: str, letters: int
) -> None:
    with page_of(person, other_server) as page:
        shown = page.get("/questions").text
        assert "rightly read as interview confirmed" in shown
        assert "\u201cInterview confirmed: Stage Technician at Linden Works\u201d from Tom Varga" in shown
        (name,) = re.findall(r'name="question" value="(\w+)"', shown)
        answer = page.post("/questions", {"question": name, "word": word})
        assert (answer.status, answer.headers["location"]) == (303, f"{page.entrance.place}/questions?said=1")
        assert "None. All that was read is sure enough." in page.get("/questions").text
    person.do("sync")
    assert len([kind for kind, _ in person.drafted() if kind == "thank_you"]) == letters


@pytest.mark.parametrize(
    "fields", [{"question": "nonsuch", "word": "yes"}, {"word": "perhaps"}, {}, {"application": "none", "mail": "<x>"}]
)
def test_an_answer_that_is_none_is_refused_with_a_sentence(
    person: PersonAtDesk, other_server: Server, fields: dict[str, str]
) -> None:
    with page_of(person, other_server) as page:
        answer = page.post("/questions", fields)
        assert answer.status == 422
        assert 'role="alert"' in answer.text
    assert person.objects("undo", "--list") == []


@pytest.fixture
def doubting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    """Whose only mail may be about no application at all."""
    one = PersonAtDesk(tmp_path, monkeypatch)
    one.receive(CONFIRMATION)
    one.at("2026-03-03 10:00")
    one.do("sync")
    with open_ledger(one.state) as ledger:
        (read,) = ledger.readings()
        unsure = tuple(replace(each, confidence=0.7, role=None) for each in read.statements)
        unsurely = replace(read, reader_version=read.reader_version + 1, statements=unsure)
        ledger.add_readings("work", [(ledger.where(read.message_id)[0], unsurely)])
    return one


@pytest.mark.parametrize(
    ("what", "fields", "applications"), [("correct", {"company": "Harrow Studio"}, ["Harrow Studio"]), ("mute", {}, [])]
)
def test_what_may_be_none_becomes_one_by_its_company_or_is_left(
    doubting: PersonAtDesk, other_server: Server, what: str, fields: dict[str, str], applications: list[str]
) -> None:
    with page_of(doubting, other_server) as page:
        shown = page.get("/questions").text
        assert "is it about an application?" in shown
        (path,) = re.findall(rf'action="[^"]*(/application/\w+/{what})"', shown)
        assert page.post(path, fields).status == 303
        assert "None. All that was read" in page.get("/questions").text
    named = [one["company"] for one in doubting.objects("status") if "company" in one]
    assert named == applications


def outlook_asking(person: PersonAtDesk, question: Question) -> Outlook:
    with open_household(person.config, person.state) as home:
        outlook = home.assistant.outlook(person.now)
    return replace(outlook, tracked=Tracked(outlook.tracked.applications, (question,)))


def test_a_mail_that_fits_several_is_asked_with_those_to_choose_among(person: PersonAtDesk) -> None:
    question = Question(("<x>", "<y>"), "Which?", "mailbot merge ...", candidates=("linden-works-stage-technician",))
    one = asked(outlook_asking(person, question), {}, Pages())[0]
    assert ([app.company for app in one.belongs_to], one.first, one.may_deny) == (["Linden Works"], "<x>", False)


def test_the_choice_says_that_they_belong_together(person: PersonAtDesk) -> None:
    question = Question(("<x>", "<y>"), "Which?", "mailbot merge ...", candidates=("linden-works-stage-technician",))
    outlook = outlook_asking(person, question)
    chosen = Form({"application": (outlook.tracked.applications[0].id,), "mail": ("<x>",)})
    with open_household(person.config, person.state) as home:
        heard = answered(chosen, Sight(home, outlook, Pages()))
        (word,) = home.ledger.words()
    assert heard.text == "Linden Works, Stage Technician and <x> are one application."
    assert word.said.constraints[0].messages == ("<confirm@lindenworks.example>", "<x>")


def test_a_question_about_several_mails_leads_to_their_application(person: PersonAtDesk) -> None:
    question = Question(("<confirm@lindenworks.example>", "<y>"), "All one?", "mailbot answer ...")
    one = asked(outlook_asking(person, question), {}, Pages())[0]
    assert one.about is not None
    assert (one.about.company, one.may_deny, one.belongs_to) == ("Linden Works", False, ())
