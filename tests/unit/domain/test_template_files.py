"""Letters as files: what is written is read again, and nothing broken or foreign is believed."""

from __future__ import annotations

import base64
import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.records import content_key
from alumnidesk.domain.template_files import LARGEST, TemplateFile, read, write
from alumnidesk.errors import BadFile

PICTURE = b"\x89PNG\r\n\x1a\nanything"
KEY = content_key(PICTURE)
BODY = f'<letter>\n<p>Liebe <b>{{given_name}}</b> &amp; Co</p>\n<picture file="{KEY}"/>\n</letter>'
CARD = TemplateCard(
    name="Einladung",
    purpose="membership",
    texts=(LetterText("de", "Betreff", BODY, "Herzlich"), LetterText("sv", "x", "Hej\n\n{name}")),
)


def kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write(CARD, {KEY: PICTURE}))
    return found


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


def test_what_is_written_is_read_again_with_its_pictures() -> None:
    assert read(write(CARD, {KEY: PICTURE}), "x") == TemplateFile(CARD, {KEY: PICTURE})


def test_ids_stay_at_home_and_pictures_that_no_text_shows_are_left_out() -> None:
    other = b"other"
    file = kept() | {"id": 7, "uid": "x"}
    file["pictures"][content_key(other)] = base64.b64encode(other).decode()
    assert read(encoded(file), "x") == TemplateFile(CARD, {KEY: PICTURE})


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "something else"}, {"kind": None}, {"version": None}, {"texts": 5}, {"texts": None},
        {"version": "one"},
        {"texts": "words"}, {"texts": [5]}, {"texts": [{}]}, {"texts": [{"language": "de", "subject": 1}]},
        {"name": {}}, {"name": "\ud800"}, {"pictures": []}, {"pictures": {KEY: 5}}, {"pictures": {KEY: "%%%"}},
        {"pictures": {KEY: "ü"}},
        {"pictures": {KEY: base64.b64encode(b"another one").decode()}}, {"purpose": ["x"]},
        {"texts": [{"language": "de", "subject": "", "body": "x" * 2_000_000, "closing": ""}]},
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_in_words(change: dict[str, object]) -> None:
    with pytest.raises(BadFile, match="no letter of AlumniDesk"):
        read(encoded(kept() | change), "x")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"1" * 10_000, b"PK\x03\x04"])
def test_what_is_no_letter_at_all_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile, match="no letter of AlumniDesk"):
        read(data, "x")


def test_a_file_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(BadFile, match="too large"):
        read(b" " * (LARGEST + 1), "x")


def test_a_newer_letter_and_one_in_languages_that_we_do_not_know_are_told_apart() -> None:
    with pytest.raises(BadFile, match="newer version"):
        read(encoded(kept() | {"version": 2, "texts": "quite different"}), "x")
    finnish = {"language": "fi", "subject": "", "body": "Hei", "closing": ""}
    with pytest.raises(BadFile, match="no text"):
        read(encoded(kept() | {"texts": [finnish]}), "x")
    some = read(encoded(kept() | {"texts": [finnish, *kept()["texts"], kept()["texts"][0]]}), "x")
    assert some.card == CARD


def test_line_ends_and_signs_that_no_document_may_hold_are_put_right() -> None:
    texts = [{"language": "de", "subject": "a\nb\x00", "body": "x\r\n\r\n\r\ny\x07", "closing": "Herz\x00lich"}]
    (text,) = read(encoded(kept() | {"texts": texts, "name": " A \n B "}), "x").card.texts
    assert text == LetterText("de", "a b", "x\n\ny", "Herzlich")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=2)
)


@given(st.sampled_from(["kind", "version", "name", "purpose", "texts", "pictures"]), JSON)
def test_whatever_stands_in_a_place_it_is_read_or_refused(place: str, value: object) -> None:
    with contextlib.suppress(BadFile):
        assert read(encoded(kept() | {place: value}), "x").card.texts
