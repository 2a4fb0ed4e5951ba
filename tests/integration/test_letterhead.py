"""A letterhead that somebody has drawn, behind real letters, looked at on the rendered page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from tests.printed_pages import opened, pages_of

from alumnidesk.desk import Desk
from alumnidesk.documents import letterhead
from alumnidesk.documents.letters import one_letter_pdf, run_pdf
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.letters import LetterPlan, MasterLetter
from alumnidesk.domain.mailing_plans import plan_mailing
from alumnidesk.errors import BadFile, InvalidInput

A4, LETTER, LANDSCAPE = (210 * mm, 297 * mm), (215.9 * mm, 279.4 * mm), (297 * mm, 210 * mm)
LINDENHOF = Association(
    name="Freundeskreis Lindenhof e. V.",
    street="Lindenhof 1",
    postcode="24937",
    town="Flensburg",
    phone="0461 113 0 30",
)
RED, BLUE = (200, 0, 0), (0, 0, 200)


def drawn(
    *words: str, size: tuple[float, float] = A4, colours: tuple[tuple[int, int, int], ...] = (RED, BLUE)
) -> bytes:
    """A PDF with a page for each of the words, which stand at the top over a bar of colour."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=size)
    for text, colour in zip(words, colours, strict=False):
        canvas.setFillColorRGB(*(part / 255 for part in colour))
        canvas.rect(0, size[1] - 10 * mm, size[0], 10 * mm, fill=1, stroke=0)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(25 * mm, size[1] - 18 * mm, text)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def picture(kind: str = "PNG", size: tuple[int, int] = (827, 1170)) -> bytes:
    """A white page with a red bar at the top; its ground is transparent where the kind of file knows that."""
    image = Image.new("RGBA" if kind == "PNG" else "RGB", size, (255, 255, 255, 0) if kind == "PNG" else "white")
    image.paste(RED, (0, 0, size[0], size[1] // 30))
    data = BytesIO()
    image.save(data, kind)
    return data.getvalue()


def changed(data: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def plans(n: int = 1, lines: int = 3) -> list[LetterPlan]:
    cards = [
        ContactCard(
            id=number,
            family_name=f"Müller {number}",
            addresses=(Address("Lindenweg", str(number), postcode="22767", town="Hamburg"),),
        )
        for number in range(1, n + 1)
    ]
    text = LetterText("de", "Einladung", "\n\n".join(f"Absatz {number}" for number in range(lines)))
    master = MasterLetter(TemplateCard(name="Einladung", texts=(text,)), LINDENHOF, dt.date(2026, 11, 22))
    return list(plan_mailing(master, cards).letters)


def pages(data: bytes) -> list[tuple[str, tuple[int, int, int]]]:
    """What stands on each page, and its colour 3 mm below the upper edge."""
    with opened(data) as document:
        colours = [page.render(scale=0.5).to_pil().convert("RGB").getpixel((150, 4)) for page in document]
    return [(" ".join(text.split()), colour) for text, colour in zip(pages_of(data), colours, strict=True)]


def alike(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("data", [drawn("Kopf"), picture("PNG"), picture("JPEG")], ids=["PDF", "PNG", "JPEG"])
def test_a_letterhead_lies_behind_the_letter_instead_of_our_own(data: bytes) -> None:
    (plan,) = plans()
    ((text, colour),) = pages(one_letter_pdf(plan, replace(LINDENHOF, letterhead=data)))
    assert alike(colour, RED)
    assert "Absatz 2" in text
    assert "Freundeskreis Lindenhof e. V. · Lindenhof 1" in text  # the line in the window stays
    assert text.count("Freundeskreis") == 1
    assert "0461" in text
    ((text, colour),) = pages(one_letter_pdf(plan, LINDENHOF))
    assert alike(colour, (255, 255, 255))
    assert text.count("Freundeskreis") == 3


@pytest.mark.parametrize(("besides", "times"), [("", 1), ("foot", 2), ("all", 3)])
def test_what_of_our_own_is_printed_over_it_can_be_chosen(besides: str, times: int) -> None:
    (plan,) = plans()
    ((text, _),) = pages(one_letter_pdf(plan, replace(LINDENHOF, letterhead=drawn("Kopf"), letterhead_and=besides)))
    assert text.startswith("Kopf") or "Kopf" in text
    assert text.count("Freundeskreis") == times


def test_the_second_page_of_the_pdf_lies_behind_the_following_pages() -> None:
    (plan,) = plans(lines=90)
    first, *others = pages(one_letter_pdf(plan, replace(LINDENHOF, letterhead=drawn("Erste", "Weitere"))))
    assert len(others) >= 2
    assert alike(first[1], RED)
    assert "Erste" in first[0]
    assert all("Weitere" in text and alike(colour, BLUE) for text, colour in others)
    assert not any("Erste" in text for text, _ in others)
    assert all("Müller 1" in text for text, _ in others)


def test_following_pages_can_have_a_file_of_their_own_and_are_plain_without_one() -> None:
    (plan,) = plans(lines=90)
    with_file = replace(LINDENHOF, letterhead=picture(), letterhead_next=drawn("Folge", colours=(BLUE,)))
    assert all(alike(colour, BLUE) for _, colour in pages(one_letter_pdf(plan, with_file))[1:])
    plain = pages(one_letter_pdf(plan, replace(LINDENHOF, letterhead=picture())))[1:]
    assert all(alike(colour, (255, 255, 255)) and "Freundeskreis" in text for text, colour in plain)


def test_the_text_stays_above_the_foot_of_the_letterhead_and_below_its_head_on_following_pages() -> None:
    (plan,) = plans(lines=90)
    association = replace(LINDENHOF, letterhead=drawn("Erste", "Weitere"), letterhead_foot="60", letterhead_top="70")
    with opened(one_letter_pdf(plan, association)) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            assert min(bottom for _, bottom, _, top in boxes if top > 0) / mm > 59
            if number:
                tops = [(297 - top / mm) for left, _, _, top in boxes if 0 < top / mm < 270]
                assert 53 < min(tops) < 57  # whose letter it is; the text follows at 70


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_or_cut_comes_as_one_sees_it(turn: int) -> None:
    size = LANDSCAPE if turn % 180 else A4
    data = BytesIO()
    canvas = Canvas(data, pagesize=(size[0] + 100, size[1] + 100))
    canvas.translate(50, 50)
    canvas.setFillColorRGB(*(part / 255 for part in RED))
    x, y, wide, high = {
        90: (0, 0, 10 * mm, size[1]), 180: (0, 0, size[0], 10 * mm), 270: (size[0] - 10 * mm, 0, 10 * mm, size[1])
    }[turn]  # fmt: skip
    canvas.rect(x, y, wide, high, fill=1, stroke=0)
    canvas.save()

    def turned(writer: pypdf.PdfWriter) -> None:
        writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 50, size[0] + 50, size[1] + 50))
        writer.pages[0].rotate(turn)

    (plan,) = plans()
    ((_, colour),) = pages(one_letter_pdf(plan, replace(LINDENHOF, letterhead=changed(data.getvalue(), turned))))
    assert alike(colour, RED)


def test_a_letterhead_with_fonts_pictures_and_nested_forms_is_taken_over_once() -> None:
    (letter,) = plans()
    own = one_letter_pdf(letter, replace(LINDENHOF, letterhead=picture(), letterhead_and="all"))
    data, _ = run_pdf(plans(300), replace(LINDENHOF, letterhead=own))
    with opened(data) as document:
        assert len(document) == 300
        assert "Absatz 1" in document[299].get_textpage().get_text_bounded()
        assert document[299].get_textpage().get_text_bounded().count("Freundeskreis Lindenhof e. V. · ") == 2
        assert alike(document[299].render(scale=0.5).to_pil().convert("RGB").getpixel((150, 4)), RED)
    assert len(data) < len(own) + 600_000
    reader = pypdf.PdfReader(BytesIO(data))
    assert b"/XObject" in data
    assert len(reader.pages) == 300


def test_the_pages_of_a_run_with_a_letterhead_stay_few_bytes() -> None:
    data, _ = run_pdf(plans(1000), replace(LINDENHOF, letterhead=drawn("Erste", "Weitere")))
    assert len(data) <= 3_000_000


ENCRYPTED = changed(drawn("Kopf"), lambda writer: writer.encrypt("secret", algorithm="RC4-128"))
BAD = {
    "no file of that kind": (b"GIF89a nothing", "damaged"),
    "empty": (b"", "damaged"),
    "cut in the middle": (drawn("Kopf")[:400], "damaged"),
    "only the beginning": (b"%PDF-1.7\n", "damaged"),
    "encrypted": (ENCRYPTED, "password"),
    "across": (drawn("Kopf", size=LANDSCAPE), "297 × 210 mm"),
    "small": (drawn("Kopf", size=(85 * mm, 54 * mm)), "85 × 54 mm"),
    "many pages": (drawn("a", "b", "c", colours=(RED,) * 3), "3 pages"),
    "huge": (b"%PDF-" + b"x" * letterhead.LARGEST, "2 MB"),
    "a logo": (picture(size=(600, 200)), "no whole page"),
}


@pytest.mark.parametrize("kind", sorted(BAD))
def test_what_cannot_be_a_letterhead_is_said_and_changes_nothing(desk: Desk, tmp_path: Path, kind: str) -> None:
    data, words = BAD[kind]
    path = tmp_path / "letterhead"
    path.write_bytes(data)
    with pytest.raises(BadFile, match=words) as refused:
        desk.layouts.set_letterhead(path)
    assert refused.value.way_out
    assert desk.settings.association().letterhead == b""


def test_a_picture_that_would_fill_the_memory_is_refused_unopened(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (21_000, 29_700)).save(path)
    assert path.stat().st_size < letterhead.LARGEST
    with pytest.raises(BadFile):
        desk.layouts.set_letterhead(path)


def test_a_content_that_unpacks_without_end_is_refused(desk: Desk, tmp_path: Path) -> None:
    def swell(writer: pypdf.PdfWriter) -> None:
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(b"0 0 m\n" * 5_000_000)
        writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())

    path = tmp_path / "bomb.pdf"
    path.write_bytes(changed(drawn("Kopf"), swell))
    assert path.stat().st_size < letterhead.LARGEST
    with pytest.raises(BadFile, match="damaged"):
        desk.layouts.set_letterhead(path)


def test_resources_that_hold_themselves_end(desk: Desk, tmp_path: Path) -> None:
    def knot(writer: pypdf.PdfWriter) -> None:
        ring = writer._add_object(pypdf.generic.DictionaryObject())
        ring.get_object()[pypdf.generic.NameObject("/Again")] = ring  # type: ignore[index]
        writer.pages[0]["/Resources"][pypdf.generic.NameObject("/Properties")] = ring  # type: ignore[index]

    path = tmp_path / "ring.pdf"
    path.write_bytes(changed(drawn("Kopf"), knot))
    desk.layouts.set_letterhead(path)
    assert alike(pages(desk.letters.example())[0][1], RED)


def test_it_is_kept_byte_for_byte_shown_in_the_example_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "kopf.pdf"
    path.write_bytes(drawn("Kopf", "Folge"))
    assert desk.layouts.set_letterhead(path).letterhead == path.read_bytes()
    assert desk.layouts.set_letterhead(path, following=True).letterhead_next == path.read_bytes()
    assert "Kopf" in pages(desk.letters.example())[0][0]
    assert str(desk.history.entries(limit=1)[0].label) == "Own letterhead of following pages of the association changed"
    desk.history.undo()
    desk.history.undo()
    assert desk.settings.association().letterhead == b""
    desk.layouts.set_letterhead(path)
    assert desk.layouts.set_letterhead(None).letterhead == b""


@pytest.mark.parametrize(("key", "value"), [("letterhead_foot", "5"), ("letterhead_foot", "wide"),
                                            ("letterhead_top", "300"), ("letterhead_top", "")])  # fmt: skip
def test_room_that_leaves_no_letter_is_refused_at_its_field(desk: Desk, key: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.settings.set(key, value)
    assert refused.value.field == key
