"""Labels and badges, read back from the PDF sign by sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.printed_pages import opened, signs_on

from alumnidesk.documents import fonts
from alumnidesk.documents.labels import HARD_TO_READ, PrintedLabels, print_labels, print_test_sheet
from alumnidesk.domain.association import Association
from alumnidesk.domain.label_sheets import LabelSheet, envelopes, found, sheets
from alumnidesk.domain.own_sheets import own_envelope
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress

LINDENHOF = Association(name="Freundeskreis Lindenhof e. V.", language="de")
MM = 72 / 25.4
ANNA = ("Frau", "Anna Müller", "Lindenweg 14", "22767 Hamburg")

Sign = tuple[str, float, float, float, float]
"""A sign, and its left, top, right and lower edge in millimetres from the upper left corner."""


def one(text: str) -> LabelSheet:
    return found(text)[0]


def signs(path: Path) -> list[list[Sign]]:
    """What stands on each page, blanks left out."""
    with opened(path) as document:
        return [list(signs_on(page)) for page in document]


def labels_of(path: Path, sheet: LabelSheet) -> dict[tuple[int, int], str]:
    """What stands on each label, by page and place; fails where a sign lies on none."""
    read: dict[tuple[int, int], str] = {}
    for page, found_signs in enumerate(signs(path)):
        for sign, left, top, right, bottom in found_signs:
            place = next((n for n in range(sheet.count) if _holds(sheet, n, left, top, right, bottom)), None)
            assert place is not None, f"“{sign}” lies beside the labels"
            read[page, place] = read.get((page, place), "") + sign
    return read


def _holds(sheet: LabelSheet, place: int, left: float, top: float, right: float, bottom: float) -> bool:
    x, y = sheet.corner(place)
    return x <= left and right <= x + sheet.width and y <= top and bottom <= y + sheet.height


def test_a_label_holds_the_lines_of_its_text_and_the_next_one_the_next(tmp_path: Path) -> None:
    sheet, out = one("L7160"), tmp_path / "labels.pdf"
    texts = [ANNA, *(("Herrn", f"Max {n}", "Weg 3", "24937 Flensburg") for n in range(22))]
    assert print_labels(texts, sheet, LINDENHOF, out) == PrintedLabels(sheets=2)
    read = labels_of(out, sheet)
    assert read[0, 0] == "FrauAnnaMüllerLindenweg1422767Hamburg"
    assert read[0, 20] == "HerrnMax19Weg324937Flensburg"
    assert read[1, 1] == "HerrnMax21Weg324937Flensburg"
    assert len(read) == 23


def test_a_used_sheet_begins_at_its_first_free_label(tmp_path: Path) -> None:
    sheet, out = one("Herma 4677"), tmp_path / "labels.pdf"
    assert print_labels([ANNA] * 3, sheet, LINDENHOF, out, start=20).sheets == 2
    assert sorted(labels_of(out, sheet)) == [(0, 19), (0, 20), (1, 0)]


def test_a_printer_that_draws_the_paper_in_askew_is_met(tmp_path: Path) -> None:
    sheet = one("L7160")
    print_labels([ANNA], sheet, LINDENHOF, tmp_path / "a.pdf")
    print_labels([ANNA], sheet, LINDENHOF, tmp_path / "b.pdf", shift=(1.5, -0.5))
    (((_, left, top, *_), *_),), (((_, moved_left, moved_top, *_), *_),) = (
        signs(tmp_path / name) for name in ("a.pdf", "b.pdf")
    )
    assert (moved_left - left, moved_top - top) == pytest.approx((1.5, -0.5), abs=0.05)


_SIGNS = st.characters(codec="latin-1", exclude_categories=("Cc", "Cf"), exclude_characters="-")
"""Without hyphens: at the end of a line the reader takes them for a division and leaves them out."""
_LINE = st.text(_SIGNS, min_size=1, max_size=60).filter(lambda line: bool(line.strip("\xa0 ")))
_TEXT = st.lists(_LINE | st.just("Wort" * 60) | st.just("Müller Lüdenscheidt " * 8), min_size=1, max_size=7)


@given(st.lists(_TEXT, min_size=1, max_size=4), st.sampled_from(sheets()), st.booleans())
@settings(max_examples=30, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_whatever_a_text_says_all_of_it_stands_on_its_label(
    texts: list[list[str]], sheet: LabelSheet, badges: bool
) -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "labels.pdf"
        print_labels(texts, sheet, LINDENHOF, out, badges=badges)
        read = labels_of(out, sheet)
    wanted = {divmod(number, sheet.count): _together(text) for number, text in enumerate(texts)}
    assert {place: sorted(text) for place, text in read.items()} == {
        place: sorted(text) for place, text in wanted.items()
    }


def _together(text: Sequence[str]) -> str:
    return "".join("".join(fonts.clean(line).split()) for line in text)


def test_texts_that_come_out_too_small_to_read_are_told(tmp_path: Path) -> None:
    tiny = one("L4730")
    assert (tiny.width, tiny.height) == (17.8, 10.0)
    printed = print_labels([("Anna",), ANNA], tiny, LINDENHOF, tmp_path / "labels.pdf")
    assert printed.small == (1,)
    assert HARD_TO_READ == 6.0


def test_a_badge_has_its_name_large_and_whole(tmp_path: Path) -> None:
    sheet = one("L4785")
    print_labels([("Ute Nissen", "Kurs 13 A, 1998")], sheet, LINDENHOF, tmp_path / "b.pdf", badges=True)
    (page,) = signs(tmp_path / "b.pdf")
    high = [bottom - top for sign, _, top, _, bottom in page if sign in "UK"]
    assert high[0] > 1.8 * high[1]


def test_a_test_sheet_numbers_the_labels_and_says_what_to_do(tmp_path: Path) -> None:
    print_test_sheet(one("L7160"), LINDENHOF, tmp_path / "t.pdf")
    read = labels_of(tmp_path / "t.pdf", one("L7160"))
    assert read[0, 20] == "21"
    assert "100%" in read[0, 1]


def test_viewers_propose_to_print_labels_in_their_true_size(tmp_path: Path) -> None:
    for sheet in (one("L7160"), envelopes("de")[0]):
        print_labels([ANNA], sheet, LINDENHOF, tmp_path / "a.pdf")
        wishes = pypdf.PdfReader(tmp_path / "a.pdf").root_object["/ViewerPreferences"]
        assert wishes["/PrintScaling"] == "/None"  # type: ignore[index]


def test_cancelled_leaves_what_was_there(tmp_path: Path) -> None:
    out, progress = tmp_path / "labels.pdf", Progress()
    out.write_text("before")
    progress.cancel()
    with pytest.raises(Cancelled):
        print_labels([ANNA], one("L7160"), LINDENHOF, out, progress=progress)
    assert [path.name for path in tmp_path.iterdir()] == ["labels.pdf"]
    assert out.read_text() == "before"


@pytest.mark.parametrize("kind", [*envelopes("de"), own_envelope("own", 200, 140)], ids=lambda one: one.name)
def test_an_envelope_has_the_sender_at_its_upper_left_and_the_address_in_its_place(
    kind: LabelSheet, tmp_path: Path
) -> None:
    logo = BytesIO()
    Image.new("RGB", (300, 150), "#0E6470").save(logo, "PNG")
    sender = replace(LINDENHOF, street="Lindenhof 1", postcode="24937", town="Flensburg", logo=logo.getvalue())
    long = ("Værft og Maskinfabrik Nordre Havn A/S", "Jörg-Åke Østergård", *ANNA[2:], "Straße 1", "DENMARK")
    assert print_labels([ANNA, long], kind, sender, tmp_path / "e.pdf").sheets == 2
    wide, high = kind.page
    for text, page in zip((ANNA, long), signs(tmp_path / "e.pdf"), strict=True):
        in_place = [sign for sign, *box in page if _holds(kind, 0, *box)]
        at_corner = [sign for sign, left, top, right, bottom in page if bottom < 40 and right < wide - 74]
        assert "".join(in_place) == _together(text)
        assert "".join(at_corner) == "FreundeskreisLindenhofe.V.Lindenhof124937Flensburg"
        assert len(in_place) + len(at_corner) == len(page)
    with opened(tmp_path / "e.pdf") as document:
        assert document[0].get_size() == pytest.approx((wide * MM, high * MM), abs=0.1)


def test_a_thousand_envelopes_carry_the_logo_once(tmp_path: Path) -> None:
    data = BytesIO()
    Image.effect_noise((300, 300), 90).convert("RGB").save(data, "PNG")
    sender = replace(LINDENHOF, logo=data.getvalue())
    print_labels([ANNA] * 1000, envelopes("de")[0], sender, tmp_path / "e.pdf")
    assert (tmp_path / "e.pdf").stat().st_size < 1_500_000
