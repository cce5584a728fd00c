"""A proofreader's pass over every letter of the matrix: spelling, articles, spacing, quotes, sentences, length, and
that nothing is said that the application does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from spellchecker import SpellChecker

from mailbot.demo.situations import STILL_DECIDING, Situation, letter_for, samples
from mailbot.drafting.data import table, template_sources
from mailbot.drafting.letter import Letter
from mailbot.drafting.notes import DAY_WORDS
from mailbot.drafting.wording import article
from mailbot.etiquette.follow_up import FollowUpKind
from mailbot.mail.message import Direction
from mailbot.mail.mime import parse
from mailbot.reading.reader import read
from mailbot.reading.statements import Facet, Kind, Reader
from tests.drafting.desk_letters import middle
from tests.drafting.matrix import Watched, situations

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
DATE = re.compile(r"(\w+day), (?:(\d+) (\w+)|(\w+) (\d+))")
HOUR = re.compile(r"\b(?:2:00 ?[Pp][Mm]|14:00)( (?:New York|London|Berlin|Kolkata) time \([^()]* New York time\))?")
MONTHS = ["January", "February", "March", "April", "May"]
ANSWERS = (FollowUpKind.INVITATION_REPLY, FollowUpKind.OFFER_REPLY)
AMERICAN = {"realize", "posting", "resume"}
BRITISH = {"realise", "advert", "cv"}


@cache
def watched() -> Watched:
    return Watched()


@cache
def composed() -> tuple[tuple[Situation, Letter], ...]:
    """Each situation of the matrix, and of the page of samples, with its letter."""
    page = [(one, letter) for one, letter in samples() if one.kind is not FollowUpKind.INTERVIEW_NOTES]
    return (*((one, letter_for(one, watched())) for one in situations()), *page)


@cache
def dictionary() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def facts(one: Situation) -> str:
    """All words and figures that the situation holds."""
    people = (one.to, *one.met, *one.also_thank, *((one.keeper,) if one.keeper else ()))
    said = [f"{who.name} {who.position} {who.title} {who.signs}" for who in people]
    return " ".join((*said, one.company or "", one.role or "", one.team or "",
                     *one.topics, *one.announced, *one.me.strengths, one.me.name,
                     one.me.phone, one.me.postal_address, *one.me.addresses))  # fmt: skip


def texts() -> Iterator[tuple[Situation, Letter, str]]:
    for one, letter in composed():
        yield one, letter, middle(letter)


def sentences(text: str) -> list[str]:
    flat = [line for block in text.split("\n\n") for line in block.split("\n") if not line.startswith("- ")]
    return [one for line in flat for one in re.split(r"(?<=[.?!:])\s+(?=[A-Z])", line)]


def test_there_are_five_hundred_letters_and_more() -> None:
    assert len(composed()) >= 800
    assert len({letter.body for _, letter in composed()}) >= 500


def test_every_template_is_read() -> None:
    composed()
    assert watched().used == set(template_sources()) - {"interview_notes.txt"}


def test_every_word_is_spelled_right() -> None:
    ours = set()
    for one, letter, _ in texts():
        known = {word.lower() for word in WORD.findall(facts(one))}
        ours |= {word.lower() for word in WORD.findall(letter.body)} - known
    places = {"kolkata", "gmt", "pm", "am"}
    titles = {title.lower() for one in ("us", "uk", "de", "in") for title in manner_titles(one)}
    own = {word.lower() for word in table("manners.toml")["uk"]["words"].values()}
    assert dictionary().unknown(ours - places - titles - own) == set()


def test_the_dictionary_knows_a_wrong_word_when_it_sees_one() -> None:
    assert dictionary().unknown(["recieve", "seperate", "intrested", "wether"])


def manner_titles(name: str) -> set[str]:
    return {one.strip(".") for one in table("manners.toml")[name]["titles"].values()}


def test_spelling_goes_by_the_country() -> None:
    for one, letter, _ in texts():
        words = {word.lower() for word in WORD.findall(middle(letter))}
        manner = one.me.manner or {"America/New_York": "us", "America/Chicago": "us"}.get(one.zone, "other")
        assert not words & (BRITISH if manner == "us" else AMERICAN), letter.body


def test_no_word_stands_twice() -> None:
    for _, letter, text in texts():
        words = re.findall(r"\S+", text.lower())
        assert not [one for one, other in pairwise(words) if one == other and one != "-"], letter.body


def test_articles_fit_what_follows() -> None:
    for _, letter, text in texts():
        for found, word in re.findall(r"\b([Aa]n?) ([\w&]+)", text):
            assert found.lower() == article(word), letter.body


def test_spaces_marks_and_quotes_stand_as_they_should() -> None:
    for one, letter, text in texts():
        assert not re.search(r"  | [,.;:?!]|[,;:]{2}|\.\.|[.!?]\.|,\.|\(\s|\s\)|\n{3}", letter.body), letter.body
        assert text.count('"') % 2 == 0
        assert text.count("(") == text.count(")")
        assert not set("[]{}<>“”") & set(letter.subject + text), letter.body
        assert "None" not in letter.subject + letter.body
        if "’" not in facts(one):
            assert "’" not in text


def test_sentences_begin_large_and_end() -> None:
    for _, letter, text in texts():
        for paragraph in text.split("\n\n"):
            for line in paragraph.split("\n"):
                assert line.startswith("- ") or line[0].isupper(), letter.body
                assert line.startswith("- ") or line[-1] in ".?!:", letter.body
        whole = text.replace("Inc. ", "").replace("St. ", "").replace("Yahoo! ", "")
        assert not re.search(r"[.?!] [a-z]", whole), text


def test_no_sentence_is_longer_than_forty_words() -> None:
    for _, letter, text in texts():
        assert max(len(one.split()) for one in sentences(text)) <= 45, letter.body


def test_words_stay_true_for_a_week() -> None:
    for _, letter, _ in texts():
        assert not DAY_WORDS.search(f"{letter.subject}\n{letter.body}"), letter.body


@pytest.mark.parametrize("kind", FollowUpKind)
def test_letters_have_their_length(kind: FollowUpKind) -> None:
    for one, letter, text in texts():
        words, brief = len(text.split()), one.preset == "one-follow-up"
        if letter.follow_up.kind is not kind:
            continue
        if kind is FollowUpKind.CHECK_IN:
            assert 70 <= words <= 130 if brief else len(letter.body.split()) < 120, letter.body
        elif kind is FollowUpKind.THANK_YOU and brief:
            assert 3 <= len(sentences(text)) <= 4, letter.body
        elif kind is FollowUpKind.THANK_YOU and not one.arranger:
            assert 2 <= len(text.split("\n\n")) <= 4, letter.body
        elif kind is FollowUpKind.STAY_IN_TOUCH:
            assert 2 <= len(sentences(text)) <= 5, letter.body
        assert words <= 190, letter.body


@cache
def ours() -> frozenset[str]:
    """Every word of our templates and tables."""
    tables = [table("manners.toml"), table("english.toml")]
    listed = " ".join(str(one) for one in (*template_sources().values(), *tables))
    more = "by between and in our call meeting conversation none of the times you offer suits me that time"
    more += " does not hear"
    more += " dear hi hello job interview follow up following application staying touch question timing thank re offer"
    more += " withdrawing declining apologies another phone video"
    return frozenset(word.lower() for word in WORD.findall(f"{listed} {more} mentioned understood role I"))


WEEK = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
CALENDAR = WEEK | {*MONTHS, "AM", "PM", "am", "pm"}
I_SAY = {"i", "cv", "i'm", "i'd", "i'll", "i've", "gmt", "ist"}
CITIES = {"New", "York", "London", "Berlin", "Kolkata", "Chicago", "GMT", "time"}


def test_every_word_is_ours_or_the_applications() -> None:
    for one, letter, _ in texts():
        known = {word.lower() for word in WORD.findall(facts(one))} | ours()
        known |= {word.lower() for name in known for word in re.split("['’-]", name)}
        for word in WORD.findall(f"{letter.subject} {letter.body}"):
            if word not in CALENDAR | CITIES:
                assert word.lower() in known or set(re.split("['’-]", word.lower())) <= known, (word, letter.body)


def test_every_capital_inside_a_sentence_is_a_name_that_is_known() -> None:
    for one, letter, text in texts():
        known = {word.lower() for word in WORD.findall(facts(one))} | I_SAY
        titles = {title.lower() for name in ("us", "uk", "de", "in") for title in manner_titles(name)}
        for sentence in sentences(text):
            for word in WORD.findall(sentence)[1:]:
                if word[0].isupper() and word not in CALENDAR | CITIES:
                    assert word.lower() in known | titles, (word, letter.body)


def test_every_date_is_one_of_the_applications_and_on_its_weekday() -> None:
    for one, letter, text in texts():
        days = {one.day, one.day + STILL_DECIDING, one.handed_in, one.respond_by, one.asked, *(one.promised or ())}
        days |= {at.date() for at in one.offered}
        for weekday, day, month, month_first, day_last in DATE.findall(text):
            named = date(2026, MONTHS.index(month or month_first) + 1, int(day or day_last))
            assert f"{named:%A}" == weekday, letter.body
            proposed = letter.follow_up.kind is FollowUpKind.INVITATION_REPLY and named > one.day
            assert named in days or proposed, letter.body


# What may join names, days and titles into a phrase.
JOINING = frozenset(
    WORD.findall(
        "a an the role at in on by and between again you your i'd i was interested to hear that mentioned understood"
        " would our call meeting conversation interview second team time arranging phone video none of times offer"
        " suits me that does not suit dr prof mr ms mrs"
    )
)


def test_what_fills_a_template_holds_no_word_but_the_applications_and_a_few_that_join() -> None:
    """Each value that a template may put in, whether or not it does: its words are the situation's, or of grammar."""
    of_grammar = {word for several in table("manners.toml")["words"].values() for word in several}
    of_grammar |= set(table("manners.toml")["uk"]["words"])
    letters = composed()
    for (one, _), values in zip(letters, watched().given, strict=False):
        known = {word.lower() for word in WORD.findall(facts(one))} | JOINING
        known |= {word for name in known for word in re.split("['’-]", name)}
        for name in values.keys() - of_grammar:
            value = values[name]
            for word in WORD.findall(DATE.sub("", value if isinstance(value, str) else "")):
                if word not in CALENDAR | CITIES:
                    assert set(re.split("['’-]", word.lower())) <= known, (name, value)


def test_every_figure_is_known() -> None:
    for one, letter, text in texts():
        if letter.follow_up.kind is not FollowUpKind.INVITATION_REPLY:
            left = HOUR.sub("", DATE.sub("", text))
            assert set(re.findall(r"\d+", left)) <= set(re.findall(r"\d+", facts(one))), letter.body


def test_answers_commit_to_nothing() -> None:
    for _, letter, text in texts():
        if letter.follow_up.kind in ANSWERS:
            assert not re.search(r"\b(?:accept|decline|salary|pay|negotiat\w*|agree|sign)\b", text.lower()), text


# What a mail of the person's must say for the program to know later that it is done.
TOLD = {
    FollowUpKind.THANK_YOU: {Kind.OWN_THANK_YOU, Facet.THANKS},
    FollowUpKind.FORMAL_LETTER: {Kind.OWN_THANK_YOU, Facet.THANKS},
    FollowUpKind.CHECK_IN: {Kind.OWN_CHECK_IN, Facet.ASKS_NEWS},
    FollowUpKind.SECOND_CHECK_IN: {Kind.OWN_CHECK_IN, Facet.ASKS_NEWS},
    FollowUpKind.OFFER_ELSEWHERE: {Facet.TELLS_DEADLINE},
    FollowUpKind.WITHDRAWAL: {Kind.OWN_WITHDRAWAL},
    FollowUpKind.DECLINE: {Kind.OWN_WITHDRAWAL},
}


def test_what_is_written_is_read_as_what_it_is_once_it_is_sent() -> None:
    """A mail program may change the Message-ID: then the words alone tell that the person sent the letter."""
    for one, letter, _ in texts():
        sent = replace(parse(letter.raw), direction=Direction.OUT)
        reading = read(sent, Reader(frozenset(one.me.addresses), one.zone, name=one.me.name))
        told = {found for said in reading.statements for found in (said.kind, *said.facets)}
        wanted = TOLD.get(letter.follow_up.kind)
        assert wanted is None or told & wanted, (told, letter.body)
        assert Kind.OWN_ACCEPTANCE not in told, letter.body
