"""The text of a letter on paper: read back from the page, word by word and place by place."""

from __future__ import annotations

import datetime as dt
import io
import re
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.units import mm
from tests.printed_pages import opened, pages_of

from alumnidesk.documents import fonts
from alumnidesk.documents.letters import one_letter_pdf, run_pdf
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.letter_markup import write
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
    Runs,
    Signature,
    Slip,
    Table,
    numbered,
    texts,
)
from alumnidesk.domain.letters import LetterPlan, MasterLetter
from alumnidesk.domain.mailing_plans import plan_mailing
from alumnidesk.errors import Refused
from alumnidesk.progress import Progress

BARE = Association()
"""Has no foot, no signatory, no letterhead: what stands on the page is the letter's own text."""
ANNA = ContactCard(
    id=1,
    given_name="Anna",
    family_name="Müller",
    gender_form="f",
    addresses=(Address("Weg", "1", postcode="1", town="O"),),
)
LEFT, RIGHT, BOTTOM = 25 * mm, 190 * mm, 20 * mm
TOP_OF_FIRST, TOP_OF_NEXT = (297 - 98) * mm, (297 - 28) * mm

OVERHANG = 4.0
"""So far an italic letter may lean over the edge of its line, in points."""


def planned(*document: Block, contact: ContactCard = ANNA) -> LetterPlan:
    template = TemplateCard(texts=(LetterText("de", "", write(document), ""),))
    return plan_mailing(MasterLetter(template, BARE, dt.date(2026, 11, 22)), [contact]).letters[0]


def printed(*document: Block, pictures: dict[str, bytes] | None = None, association: Association = BARE) -> bytes:
    return one_letter_pdf(planned(*document), association, pictures or {})


def paragraph(text: str, **look: object) -> Paragraph:
    return Paragraph((Run(text),), **look)  # type: ignore[arg-type]


class Sign(NamedTuple):
    """A character of the letter's own text where it stands, in points from the lower left."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float


def signs(pdf: bytes) -> list[Sign]:
    """The characters within the area of the text, in the order in which they are drawn."""
    found = []
    with opened(pdf) as document:
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                top = TOP_OF_FIRST if number == 0 else TOP_OF_NEXT
                for index, sign in enumerate(text.get_text_range()):
                    box = text.get_charbox(index)
                    if sign.strip() and box[1] > BOTTOM - 1 and box[3] < top:
                        found.append(Sign(sign, number, *box))
    return found


def words_of(pdf: bytes) -> str:
    return "".join(sign.text for sign in signs(pdf))


def places_of(pdf: bytes, word: str) -> list[Sign]:
    """The first characters of each occurrence of a word that is written without spaces."""
    found = signs(pdf)
    whole = "".join(sign.text for sign in found)
    return [found[hit.start()] for hit in re.finditer(re.escape(word), whole)]


# Everything is there, and in its place -------------------------------------------------------------------------------

SIGNS = "abyzÄßéåŁ€ΩЖ&<> \n"
WORDS = st.text(SIGNS, max_size=60) | st.sampled_from(["W" * 200, "<b>x</b> &amp; ", "Wort " * 150])


def runs(words: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[Runs]:
    look = st.booleans()
    return st.lists(st.builds(Run, words, look, look, look), max_size=most).map(tuple)


RUNS = runs(WORDS)
CELLS = runs(st.text(SIGNS, max_size=9) | st.just("W" * 20), most=2)
"""Lower than a page even with a letter on each line: a row that is divided between pages is read in another order."""
PARAGRAPHS = st.builds(
    Paragraph,
    RUNS,
    st.sampled_from(ALIGNMENTS),
    st.sampled_from(SIZES),
    st.sampled_from(("", *MARKS)),
    st.integers(0, 2),
)
TABLES = st.builds(
    Table,
    st.lists(st.lists(CELLS, min_size=1, max_size=4).map(tuple), min_size=1, max_size=4).map(tuple),
    st.lists(st.integers(1, 99), max_size=4).map(tuple),
)
CODES = st.builds(Code, st.just("https://lindenhof.example"), st.integers(15, 40), st.sampled_from(ALIGNMENTS))
BLOCKS = PARAGRAPHS | TABLES | CODES
DOCUMENTS: st.SearchStrategy[Document] = st.lists(
    BLOCKS | st.builds(NewPage) | st.builds(Signature) | st.builds(Slip, st.lists(BLOCKS, max_size=3).map(tuple)),
    max_size=6,
).map(tuple)


def expected(document: Document) -> str:
    """All signs of a document in the order in which they are on paper: the slips last."""
    flow = tuple(block for block in document if not isinstance(block, Slip))
    slips = [block.blocks for block in document if isinstance(block, Slip)]
    parts: list[str] = []
    for blocks in (flow, *slips):
        for block, number in zip(blocks, numbered(blocks), strict=True):
            if isinstance(block, Paragraph) and block.mark:
                parts.append(f"{number}." if number else "•–·"[block.level])
            if not isinstance(block, Code):
                parts += texts((block,))
    return "".join("".join(parts).split())


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(DOCUMENTS)
def test_every_word_is_on_paper_in_its_order_and_within_the_margins(document: Document) -> None:
    plan = planned(*document)
    found = signs(one_letter_pdf(plan, BARE))
    assert "".join(sign.text for sign in found) == expected(plan.text)
    assert all(sign.left >= LEFT - OVERHANG and sign.right <= RIGHT + OVERHANG for sign in found)


def test_a_word_of_twenty_thousand_letters_is_broken_in_paragraphs_items_and_cells() -> None:
    word = "Wo" * 10_000
    for block in (paragraph(word), paragraph(word, mark="bullet", level=2), Table((((Run(word),), ()),), (30, 70))):
        found = signs(printed(block, paragraph("Ende")))
        assert "".join(sign.text for sign in found).replace("·", "") == f"{word}Ende"
        assert max(sign.right for sign in found) <= RIGHT + 1


def test_markup_in_a_name_is_shown_as_typed() -> None:
    contact = replace(ANNA, given_name="<b>Anna</b>", family_name='Müller & <font color="red">{salutation}')
    document = (paragraph("{name}"), Table((((Run("{given_name}", bold=True),),),), (100,)))
    text = words_of(one_letter_pdf(planned(*document, contact=contact), BARE))
    assert text == '<b>Anna</b>Müller&<fontcolor="red">{salutation}<b>Anna</b>'


# How it looks --------------------------------------------------------------------------------------------------------


def faces_of(pdf: bytes) -> set[str]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    things = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]  # type: ignore[arg-type]
    return {
        str(thing["/BaseFont"]).split("+")[1]
        for thing in things
        if isinstance(thing, pypdf.generic.DictionaryObject) and thing.get("/Type") == "/Font"
    }


@pytest.mark.parametrize(("family", "name"), [("serif", "NotoSerif"), ("sans", "NotoSans")])
def test_each_look_has_its_own_face(family: str, name: str) -> None:
    runs = (Run("a"), Run("b", bold=True), Run("c", italic=True), Run("d", bold=True, italic=True))
    pdf = one_letter_pdf(planned(Paragraph(runs)), replace(BARE, font=family))
    assert faces_of(pdf) == {f"{name}-{weight}" for weight in fonts.WEIGHTS.values()}
    assert words_of(pdf) == "abcd"


@pytest.mark.parametrize("family", ["serif", "sans"])
def test_boxes_to_tick_are_printed_whatever_looks_the_words_around_them_have(family: str) -> None:
    row = ((Run("☐ ja  "), Run("☑ nein", bold=True)), (Run("☎✉★", italic=True),))
    pdf = one_letter_pdf(planned(Slip((Table((row,), (50, 50)),))), replace(BARE, font=family))
    assert words_of(pdf) == "☐ja☑nein☎✉★"
    assert fonts.lacking("☐ ☑ ✓", family) == ""


def test_looks_may_change_within_a_word_and_nothing_moves_apart() -> None:
    whole = signs(printed(paragraph("Donaudampf")))
    parts = signs(printed(Paragraph((Run("Donau", underlined=True), Run("dampf")))))
    assert [sign.left for sign in parts] == pytest.approx([sign.left for sign in whole], abs=0.1)


def test_lines_end_where_their_alignment_wants_it() -> None:
    text = "Nach dem Kaffee zeigt der Chor sein neues Programm, und danach essen wir gemeinsam zu Abend. " * 3
    for align, left, right in (("left", LEFT, None), ("right", None, RIGHT), ("justified", LEFT, RIGHT)):
        found = signs(printed(paragraph(text, align=align)))
        lines = {round(sign.bottom / 15.5) for sign in found}
        first = [sign for sign in found if sign.bottom > max(sign.bottom for sign in found) - 8]
        assert len(lines) >= 3
        if left is not None:
            assert min(sign.left for sign in first) == pytest.approx(left, abs=1.5)
        if right is not None:
            assert max(sign.right for sign in first) == pytest.approx(right, abs=1.5)
    (word,) = places_of(printed(paragraph("MM", align="centre")), "MM")
    assert word.right == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_items_hang_beside_their_marks() -> None:
    text = "Ein Punkt mit so vielen Worten, dass er ganz gewiss in zwei Zeilen gesetzt werden muss, ja sicher. " * 2
    found = signs(printed(paragraph(text, mark="number"), paragraph("Zweites", mark="number", level=1)))
    assert (found[0].text, found[0].left) == ("1", pytest.approx(LEFT, abs=1))
    below = [sign for sign in found[2:] if sign.left < found[2].left + 2 and sign.text not in "12."]
    assert len(below) >= 2
    assert min(sign.left for sign in below) > LEFT + 10


# Tables --------------------------------------------------------------------------------------------------------------


def long_table(rows: int) -> Table:
    body = tuple(((Run(f"Zeile{number:03}"),), (Run("Wort " * 12),)) for number in range(rows))
    return Table((((Run("Kopf"),), (Run("Spalte"),)), *body), (50, 50), head=True)


def test_the_headings_of_a_table_come_again_on_every_page() -> None:
    pdf = printed(paragraph("Anfang"), long_table(60))
    found = signs(pdf)
    pages = len(pages_of(pdf))
    assert pages >= 3
    heads = places_of(pdf, "KopfSpalte")
    assert [head.page for head in heads] == list(range(pages))
    assert all(head.top >= max(sign.top for sign in found if sign.page == head.page) - 1 for head in heads[1:])
    assert re.findall(r"Zeile(\d+)", words_of(pdf)) == [f"{number:03}" for number in range(60)]


def test_no_row_is_divided_and_no_heading_stands_alone() -> None:
    for lines in range(1, 40):
        pdf = printed(paragraph("Absatz\n" * lines), long_table(3))
        found = signs(pdf)
        text = "".join(sign.text for sign in found)
        for start in (hit.start() for hit in re.finditer(r"Zeile\d{3}(Wort){12}", text)):
            assert len({sign.page for sign in found[start : start + 56]}) == 1
        for head in re.finditer("KopfSpalte", text):
            assert found[head.start()].page == found[head.end()].page


def test_a_row_that_is_higher_than_a_page_is_divided() -> None:
    pdf = printed(Table((((Run("Wort\n" * 150),), (Run("daneben"),)),), (50, 50)))
    assert words_of(pdf).count("Wort") == 150
    assert len(pages_of(pdf)) == 3 or len(pages_of(pdf)) == 4


# Pages and slips -----------------------------------------------------------------------------------------------------


def test_a_slip_stands_at_the_foot_of_the_last_page_and_is_never_divided() -> None:
    slip = Slip((paragraph("Antwort"), paragraph("Name\nOrt\nDatum")))
    for lines in (1, 20, 30, 36, 40, 60):
        pdf = printed(paragraph("Absatz\n" * lines), slip)
        (head,), (foot,) = places_of(pdf, "Antwort"), places_of(pdf, "Datum")
        assert head.page == foot.page == len(pages_of(pdf)) - 1
        assert foot.bottom == pytest.approx(BOTTOM, abs=8)
        rest = [sign.bottom for sign in signs(pdf) if sign.page == head.page and sign.bottom > head.top]
        assert all(bottom > head.top + 8 * mm / 2 for bottom in rest)


def test_a_new_page_begins_where_it_is_wanted() -> None:
    pdf = printed(paragraph("eins"), NewPage(), paragraph("zwei"), NewPage(), paragraph("drei"))
    assert [places_of(pdf, word)[0].page for word in ("eins", "zwei", "drei")] == [0, 1, 2]


def test_a_heading_stays_with_what_follows() -> None:
    for lines in range(25, 40):
        pdf = printed(paragraph("Absatz\n" * lines), paragraph("Titel", size="heading"), paragraph("Danach folgt."))
        assert places_of(pdf, "Titel")[0].page == places_of(pdf, "Danach")[0].page


def test_the_signature_has_its_place_in_the_text_or_below_the_closing() -> None:
    png = io.BytesIO()
    Image.new("RGB", (300, 100), (10, 20, 90)).save(png, "PNG")
    association = replace(BARE, signatory="Ruth", signature=png.getvalue())

    def height_of_picture(*document: Block) -> float:
        with (
            opened(printed(*document, association=association)) as pdf,
            closing(pdf[0]) as page,
        ):
            (picture,) = page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
            return float(picture.get_bounds()[1])

    below, above = (paragraph("Oben"), paragraph("Unten")), (paragraph("Oben"), Signature(), paragraph("Unten"))
    assert height_of_picture(*below) < places_of(printed(*below, association=association), "Unten")[0].bottom
    pdf = printed(*above, association=association)
    assert places_of(pdf, "Unten")[0].top < height_of_picture(*above) < places_of(pdf, "Oben")[0].bottom


# Pictures and codes --------------------------------------------------------------------------------------------------


def rendered(pdf: bytes, page: int = 0, scale: float = 4) -> Image.Image:
    with opened(pdf) as document, closing(document[page]) as shown:
        return shown.render(scale=scale).to_pil().convert("L")


@pytest.mark.parametrize(
    "text", ["https://lindenhof.example/a?b=c&d=<e>", "Grüße an Łukasz, Ω und Юлия", "12345", "x" * 300]
)
@pytest.mark.parametrize("align", ["left", "right"])
def test_a_qr_code_is_read_back(text: str, align: str) -> None:
    pdf = printed(paragraph("davor"), Code(text, 35, align), paragraph("danach"))
    assert [code.text for code in zxingcpp.read_barcodes(rendered(pdf))] == [text]


def test_each_letter_of_a_run_has_its_own_code() -> None:
    people = [replace(ANNA, id=number, given_name=f"Anna{number}") for number in range(4)]
    plans = [planned(Code("{given_name}"), paragraph("x"), contact=one) for one in people]
    data, run = run_pdf(plans, BARE, Progress())
    assert run.pages == 4
    read = [zxingcpp.read_barcodes(rendered(data, page))[0].text for page in range(4)]
    assert read == ["Anna0", "Anna1", "Anna2", "Anna3"]


@pytest.mark.parametrize("size", [10, 25])
def test_a_code_that_says_too_much_for_its_size_takes_only_its_own_letter(size: int) -> None:
    plans = [planned(paragraph(word), Code(code, size)) for word, code in (("a", "x"), ("b", "x" * 5000), ("c", "x"))]
    data, run = run_pdf(plans, BARE, Progress())
    assert run.first_pages == (0, -1, 1)
    assert ["too small" in str(why) for _, why in run.failed] == [True]
    assert len(pages_of(data)) == 2
    with pytest.raises(Refused, match="too small"):
        one_letter_pdf(plans[1], BARE)
    assert words_of(one_letter_pdf(plans[1], BARE, draft=True)) == "b"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_as_wide_as_it_is_to_be_and_no_finer_than_printing_needs(kind: str) -> None:
    file = io.BytesIO()
    Image.effect_noise((1500, 750), 80).convert("RGB").save(file, kind)
    pdf = printed(Picture("key", 60, "right"), Picture("key", 60), pictures={"key": file.getvalue()})
    with opened(pdf) as document, closing(document[0]) as page:
        bounds = [shown.get_bounds() for shown in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    assert [box[2] - box[0] for box in bounds] == pytest.approx([60 * mm, 60 * mm], abs=0.1)
    assert [box[0] for box in bounds] == pytest.approx([RIGHT - 60 * mm, LEFT], abs=0.1)
    image = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images[0].image
    assert image is not None
    assert image.size == (708, 354)
    assert len(pdf) < 1_000_000


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\nnonsense", b"GIF89a", b"\xff\xd8\xff"])
def test_a_damaged_picture_is_left_out(data: bytes) -> None:
    assert (
        words_of(printed(paragraph("davor"), Picture("key"), paragraph("danach"), pictures={"key": data}))
        == "davordanach"
    )


def test_a_picture_of_many_pages_height_stays_on_its_page() -> None:
    file = io.BytesIO()
    Image.new("RGB", (20, 2000)).save(file, "PNG")
    pdf = printed(Picture("key", 160), pictures={"key": file.getvalue()})
    with opened(pdf) as document, closing(document[0]) as page:
        (shown,) = page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        assert shown.get_bounds()[1] >= BOTTOM - 1


# Runs ----------------------------------------------------------------------------------------------------------------


def test_what_is_drawn_once_and_what_is_set_anew_read_the_same() -> None:
    people = [replace(ANNA, id=number, given_name=f"Anna{number}x") for number in range(6)]
    document = (
        paragraph("Liebe {given_name}"),
        Paragraph((Run("immer "), Run("gleich", bold=True, underlined=True))),
        Table(
            (((Run("Was"),), (Run("Wer"),)), ((Run("gleich"),), (Run("{given_name}"),)), ((Run("x"),), (Run("y"),))),
            (60, 40),
        ),
        Slip((paragraph("Antwort von {given_name}"), paragraph("immer gleich"))),
    )
    data, run = run_pdf([planned(*document, contact=one) for one in people], BARE, Progress())
    assert run.pages == 6
    whole = [re.sub(r"\s", "", page) for page in pages_of(data)]
    assert [re.findall(r"Anna(\d)x", text) for text in whole] == [[str(number)] * 4 for number in range(6)]
    assert len({re.sub(r"Anna\dx", "", "".join(sorted(text))) for text in whole[:1]}) == 1
    assert len({"".join(sorted(re.sub(r"Anna\dx", "", text))) for text in whole}) == 1


def test_a_letter_that_cannot_be_set_takes_no_other_with_it() -> None:
    good = planned(paragraph("gut"))
    broken = replace(good, text=(Table(((object(),),), (100,)),))  # type: ignore[arg-type]
    data, run = run_pdf([good, broken, good], BARE, Progress())
    assert run.first_pages == (0, -1, 1)
    assert len(pages_of(data)) == 2
