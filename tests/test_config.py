"""The configuration: what is accepted, and that every problem is said at once, with file, key, line and expectation."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.config import load_settings, parse_settings
from mailbot.config.reference import keys, reference
from mailbot.errors import ActionNeeded, ConfigError

EXAMPLE = Path(__file__).parent.parent / "config" / "mailbot.toml"
GOOD = """
[me]
name = "Nora Castellan"
addresses = ["nora@example.com"]
timezone = "Europe/London"

[[account]]
name = "home"
kind = "maildir"
path = "~/Mail"
"""


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, "mailbot.toml")
    return caught.value.problems


def test_the_commented_example_loads_and_names_every_key() -> None:
    settings = parse_settings(EXAMPLE.read_text(), "example")
    assert settings.me.name == "Alex Rivera"
    assert settings.account[0].kind == "maildir"
    text = EXAMPLE.read_text()
    missing = [key for table, key, _, _ in keys() if key and f"{key} =" not in text]
    assert not missing, f"the example does not show {missing}"


def test_the_reference_page_is_current() -> None:
    page = EXAMPLE.parent.parent / "docs" / "configuration.md"
    assert page.read_text(encoding="utf-8") == reference(), "run: python docs/reference.py"


def test_defaults_hold_where_keys_are_missing() -> None:
    settings = parse_settings(GOOD, "x")
    assert settings.preset == "coach"
    assert settings.hours() == (time(8), time(19))
    assert settings.reader().addresses == frozenset({"nora@example.com"})
    assert settings.zone == "Europe/London"


def test_an_unknown_key_is_an_error_with_a_suggestion_and_its_line() -> None:
    found = problems(GOOD.replace("timezone", "timezome"))
    assert any("mailbot.toml:5: me.timezome" in one and "Did you mean timezone?" in one for one in found)


def test_all_problems_are_reported_at_once() -> None:
    text = GOOD.replace('"nora@example.com"', '"nora"').replace('"maildir"', '"maildr"').replace("London", "Londn")
    text = text.replace("path", "paht") + '[etiquette]\npreset = "coch"\n[scan]\nsince = "last year"\n'
    found = "\n".join(problems(text))
    for part in (
        "'nora' is no mail address", "no time zone 'Europe/Londn'", "Did you mean 'maildir'?", "Did you mean path?",
        "account.path: is missing", "coch", "expected a day like",
    ):  # fmt: skip
        assert part in found, part


def test_problems_of_the_wrong_type_are_reported_at_once() -> None:
    text = '[me]\nname = 3\n[[account]]\nname = "a"\nkind = "maildr"\n[letters]\nmanner = "fr"\n[scan]\nsince = 3\n'
    found = "\n".join(problems(text))
    for part in ("me.name", "me.addresses", "account.kind", "account.path", "letters.manner", "scan.since"):
        assert part in found, part


def test_each_problem_names_file_key_and_what_was_expected() -> None:
    (first, *_) = problems(GOOD.replace('"Nora Castellan"', "7"))
    assert first == "mailbot.toml:3: me.name: expected a text in quotes, found the number 7."


def test_a_preset_that_there_is_not_is_a_problem() -> None:
    assert any("coch" in one for one in problems(GOOD + '\n[etiquette]\npreset = "coch"\n'))


@pytest.mark.parametrize("hours", ["19:00-08:00", "morning", "08:00-12:00-14:00", ""])
def test_hours_must_be_two_and_in_order(hours: str) -> None:
    text = GOOD.replace('timezone = "Europe/London"', f'hours = "{hours}"')
    assert any("me.hours" in one for one in problems(text))


@pytest.mark.parametrize("text", ["", "[me]\n", "account = []\n" + GOOD[: GOOD.index("[[account]]")]])
def test_what_is_missing_is_named(text: str) -> None:
    found = "\n".join(problems(text))
    assert "account" in found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('country = "Britain"', "me.country: expected two letters such as 'US' or 'GB', found 'Britain'."),
        ('country = "GB"\nregion = "ENGLND"', "me.region: 'ENGLND' is not a region of GB"),
        ('country = "ZZ"', "me.country: expected two letters"),
    ],
)
def test_a_country_or_region_whose_holidays_nobody_knows_is_a_problem(line: str, said: str) -> None:
    assert any(said in one for one in problems(GOOD.replace("[[account]]", f"{line}\n[[account]]", 1)))


def test_two_accounts_of_one_name_are_a_problem() -> None:
    twice = GOOD + GOOD[GOOD.index("[[account]]") :]
    assert any("two accounts are called 'home'" in one for one in problems(twice))


IMAP = GOOD.replace('kind = "maildir"\npath = "~/Mail"', 'kind = "imap"\nhost = "mail.example.com"')


def test_an_imap_account_needs_no_more_than_its_host() -> None:
    (account,) = parse_settings(IMAP, "x").account
    assert (account.security, account.sign_in, account.port) == ("tls", "password", 0)


@pytest.mark.parametrize(
    ("account", "said"),
    [
        (GOOD.replace('path = "~/Mail"', ""), "account.path: is missing"),
        (IMAP.replace('host = "mail.example.com"', ""), "account.host: is missing"),
        (IMAP + 'path = "~/Mail"', "account.path: says nothing of an account of the kind imap"),
        (GOOD + 'user = "nora"', "account.user: says nothing of an account of the kind maildir"),
        (IMAP + "port = 99999", "there is no port 99999"),
        (IMAP + 'security = "none"', "would send its password in the clear"),
        (IMAP + 'sign_in = "xoauth2"', "needs a password_command"),
        (IMAP + 'password = "secret"', "a secret has no place in this file"),
    ],
)
def test_what_does_not_belong_to_an_account_of_its_kind_is_a_problem(account: str, said: str) -> None:
    assert any(said in one for one in problems(account))


def test_text_that_is_no_toml_is_said_so() -> None:
    assert any("not valid TOML" in one for one in problems("[me\n"))


def test_a_configuration_that_others_can_write_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mailbot.toml"
    file.write_text(GOOD)
    file.chmod(0o666)
    with pytest.raises(ActionNeeded, match="chmod 600"):
        load_settings(file)


def test_a_missing_configuration_says_where_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ActionNeeded, match="There is no configuration"):
        load_settings(tmp_path / "none.toml")


def test_a_first_scan_reads_twelve_months_back_or_from_the_day_that_is_named() -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=ZoneInfo("Europe/London"))
    text = '[me]\nname = "Robin"\naddresses = ["r@example.com"]\ntimezone = "Europe/London"\n'
    text += '[[account]]\nname = "a"\nkind = "maildir"\npath = "/tmp"\n'
    assert parse_settings(text, "t").since(now) == now - timedelta(days=365)
    named = parse_settings(text + '[scan]\nsince = "2025-09-01"\n', "t").since(now)
    assert named == datetime(2025, 9, 1, tzinfo=ZoneInfo("Europe/London"))
