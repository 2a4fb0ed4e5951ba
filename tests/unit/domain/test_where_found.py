"""Why a search found somebody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.folding import spans, words
from alumnidesk.domain.where_found import Place, places

TEXTS = [
    ("birth_name", "Meyer"),
    ("address", "Lindenweg 14, 22767 Hamburg"),
    ("phone", "+49 (0)40 66969-123"),
    ("remark", "Has offered to help with the cake at the summer party"),
    ("own.Shirt <b>size</b>", "Large"),
]


def test_each_word_is_shown_where_it_stands_first_and_two_in_one_text_only_once() -> None:
    assert places(TEXTS, ["linden", "hamb", "large"]) == [
        Place("address", "Lindenweg 14, 22767 Hamburg"),
        Place("own.Shirt <b>size</b>", "Large"),
    ]
    assert places(TEXTS, ["nowhere"]) == []


def test_a_long_text_begins_with_the_word_that_was_looked_for() -> None:
    assert places(TEXTS, ["cake"]) == [Place("remark", "cake at the summer party")]


def test_a_number_is_found_by_its_digits_whatever_their_spelling() -> None:
    for typed in ("4066969", "040 66969", "0049 40 6696", "49 40"):
        assert places(TEXTS, words(typed)) == [Place("phone", "+49 (0)40 66969-123")], typed


def test_what_does_not_speak_for_itself_says_what_it_is() -> None:
    labels = [place.label for place in places(TEXTS, ["meyer", "hamb", "large"])]
    assert [label and str(label) for label in labels] == ["Birth name", None, "Shirt <b>size</b>"]


@given(st.lists(st.tuples(st.sampled_from(["remark", "note"]), st.text(max_size=40)), max_size=4), st.text(max_size=12))
def test_every_word_that_stands_somewhere_is_shown(texts: list[tuple[str, str]], typed: str) -> None:
    looked_for = words(typed)
    found = places(texts, looked_for)
    for word in looked_for:
        somewhere = any(spans(text, [word]) for _, text in texts)
        assert somewhere == any(spans(place.text, [word]) for place in found)
