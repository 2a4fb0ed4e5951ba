"""What the text of a letter consists of, how it is kept, and how one letter is made of it."""

from __future__ import annotations

import itertools
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain import letter_markup, letter_text
from alumnidesk.domain.letter_text import (
    ALIGNMENTS,
    MARKS,
    SIZES,
    Block,
    Code,
    Document,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Signature,
    Slip,
    Table,
    fill,
    tidy,
)

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    ["<b>x</b>", "<letter>", "&amp;", "{given_name}", "\n\n", " ", "a\n", "\r\n", '"', "]]>", "<!--"]
)
RUNS = st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans(), st.booleans()), max_size=3).map(tuple)
ONLY = st.sampled_from(["", "email:none", 'tag:"A & B"'])
ALIGN = st.sampled_from(ALIGNMENTS)
PARAGRAPHS = st.builds(
    Paragraph, RUNS, ALIGN, st.sampled_from(SIZES), st.sampled_from(("", *MARKS)), st.integers(0, 2), ONLY
)
TABLES = st.builds(
    Table,
    st.lists(st.lists(RUNS, max_size=3).map(tuple), max_size=3).map(tuple),
    st.lists(st.integers(1, 99), max_size=3).map(tuple),
    st.booleans(),
    ONLY,
)
INNER = (
    PARAGRAPHS
    | TABLES
    | st.builds(Picture, st.just("0a1b"), st.integers(1, 160), ALIGN, ONLY)
    | st.builds(Code, WORDS, st.integers(10, 60), ALIGN, ONLY)
)
DOCUMENTS: st.SearchStrategy[Document] = st.lists(
    INNER
    | st.builds(Signature, ONLY)
    | st.builds(NewPage, ONLY)
    | st.builds(Slip, st.lists(INNER, max_size=2).map(tuple), ONLY),
    max_size=4,
).map(tuple)


@given(DOCUMENTS)
def test_a_text_is_read_as_it_was_written(document: Document) -> None:
    body = letter_markup.write(document)
    assert letter_markup.read(body) == tidy(document)
    assert letter_markup.write(letter_markup.read(body)) == body


@given(st.text(max_size=60) | st.lists(WORDS).map("".join))
def test_no_words_that_somebody_typed_are_lost(body: str) -> None:
    if body.startswith("<letter>"):
        return
    wanted = "".join(letter_text.clean(body).split())
    assert "".join("".join(letter_text.texts(letter_markup.read(body))).split()) == wanted


def test_a_letter_without_adornments_stays_plain() -> None:
    body = "Dear all,\n\nplease come.\nBring cake."
    assert letter_markup.write(letter_markup.read(body)) == body
    assert len(letter_markup.read(body)) == 2


def test_typed_markup_stays_words() -> None:
    document = letter_markup.from_plain("<letter><p>x</p></letter>")
    assert letter_markup.read(letter_markup.write(document)) == document


@pytest.mark.parametrize(
    "body",
    [
        "<letter><p>not closed",
        "<letter><script>x</script></letter>",
        '<!DOCTYPE letter [<!ENTITY a "aaaa">]><letter><p>&a;</p></letter>',
        '<letter><!DOCTYPE x><p align="left">x</p></letter>',
        '<letter><p align="above">x</p></letter>',
        '<letter><qr size="huge">x</qr></letter>',
        "<letter><slip><signature/></slip></letter>",
        "<letter>" + "<b>" * 5000 + "</letter>",
        "<letter><p>" + "<b>" * 5000 + "</b>" * 5000 + "</p></letter>",
        "<letter><p>" + "x" * letter_markup.MOST_BYTES + "</p></letter>",
    ],
)
def test_what_is_no_markup_of_ours_is_shown_as_it_is(body: str) -> None:
    assert [block.text for block in letter_markup.read(body) if isinstance(block, Paragraph)] == [body]


def _only(document: Document) -> Block:
    (block,) = document
    return block


def test_other_words_keep_every_part_of_the_look() -> None:
    assert [field.name for field in fields(Run)] == ["text", "bold", "italic", "underlined"]
    for look in itertools.product((False, True), repeat=3):
        assert Run("before", *look).saying("after") == Run("after", *look)


def test_placeholders_are_filled_run_by_run() -> None:
    runs = (Run("Dear "), Run("{given_name}", bold=True), Run(", welcome"))
    filled = fill((Paragraph(runs),), {"given_name": "<b>Ada</b> {family_name}"})
    assert _only(filled.document) == Paragraph(
        (Run("Dear "), Run("<b>Ada</b> {family_name}", bold=True), Run(", welcome"))
    )


def test_an_empty_placeholder_closes_its_gap_also_where_it_was_bold() -> None:
    runs = (Run("Dear "), Run("{given_name}", bold=True), Run(", welcome"))
    filled = fill((Paragraph(runs),), {"given_name": ""})
    assert _only(filled.document) == Paragraph((Run("Dear, welcome"),))
    assert filled.missing == ("given_name",)


def test_a_line_with_nothing_but_an_empty_placeholder_goes_also_where_its_label_is_bold() -> None:
    runs = (Run("Time:", bold=True), Run(" {event_time}\n"), Run("Place:", bold=True), Run(" {event_place}"))
    filled = fill((Paragraph(runs),), {"event_time": "", "event_place": "Hall"})
    assert _only(filled.document) == Paragraph((Run("Place:", bold=True), Run(" Hall")))
    assert not filled.missing
    assert fill((Paragraph(runs),), {"event_time": "", "event_place": ""}).document == ()


def test_rows_of_a_table_that_stay_empty_go_and_a_table_with_nothing_but_its_head() -> None:
    def row(*cells: str) -> tuple[tuple[Run, ...], ...]:
        return tuple((Run(cell),) for cell in cells)

    table = Table(
        (row("What", "When"), row("{event_title}", "{event_date}"), row("{town}", "{street}")), (50, 50), True
    )
    values = {"event_title": "Feast", "event_date": "", "town": "", "street": ""}
    assert [len(block.rows) for block in fill((table,), values).document if isinstance(block, Table)] == [2]
    assert fill((table,), dict.fromkeys(values, "")).document == ()


def test_a_block_for_some_is_in_their_letters_only() -> None:
    document: Document = (
        Paragraph((Run("for all"),)),
        Paragraph((Run("for members"),), only="role:member"),
        Slip((Paragraph((Run("Name"),), only="email:none"),)),
    )
    filled = fill(document, {}, lambda only: only == "role:member").document
    assert filled == (Paragraph((Run("for all"),)), Paragraph((Run("for members"),)))
    assert letter_text.conditions(document) == {"role:member", "email:none"}


@given(DOCUMENTS, st.sampled_from(["", "Ada", "<i>&", "\x1c\u2028\x85"]))
def test_filling_in_leaves_no_placeholder_and_keeps_the_form(document: Document, value: str) -> None:
    filled = fill(tidy(document), {"given_name": value}).document
    assert not any("{given_name}" in text for text in letter_text.texts(filled))
    assert letter_markup.read(letter_markup.write(filled)) == tidy(filled)


def test_the_words_of_a_text_as_plain_text() -> None:
    document: Document = (
        Paragraph((Run("Programme", bold=True),)),
        Paragraph((Run("Talk"),), mark="number"),
        Paragraph((Run("Tea"),), mark="bullet", level=1),
        Paragraph((Run("Dance"),), mark="number"),
        Table((((Run("a"),), (Run("b"),)),), (50, 50)),
    )
    assert letter_text.plain(document) == "Programme\n\n1. Talk\n  – Tea\n2. Dance\n\na\tb"
    assert letter_text.numbered(document) == [0, 1, 0, 2, 0]
