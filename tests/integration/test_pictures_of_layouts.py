"""Pictures of what leaves the printer, compared with small ones that somebody has looked at.

After a change that is meant: ``python -m tests.integration.test_pictures_of_layouts`` draws them anew, to be looked at.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw
from tests.integration.test_letterhead import drawn
from tests.printed_pages import opened

from alumnidesk.documents.labels import print_labels, print_test_sheet
from alumnidesk.documents.letters import one_letter_pdf
from alumnidesk.documents.window_test import print_window_test
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.envelope_windows import OWN, MeasuredWindow, windows
from alumnidesk.domain.label_sheets import LabelSheet, envelopes, found, sheets
from alumnidesk.domain.letters import MasterLetter
from alumnidesk.domain.mailing_plans import plan_mailing
from alumnidesk.domain.own_sheets import own_envelope, own_sheet

KEPT = Path(__file__).parents[1] / "pictures"
SCALE = 0.5
"""36 dots per inch: words are stripes, and their places can be told."""
TILE, OFF = 12, 9
"""Pixels of a tile (8 mm), and by how much its mean grey may differ of 255."""
MM = 72 / 25.4


def logo() -> bytes:
    image = Image.new("RGB", (300, 200), "white")
    ImageDraw.Draw(image).ellipse((40, 20, 260, 180), fill="#0E6470")
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


LINDENHOF = Association(
    name="Freundeskreis Lindenhof e. V.",
    strapline="Ehemalige, Förderer und Freunde des Bildungshauses",
    street="Lindenhof 1",
    postcode="24937",
    town="Flensburg",
    phone="0461 113 0 30",
    email="verein@lindenhof.example",
    contact_person="Inken Lorenzen",
    signatory="Ruth Petersen",
    bank=("Fördebank Flensburg", "DE02 1203 0000 0000 2020 51"),
    logo=logo(),
    language="en",
)
TEMPLATE = TemplateCard(
    name="Invitation",
    texts=(
        LetterText(
            "en", "Invitation to our reunion", "Dear Anna,\n\n" + "we invite you to our reunion. " * 12, "Yours"
        ),
    ),
)
ANNA = ContactCard(
    id=1,
    title="Dr.",
    given_name="Anna",
    family_name="Müller-Lüdenscheidt",
    addresses=(Address("Mill Lane", "7", extra="Flat 3", postcode="LS1 2AB", town="Leeds", country="GB"),),
)
NORDIC = MeasuredWindow(22, 38.5, 95, 36).stored()
RIGHT = MeasuredWindow(105, 40, 95, 36).stored()
LETTERS: Mapping[str, Association] = {
    **{f"letter-{key}": replace(LINDENHOF, window=key) for key in windows()},
    "letter-own-left": replace(LINDENHOF, window=OWN, own_window=NORDIC),
    "letter-own-right": replace(LINDENHOF, window=OWN, own_window=RIGHT),
    "letter-letterhead": replace(LINDENHOF, letterhead=drawn("Kopf")),
    "letter-letterhead-and-foot": replace(LINDENHOF, letterhead=drawn("Kopf"), letterhead_and="foot"),
    "letter-sans": replace(LINDENHOF, font="sans"),
}
ADDRESSES = [
    ("Frau", "Dr. Anna Müller", "Lindenweg 14", "22767 Hamburg"),
    ("Værft og Maskinfabrik Nordre Havn A/S, Indkøb", "Jörg-Åke Østergård", "Æblevej 2", "6300 Gråsten", "DENMARK"),
    ("Max Feddersen", "Postfach 11 22 33", "24901 Flensburg"),
] * 8
BADGES = [
    ("Dr. Anna Müller", "Kurs 13 A, 1998"),
    ("Wolfgang-Maximilian Feddersen-Petersen", "Werft Söhne"),
    ("", "Gast"),
]
SHEETS: Mapping[str, tuple[LabelSheet, bool]] = {
    **{f"envelope-{number}": (sheet, False) for number, sheet in enumerate(envelopes("en"))},
    "envelope-own": (own_envelope("own", 200, 140), False),
    "labels-l7160": (found("L7160")[0], False),
    "labels-l4730": (found("L4730")[0], False),
    "labels-5160": (found("Avery 5160")[0], False),
    "labels-own": (own_sheet("own", "A4", (90, 50), (2, 5), (10, 20), (95, 52)), False),
    "badges-l4785": (found("L4785")[0], True),
    "cards-5371": (found("Avery 5371")[0], True),
}


def letter(association: Association) -> bytes:
    plan = plan_mailing(MasterLetter(TEMPLATE, association, dt.date(2026, 11, 22)), [ANNA])
    return one_letter_pdf(plan.letters[0], association)


def labels(sheet: LabelSheet, badges: bool) -> bytes:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "labels.pdf"
        print_labels(BADGES if badges else ADDRESSES, sheet, LINDENHOF, out, badges=badges)
        return out.read_bytes()


def test_page(association: Association) -> bytes:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "test.pdf"
        print_window_test(association, out)
        return out.read_bytes()


test_page.__test__ = False  # type: ignore[attr-defined]


def first_page(data: bytes) -> Image.Image:
    with opened(data) as document:
        picture: Image.Image = document[0].render(scale=SCALE).to_pil().convert("L")
        return picture


def all_pictures() -> Iterator[tuple[str, Image.Image]]:
    """Every picture by its name."""
    for name, association in LETTERS.items():
        yield name, first_page(letter(association))
    for key in ("din5008b", "us10"):
        yield f"window-test-{key}", first_page(test_page(replace(LINDENHOF, window=key)))
    for name, (sheet, badges) in SHEETS.items():
        yield name, first_page(labels(sheet, badges))


def differing(one: Image.Image, other: Image.Image) -> list[tuple[int, int]]:
    """The tiles in which two pictures differ, by column and row."""
    if one.size != other.size:
        return [(0, 0)]
    difference = ImageChops.difference(one, other)
    shrunk = difference.reduce(TILE)
    greys = shrunk.tobytes()
    return [(place % shrunk.width, place // shrunk.width) for place, grey in enumerate(greys) if grey > OFF]


def assert_as_kept(name: str, picture: Image.Image) -> None:
    with Image.open(KEPT / f"{name}.png") as kept:
        tiles = differing(picture, kept.convert("L"))
    assert tiles == [], f"{name} looks different; see the module's first lines"


@pytest.mark.parametrize("name", list(LETTERS))
def test_a_letter_looks_as_it_did_when_somebody_looked_at_it(name: str) -> None:
    assert_as_kept(name, first_page(letter(LETTERS[name])))


@pytest.mark.parametrize("key", ["din5008b", "us10"])
def test_a_window_test_page_looks_as_it_did(key: str) -> None:
    assert_as_kept(f"window-test-{key}", first_page(test_page(replace(LINDENHOF, window=key))))


@pytest.mark.parametrize("name", list(SHEETS))
def test_labels_envelopes_badges_and_cards_look_as_they_did(name: str) -> None:
    assert_as_kept(name, first_page(labels(*SHEETS[name])))


def test_two_millimetres_or_another_line_are_seen() -> None:
    same = first_page(letter(LINDENHOF))
    assert differing(same, first_page(letter(LINDENHOF))) == []
    moved = replace(LINDENHOF, window=OWN, own_window=MeasuredWindow(22, 38.5, 95, 36).stored())
    two_more = replace(LINDENHOF, window=OWN, own_window=MeasuredWindow(24, 38.5, 95, 36).stored())
    assert differing(first_page(letter(moved)), first_page(letter(two_more)))
    assert differing(same, first_page(letter(replace(LINDENHOF, strapline=""))))


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_the_frames_of_every_label_sheet_lie_where_its_measures_have_them(sheet: LabelSheet, tmp_path: Path) -> None:
    print_test_sheet(sheet, LINDENHOF, tmp_path / "test.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "test.pdf")
    try:
        wide, high = document[0].get_size()
        assert (wide / MM, high / MM) == pytest.approx(sheet.page, abs=0.1)
        drawn_frames = sorted(
            (round((left + right) / 2 / MM, 1), round((high - (top + bottom) / 2) / MM, 1))
            for left, bottom, right, top in (
                shape.get_bounds() for shape in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
            )
        )
    finally:
        document.close()
    corners = map(sheet.corner, range(sheet.count))
    wanted = sorted((x + sheet.width / 2, y + sheet.height / 2) for x, y in corners)
    assert len(drawn_frames) == sheet.count
    for frame, middle in zip(drawn_frames, wanted, strict=True):
        assert frame == pytest.approx(middle, abs=0.2)


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for name, picture in all_pictures():
        picture.point([min(255, (grey + 4) // 8 * 8) for grey in range(256)]).save(KEPT / f"{name}.png", optimize=True)
        print(name, file=sys.stderr)
