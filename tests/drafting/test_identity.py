"""The Message-ID of a follow-up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.drafting.identity import message_id, message_ids
from mailbot.etiquette.follow_up import FollowUpKind, Identity
from mailbot.patterns import compiled

KEY = bytes(range(32))
WORDS = st.text(max_size=20)


def test_it_is_the_hmac_of_kind_recipient_and_message_in_base32() -> None:
    # The value of the first release: drafts that lie in mailboxes are known by it.
    ident = message_id(KEY, FollowUpKind.CHECK_IN, "dana@firm.example", "<m@firm.example>", "home.example")
    assert ident == "<y6co2cutchsupptvdjzuocssgxa5ztox4dewa53zrnass5gfbwwa@home.example>"


@settings(max_examples=50, deadline=None)
@given(WORDS, WORDS, WORDS, WORDS)
def test_other_fields_give_another_id(to: str, occasion: str, other_to: str, other_occasion: str) -> None:
    one = message_id(KEY, FollowUpKind.CHECK_IN, to, occasion, "home.example")
    other = message_id(KEY, FollowUpKind.CHECK_IN, other_to, other_occasion, "home.example")
    assert (one == other) == ((to, occasion) == (other_to, other_occasion))


def test_another_key_kind_or_domain_gives_another_id() -> None:
    args = ("dana@firm.example", "<m@firm.example>")
    ids = {
        message_id(KEY, FollowUpKind.CHECK_IN, *args, "home.example"),
        message_id(KEY[::-1], FollowUpKind.CHECK_IN, *args, "home.example"),
        message_id(KEY, FollowUpKind.THANK_YOU, *args, "home.example"),
        message_id(KEY, FollowUpKind.CHECK_IN, *args, "work.example"),
    }
    assert len(ids) == 4


@settings(max_examples=50, deadline=None)
@given(WORDS, WORDS)
def test_it_is_a_message_id_that_can_be_searched_for_and_names_no_product(to: str, occasion: str) -> None:
    ident = message_id(KEY, FollowUpKind.CHECK_IN, to, occasion, "home.example")
    assert compiled(r"<[a-z2-7]{52}@home\.example>", case=True).fullmatch(ident)


def test_there_is_one_id_for_each_message_of_the_occasion_oldest_first() -> None:
    identity = Identity(FollowUpKind.THANK_YOU, "dana@firm.example", ("<a@firm.example>", "<b@firm.example>"))
    ids = message_ids(KEY, identity, "home.example")
    assert ids == tuple(
        message_id(KEY, FollowUpKind.THANK_YOU, "dana@firm.example", one, "home.example") for one in identity.occasion
    )
