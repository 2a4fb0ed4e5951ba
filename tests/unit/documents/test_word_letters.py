"""Letters for word processors, read back with python-docx."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
import zxingcpp
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from alumnidesk.documents.word_letters import letters_document
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.envelope_windows import windows
from alumnidesk.domain.households import Party
from alumnidesk.domain.letter_text import (
    BULLET,
    CENTRE,
    HEADING,
    NUMBER,
    Code,
    Document,
    NewPage,
    Paragraph,
    Picture,
    Run,
    Signature,
    Slip,
    Table,
    clean,
)  # fmt: skip
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress

LINDENHOF = Association(
    name="Freundeskreis Lindenhof e. V.", strapline="Ehemalige & Freunde", street="Lindenhof 1", postcode="24937",
    town="Flensburg", phone="0461 113", signatory="Ruth Petersen", signatory_role="Vorsitzende", language="de",
    contact_person="Inken Lorenzen",
)  # fmt: skip
MM = 36_000
"""Word's own units (EMU) in a millimetre."""


HALLO: Document = (Paragraph((Run("Hallo"),)),)


def letter(number: int = 1, text: Document = HALLO, **more: Any) -> LetterPlan:
    contact = ContactCard(id=number, given_name="Anna", family_name=f"Müller{number}")
    plan = LetterPlan(
        party=Party((contact,)), language="de", date="22. November 2026", subject=f"Einladung {number}", text=text,
        address=("Frau", f"Anna Müller{number}", "Lindenweg 14", "22767 Hamburg"), closing="Mit freundlichen Grüßen",
    )  # fmt: skip
    return replace(plan, **more)


def written(*plans: LetterPlan, association: Association = LINDENHOF, pictures: dict[str, bytes] | None = None) -> Any:
    data, failed = letters_document(plans, association, pictures or {}, Progress(), "Probe")
    assert failed == ()
    return docx.Document(BytesIO(data))


def words(part: Any) -> list[str]:
    """The texts of the paragraphs of a part, those in its tables too."""
    return ["".join(_sign(piece) for piece in p.iter()) for p in part.iter(qn("w:p"))]


def _sign(piece: Any) -> str:
    if piece.getparent().tag != qn("w:r"):
        return ""
    return (piece.text or "") if piece.tag == qn("w:t") else {qn("w:br"): "\n", qn("w:tab"): "\t"}.get(piece.tag, "")


def letters(document: Any) -> list[str]:
    """What stands in each section."""
    sections: list[list[str]] = [[]]
    for element in document.element.body:
        sections[-1] += words(element) if element.tag != qn("w:p") else words_of(element)
        if element.find(f".//{qn('w:sectPr')}") is not None:
            sections.append([])
    return ["\n".join(section) for section in sections]


def words_of(paragraph: Any) -> list[str]:
    return ["".join(map(_sign, paragraph.iter()))]


def test_each_letter_is_a_section_with_its_own_address_and_nobody_elses() -> None:
    document = written(*(letter(n) for n in range(1, 30)))
    said = letters(document)
    assert len(said) == len(document.sections) == 29
    for number, text in enumerate(said, 1):
        assert text.count("Müller") == 1
        for part in (
            f"Frau\nAnna Müller{number}\nLindenweg 14\n22767 Hamburg", f"Einladung {number}", "Inken Lorenzen",
            "22. November 2026", "Hallo", "Mit freundlichen Grüßen", "Ruth Petersen\nVorsitzende",
            "Freundeskreis Lindenhof e. V. · Lindenhof 1 · 24937 Flensburg",
        ):  # fmt: skip
            assert part in text
    assert document.core_properties.title == "Probe"
    assert document.core_properties.author == LINDENHOF.name


def test_letterhead_and_foot_stand_there_once_for_all_letters() -> None:
    document = written(letter(1), letter(2))
    first, second = document.sections
    for section in (first, second):
        assert section.different_first_page_header_footer
        head = words(section.first_page_header._element)
        assert head[:2] == ["Freundeskreis Lindenhof e. V.", "Ehemalige & Freunde"]
        assert "0461 113" in "\n".join(words(section.first_page_footer._element))
        assert words(section.header._element)[0].startswith("Freundeskreis Lindenhof e. V.\t")
        assert "PAGE" in section.header._element.xml
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert len([part for part in document.part.package.iter_parts() if "header" in part.partname]) == 2


@pytest.mark.parametrize("key", sorted(windows()))
def test_the_address_lies_in_the_window_of_the_envelope(key: str) -> None:
    place, document = windows()[key], written(letter(), association=replace(LINDENHOF, window=key))
    section = document.sections[0]
    assert section.page_width.pt == pytest.approx(place.size[0], abs=0.5)
    letterhead, table = section.first_page_header.tables[0], document.tables[0]
    for one in (letterhead, table):
        assert one.rows[0].height_rule == WD_ROW_HEIGHT_RULE.EXACTLY
    top = (section.header_distance + letterhead.rows[0].height) / MM
    assert top + table.rows[0].height / MM == pytest.approx(place.subject, abs=0.2)
    left = section.left_margin / MM + int(table._tbl.tblPr.find(qn("w:tblInd")).get(qn("w:w"))) / 1440 * 25.4
    cell = next(cell for cell in table.rows[0].cells if "Hamburg" in cell.text)
    if cell._tc is not table.rows[0].cells[0]._tc:
        left += table.columns[0].width / MM
    assert left == pytest.approx(place.text.x, abs=0.2)
    y = top
    for paragraph in cell.paragraphs:
        shape = paragraph.paragraph_format
        y += shape.space_before / MM
        if "Hamburg" in paragraph.text:
            assert y >= place.text.y - 0.1
        y += shape.line_spacing / MM * (1 + paragraph.text.count("\n"))
    assert y <= place.text.y + place.text.height + 0.2


def test_a_long_sender_stands_in_two_lines_in_the_place_of_one() -> None:
    name = "Verein der Ehemaligen, Freunde und Förderer des Bildungshauses Steinbach am Wald e. V."
    cell = written(letter(), association=replace(LINDENHOF, name=name)).tables[0].rows[0].cells[0]
    sender = cell.paragraphs[0]
    assert sender.text.replace("\n", " ") == f"{name} · Lindenhof 1 · 24937 Flensburg"
    assert sender.text.count("\n") == 1
    assert 2 * sender.paragraph_format.line_spacing / MM == pytest.approx(5, abs=0.1)


def test_words_look_as_they_were_written() -> None:
    runs = (Run("fett", bold=True), Run(" schräg", italic=True), Run(" unter", underlined=True), Run(" <b>&amp;\nneu"))
    text = (Paragraph(runs, CENTRE), Paragraph((Run("Programm"),), size=HEADING))
    document = written(letter(text=text))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("fett"))
    assert [(r.text, bool(r.bold), bool(r.italic), bool(r.underline)) for r in paragraph.runs] == [
        ("fett", True, False, False), (" schräg", False, True, False), (" unter", False, False, True),
        (" <b>&amp;\nneu", False, False, False),
    ]  # fmt: skip
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert next(p for p in document.paragraphs if p.text == "Programm").runs[0].bold


def test_lists_are_lists_and_each_counts_anew() -> None:
    def item(words: str, mark: str, level: int = 0) -> Paragraph:
        return Paragraph((Run(words),), mark=mark, level=level)

    text = (
        item("a", NUMBER), item("b", NUMBER), item("b1", NUMBER, 1), item("c", NUMBER), Paragraph((Run("und"),)),
        item("neu", NUMBER), item("Punkt", BULLET), item("tief", BULLET, 2),
    )  # fmt: skip
    document = written(letter(1, text), letter(2, text))
    items = {p.text: p for p in reversed(document.paragraphs) if p._p.pPr is not None and p.style.name[:4] == "List"}
    assert {name: p.style.name for name, p in items.items()} == {
        "a": "List Number", "b": "List Number", "b1": "List Number 2", "c": "List Number", "neu": "List Number",
        "Punkt": "List Bullet", "tief": "List Bullet 3",
    }  # fmt: skip
    lists = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.text in "abc" and p.text]
    assert lists[0] == lists[1] == lists[2] != lists[3] == lists[4] == lists[5]
    assert items["neu"]._p.pPr.numPr.numId.val not in lists
    counted = document.part.numbering_part.element.num_having_numId(lists[0])
    assert counted.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_tables_pictures_codes_and_slips_are_there() -> None:
    data = BytesIO()
    Image.new("RGB", (400, 200), "teal").save(data, "PNG")
    text = (
        Table((((Run("Zeit"),), (Run("Was"),)), ((Run("15 Uhr"),), (Run("Kaffee", bold=True),))), (30, 70), head=True),
        Picture("key", 60), Code("https://lindenhof.example/ü", 30), NewPage(),
        Slip((Paragraph((Run("Ich komme."),)),)), Picture("gone"), Signature(),
    )  # fmt: skip
    document = written(letter(text=text), pictures={"key": data.getvalue()})
    table = document.tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Zeit", "Was"], ["15 Uhr", "Kaffee"]]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
    assert table.columns[1].width / table.columns[0].width == pytest.approx(7 / 3, rel=0.01)
    picture, code = document.inline_shapes
    assert (picture.width / MM, picture.height / MM) == pytest.approx((60, 30), abs=0.1)
    blob = document.part.related_parts[code._inline.graphic.graphicData.pic.blipFill.blip.embed].blob
    with Image.open(BytesIO(blob)) as image:
        (read,) = zxingcpp.read_barcodes(image.convert("L"))
    assert read.text == "https://lindenhof.example/ü"
    said = [p.text for p in document.paragraphs]
    assert said.index("Ruth Petersen\nVorsitzende") < said.index("Ich komme.")
    assert 'w:br w:type="page"' in document.element.xml


def test_a_picture_that_comes_in_every_letter_is_in_the_file_once() -> None:
    data = BytesIO()
    Image.effect_noise((500, 400), 90).save(data, "PNG")
    signed = replace(LINDENHOF, signature=data.getvalue(), logo=data.getvalue())
    plans = [letter(n, (Picture("key"),)) for n in range(20)]
    whole, _ = letters_document(plans, signed, {"key": data.getvalue()}, Progress())
    document = docx.Document(BytesIO(whole))
    assert len({shape._inline.docPr.id for shape in document.inline_shapes}) == 40
    few, _ = letters_document(plans[:2], signed, {"key": data.getvalue()}, Progress())
    assert len(whole) < len(few) + 10_000


def test_a_letter_that_cannot_be_written_is_listed_and_the_others_are_there() -> None:
    plans = [letter(1), letter(2, (Paragraph((Run("Anfang"),)), Code("x" * 10_000))), letter(3)]
    whole, ((failed, _),) = letters_document(plans, LINDENHOF, {}, Progress())
    assert failed is plans[1]
    said = letters(docx.Document(BytesIO(whole)))
    assert ["Müller1" in said[0], "Müller3" in said[1], len(said)] == [True, True, 2]
    assert "Anfang" not in "".join(said)


def test_each_letter_is_spelled_in_its_own_language() -> None:
    document = written(letter(1), letter(2, language="sv", date="22 november 2026"))
    spoken = [{one.get(qn("w:val")) for one in p._p.iter(qn("w:lang"))} for p in document.paragraphs if p.text]
    assert spoken[0] == set()
    assert spoken[-1] == {"sv"}
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "de"
    assert "Datum" in letters(document)[0]


def test_writing_stops_when_somebody_asks_for_it() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        letters_document([letter()], LINDENHOF, {}, progress)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_whatever_a_text_says_it_stands_there(text: str, name: str) -> None:
    document = written(letter(text=(Paragraph((Run(text),)),), subject=name))
    said = "\n".join("".join(p.split()) for p in words(document.element.body))
    for words_ in (text, name):
        assert "".join(clean(words_).split()) in said
