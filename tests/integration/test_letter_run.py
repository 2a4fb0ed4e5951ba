"""Letter runs as PDF files, read back with another library than the one that writes them."""

from __future__ import annotations

import datetime as dt
import io
import re
from contextlib import closing
from dataclasses import replace
from typing import Any, cast

import pypdf
import pytest
from PIL import Image
from reportlab.lib.units import mm
from tests.printed_pages import opened, pages_of

from alumnidesk.documents import fonts
from alumnidesk.documents.letters import PrintedRun, fitted_address, one_letter_pdf, run_pdf
from alumnidesk.documents.sender_line import fitted_sender, sender_fits
from alumnidesk.domain import letter_markup
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.envelope_windows import windows
from alumnidesk.domain.letter_text import Paragraph, Run
from alumnidesk.domain.letters import LetterPlan, MasterLetter
from alumnidesk.domain.mailing_plans import plan_mailing
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress

LINDENHOF = Association(
    name="Freundeskreis Lindenhof e. V.",
    strapline="Ehemalige und Freunde",
    street="Lindenhof 1",
    postcode="24937",
    town="Flensburg",
    phone="0461 1",
    email="post@lindenhof.example",
    contact_person="Ruth Petersen",
    signatory="Ruth Petersen",
    signatory_role="Vorsitzende",
    bank=("Musterbank", "IBAN DE00 0000"),
)
TEXT = LetterText("de", "Einladung", "{salutation}\n\nwir laden Sie ein.\n\nBitte kommen Sie bald.", "Herzlich")
ANNA = ContactCard(
    id=1,
    given_name="Anna",
    family_name="Müller",
    gender_form="f",
    addresses=(Address("Lindenweg", "14", postcode="22767", town="Hamburg"),),
)


def planned(*contacts: ContactCard, text: LetterText = TEXT, association: Association = LINDENHOF) -> list[LetterPlan]:
    template = TemplateCard(texts=(text,))
    master = MasterLetter(template, association, dt.date(2026, 11, 19), lacking=fonts.lacking)
    return list(plan_mailing(master, contacts).letters)


def places_of(data: bytes, wanted: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every occurrence on page 1, in millimetres from the upper left corner."""
    with opened(data) as document, closing(document[0]) as page, closing(page.get_textpage()) as text:
        found = []
        with closing(text.search(wanted, match_case=True)) as search:
            while (hit := search.get_next()) is not None:
                boxes = [text.get_charbox(hit[0] + offset) for offset in range(hit[1])]
                left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
                right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
                height = page.get_height()
                found.append((left / mm, (height - top) / mm, right / mm, (height - bottom) / mm))
        return found


def within(data: bytes, x: float, y: float, width: float, height: float) -> list[str]:
    """The lines of page 1 that lie in a rectangle as a whole (millimetres from the upper left corner)."""
    with opened(data) as document, closing(document[0]) as page, closing(page.get_textpage()) as text:
        left, top, right = x * mm - 0.5, page.get_height() - y * mm, (x + width) * mm
        said: str = text.get_text_bounded(left, top - height * mm, right, top)
        return said.split("\r\n")


@pytest.mark.parametrize(
    "name",
    [
        "Müller & <Söhne>",
        "<b>x</b>",
        '<font color="[[[red]]]">',
        "<img src=file:///etc/hostname>",
        "{salutation} %s \\n (x) &amp;",
        "Łukasz Żółć",
        "Þórdís Guðmundsdóttir",
        "Nguyễn Thị Ánh",
        "Ελένη Παπαδοπούλου",
        "Юлия Щербакова",
        "Şeyma İğdır",
        "☎✉",
    ],
)
@pytest.mark.parametrize("font", ["serif", "sans"])
def test_a_name_is_printed_as_it_is_typed(name: str, font: str) -> None:
    association = replace(LINDENHOF, font=font)
    (plan,) = planned(replace(ANNA, family_name=name), association=association)
    (text,) = pages_of(one_letter_pdf(plan, association))
    assert f"Anna {name}\n" in text
    assert f"Sehr geehrte Frau {name}," in text


def test_a_name_in_decomposed_letters_is_printed_composed() -> None:
    (plan,) = planned(replace(ANNA, family_name="Mu\u0308ller\u200b\u200e\x07"))
    (text,) = pages_of(one_letter_pdf(plan, LINDENHOF))
    assert "Sehr geehrte Frau Müller," in text


def test_every_page_of_a_run_has_exactly_its_own_name() -> None:
    contacts = [
        replace(
            ANNA,
            id=number,
            family_name=f"Name{number:03}x",
            addresses=(Address(f"Weg{number:03}x", postcode=f"{20000 + number}", town="Ort"),),
        )
        for number in range(500)
    ]
    data, printed = run_pdf(planned(*contacts), LINDENHOF)
    assert printed == PrintedRun(500, tuple(range(500)))
    texts = pages_of(data)
    for number, text in enumerate(texts):
        assert re.findall(r"Name(\d+)x", text) == [f"{number:03}"] * 2
        assert re.findall(r"Weg(\d+)x", text) == [f"{number:03}"]
        assert re.findall(r"(\d+) Ort", text) == [str(20000 + number)]
    rest = {re.sub(r"(Name|Weg)\d+x|\d+ Ort", "", text) for text in texts}
    assert len(rest) == 1, "what is drawn once and what is set anew must read the same"


@pytest.mark.parametrize("key", list(windows()))
@pytest.mark.parametrize("lines", [3, 6])
def test_the_address_lies_within_the_window(key: str, lines: int) -> None:
    association = replace(LINDENHOF, window=key)
    (plan,) = planned(ANNA, association=association)
    plan = replace(plan, address=tuple(f"Zeile{n} Ägypterstraße gq" for n in range(lines)))
    data = one_letter_pdf(plan, association)
    place = windows()[key].window
    boxes = [box for n in range(lines) for box in places_of(data, plan.address[n])]
    assert len(boxes) == lines
    for left, top, right, bottom in boxes:
        assert left >= place.x + 4
        assert right <= place.x + place.width
        assert top >= place.y
        assert bottom <= place.y + place.height


def test_a_german_address_starts_where_din_5008_has_it() -> None:
    (plan,) = planned(ANNA)
    data = one_letter_pdf(plan, LINDENHOF)
    ((left, top, _, _),) = places_of(data, "Anna Müller")
    (_, first, _, _), *_ = places_of(data, "Frau")
    assert left == pytest.approx(25, abs=0.5)
    assert 62.7 <= first < top < 72
    ((_, return_top, _, return_bottom),) = places_of(data, "Lindenhof 1 · 24937")
    assert 45 <= return_top < return_bottom <= 50


@pytest.mark.parametrize("address", [["Wort" * 5000, "24937 Ort"], [f"Zeile {n}" for n in range(200)], ["W" * 90] * 6])
def test_an_address_beyond_measure_stays_in_the_window(address: list[str]) -> None:
    (plan,) = planned(ANNA)
    with opened(one_letter_pdf(replace(plan, address=tuple(address)), LINDENHOF)) as document:
        assert len(document) == 1
        with closing(document[0]) as page, closing(page.get_textpage()) as text:
            place = windows()["din5008b"].window
            edge = (place.x + place.width) * mm
            inside = text.get_text_bounded(place.x * mm, page.get_height() - 90 * mm, edge, page.get_height() - 45 * mm)
            beside = text.get_text_bounded(edge, page.get_height() - 90 * mm, 124 * mm, page.get_height() - 45 * mm)
    assert "…" in inside
    assert beside.strip() == ""


@pytest.mark.parametrize("key", sorted(windows()))
def test_a_long_line_of_an_address_takes_two_before_everything_gets_small(key: str) -> None:
    name = "Landesarbeitsgemeinschaft der Bildungshäuser in Schleswig-Holstein und Hamburg e. V."
    lines = [name, "Anna-Katharina von Schlippenbach", "Gustav-Stresemann-Straße 112 b", "24103 Kiel"]
    shown, style, fits = fitted_address(lines, windows()[key], fonts.face("serif"))
    assert fits
    assert " ".join(shown[:2]) == name
    assert list(shown[2:]) == lines[1:]
    assert style.size >= 9


def test_an_address_is_made_a_little_smaller_before_a_line_is_broken() -> None:
    line = "Ein Verein mit einem Namen, der eben passt"
    shown, style, _ = fitted_address([line, "24103 Kiel"], windows()["din5008b"], fonts.face("serif"))
    assert len(shown) == 2
    assert 9.5 <= style.size < 10.5


def test_a_word_without_end_is_broken_and_nothing_leaves_the_page() -> None:
    (plan,) = planned(ANNA)
    data = one_letter_pdf(replace(plan, text=letter_markup.from_plain("Wort" * 5000)), LINDENHOF)
    texts = pages_of(data)
    assert "".join(texts).count("Wort") > 4800
    assert sum(text.count("W") for text in texts) >= 5000
    with opened(data) as document:
        for page in document:
            with closing(page.get_textpage()) as text:
                boxes = [text.get_charbox(i) for i in range(text.count_chars())]
            assert max(box[2] for box in boxes) <= 190.5 * mm
            assert min(box[1] for box in boxes) >= 5 * mm
            page.close()


def test_a_long_letter_goes_on_with_page_numbers_and_keeps_its_signature_company() -> None:
    body = "{salutation}\n\n" + "\n\n".join(f"Absatz {n}. " + "Viel Text steht hier. " * 14 for n in range(20))
    plans = planned(ANNA, replace(ANNA, id=2), text=replace(TEXT, body=body))
    data, printed = run_pdf(plans, LINDENHOF)
    texts = pages_of(data)
    each = len(texts) // 2
    assert each >= 2
    assert printed.first_pages == (0, each)
    assert f"Page 1 of {each}" in texts[0] or f"Seite 1 von {each}" in texts[0]
    whole = "".join(texts[:each])
    assert [int(n) for n in re.findall(r"Absatz (\d+)\.", whole)] == list(range(20))
    assert whole.count("Viel Text steht hier.") + whole.count("Viel Text steht\nhier.") >= 250
    last = texts[each - 1]
    assert last.index("Viel Text") < last.index("Herzlich") < last.index("Vorsitzende")


def test_nothing_but_subsets_of_our_own_fonts_is_embedded() -> None:
    data, _ = run_pdf(planned(ANNA, replace(ANNA, id=2, family_name="Юлия Ελένη Nguyễn")), LINDENHOF)
    reader = pypdf.PdfReader(io.BytesIO(data))
    things = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    faces = [thing for thing in things if isinstance(thing, dict) and thing.get("/Type") == "/Font"]
    assert faces
    for face in faces:
        assert re.fullmatch(r"/[A-Z]{6}\+NotoSerif-(Regular|Bold)", face["/BaseFont"])
        assert "/FontFile2" in face["/FontDescriptor"].get_object()


def test_the_document_says_its_title_and_language() -> None:
    reader = pypdf.PdfReader(io.BytesIO(run_pdf(planned(ANNA), LINDENHOF)[0]))
    assert reader.metadata.title == "Einladung"
    assert reader.metadata.author == LINDENHOF.name
    assert reader.trailer["/Root"]["/Lang"] == "de"


def test_a_letter_that_cannot_be_set_is_listed_and_the_others_are_printed() -> None:
    first, broken, last = planned(*(replace(ANNA, id=n, family_name=f"Name{n}") for n in (1, 2, 3)))
    broken = replace(broken, address=cast(Any, (None,)))
    data, printed = run_pdf([first, broken, last], LINDENHOF)
    assert printed.first_pages == (0, -1, 1)
    assert [plan.contact.id for plan, _ in printed.failed] == [2]
    assert [re.findall(r"Name\d", text)[0] for text in pages_of(data)] == ["Name1", "Name3"]


def test_viewers_propose_to_print_letters_in_their_true_size_and_on_one_side() -> None:
    run = pypdf.PdfReader(io.BytesIO(run_pdf(planned(ANNA), LINDENHOF)[0]))
    assert run.root_object["/ViewerPreferences"] == {"/PrintScaling": "/None", "/Duplex": "/Simplex"}


def test_a_run_can_be_stopped() -> None:
    plans = planned(*(replace(ANNA, id=n) for n in range(5)))

    class StoppedAtTheThird(Progress):
        def advance(self, amount: int = 1) -> None:
            super().advance(amount)
            if self.done == 3:
                self.cancel()

    with pytest.raises(Cancelled):
        run_pdf(plans, LINDENHOF, StoppedAtTheThird())


def test_a_long_foot_takes_its_room_from_the_text_and_keeps_every_line() -> None:
    association = replace(LINDENHOF, bank=tuple(f"Bankzeile {n}" for n in range(7)))
    (plan,) = planned(ANNA, association=association)
    data = one_letter_pdf(replace(plan, text=(Paragraph((Run("Absatz\n" * 60),)),)), association)
    lines = [places_of(data, f"Bankzeile {n}")[0] for n in range(7)]
    assert max(bottom for *_, bottom in lines) < 297 - 8
    assert max(bottom for *_, bottom in places_of(data, "Absatz")) < min(top for _, top, *_ in lines) - 5


def test_a_logo_and_a_signature_are_drawn_and_a_damaged_one_is_left_out() -> None:
    def pictures(data: bytes) -> int:
        return sum(len(page.images) for page in pypdf.PdfReader(io.BytesIO(data)).pages)

    png = io.BytesIO()
    Image.new("RGBA", (3000, 2000), (14, 100, 112, 128)).save(png, "PNG")
    (plan,) = planned(ANNA)
    plain = one_letter_pdf(plan, LINDENHOF)
    signed = one_letter_pdf(plan, replace(LINDENHOF, signature=png.getvalue()))
    damaged = one_letter_pdf(plan, replace(LINDENHOF, logo=b"\x89PNG\r\n\x1a\nnonsense", signature=b"GIF89a"))
    assert pictures(signed) > pictures(plain) == pictures(damaged)
    assert len(one_letter_pdf(plan, replace(LINDENHOF, logo=png.getvalue()))) < 3 * len(plain)


def test_an_association_about_which_nothing_is_known_still_prints() -> None:
    association = Association()
    (plan,) = planned(ANNA, association=association)
    (text,) = pages_of(one_letter_pdf(plan, association))
    assert "Anna Müller" in text
    assert "None" not in text
    nameless = replace(association, accent="no colour", window="no window", font="no font", language="fi")
    assert "Anna Müller" in pages_of(one_letter_pdf(plan, nameless))[0]


LONG_NAME = "Förderverein Bildungszentrum e. V."
VERY_LONG_NAME = "Verein der Ehemaligen, Freunde und Förderer des Bildungshauses Steinbach am Wald e. V."


@pytest.mark.parametrize("font", ["serif", "sans"])
@pytest.mark.parametrize("name", [LONG_NAME, VERY_LONG_NAME, *(f"{LONG_NAME}{'i' * n}" for n in range(1, 30, 4))])
def test_the_line_above_the_address_has_the_whole_sender_in_its_place_in_the_window(name: str, font: str) -> None:
    association = Association(name=name, street="Schulweg 1", postcode="20095", town="Hamburg", font=font)
    (plan,) = planned(ANNA, association=association)
    data = one_letter_pdf(plan, association)
    assert sender_fits(association)
    place = windows()["din5008b"].text
    shown = " ".join(within(data, place.x, place.y, place.width, 5)).replace(" · ", " ")
    assert shown == f"{name} Schulweg 1 20095 Hamburg"


@pytest.mark.parametrize("blanks", [2, 60, 107, 200])
def test_blanks_in_a_row_make_no_sender_too_long(blanks: int) -> None:
    association = Association(name=f"Verein{' ' * blanks}der Freunde", town="Hamburg")
    place = windows()["din5008b"]
    lines, _, whole = fitted_sender(association.sender_line, place, fonts.face("serif"))
    assert (lines, whole) == (("Verein der Freunde · Hamburg",), True)


def test_a_single_word_that_fills_two_lines_is_whole() -> None:
    name = "Donaudampfschifffahrtsgesellschaftskapitänsvereinigungsförderkreis" * 2
    lines, style, whole = fitted_sender(name, windows()["din5008b"], fonts.face("serif"))
    assert ("".join(lines), whole) == (name, True)
    assert max(map(style.width, lines)) <= windows()["din5008b"].text.width * mm


def test_a_sender_without_end_stays_in_its_place_and_is_told_of() -> None:
    association = replace(LINDENHOF, name=VERY_LONG_NAME, street="Straße der Ehemaligen " * 5)
    assert not sender_fits(association)
    assert sender_fits(replace(association, window="us"))  # it has no such line
    lines, style, whole = fitted_sender(association.sender_line, windows()["din5008b"], fonts.face("serif"))
    assert not whole
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(map(style.width, lines)) <= windows()["din5008b"].text.width * mm


def test_an_empty_run_is_an_empty_document() -> None:
    assert run_pdf([], LINDENHOF)[1] == PrintedRun(0, ())


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Müller Łódź İğdır Þór Nguyễn Ελένη Юлия € „“ – …", ""),
        ("Anna 🌳", "🌳"),
        ("שלום", "ולםש"),
        ("a\u200b\u200d\n\t\u00a0b", ""),
    ],
)
@pytest.mark.parametrize("family", ["serif", "sans"])
def test_characters_that_no_bundled_font_has_are_found(text: str, missing: str, family: str) -> None:
    assert sorted(fonts.lacking(text, family)) == sorted(missing)


def test_the_foot_shows_a_long_iban_and_a_long_board_whole() -> None:
    iban, board = (
        "IBAN DE02 1203 0000 0000 2020 51",
        "Vorstand: Ruth Petersen, Jan Thomsen, Inken Lorenzen, Maike Asmus",
    )
    association = replace(
        LINDENHOF,
        website="www.freundeskreis-lindenhof.example",
        bank=("Fördebank Flensburg", iban),
        registration=(board,),
    )
    (page,) = pages_of(one_letter_pdf(planned(ANNA, association=association)[0], association))
    assert iban in page
    assert board in page
