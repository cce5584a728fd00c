"""Tags: what is added up fast is the sum of what was learned of each feature; titles are found in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.reading.chain import chain
from mailbot.reading.places import Place, Where
from mailbot.reading.tagging import LINE_END, READ, features, tagger, tokens

LEARNED = chain("tags")
WORDS = st.text(alphabet="abc XYZ.,&'é-019\u00b6", max_size=40)


@given(st.lists(st.tuples(st.sampled_from(Where), WORDS), max_size=4))
def test_each_word_has_the_weights_of_its_features(lines: list[tuple[Where, str]]) -> None:
    listed = tokens([Place(where, text) for where, text in lines])
    words = [one.text for one in listed]
    for at, (token, spoken) in enumerate(zip(listed, tagger()._spoken(words), strict=True)):
        where = lines[token.place][0]
        added = spoken + LEARNED.weights(f"@{where}")
        assert added == LEARNED.added(features(words, at, where))


@given(st.lists(st.tuples(st.sampled_from(Where), WORDS), max_size=4))
def test_what_is_tagged_stands_in_its_place(lines: list[tuple[Where, str]]) -> None:
    for one in tagger().tagged([Place(where, text) for where, text in lines]):
        assert one.text
        assert any(one.text in text for where, text in lines if where is one.where)
        assert 0 <= one.sure <= 1.000001


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("We would like to talk to you about the bridle stitcher position.", "bridle stitcher"),
        ("Thank you for applying for the role of Night Porter with us.", "Night Porter"),
        ("Thanks for your interest in the oyster sorter position at Teasel Bay.", "oyster sorter"),
    ],
)
def test_a_title_that_no_list_knows_is_found(line: str, title: str) -> None:
    found = [one.text for one in tagger().tagged([Place(Where.TEXT, line)]) if one.what == "role"]
    assert found == [title]


def test_a_long_mail_is_looked_at_to_a_limit() -> None:
    found = [Place(Where.TEXT, "word " * 100)] * 1000
    listed = tokens(found)
    assert READ < len(listed) < READ + 110
    assert listed[-1].text == LINE_END
