"""What is said on the page is said as by the commands: the same words in the ledger, with the same sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailbot.demo.sample import LAST_DAY
from mailbot.household import open_household
from mailbot.store.ledger import Word, WordKind
from mailbot.store.sqlite import open_ledger
from mailbot.tracking.application import Application
from tests.cli.person import PersonAtDesk
from tests.sample_mail import CONFIRMATION
from tests.web.serving import Answer, Served, Server


def words(page: Served) -> tuple[Word, ...]:
    with open_ledger(page.folder / "state") as ledger:
        return ledger.words()


def say(page: Served, about: str, what: str, **fields: object) -> Answer:
    """The page that follows; `about` is a company."""
    answer = page.post(f"{page.application(about)}/{what}", fields)
    if answer.status != 303:
        return answer
    return page.get(answer.headers["location"].removeprefix(page.entrance.place))


def known(page: Served, company: str) -> Application:
    with open_household(page.folder / "mailbot.toml", page.folder / "state") as home:
        every = home.assistant.outlook(LAST_DAY).tracked.every
        return next(one for one in every if one.company == company)


def test_a_note_brings_its_topics_to_the_letters_and_a_promised_day(own_page: Served) -> None:
    shown = say(own_page, "Tessera Health", "note", topics="the new clinic\r\n\r\nnight shifts",
                who=["julian.moss@tesserahealth.example"], news="April 17")  # fmt: skip
    assert "for your letters: the new clinic; night shifts, news is to come by Friday, 17 April" in shown.text
    (word,) = words(own_page)
    assert word.kind is WordKind.NOTE
    assert {one.topic for one in word.said.notes} == {"the new clinic", "night shifts"}
    assert known(own_page, "Tessera Health").promises[-1].window.latest.isoformat() == "2026-04-17"


def test_a_talk_fixed_by_phone_stands_on_the_agenda(own_page: Served) -> None:
    say(own_page, "Juniper Data", "note", interview="Thu 2pm to 3pm", place="by phone")
    agenda = own_page.get("/agenda").text
    assert "Interview (phone)" in agenda
    assert "14:00" in agenda


def test_all_pause_until_a_day(own_page: Served) -> None:
    answer = own_page.post("/letters", {"until": "April 6"})
    shown = own_page.get(answer.headers["location"].removeprefix(own_page.entrance.place))
    assert "Everything pauses until Monday, 6 April." in shown.text
    (word,) = words(own_page)
    (paused,) = word.said.paused
    assert (word.kind, paused.about, f"{paused.until:%Y-%m-%d %H:%M}") == (WordKind.PAUSE, (), "2026-04-06 00:00")
    assert '<span class="tag">paused</span>' in shown.text


def test_one_pauses_until_the_word_is_taken_back(own_page: Served) -> None:
    assert "Tessera Health, Project Coordinator pauses." in say(own_page, "Tessera Health", "pause").text
    (word,) = words(own_page)
    assert word.said.paused[0].until is None


def test_one_goes_by_rules_of_its_own(own_page: Served) -> None:
    shown = say(own_page, "Tessera Health", "preset", preset="one-follow-up")
    assert "Tessera Health, Project Coordinator goes by the rules of one-follow-up." in shown.text
    (word,) = words(own_page)
    assert [one.preset for one in word.said.ruled] == ["one-follow-up"]


@pytest.mark.parametrize(("what", "fields", "said"), [
    ("pause", {"until": "soonish"}, "is no day"), ("preset", {"preset": "coch"}, "did you mean"),
])  # fmt: skip
def test_a_pause_or_rules_that_cannot_be_meant_are_said_there(
    own_page: Served, what: str, fields: dict[str, str], said: str
) -> None:
    answer = say(own_page, "Tessera Health", what, **fields)
    assert (answer.status, said in answer.text) == (422, True)
    assert '<details id="say-pause" open>' in answer.text
    assert words(own_page) == ()


def test_a_day_that_is_none_leaves_the_letters_as_they_are(own_page: Served) -> None:
    answer = own_page.post("/letters", {"until": "soonish"})
    assert (answer.status, 'value="soonish"' in answer.text) == (422, True)
    assert words(own_page) == ()


def test_what_is_owed_is_done(own_page: Served) -> None:
    assert "waits for your test" in own_page.get().text
    say(own_page, "Ashgrove College", "note", done="yes")
    assert "waits for your test" not in own_page.get().text


def test_a_correction_holds_and_what_stayed_as_it_was_is_none(own_page: Served) -> None:
    shown = say(own_page, "Juniper Data", "correct", company="Juniper Data", role="Data Engineer", stage="offer")
    assert "the role is Data Engineer, the stage is offer" in shown.text
    (word,) = words(own_page)
    assert "company" not in word.said.text
    assert known(own_page, "Juniper Data").role == "Data Engineer"


def test_what_it_makes_due_is_said_and_it_can_be_taken_back_there(own_page: Served) -> None:
    shown = say(own_page, "Juniper Data", "correct", stage="offer")
    assert "The offer reply to Casey Nordstrom is due: mailbot sync places the draft." in shown.text
    number = re.search(r'name="number" value="(\d+)"', shown.text)
    assert number
    assert own_page.post("/said", {"number": number[1]}).status == 303
    assert words(own_page) == ()


def test_what_was_said_is_listed_until_it_is_taken_back(own_page: Served) -> None:
    say(own_page, "Juniper Data", "mute")
    assert "Juniper Data, Implementation Specialist: nothing any more." in own_page.get("/said").text
    own_page.post("/said", {"number": words(own_page)[0].id})
    assert "Nothing yet." in own_page.get("/said").text


@pytest.mark.parametrize(
    ("what", "fields", "kind"),
    [
        ("mute", {}, WordKind.MUTE),
        ("withdraw", {}, WordKind.WITHDRAW),
        ("decline", {}, WordKind.DECLINE),
        ("missed", {"who": "they"}, WordKind.MISSED),
        ("missed", {"who": "me"}, WordKind.MISSED),
        ("draft", {"kind": "check_in"}, WordKind.DRAFT),
        ("split", {"mail": ["2"]}, WordKind.SPLIT),
    ],
)  # fmt: skip
def test_each_form_says_what_its_command_says(
    own_page: Served, what: str, fields: dict[str, object], kind: WordKind
) -> None:
    path = own_page.application("Juniper Data")
    answer = own_page.post(f"{path}/{what}", fields)
    assert (answer.status, answer.headers["location"]) == (303, f"{own_page.entrance.place}{path}?said=1")
    assert [one.kind for one in words(own_page)] == [kind]


@pytest.mark.parametrize(
    ("what", "fields", "sentence"),
    [
        ("note", {"topics": " \r\n "}, "The note is empty."),
        ("note", {"news": "whenever"}, "is no day."),
        ("correct", {"interview": "soonish", "role": "Keeper"}, "is no day with its time."),
        ("correct", {"person": "Casey"}, "Who is what?"),
        ("correct", {}, "Nothing is corrected."),
        ("draft", {"kind": "ransom_note"}, "There is no such letter."),
        ("split", {}, "Which mails?"),
        ("split", {"mail": ["77"]}, "has no mail"),
        ("merge", {"mail": ["<any@example.com>"]}, "Which one?"),
        ("merge", {"other": ["none"]}, "Which one?"),
        ("note", {"topics": "x" * 3000}, "longer than 2000 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_where_it_was_typed(
    own_page: Served, what: str, fields: dict[str, object], sentence: str
) -> None:
    shown = say(own_page, "Juniper Data", what, **fields)
    assert shown.status == 422
    assert sentence in shown.text.partition('role="alert"')[2]
    assert words(own_page) == ()


def test_two_that_are_one_are_merged(own_page: Served) -> None:
    other = own_page.application("Pell &amp; Rowe").rpartition("/")[2]
    say(own_page, "Juniper Data", "merge", other=other)
    assert "Pell" not in own_page.get().text.partition('id="under-way"')[2].partition('id="soon"')[0]


def test_what_was_typed_stays_where_it_could_not_be_meant(own_page: Served) -> None:
    shown = say(own_page, "Juniper Data", "correct", interview="soonish", role="Keeper of <Bees>")
    assert 'value="soonish"' in shown.text
    assert 'value="Keeper of &lt;Bees&gt;"' in shown.text


@pytest.mark.parametrize("body", [b"\xff\xfe=1", b"a=%FF", b"&".join(b"a=1" for _ in range(500)), b"%00=%00"])
def test_a_form_that_is_none_is_refused_with_a_sentence(own_page: Served, body: bytes) -> None:
    answer = own_page.post(f"{own_page.application('Juniper Data')}/note", body)
    assert answer.status == 422
    assert words(own_page) == ()


@pytest.mark.parametrize("path", ["/application/none/note", "/application/none", "/nothing"])
def test_what_there_is_not_is_said_plainly(own_page: Served, path: str) -> None:
    answer = own_page.post(path, {}) if path.endswith("note") else own_page.get(path)
    assert answer.status == 404
    assert "There is nothing here" in answer.text


def test_a_word_of_the_command_line_shows_at_once(own_page: Served) -> None:
    from click.testing import CliRunner

    from mailbot.cli import cli

    own_page.get()
    places = ["--config", str(own_page.folder / "mailbot.toml"), "--state", str(own_page.folder / "state")]
    done = CliRunner().invoke(cli, ["correct", "juniper", "--role", "Lamplighter", *places])
    assert done.exit_code == 0, done.output
    assert "Lamplighter" in own_page.get().text


def test_a_broken_configuration_is_a_sentence_and_mended_it_shows_the_page_again(own_page: Served) -> None:
    assert own_page.get().status == 200
    file: Path = own_page.folder / "mailbot.toml"
    good = file.read_text()
    file.write_text(good + "\n[etiquette]\npreset = 'nonsense'\n")
    broken = own_page.get()
    assert broken.status == 409
    assert "nonsense" in broken.text
    file.write_text(good)
    assert own_page.get().status == 200


def test_mail_that_is_read_meanwhile_shows_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_server: Server
) -> None:
    person = PersonAtDesk(tmp_path, monkeypatch)
    person.at("2026-03-03 10:00")
    person.do("sync")
    with other_server.serving(tmp_path, person.now) as page:
        assert "No applications yet." in page.get().text
        person.receive(CONFIRMATION)
        person.do("sync")
        assert "Linden Works" in page.get().text
