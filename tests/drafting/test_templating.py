"""Templates of the person's own: each alone takes the place of a built-in one, and none can hang or fill the memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError

from mailbot.drafting.data import table, template_sources
from mailbot.drafting.kinds import template_name, values
from mailbot.drafting.scene import Scene
from mailbot.drafting.templating import SOURCE_CAP, Templates, builtin, guide, names, with_own
from mailbot.errors import ConfigError
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.papers import README, TEMPLATES, export_templates, own_templates
from mailbot.tracking import track
from tests.drafting.desk_letters import Letters
from tests.etiquette.desk import PRIYA


def problems(text: str, name: str = "check_in.1.txt") -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        with_own({name: text}, "templates")
    return caught.value.problems


def held() -> Letters:
    desk = Letters()
    desk.applied()
    desk.interview("2026-03-12 14:00", 60, people=(PRIYA,))
    return desk


def test_one_template_alone_can_be_replaced() -> None:
    own = {f"thank_you.{number}.txt": "Thank you {{ on_day }}, truly." for number in (1, 2, 3, 4)}
    desk = held()
    desk.templates = with_own(own, "templates")
    letter = desk.letter("2026-03-12 15:00", FollowUpKind.THANK_YOU, PRIYA)
    assert "Thank you on Thursday, March 12, truly." in letter.body


def test_an_unknown_name_is_an_error_that_names_the_template_and_the_line() -> None:
    assert "templates/check_in.1.txt:3: there is no name 'the_rol'. Did you mean 'the_role'?" in problems(
        "Hello\n\n{{ the_rol }}"
    )


def test_all_problems_of_all_templates_are_said_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        with_own({"check_in.1.txt": "{{ a }}\n{{ b }}", "decline.1.txt": "{{ c }}", "declin.txt": ""}, "templates")
    assert [one.partition(": ")[0] for one in caught.value.problems[:-1]] == [
        "templates/check_in.1.txt:1", "templates/check_in.1.txt:2", "templates/declin.txt", "templates/decline.1.txt:1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 10**9 }}", "{% for x in range(10**9) %}{{ x }}{% endfor %}", "{{ 9**9**9 }}", "{{ the_role * 9**9 }}",
        "{{ '%0999999999d' % 1 }}", "{{ 'x'.center(10**9) }}", "{{ 'a'|center(10**9) }}", "{{ the_role.__class__ }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% include 'check_in.1.txt' %}",
        "{% set a = 'b' %}{{ a }}",
        "{% for a in the_role %}{% for b in the_role %}{% endfor %}{% endfor %}", "{{ the_role ~ the_role }}",
        "{% for a in earlier %}{% for b in earlier %}{{ b }}{% endfor %}{% endfor %}", "{{ lipsum(1000000) }}",
        "{{ cycler }}", "{{ [1] * 10 }}", "{{ the_role[0] }}", "{% if %}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "a" * (SOURCE_CAP + 1),
    ],
)  # fmt: skip
def test_a_template_that_could_hang_or_fill_the_memory_is_refused_at_once(text: str) -> None:
    began = time.monotonic()
    assert problems(text, "interview_notes.txt" if "earlier" in text else "check_in.1.txt")
    assert time.monotonic() - began < 2


PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", " if ", " for ", " in ", " endif ", " endfor ", "the_role",
    "proposals", "x", "(", ")",
    "*",
    "'a'", "10**9", "|upper", "|center(9)", "[", "]", ".", "set ", "macro ", "\n", "-", "#", "{#", "#}", "range",
    "else",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_what_passes_never_fails_later_and_is_quick(text: str) -> None:
    try:
        templates = with_own({"invitation_reply.1.txt": text}, "templates")
    except ConfigError:
        return
    known = dict.fromkeys(names("invitation_reply.1.txt"), "word") | {"proposals": ("one", "two")}
    assert len(templates.render("invitation_reply.1", known)) < 100_000


def test_the_built_in_templates_keep_to_the_same_language() -> None:
    with_own(template_sources(), "templates")


@pytest.mark.parametrize("kind", FollowUpKind)
def test_every_name_is_explained_and_every_explained_name_is_there(kind: FollowUpKind) -> None:
    desk = held()
    follow_up = desk.asked_for("2026-03-13 10:00", kind).follow_up
    scene = Scene(follow_up, track(desk.readings).applications[0], desk.person, desk.at("2026-03-13 10:00"), (), ())
    assert set(values(scene)) == set(names(f"{template_name(scene, builtin())}.txt"))


def test_export_writes_what_is_missing_and_keeps_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / TEMPLATES
    export_templates(folder, ["check_in.1"])
    assert {one.name for one in folder.iterdir()} == {"check_in.1.txt", README}
    (folder / "check_in.1.txt").write_text("Mine.")
    export_templates(folder)
    assert (folder / "check_in.1.txt").read_text() == "Mine."
    assert {one.name for one in folder.iterdir()} == {*template_sources(), README}
    own = own_templates(folder)
    assert own is not None
    assert own.render("check_in.1", {}) == "Mine."


def test_what_is_exported_changes_no_letter(tmp_path: Path) -> None:
    export_templates(tmp_path)
    desk = held()
    before = desk.letter("2026-03-12 15:00", FollowUpKind.THANK_YOU, PRIYA).body
    desk.templates = own_templates(tmp_path) or builtin()
    assert desk.letter("2026-03-12 15:00", FollowUpKind.THANK_YOU, PRIYA).body == before


def test_the_page_for_the_folder_explains_every_name() -> None:
    page = guide()
    assert all(f"  {name}: " in page for part, several in table("names.toml").items() for name in several
               if part not in ("lists", "templates"))  # fmt: skip


@pytest.mark.parametrize("reaching", ["{{ named.__class__.__mro__ }}", "{{ several.append(1) }}"])
def test_what_slipped_past_the_look_at_a_template_meets_the_sandbox(reaching: str) -> None:
    """Jinja's immutable sandbox is the second lock: no way to Python's insides, and no value changed."""
    with pytest.raises(SecurityError):
        Templates({"check_in.1.txt": reaching}).render("check_in.1", {"named": "Dana", "several": []})
