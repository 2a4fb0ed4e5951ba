"""What documents are drawn with: words, pictures and faces, read back with other libraries than the one that writes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from alumnidesk.documents import fonts
from alumnidesk.documents.images import PackedImage
from alumnidesk.documents.paper import Paper, new_canvas
from alumnidesk.documents.style import Style
from alumnidesk.documents.text import draw
from alumnidesk.domain.association import Association

SIZE = (400.0, 600.0)
MANY = "".join(map(chr, (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180), *range(0x391, 0x3A2))))
"""More different characters than one font of a PDF can hold."""


def document(*pages: Callable[[Canvas], None]) -> bytes:
    data = BytesIO()
    canvas = new_canvas(data, Association(), Paper(SIZE, "", "en"))
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def saying(*lines: str, weight: str = fonts.REGULAR) -> Callable[[Canvas], None]:
    style = Style(fonts.face("serif", weight), 10, 14)
    return lambda canvas: draw(canvas, lines, style, 20, 560)


def words(data: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range().split("\r\n") for page in opened]
    opened.close()
    return [line for text in texts for line in text]


def look(data: bytes, page: int = 0) -> Image.Image:
    opened = pypdfium2.PdfDocument(data)
    picture: Image.Image = opened[page].render().to_pil().convert("RGB")
    opened.close()
    return picture


@pytest.mark.parametrize("line", ["(", ")", "\\", "\\) Tj (", "100 % (brutto)", "a\\b"])
def test_what_means_something_in_the_language_of_pdf_is_printed_as_typed(line: str) -> None:
    assert words(document(saying(line, "next"))) == [line, "next"]


def test_more_characters_than_a_font_holds_are_printed_each_as_itself_and_as_wide_as_measured() -> None:
    lines = [MANY[start : start + 40] for start in range(0, len(MANY), 40)]
    assert len(set(MANY)) > 300
    data = document(saying(*lines))
    assert words(data) == lines
    inked = Image.eval(look(data).convert("L"), lambda tone: 255 - tone).getbbox()
    assert inked is not None
    widest = max(fonts.width(line, fonts.face("serif"), 10) for line in lines)
    assert 20 + widest - 3 < inked[2] < 20 + widest + 2


def test_a_sign_from_another_face_stands_between_words_of_its_own() -> None:
    assert words(document(saying("before ☎ after", "☎", "next"))) == ["before ☎ after", "☎", "next"]


def test_each_document_embeds_what_it_used_itself() -> None:
    first, second = document(saying("Äpfel")), document(saying("Öl"), saying("Ähren"))
    assert words(first) == words(document(saying("Äpfel"))) == ["Äpfel"]
    assert words(second) == ["Öl", "Ähren"]
    assert words(document(saying("Öl", weight=fonts.BOLD))) == ["Öl"]


def test_a_face_is_embedded_only_where_words_are_in_it() -> None:
    def drawing(canvas: Canvas) -> None:
        saying("words")(canvas)
        saying("", weight=fonts.BOLD)(canvas)

    fonts_of_page = pypdf.PdfReader(BytesIO(document(drawing))).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert [font.get_object()["/BaseFont"] for font in fonts_of_page.values()] == ["/AAAAAA+NotoSerif-Regular"]


def test_a_picture_with_see_through_corners_is_in_each_document_once() -> None:
    image = Image.new("RGBA", (40, 40))
    image.paste((200, 0, 0, 255), (10, 10, 30, 30))
    packed = PackedImage(image)

    def drawing(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 1)
        canvas.rect(100, 100, 80, 80, stroke=0, fill=1)
        packed.draw(canvas, 100, 100, 80, 80)

    for data in (document(drawing, drawing), document(drawing)):
        assert data.count(b"/Subtype /Image") == 2  # it and its see-through places
        for page in range(len(pypdf.PdfReader(BytesIO(data)).pages)):
            picture = look(data, page)
            assert picture.getpixel((140, 600 - 140)) == (200, 0, 0)
            assert picture.getpixel((105, 600 - 105)) == (0, 0, 255)


def test_a_jpeg_goes_in_as_it_is() -> None:
    file = BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(file, "JPEG")
    jpeg = file.getvalue()
    packed = PackedImage(BytesIO(jpeg))
    assert packed.size == (64, 64)
    assert jpeg in document(lambda canvas: packed.draw(canvas, 0, 0, 100, 100))


def test_pages_share_one_directory_of_what_is_drawn_on_them() -> None:
    packed = PackedImage(Image.new("RGB", (4, 4), "green"))
    data = document(saying("one"), lambda canvas: packed.draw(canvas, 0, 0, 400, 600), saying("three"))
    pages = pypdf.PdfReader(BytesIO(data)).pages
    assert len({page.raw_get("/Resources").idnum for page in pages}) == 1
    assert [tuple(map(float, page.mediabox)) for page in pages] == [(0, 0, *SIZE)] * 3
    assert words(data)[0] == "one"
    assert look(data, 1).getpixel((200, 300)) == (0, 128, 0)
