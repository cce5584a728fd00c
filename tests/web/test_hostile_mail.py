"""Nothing from a mail is obeyed on the page: not as markup, not as a direction of writing, not as a link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.web.rendering import _outward, render
from tests.cli.person import PersonAtDesk
from tests.sample_mail import CONFIRMATION, TOM, at, mail
from tests.web.serving import Served, Server

BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def attacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_server: Server) -> Iterator[Served]:
    """Mails whose every part that is shown holds markup, quotes, or a letter that turns the line around."""
    person = PersonAtDesk(tmp_path, monkeypatch)
    person.receive(
        mail(
            "2026-03-02 09:10",
            'Tom "<b>Varga</b>" <tom.varga@lindenworks.example>',
            f"Interview confirmed: Stage Technician {BAD} \u202egpj.exe at Linden Works",
            "Hi Robin,\n\nYour interview for the Stage Technician position at Linden Works is confirmed for Wednesday,"
            f" March 4, 2026, from 2:00 to 2:45 PM Eastern, by video {BAD}. You will speak with Ella"
            ' "onmouseover=alert(3) Brandt (ella.brandt@lindenworks.example).\n\nWe will decide by Friday, March 13.'
            "\n\nBest,\nTom Varga\nRecruiter, Linden Works\n",
            ident="bad@lindenworks.example",
        )
    )
    person.at("2026-03-03 10:00")
    person.do("sync")
    person.do("correct", "linden", "--role", f"Technician {BAD}", "--company", f"Linden {BAD}")
    person.do("note", "linden", f"lights {BAD}")
    person.at("2026-03-04 15:00")
    person.do("sync")
    with other_server.serving(tmp_path, at("2026-03-04 15:00")) as page:
        yield page


def test_markup_in_mails_and_words_is_shown_as_text_on_every_page(attacked: Served) -> None:
    board = attacked.get().text
    path = "/application" + board.partition('/application')[2].partition('"')[0]
    others = ("/agenda", "/letters", "/questions", "/figures", "/said", path)
    pages = [board, *(attacked.get(one).text for one in others)]
    assert sum(BAD.replace("<", "&lt;").replace(">", "&gt;") in one for one in pages) > 3
    for one in pages:
        assert "<script" not in one
        assert "<img src=x" not in one
        assert "<b>" not in one
        assert '"onmouseover' not in one
        assert "\u202e" not in one


def test_mail_to_beware_of_leads_the_board_with_the_words_that_make_it_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_server: Server
) -> None:
    person = PersonAtDesk(tmp_path, monkeypatch)
    person.receive(CONFIRMATION)
    person.receive(mail("2026-03-03 09:00", TOM, "Payroll", "Please send your bank details for the Stage Technician"
                        " position at Linden Works.\n\nTom Varga\n", ident="trap@lindenworks.example"))  # fmt: skip
    person.at("2026-03-03 10:00")
    person.do("sync")
    with other_server.serving(tmp_path, person.now) as page:
        lead = page.get().text.partition('id="under-way"')[0]
    assert "Beware of “Payroll”" in lead
    assert "bank details" in lead


def test_whatever_a_page_is_given_turns_no_line_around_and_ends_no_text() -> None:
    shown = render("plain", at("2026-03-04 15:00"), place="/x", title="a\u202ecba\u2066\x00\x1b[2J", text=BAD)
    assert not {"\u202e", "\u2066", "\x00", "\x1b"} & set(shown)
    assert "<script" not in shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "http://mail.google.com/", "https://mail.google.com.evil.example/",
        "https://mail.google.com@evil.example/", "https://evil.example/mail.google.com", "//mail.google.com/",
        "data:text/html,x", "https://", "", " https://mail.google.com/", "https://[mail.google.com/",
    ],
)  # fmt: skip
def test_only_a_known_providers_own_page_becomes_a_link(url: str) -> None:
    assert _outward(url) == ""


def test_such_a_page_does(tmp_path: Path) -> None:
    assert _outward("https://mail.google.com/mail/?authuser=a@example.com#all/1") != ""
