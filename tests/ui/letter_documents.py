"""Texts of letters for the tests: any document that the model allows."""

from __future__ import annotations

from hypothesis import strategies as st

from alumnidesk.domain.letter_text import (
    ALIGNMENTS,
    MARKS,
    SIZES,
    Code,
    Document,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Signature,
    Slip,
    Table,
)

_WORDS = st.one_of(
    st.sampled_from(
        ["Liebe ", "{given_name}", "{Shirt size}", "{given_nam}", "{}", "<b>&", "\n", "Ä ö", "{", "}", "𝄞", "\t"]
    ),
    st.text(max_size=6),
)
_RUNS = st.lists(
    st.builds(Run, st.lists(_WORDS, max_size=3).map("".join), st.booleans(), st.booleans(), st.booleans()), max_size=3
).map(tuple)
_ALIGN = st.sampled_from(ALIGNMENTS)
_ONLY = st.sampled_from(["", "", "email:none", 'tag:"Mentor"'])
_PARAGRAPHS = st.one_of(
    st.builds(Paragraph, _RUNS, _ALIGN, st.sampled_from(SIZES), only=_ONLY),
    st.builds(Paragraph, _RUNS, _ALIGN, st.sampled_from(SIZES), st.sampled_from(MARKS), st.integers(0, 2), _ONLY),
)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(_RUNS, min_size=columns, max_size=columns).map(tuple), max_size=3))
    widths = draw(st.lists(st.integers(1, 90), min_size=columns, max_size=columns))
    return Table(tuple(rows), tuple(widths), draw(st.booleans()), draw(_ONLY))


_INNER = st.one_of(
    _PARAGRAPHS,
    _tables(),
    st.builds(Picture, st.sampled_from(["ab12", "cd34"]), st.integers(5, 160), _ALIGN, _ONLY),
    st.builds(Code, st.sampled_from(["https://lindenhof.example/{email}", ""]), st.integers(10, 60), _ALIGN, _ONLY),
)
_BLOCKS = st.one_of(
    _INNER,
    _INNER,
    st.builds(Signature, _ONLY),
    st.builds(NewPage, _ONLY),
    st.builds(Slip, st.lists(_INNER, max_size=3).map(tuple), _ONLY),
)


def documents() -> st.SearchStrategy[Document]:
    """Any document."""
    return st.lists(_BLOCKS, max_size=5).map(tuple)
