"""HTML to the text that a person sees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.mail.html import to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("One<br>Two<BR/>Three", "One\nTwo\nThree"),
        (
            "<p class=MsoNormal>One<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Two</p>",
            "One\n\nTwo",
        ),
        ('<p style="margin:0 0 16px">One</p><p style="margin:0">Two</p>', "One\nTwo"),
        ("Hello <b>dear</b>\n <i>Alex</i>!", "Hello dear Alex!"),
        ("Tom &amp; Ann &lt;x&gt; &eacute; &#8211;", "Tom & Ann <x> é –"),
        ("<ul><li>One<li>Two<ul><li>Inner</ul></ul>", "- One\n- Two\n\n  - Inner"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("Above<hr>From: Dana", "Above\n________________________________\nFrom: Dana"),
        ("<head><title>T</title><style>p{}</style></head><script>x()</script><p>Seen", "Seen"),
        ("a < b and <3", "a < b and <3"),
        ("open <b", "open"),
    ],
)
def test_blocks_and_lines(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><th>When<td>Tuesday<tr><td>Where<td>Room 4</table>", "When\tTuesday\nWhere\tRoom 4"),
        ("<table><tr><td><p>When</p></td><td><div>Tuesday</div></td></tr></table>", "When\tTuesday"),
        ("<table><tr><td>Where</td><td>1 High St<br>Leeds</td></tr></table>", "Where\t1 High St\nLeeds"),
        ("<table><tr><td></td><td>Only</td></tr></table>", "Only"),
        ("<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>", "a\tb"),
        ("<td>stray", "stray"),
    ],
)
def test_table_rows(html: str, text: str) -> None:
    assert to_text(html) == text


def test_cells_with_paragraphs_stand_one_below_the_other() -> None:
    html = "<table><tr><td>Acme</td><td><p>Hi Alex,</p><p>Welcome.</p></td></tr></table>"
    assert to_text(html) == "Acme\n\nHi Alex,\n\nWelcome."


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">no</div>',
        '<div style="DISPLAY : none !important">no<div>no</div>no</div>',
        '<span style="visibility: hidden">no</span>',
        '<span style="color:red; font-size:0px">no</span>',
        '<div style="max-height:0;overflow:hidden">no</div>',
        '<p style="opacity:0">no',
        "<div hidden>no</div>",
        "<!-- no --><!--[if mso]><p>no</p><![endif]-->",
        '<img src="https://t.example/p.gif" alt="no" width=1>',
    ],
)
def test_hidden_things_are_left_out(hidden: str) -> None:
    assert to_text(f"<p>Before</p>{hidden}<p>After</p>") == "Before\n\nAfter"


def test_a_cell_of_font_size_zero_is_layout_not_hiding() -> None:
    assert (
        to_text('<table><tr><td style="font-size:0px"><div style="font-size:14px">Seen</div></td></tr></table>')
        == "Seen"
    )


def test_outlook_conditionals_for_the_others_are_seen() -> None:
    assert to_text("<!--[if !mso]><!--><p>Seen</p><!--<![endif]-->") == "Seen"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="https://x.example/book">Book a time</a> now', "Book a time <https://x.example/book> now"),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ('<a href="https://safe.example/?u=1">https://x.example</a>', "https://x.example"),
        ('<a href="mailto:dana@x.example?subject=a">Dana</a>', "Dana <dana@x.example>"),
        ('<a href="mailto:dana@x.example">dana@x.example</a>', "dana@x.example"),
        ('<a href="javascript:x()">Go</a> <a href="#top">Top</a> <a name=x>Here</a>', "Go Top Here"),
        ('<a href="https://x.example"><img alt="Accept" src=y></a>', "Accept <https://x.example>"),
        ('<a href="https://x.example"><img src=y></a>', ""),
        ('<a href="https://x.example/a&amp;b=1">Go</a>', "Go <https://x.example/a&b=1>"),
    ],
)
def test_links_show_where_they_lead(html: str, text: str) -> None:
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Hi<blockquote type=cite><p>Old</p><p>News</p></blockquote>", "Hi\n\n> Old\n>\n> News"),
        (
            '<div class="gmail_quote">On 3 March Dana wrote:<blockquote class="gmail_quote">Old</blockquote></div>',
            "On 3 March Dana wrote:\n\n> Old",
        ),
        ("On Tuesday Dana wrote:<blockquote>Old</blockquote>", "On Tuesday Dana wrote:\n\n> Old"),
        ("<p>The details are:</p><blockquote>14 May at 10</blockquote>", "The details are:\n\n14 May at 10"),
        ("<blockquote type=cite>a<blockquote type=cite>b</blockquote></blockquote>", "> a\n>\n> > b"),
    ],
)
def test_quoted_mail_is_marked_and_callouts_are_not(html: str, text: str) -> None:
    assert to_text(html) == text


def test_outlook_quotes_below_its_header_block() -> None:
    html = (
        "<p class=MsoNormal>New</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>"
        "<b>From:</b> Dana &lt;dana@x.example&gt;<br><b>Sent:</b> Monday</p></div><p class=MsoNormal>Old</p>"
    )
    assert to_text(html) == "New\nFrom: Dana <dana@x.example>\nSent: Monday\nOld"


@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<li>", "<ul>", "</ul>", "<blockquote type=cite>",
    "</blockquote>", "<a href=https://x.example>", "</a>", "<br>", "<hr>", "<pre>", "</pre>", "word ", "&nbsp;", "<!--",
    "-->", "<", ">", '"', "<span style='display:none'>", "</span>", "\n", "<script>", "</script>",
])))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_markup_gives_tidy_text(pieces: list[str]) -> None:
    text = to_text("".join(pieces))
    assert text == text.strip("\n")
    assert "\n\n\n" not in text or "<pre>" in pieces
