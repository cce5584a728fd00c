"""`mailbot config`: one key looked up or set, and nothing else of the file changed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import parse_settings
from mailbot.config.editing import with_value, without_value
from mailbot.config.keys import value_of, values
from mailbot.errors import ActionNeeded, ConfigError
from mailbot.files import write
from tests.cli.person import PersonAtDesk

EXAMPLE = (Path(__file__).parents[2] / "config" / "mailbot.toml").read_text(encoding="utf-8")

BARE = '[me]\nname = "Nora"\naddresses = ["n@x.example"]\n[[account]]\nname = "a"\nkind = "maildir"\npath = "p"\n'


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PersonAtDesk:
    return PersonAtDesk(tmp_path, monkeypatch)


def changed(before: str, after: str) -> list[tuple[str, str]]:
    assert len(before.splitlines()) == len(after.splitlines())
    return [pair for pair in zip(before.splitlines(), after.splitlines(), strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize(
    ("key", "words", "line"),
    [
        ("me.hours", ["09:00-17:00"], 'hours = "09:00-17:00"'),
        ("me.references", ["true"], "references = true"),
        ("me.phone", ["+44 20 7946 0000"], 'phone = "+44 20 7946 0000"'),
        ("account.drafts", ["Entwürfe"], 'drafts = "Entwürfe"'),
        ("account.personal.path", ["~/Post"], 'path = "~/Post"'),
        ("letters.strengths", ["patience", "maps"], 'strengths = ["patience", "maps"]'),
        ("etiquette.preset", ["ten-steps"], 'preset = "ten-steps"'),
    ],
)
def test_one_line_changes_and_its_comment_stays(key: str, words: list[str], line: str) -> None:
    ((old, new),) = changed(EXAMPLE, with_value(EXAMPLE, "x", key, words))
    assert new.startswith(line)
    assert old.partition("   #")[2].strip() in new


def test_a_key_that_the_file_does_not_have_is_added_to_its_table() -> None:
    edited = with_value(EXAMPLE, "x", "etiquette.check_in.after_promise", ["3"])
    assert tomllib.loads(edited)["etiquette"] == {"preset": "coach", "check_in": {"after_promise": 3}}


def test_a_table_that_the_file_does_not_have_is_added() -> None:
    text = '[me]\nname = "Nora"\naddresses = ["n@x.example"]\n[[account]]\nname = "a"\nkind = "maildir"\npath = "p"\n'
    edited = with_value(text, "x", "scan.since", ["2026-01-01"])
    assert edited.startswith(text)
    assert parse_settings(edited, "x").scan.since == "2026-01-01"


def test_the_right_account_of_several_is_set() -> None:
    two = EXAMPLE + '\n[[account]]\nname = "old.post"\nkind = "maildir"\npath = "~/Old"\n'
    edited = tomllib.loads(with_value(two, "x", "account.old.post.drafts", ["Rascunhos"]))
    assert [one.get("drafts") for one in edited["account"]] == [None, "Rascunhos"]
    with pytest.raises(ActionNeeded, match="Which account"):
        with_value(two, "x", "account.drafts", ["Rascunhos"])


@pytest.mark.parametrize(
    ("key", "word", "said"),
    [
        ("me.timezone", "Europe/Londn", "there is no time zone"),
        ("me.references", "perhaps", "expected true or false"),
        ("account.port", "993", "says nothing of an account of the kind maildir"),
        ("etiquette.preset", "coch", "did you mean 'coach'"),
    ],
)
def test_what_would_make_it_wrong_is_refused(key: str, word: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        with_value(EXAMPLE, "x", key, [word])


def test_a_wrong_file_can_be_mended_one_key_at_a_time() -> None:
    wrong = EXAMPLE.replace('"08:00-19:00"', '"late"').replace('"coach"', '"coch"')
    better = with_value(wrong, "x", "me.hours", ["10:00-18:00"])
    parse_settings(with_value(better, "x", "etiquette.preset", ["coach"]), "x")


@pytest.mark.parametrize(
    ("key", "value"), [("me.phone", ["1"]), ("letters.strengths", ["a", "b"]), ("notify.desktop", ["true"])]
)
def test_what_is_unset_stays_as_a_comment_and_is_found_there_again(key: str, value: list[str]) -> None:
    with_it = with_value(EXAMPLE, "x", key, value)
    without = without_value(with_it, "x", key)
    ((old, new),) = changed(with_it, without)
    assert new == f"# {old}"
    assert value_of(key, parse_settings(without, "x")) == value_of(key, parse_settings(BARE, "x"))
    assert with_value(without, "x", key, value) == with_it


def test_a_value_of_several_lines_or_within_another_is_taken_out() -> None:
    several = BARE + '[letters]\nstrengths = [\n  "a",\n]  # mine\n[etiquette]\ncheck_in = { after_promise = 3 }\n'
    edited = without_value(without_value(several, "x", "letters.strengths"), "x", "etiquette.check_in.after_promise")
    assert tomllib.loads(edited)["letters"] == {}
    assert tomllib.loads(edited)["etiquette"] == {"check_in": {}}
    parse_settings(edited, "x")


def test_what_an_account_needs_is_not_unset() -> None:
    with pytest.raises(ConfigError, match="path"):
        without_value(EXAMPLE, "x", "account.path")


@pytest.mark.parametrize("key", ["me.phone", "scan.since", "etiquette.check_in.after_promise", "me.name.first"])
def test_what_is_not_set_cannot_be_unset(key: str) -> None:
    with pytest.raises(ActionNeeded, match=r"is not set\. mailbot config get|There is no key"):
        without_value(BARE, "x", key)


def test_unset_by_the_command_the_default_holds(person: PersonAtDesk) -> None:
    before = person.config.read_text()
    person.do("config", "set", "letters.sign_off", "Warm regards,")
    assert "letters.sign_off is not set any more" in person.do("config", "unset", "letters.sign_off")
    assert person.do("config", "get", "letters.sign_off") == "\n"
    assert "me.name" in person.refused("config", "unset", "me.name")
    assert parse_settings(person.config.read_text(), "x") == parse_settings(before, "x")


@pytest.mark.parametrize("key", ["me.nam", "me", "account", "nothing.here", "me.name.first", "", "."])
def test_a_key_that_there_is_not_is_named(key: str) -> None:
    with pytest.raises(ActionNeeded, match="There is no key"):
        with_value(EXAMPLE, "x", key, ["a"])


@given(st.text())
def test_any_text_that_is_set_is_what_is_read_again(text: str) -> None:
    try:
        edited = with_value(EXAMPLE, "x", "letters.closing_line", [text])
    except (ConfigError, ActionNeeded):
        return
    assert value_of("letters.closing_line", parse_settings(edited, "x")) == text


def test_each_key_that_is_listed_can_be_asked_for() -> None:
    settings = parse_settings(EXAMPLE, "x")
    listed = values(settings)
    assert "account.personal.path" in listed
    assert "account.personal.host" not in listed
    assert all(value_of(name, settings) == value for name, value in listed.items())


def test_set_then_get(person: PersonAtDesk) -> None:
    person.do("config", "set", "letters.sign_off", "Warm regards,")
    assert person.do("config", "get", "letters.sign_off") == "Warm regards,\n"
    assert "letters.sign_off = Warm regards," in person.do("config", "get").splitlines()


def test_what_is_refused_leaves_the_file_as_it_was(person: PersonAtDesk) -> None:
    before = person.config.read_bytes()
    assert "there is no time zone" in person.refused("config", "set", "me.timezone", "Mars")
    assert person.config.read_bytes() == before
    assert [one.name for one in person.folder.iterdir() if one.name.startswith(".")] == []


def test_check_names_every_problem(person: PersonAtDesk) -> None:
    assert "is sound: work (maildir), private (maildir); preset coach." in person.do("config", "check")
    person.config.write_text(person.config.read_text().replace("timezone", "timezome"))
    assert "Did you mean timezone?" in person.refused("config", "check")
    told = person.run("config", "check", "--json")
    assert told.exit_code == 2
    assert "Did you mean timezone?" in told.output


def test_check_looks_at_ones_own_templates(person: PersonAtDesk) -> None:
    folder = person.folder / "templates"
    folder.mkdir()
    (folder / "thank_you.1.txt").write_text("{{ nothing.of.that.name( }}")
    assert "thank_you.1" in person.refused("config", "check")


def test_path_is_the_file(person: PersonAtDesk) -> None:
    assert person.do("config", "path") == f"{person.config}\n"


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "mailbot.toml"
    real.write_text("a = 1\n")
    real.chmod(0o640)
    link.symlink_to(real)
    write(link, "a = 2\n")
    assert link.is_symlink()
    assert real.read_text() == "a = 2\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_new_file_is_ones_own_alone(tmp_path: Path) -> None:
    write(tmp_path / "new" / "mailbot.toml", "a = 1\n")
    assert (tmp_path / "new" / "mailbot.toml").stat().st_mode & 0o777 == 0o600
