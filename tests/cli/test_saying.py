"""What the person says to mailbot: each word is kept at once, survives rescans, and can be taken back."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import threading
import time
from pathlib import Path

import pytest

from mailbot.store.sqlite import open_ledger
from tests.cli.person import PersonAtDesk
from tests.sample_mail import CONFIRMATION, TOM, at, mail

THANKS = [("thank_you", "ella.brandt@lindenworks.example"), ("thank_you", "tom.varga@lindenworks.example")]
AFTER = "2026-03-04 14:50"
OFFER = mail(
    "2026-03-06 10:00",
    TOM,
    "Your offer from Linden Works",
    "Hi Robin,\n\nWe are delighted to offer you the position of Stage Technician at Linden Works. Please let us know by"
    " Friday, March 13, whether you accept.\n\nBest,\nTom Varga\nRecruiter, Linden Works\n",
    ident="offer@lindenworks.example",
)
OTHER = mail(
    "2026-03-03 11:00",
    "Mei Tanaka <mei.tanaka@corverhall.example>",
    "Interview confirmed: Rigger at Corver Hall",
    "Hi Robin,\n\nYour interview for the Rigger position at Corver Hall is confirmed for Monday, March 9, 2026, from"
    " 10:00 to 11:00 AM Eastern, by video.\n\nBest,\nMei Tanaka\nRecruiter, Corver Hall\n",
    ident="confirm@corverhall.example",
)


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    one = PersonAtDesk(tmp_path, monkeypatch)
    one.receive(CONFIRMATION)
    one.at("2026-03-03 10:00")
    one.do("sync")
    return one


def letters(person: PersonAtDesk) -> list[tuple[str, str]]:
    """The drafts that lie there, without the person's own notes."""
    return sorted(one for one in person.drafted() if one[0] != "interview_notes")


class TestCorrect:
    def test_a_corrected_role_is_the_applications_name(self, person: PersonAtDesk) -> None:
        said = person.do("correct", "linden", "--role", "Lighting Technician")
        assert "the role is Lighting Technician" in said
        assert list(person.stage()) == ["linden-works-lighting-technician"]

    def test_a_corrected_stage_makes_the_same_letters_due_as_mail_would(self, person: PersonAtDesk) -> None:
        person.at(AFTER)
        said = person.do("correct", "linden", "--stage", "offer")
        assert "The offer reply to Tom Varga is due" in said
        assert person.stage() == {"linden-works-stage-technician": "offer"}

    def test_a_corrected_time_moves_the_thank_you(self, person: PersonAtDesk) -> None:
        person.do("correct", "linden", "--interview", "March 4 at 4pm")
        person.at(AFTER)
        person.do("sync")
        assert letters(person) == []
        person.at("2026-03-04 16:50")
        person.do("sync")
        assert letters(person) == THANKS

    def test_a_person_whose_part_is_corrected_gets_no_interviewers_letter(self, person: PersonAtDesk) -> None:
        person.do("correct", "linden", "--person", "Ella", "--part", "contact")
        person.at(AFTER)
        person.do("sync")
        assert [to for _, to in letters(person)] == ["tom.varga@lindenworks.example"]

    def test_a_day_of_decision_moves_the_check_in(self, person: PersonAtDesk) -> None:
        person.at(AFTER)
        person.do("correct", "linden", "--decision", "March 20")
        check_in = next(one for one in person.objects("plan") if one.get("follow_up") == "check_in")
        assert str(check_in["due"]).startswith("2026-03-23T08:00")

    @pytest.mark.parametrize(
        ("args", "sentence"),
        [
            ((), "Nothing is corrected"),
            (("--interview", "soonish"), "no day with its time"),
            (("--decision", "whenever"), "is no day"),
            (("--person", "Ella"), "Say both"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_with_a_sentence(
        self, person: PersonAtDesk, args: tuple[str, ...], sentence: str
    ) -> None:
        assert sentence in person.refused("correct", "linden", *args)
        assert person.objects("undo", "--list") == []


class TestTogether:
    def two(self, person: PersonAtDesk) -> None:
        person.receive(OTHER, account="private")
        person.do("sync")
        assert len(person.stage()) == 2

    def test_two_that_are_merged_stay_one_through_a_rescan_and_part_again_by_undo(self, person: PersonAtDesk) -> None:
        self.two(person)
        person.do("merge", "linden", "corver")
        assert len(person.stage()) == 1
        with open_ledger(person.state) as ledger:
            ledger.forget_account("work")
            ledger.forget_account("private")
        person.do("sync")
        assert len(person.stage()) == 1
        person.do("undo")
        assert len(person.stage()) == 2

    def test_the_older_id_stays_and_the_other_is_an_alias(self, person: PersonAtDesk) -> None:
        self.two(person)
        with open_ledger(person.state) as ledger:
            before = ledger.application_ids()
        person.do("merge", "corver", "linden")
        person.do("sync")
        older, newer = before["<confirm@lindenworks.example>"], before["<confirm@corverhall.example>"]
        with open_ledger(person.state) as ledger:
            assert set(ledger.application_ids().values()) == {older}
            assert ledger.aliases() == {newer: older}

    def test_mail_that_is_split_off_is_an_application_of_its_own(self, person: PersonAtDesk) -> None:
        person.at("2026-03-06 11:00")
        person.receive(OFFER)
        person.do("sync")
        assert len(person.stage()) == 1
        person.do("split", "linden", "2")
        assert sorted(map(str, person.stage().values())) == ["offer", "waiting"]
        person.do("undo")
        assert list(person.stage().values()) == ["offer"]

    def test_a_mail_is_named_by_its_message_id_too_and_one_that_is_not_there_is_refused(
        self, person: PersonAtDesk
    ) -> None:
        person.at("2026-03-06 11:00")
        person.receive(OFFER)
        person.do("sync")
        assert "has no mail '7'" in person.refused("split", "linden", "7")
        assert "No mail would stay" in person.refused("split", "linden", "1", "2")
        person.do("split", "linden", "offer@lindenworks.example")
        assert len(person.stage()) == 2

    def test_a_merge_after_a_split_holds(self, person: PersonAtDesk) -> None:
        person.at("2026-03-06 11:00")
        person.receive(OFFER)
        person.do("sync")
        person.do("split", "linden", "2")
        first, second = person.stage()
        person.do("merge", first, second)
        assert len(person.stage()) == 1


class TestQuiet:
    def test_what_is_muted_gets_no_draft_and_loses_those_that_lie_unedited(self, person: PersonAtDesk) -> None:
        person.at(AFTER)
        person.do("sync")
        assert letters(person) == THANKS
        person.do("mute", "linden")
        person.do("sync")
        assert person.drafted() == []
        person.do("undo")
        person.do("sync")
        assert letters(person) == THANKS

    def test_a_pause_holds_up_new_drafts_until_its_day(self, person: PersonAtDesk) -> None:
        person.do("pause", "--until", "March 5")
        person.at(AFTER)
        person.do("sync")
        assert letters(person) == []
        person.at("2026-03-05 08:00")
        person.do("sync")
        assert letters(person) == THANKS

    def test_one_application_pauses_alone(self, person: PersonAtDesk) -> None:
        person.receive(OTHER)
        person.do("sync")
        person.do("pause", "linden")
        person.at("2026-03-09 11:05")
        person.do("sync")
        assert [to for _, to in letters(person)] == ["mei.tanaka@corverhall.example"]

    def test_an_application_may_go_by_other_rules(self, person: PersonAtDesk) -> None:
        def due() -> str:
            return str(next(one["due"] for one in person.objects("plan") if one.get("follow_up") == "check_in"))

        assert due().startswith("2026-03-16")
        person.do("preset", "linden", "one-follow-up")
        assert due().startswith("2026-03-11")
        assert "did you mean 'coach'" in person.refused("preset", "linden", "couch")


class TestLettersAskedFor:
    def test_a_withdrawal_ends_it_with_the_polite_letter_and_comes_back_by_undo(self, person: PersonAtDesk) -> None:
        person.at(AFTER)
        person.do("sync")
        person.do("withdraw", "linden")
        person.do("sync")
        assert letters(person) == [("withdrawal", "tom.varga@lindenworks.example")]
        assert list(person.stage().values()) == ["withdrawn"]
        person.do("undo")
        person.do("sync")
        assert letters(person) == THANKS

    def test_after_an_acceptance_the_others_get_the_letter(self, person: PersonAtDesk) -> None:
        person.at("2026-03-03 12:00")
        person.receive(OTHER)
        person.do("sync")
        person.do("correct", "linden", "--stage", "accepted")
        person.do("withdraw", "linden", "--others")
        person.do("sync")
        assert letters(person) == [("withdrawal", "mei.tanaka@corverhall.example")]
        assert sorted(map(str, person.stage().values())) == ["accepted", "withdrawn"]
        assert "No other application is under way" in person.refused("withdraw", "linden", "--others")

    def test_an_offer_is_declined_in_its_thread(self, person: PersonAtDesk) -> None:
        person.at("2026-03-06 11:00")
        person.receive(OFFER)
        person.do("sync")
        person.do("decline", "linden")
        person.do("sync")
        assert letters(person) == [("decline", "tom.varga@lindenworks.example")]
        (draft,) = [one for one in person.drafts() if b"tom.varga" in one]
        assert b"In-Reply-To: <offer@lindenworks.example>" in draft

    @pytest.mark.parametrize(("flags", "kind"), [((), "no_show"), (("--mine",), "apology")])
    def test_an_interview_that_did_not_take_place_brings_one_word_and_no_thanks(
        self, person: PersonAtDesk, flags: tuple[str, ...], kind: str
    ) -> None:
        person.at("2026-03-04 14:20")
        person.do("missed", "linden", *flags)
        person.at(AFTER)
        person.do("sync")
        assert letters(person) == [(kind, "tom.varga@lindenworks.example")]

    def test_what_was_to_be_later_cannot_have_been_missed(self, person: PersonAtDesk) -> None:
        assert "was to be by now" in person.refused("missed", "linden")

    def test_what_was_missed_is_listed_with_the_command_that_drafts_it(self, person: PersonAtDesk) -> None:
        person.at("2026-03-12 09:00")
        person.do("sync")
        missed = [one for one in person.objects("status") if one.get("missed") == "thank_you"]
        commands = sorted(str(one["command"]) for one in missed)
        slug, to = "linden-works-stage-technician", "ella.brandt@lindenworks.example"
        assert commands[0] == f"mailbot draft {slug} thank_you --to {to}"
        person.do(*commands[0].split()[1:])
        person.do("sync")
        assert letters(person) == [THANKS[0]]
        person.do("sync")
        assert letters(person) == [THANKS[0]]
        left = [one for one in person.objects("status") if one.get("missed") == "thank_you"]
        assert [one["to"] for one in left] == ["tom.varga@lindenworks.example"]

    def test_what_events_made_needless_is_not_drafted(self, person: PersonAtDesk) -> None:
        person.at("2026-03-06 11:00")
        person.receive(OFFER)
        person.do("sync")
        assert "There is nothing to draft" in person.refused("draft", "linden", "thank-you")
        assert "is no kind of follow-up" in person.refused("draft", "linden", "poem")


class TestNote:
    def test_a_topic_goes_into_a_thank_you_that_lies_unedited(self, person: PersonAtDesk) -> None:
        person.at(AFTER)
        person.do("sync")
        person.do("note", "linden", "the new fly system", "--with", "Ella")
        person.do("sync")
        to_ella = [one for one in person.drafts() if b"To: Ella" in one]
        assert len(to_ella) == 1
        assert b"fly system" in to_ella[0]

    def test_a_draft_that_the_person_edited_is_left_and_show_gives_the_sentence(self, person: PersonAtDesk) -> None:
        person.at(AFTER)
        person.do("sync")
        folder = person.folder / "work" / ".Drafts" / "cur"
        (file,) = [one for one in folder.iterdir() if b"To: Ella" in one.read_bytes()]
        edited = file.read_bytes().replace(b"Dear Ella Brandt,", b"Good evening Ella,")
        assert edited != file.read_bytes()
        file.unlink()
        (folder / "99.edited:2,D").write_bytes(edited)
        person.do("sync")
        person.do("note", "linden", "the new fly system", "--with", "Ella")
        person.do("sync")
        assert [one for one in person.drafts() if b"To: Ella" in one] == [edited]
        rows = [json.loads(line) for line in person.do("show", "linden", "--json").splitlines()]
        (added,) = [one["to_add"] for one in rows if one.get("status") == "edited"]
        assert [one for one in added if "the new fly system" in one] == added
        assert added[0] in person.do("show", "linden")

    def test_a_talk_fixed_by_phone_is_confirmed_and_later_thanked_for(self, person: PersonAtDesk) -> None:
        person.at("2026-03-06 11:00")
        person.do("note", "linden", "--interview", "March 10 from 2pm to 3pm", "--with", "Ella", "--place", "by video")
        person.do("sync")
        assert ("confirmation", "tom.varga@lindenworks.example") in letters(person)
        (draft,) = [one for one in person.drafts() if b"Thank you for the call" in one]
        assert b"Tuesday, March 10 at 2:00 PM, by video" in draft.replace(b"=\n", b"").replace(b"=\r\n", b"")
        person.at("2026-03-10 15:05")
        person.do("sync")
        assert ("thank_you", "ella.brandt@lindenworks.example") in letters(person)

    def test_who_is_on_first_name_terms_is_greeted_so(self, person: PersonAtDesk) -> None:
        person.at(AFTER)
        person.do("note", "linden", "--first-names", "Ella")
        person.do("sync")
        (to_ella,) = [one for one in person.drafts() if b"To: Ella" in one]
        assert b"Hi Ella," in to_ella

    def test_a_file_goes_with_the_thank_you_of_that_person_alone(self, person: PersonAtDesk) -> None:
        file = person.folder / "portfolio.pdf"
        file.write_bytes(b"%PDF-1.4 sample")
        person.at(AFTER)
        person.do("note", "linden", "my portfolio", "--with", "Ella", "--attach", str(file))
        person.do("sync")
        attached = [one for one in person.drafts() if b'filename="portfolio.pdf"' in one]
        assert [b"To: Ella" in one for one in attached] == [True]

    def test_the_form_is_read_back_from_whichever_account_it_lies_in(self, person: PersonAtDesk) -> None:
        """The conversation is in the second account: so are the form and the thank-you, of which there is one."""
        person.receive(OTHER, account="private")
        person.at("2026-03-08 18:01")
        person.do("sync")
        folder = person.folder / "private" / ".Drafts" / "cur"
        (form,) = [one for one in folder.iterdir() if b"Subject: Notes" in one.read_bytes()]
        person.at("2026-03-09 11:05")
        person.do("sync")
        label = b"Topics with Mei Tanaka:"
        filled = form.read_bytes().replace(label, label + b" the spring festival")
        assert filled != form.read_bytes()
        (folder / "99.filled:2,D").write_bytes(filled)
        form.unlink()
        person.do("sync")
        thanks = [one for one in person.drafts("private") if b"To: Mei Tanaka" in one]
        assert [b"spring festival" in one for one in thanks] == [True]

    def test_what_is_done_elsewhere_is_owed_no_more(self, person: PersonAtDesk) -> None:
        person.receive(mail(
            "2026-03-05 09:00", TOM, "Your references",
            "Hi Robin,\n\nCould you please send us the names of two references by March 12?\n\nTom Varga\n",
            ident="refs@lindenworks.example", reply_to="confirm@lindenworks.example",
        ))  # fmt: skip
        person.at("2026-03-05 10:00")
        person.do("sync")
        assert [one for one in person.objects("plan") if "owed" in one]
        person.do("note", "linden", "--done")
        assert [one for one in person.objects("plan") if "owed" in one] == []
        assert "nothing" in person.refused("note", "linden", "--done")

    def test_without_interest_nothing_asks_for_news(self, person: PersonAtDesk) -> None:
        person.at("2026-03-05 10:00")
        person.do("note", "linden", "--not-interested")
        assert [one for one in person.objects("plan") if one.get("follow_up") == "check_in"] == []

    def test_an_empty_note_and_an_unknown_person_are_refused(self, person: PersonAtDesk) -> None:
        assert "empty" in person.refused("note", "linden")
        assert "Nobody called 'Zed'" in person.refused("note", "linden", "ropes", "--with", "Zed")


class TestUndo:
    def test_a_word_is_taken_back_by_its_number_and_once_only(self, person: PersonAtDesk) -> None:
        person.do("correct", "linden", "--role", "Rigger")
        person.do("correct", "linden", "--role", "Fly Operator")
        first = int(str(person.objects("undo", "--list")[0]["number"]))
        assert "Rigger" in person.do("undo", str(first))
        assert list(person.stage()) == ["linden-works-fly-operator"]
        assert "Nothing that holds" in person.refused("undo", str(first))

    def test_with_nothing_said_there_is_nothing_to_take_back(self, person: PersonAtDesk) -> None:
        assert "nothing" in person.refused("undo")


class TestNames:
    def test_an_ambiguous_name_lists_the_candidates(self, person: PersonAtDesk) -> None:
        person.receive(OTHER)
        person.do("sync")
        refused = person.refused("mute", "r")
        assert "linden-works-stage-technician" in refused
        assert "corver-hall-rigger" in refused

    def test_an_unknown_name_says_where_they_are_listed(self, person: PersonAtDesk) -> None:
        assert "mailbot status lists them" in person.refused("mute", "zebra")

    def test_part_of_the_role_names_it_too(self, person: PersonAtDesk) -> None:
        assert "Linden Works" in person.do("mute", "technician")


def test_a_word_is_kept_while_another_process_is_at_work_and_wakes_it(tmp_path: Path) -> None:
    """`run` holds the instance lock; the word needs none, and the daemon places the letter at once."""
    from tests.cli.test_commands import Home, invitation

    home = Home(tmp_path)
    home.deliver(invitation())
    home.mailbot("sync")
    service = subprocess.Popen(
        home.command("run", "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    guard = threading.Timer(30, service.kill)
    guard.start()
    try:
        assert service.stderr is not None
        assert "at work" in service.stderr.readline()
        began = time.monotonic()
        said = home.mailbot("withdraw", "linden")
        assert said.returncode == 0, said.stderr
        assert time.monotonic() - began < 5
        assert "on its way to your Drafts" in said.stdout
        assert service.stdout is not None
        lines = iter(service.stdout.readline, "")
        assert any(json.loads(line).get("follow_up") == "withdrawal" for line in lines), "no draft within half a minute"
    finally:
        guard.cancel()
        service.terminate()
        service.communicate(timeout=5)


def test_keeping_a_word_takes_milliseconds(tmp_path: Path) -> None:
    from mailbot.store.ledger import Said, WordKind

    with open_ledger(tmp_path / "state") as ledger:
        took = []
        for number in range(5):
            began = time.perf_counter()
            ledger.say(WordKind.MUTE, Said(str(number)), at("2026-03-03 10:00"))
            took.append(time.perf_counter() - began)
    assert min(took) < 0.1


def test_a_question_in_status_is_answered_by_the_command_that_it_names(person: PersonAtDesk) -> None:
    person.config.write_text(person.config.read_text() + "[etiquette.threshold]\nstatement = 1.0\n")
    person.at(AFTER)
    person.do("sync")
    assert letters(person) == []
    (question,) = [one for one in person.objects("status") if "question" in one]
    command = str(question["command"]).partition(",")[0]
    person.do(*command.split()[1:])
    assert [one for one in person.objects("status") if "question" in one] == []
    person.do("sync")
    assert letters(person) == THANKS


def test_a_mail_that_fits_two_goes_where_the_command_in_status_says(person: PersonAtDesk) -> None:
    priya = "Priya Nand <priya@coalport.example>"
    for role in ("Sound Engineer", "Rigger"):
        asks = (
            f"Hi Robin,\n\nThank you for applying for the {role} position at Coalport. We would like to invite you to"
            " an interview. When would it suit you?\n\nPriya Nand\nCoalport\n"
        )
        ident = f"{role[0]}@coalport.example"
        person.receive(mail("2026-03-02 09:00", priya, f"{role} at Coalport", asks, ident=ident))
    fixed = "Hi Robin,\n\nYour interview is confirmed for Monday, March 9, 2026, at 2:00 PM Eastern.\n\nPriya Nand\n"
    person.receive(mail("2026-03-03 10:00", priya, "Interview confirmed", fixed, ident="it's$(id)@coalport.example"))
    person.do("sync")
    (question,) = [one for one in person.objects("status") if "question" in one]
    assert sorted(question["applications"]) == ["coalport-rigger", "coalport-sound-engineer"]  # type: ignore[call-overload]
    command = str(question["command"]).partition(" or ")[0]
    assert "$" not in command
    person.do(*shlex.split(command)[1:])
    assert [one for one in person.objects("status") if "question" in one] == []


def test_plan_shows_what_a_pause_holds_up(person: PersonAtDesk) -> None:
    person.do("pause")
    person.at(AFTER)
    assert "thank-you, paused" in " ".join(person.do("plan").split())
