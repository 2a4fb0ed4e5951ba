"""Addresses of ten countries, measured on the rendered page: in every window every sign of them shows.

The cases are invented, of the kinds that address data has: flats, floors, stairs, yards, boxes, care of, companies with
departments, towns of several words, house numbers with letters and ranges, postcodes written in different ways.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import pypdfium2
import pytest
from tests.printed_pages import opened, signs_on
from tests.rectangles import within

from alumnidesk.documents.letters import address_fits, run_pdf
from alumnidesk.domain.addresses import MAX_LINES, address_lines, address_problems
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, LetterText, TemplateCard
from alumnidesk.domain.envelope_windows import OWN, MeasuredWindow, Rect, window_of, windows
from alumnidesk.domain.letters import LetterPlan, MasterLetter
from alumnidesk.domain.mailing_plans import plan_mailing

MAJA = ContactCard(id=1, given_name="Maja", family_name="Lindqvist", title="Dr.", gender_form="f")
YARD = ContactCard(
    id=2,
    given_name="Jörg-Åke",
    family_name="Østergård",
    organisation="Værft og Maskinfabrik Nordre Havn A/S",
    department="Indkøb",
)


def at(street: str, number: str, postcode: str, town: str, **more: str) -> Address:
    return replace(Address(street, number, postcode=postcode, town=town), **more)  # type: ignore[arg-type]


CASES: Mapping[str, Sequence[tuple[Address, tuple[str, ...]]]] = {
    "DE": (
        (at("Lindenweg", "14 a", "D-22767", "Hamburg"), ("Lindenweg 14 a", "22767 Hamburg")),
        (at("Straße des 18. Oktober", "23-25", "04103", "Leipzig", extra="Hinterhaus, 3. OG links"),
         ("Hinterhaus, 3. OG links", "Straße des 18. Oktober 23-25", "04103 Leipzig")),
        (at("", "", "24901", "Flensburg", po_box="11 22 33"), ("Postfach 11 22 33", "24901 Flensburg")),
        (at("Am Großneumarkt", "7", "24837", "Schleswig", care_of="Familie Petersen-Nissen"),
         ("c/o Familie Petersen-Nissen", "Am Großneumarkt 7", "24837 Schleswig")),
        (at("Q 7", "24", "68161", "Mannheim"), ("Q 7 24", "68161 Mannheim")),
    ),
    "AT": (
        (at("Lerchenfelder Gürtel", "43/2/17", "1160", "Wien"), ("Lerchenfelder Gürtel 43/2/17", "1160 Wien")),
        (at("", "Nr. 12", "6952", "Hittisau", extra="Ortsteil Platz"), ("Ortsteil Platz", "Nr. 12", "6952 Hittisau")),
    ),
    "CH": (
        (at("Bahnhofstrasse", "1bis", "CH-8001", "Zürich"), ("Bahnhofstrasse 1bis", "8001 Zürich")),
        (at("Chemin du Château-Sec", "5", "1009", "Pully"), ("Chemin du Château-Sec 5", "1009 Pully")),
        (at("", "", "3001", "Bern", po_box="771"), ("Postfach 771", "3001 Bern")),
    ),
    "SE": (
        (at("Storgatan", "5 lgh 1102", "SE-41105", "Göteborg"), ("Storgatan 5 lgh 1102", "411 05 Göteborg")),
        (at("", "", "98121", "Kiruna", po_box="Box 12"), ("Box 12", "981 21 Kiruna")),
        (at("Södra Ängsvägen", "11 B", "59 331", "Västervik", care_of="Åkesson"),
         ("c/o Åkesson", "Södra Ängsvägen 11 B", "593 31 Västervik")),
    ),
    "NO": (
        (at("Øvre Slottsgate", "3 B", "0157", "Oslo", extra="H0304"), ("H0304", "Øvre Slottsgate 3 B", "0157 Oslo")),
        (at("", "", "7001", "Trondheim", po_box="44"), ("Postboks 44", "7001 Trondheim")),
    ),
    "DK": (
        (at("Nørre Voldgade", "12, 3. tv.", "1358", "København K"), ("Nørre Voldgade 12, 3. tv.", "1358 København K")),
        (at("Æblevej", "2", "DK-6300", "Gråsten"), ("Æblevej 2", "6300 Gråsten")),
    ),
    "FI": (
        (at("Mäkelänkatu", "58 A 12", "FI-00510", "Helsinki"), ("Mäkelänkatu 58 A 12", "00510 Helsinki")),
        (at("", "", "22101", "Mariehamn", po_box="105"), ("PL 105", "22101 Mariehamn")),
    ),
    "GB": (
        (at("Mill Lane", "7", "LS1 2AB", "Leeds", extra="Flat 3, Weavers' Court"),
         ("Flat 3, Weavers' Court", "7 Mill Lane", "Leeds", "LS1 2AB")),
        (at("Rose Cottage, Church Road", "", "IV2 7XY", "Inverness", region="Highland"),
         ("Rose Cottage, Church Road", "Inverness", "Highland", "IV2 7XY")),
    ),
    "US": (
        (at("N Main St", "1200", "78701-1234", "Austin", region="TX", extra="Apt 4B"),
         ("Apt 4B", "1200 N Main St", "Austin, TX 78701-1234")),
        (at("", "", "99950", "Ketchikan", region="AK", po_box="77"), ("PO Box 77", "Ketchikan, AK 99950")),
    ),
    "FR": (
        (at("rue de l'Église", "12 bis", "F-67000", "Strasbourg", extra="Bâtiment C, escalier 2"),
         ("Bâtiment C, escalier 2", "12 bis rue de l'Église", "67000 Strasbourg")),
        (at("", "", "13281", "Marseille CEDEX 06", po_box="90123"), ("BP 90123", "13281 Marseille CEDEX 06")),
    ),
}  # fmt: skip
NAMES = {
    "DE": "GERMANY", "AT": "AUSTRIA", "CH": "SWITZERLAND", "SE": "SWEDEN", "NO": "NORWAY", "DK": "DENMARK",
    "FI": "FINLAND", "GB": "UNITED KINGDOM", "US": "UNITED STATES", "FR": "FRANCE",
}  # fmt: skip
LONG = Address(
    "Donaudampfschifffahrtsgesellschaftskapitänsallee",
    "112-114, Stiege 3, Tür 27",
    extra="Gebäude B, 4. Stock, Zimmer 417, beim Hausmeister",
    care_of="Verwaltungsgesellschaft Lindenhof mbH & Co. KG",
    postcode="8010",
    town="Graz-Straßgang bei Hart-Purgstall",
    country="AT",
)
OWN_WINDOWS = {
    "own, E65": MeasuredWindow(22, 38.5, 95, 30).stored(),
    "own, low": MeasuredWindow(12, 47, 110, 24, fold="half").stored(),
    "own, right": MeasuredWindow(105, 40, 95, 38).stored(),
}
HOUSES = [*(Association(window=key, country="DE") for key in windows()),
          *(Association(window=OWN, country="DE", own_window=stored) for stored in OWN_WINDOWS.values())]  # fmt: skip
IDS = [*windows(), *OWN_WINDOWS]


@pytest.mark.parametrize("country", sorted(CASES))
def test_lines_stand_in_the_order_of_their_country_which_is_named_only_abroad(country: str) -> None:
    for address, expected in CASES[country]:
        abroad = "DE" if country != "DE" else "AT"
        there = replace(address, country=country)
        at_home = address_lines(MAJA, there, home_country=country, language="en")
        assert tuple(at_home[-len(expected) :]) == expected
        from_abroad = address_lines(MAJA, there, home_country=abroad, language="en")
        assert tuple(from_abroad[-len(expected) - 1 :]) == (*expected, NAMES[country])
        assert len(from_abroad) <= MAX_LINES
        assert address_problems(there, from_abroad, home_country=abroad, language="en") == []


def letters(association: Association, addresses: Sequence[tuple[ContactCard, Address]]) -> list[LetterPlan]:
    """Letters with nothing but an address."""
    cards = [replace(card, id=n, addresses=(address,)) for n, (card, address) in enumerate(addresses, 1)]
    template = TemplateCard(name="Test", texts=(LetterText("de", "Test", "Test"),))
    fits = partial(address_fits, association=association)
    master = MasterLetter(template, association, dt.date(2026, 11, 22), fits=fits)
    plan = plan_mailing(master, cards)
    return [replace(one, date="", subject="", text=(), closing="", code="") for one in plan.letters]


def signs(page: pypdfium2.PdfPage) -> list[tuple[str, Rect]]:
    """Each sign on a page, and where it stands in millimetres from above."""
    return [(sign, Rect(left, top, right - left, bottom - top)) for sign, left, top, right, bottom in signs_on(page)]


@pytest.mark.parametrize("association", HOUSES, ids=IDS)
def test_every_sign_of_every_address_shows_in_the_window(association: Association) -> None:
    people = [
        (card, replace(address, country=country, region=address.region if country == "US" or card is MAJA else ""))
        for country, cases in CASES.items()
        for address, _ in cases
        for card in (MAJA, YARD)
    ]
    plans = letters(association, people)
    assert len(plans) == len(people)
    place = window_of(association)
    with opened(run_pdf(plans, association)[0]) as document:
        for plan, page in zip(plans, document, strict=True):
            found = signs(page)
            beside = [(sign, box) for sign, box in found if not within(box, place.window)]
            assert beside == [], plan.address
            wanted = "".join("".join(plan.address).split())
            assert "".join(sign for sign, _ in found) == wanted
            assert len(plan.address) <= MAX_LINES
            assert plan.fits_window


@pytest.mark.parametrize("association", HOUSES, ids=IDS)
def test_what_is_too_long_is_said_before_and_shortened_within_the_window(association: Association) -> None:
    long = replace(YARD, organisation="Elektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3)
    (plan,) = letters(association, [(long, LONG)])
    assert not plan.fits_window
    place = window_of(association)
    with opened(run_pdf([plan], association)[0]) as document:
        found = signs(document[0])
        assert [sign for sign, box in found if not within(box, place.window)] == []
        assert any(sign == "…" for sign, _ in found)
