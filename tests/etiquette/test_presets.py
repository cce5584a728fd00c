"""The presets' files, and the numbers of the person."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from mailbot.errors import ConfigError
from mailbot.etiquette import PRESETS, load
from mailbot.etiquette.rules import Days
from tests.etiquette.desk import CHECK_IN, INTERVIEW_NOTES, INVITATION_REPLY, OFFER_REPLY, Desk

GUIDES = {
    "mastering-the-follow-up",
    "ten-steps-to-a-good-impression",
    "how-and-when-to-follow-up",
    "follow-up-after-a-job-interview",
    "follow-up-an-interview",
    "ours",
}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_number_names_its_guide_or_is_ours(preset: str) -> None:
    assert {one.guide for one in load(preset).rules.values()} <= GUIDES


@pytest.mark.parametrize("preset", PRESETS)
def test_what_a_preset_counts_itself_comes_from_its_own_guides_or_is_ours(preset: str) -> None:
    own = tomllib.loads(files("mailbot.etiquette").joinpath(f"presets/{preset}.toml").read_text())
    sections = [one for one in own.values() if isinstance(one, dict)]
    assert {entry["from"] for section in sections for entry in section.values()} <= {*own["guides"], "ours"}


@pytest.mark.parametrize(
    ("preset", "letters"),
    [
        ("coach", "thank_you check_in second_check_in stay_in_touch offer_elsewhere rejection_thanks"),
        ("ten-steps", "thank_you check_in second_check_in"),
        ("one-follow-up", "thank_you check_in"),
        ("three-strikes", "thank_you formal_letter check_in rejection_thanks"),
    ],
)
def test_the_letters_of_each_preset(preset: str, letters: str) -> None:
    asked_for = {"withdrawal", "decline", "no_show", "apology", "confirmation"}
    always = {INVITATION_REPLY, OFFER_REPLY, INTERVIEW_NOTES} | asked_for
    assert load(preset).letters - always == set(letters.split())
    assert always <= load(preset).letters


@pytest.mark.parametrize("name", sorted(load("coach").rules))
def test_a_person_can_override_every_number(name: str) -> None:
    section, _, key = name.partition(".")
    rule = load("coach").rules[name]
    values = {"Days": 9, "Hours": 9, "Count": 9, "Share": 0.9, "Clock": "09:30", "YearDay": "11-11"}
    changed = load("coach", {section: {key: values[type(rule).__name__]}}).rules[name]
    assert changed.guide == "yours"
    assert changed != rule


def test_a_plain_number_keeps_how_it_is_counted() -> None:
    rule = load("coach", {"check_in": {"after_promise": 4}}).days("check_in.after_promise")
    assert rule == Days("check_in.after_promise", "yours", 4, working=False, then_working=True)


def test_a_whole_rule_says_how_it_is_counted() -> None:
    rule = load("coach", {"check_in": {"after_promise": {"days": 4, "unit": "working"}}}).days("check_in.after_promise")
    assert (rule.days, rule.working) == (4, True)


def test_an_overridden_number_is_what_counts() -> None:
    desk = Desk(overrides={"check_in": {"after_promise": 5}})
    desk.interview("2026-03-10 14:00")
    desk.promised("2026-03-11 09:00", "2026-03-18")
    found = desk.one("2026-03-12 12:00", CHECK_IN)
    assert (f"{found.due:%Y-%m-%d}", found.reason.guide) == ("2026-03-23", "yours")


def test_the_letters_can_be_chosen() -> None:
    desk = Desk(overrides={"letters": ["thank_you"]})
    desk.interview("2026-03-10 14:00")
    assert desk.all("2026-03-20 09:00", CHECK_IN) == []


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"chek_in": {}}, "chek_in: unknown; did you mean 'check_in'?"),
        ({"check_in": {"after_promis": 3}}, "check_in.after_promis: unknown; did you mean 'check_in.after_promise'?"),
        ({"check_in": {"after_promise": {"dayz": 3}}}, "check_in.after_promise.dayz: unknown; did you mean 'days'?"),
        ({"check_in": {"after_promise": "soon"}}, "check_in.after_promise: expected whole days"),
        ({"check_in": {"after_promise": -1}}, "check_in.after_promise: expected whole days"),
        ({"check_in": {"after_promise": {"unit": "moon"}}}, "check_in.after_promise: expected 'calendar' or 'working'"),
        ({"check_in": 3}, "check_in: expected a table"),
        ({"letters": ["thanks"]}, "letters: 'thanks': unknown; did you mean 'thank_you'?"),
        ({"agency": "thru"}, "agency: 'thru': unknown; did you mean 'through'?"),
        ({"rest": {"first": "13-40"}}, "rest.first: expected a day of the year"),
        ({"interview_notes": {"evening": "late"}}, "interview_notes.evening: expected a time of day"),
        ({"threshold": {"application": 2}}, "threshold.application: expected a share"),
    ],
)
def test_what_does_not_fit_is_named_with_what_was_meant(overrides: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load("coach", overrides)
    assert said in str(caught.value)
    assert len(caught.value.problems) == 1


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        load("coach", {"chek_in": {}, "agency": "thru"})
    assert len(caught.value.problems) == 2


def test_an_unknown_preset_is_named() -> None:
    with pytest.raises(ConfigError, match="did you mean 'coach'"):
        load("couch")
