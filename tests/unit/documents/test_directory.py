"""A printed directory, read back from the PDF."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.printed_pages import opened, pages_of

from alumnidesk.documents.directory import print_directory
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Phone
from alumnidesk.domain.consent import DIRECTORY, KNOWN, PHOTOS, PRINT, YES
from alumnidesk.domain.directory import COHORT, DETAILS, PHOTO, Agreed, DirectoryPlan, DirectoryStyle, plan_directory
from alumnidesk.errors import Cancelled
from alumnidesk.progress import Progress

LINDENHOF = Association(name="Freundeskreis Lindenhof e. V.", language="de")
PURPOSES = {purpose.key: purpose for purpose in KNOWN}
EVERYTHING = frozenset(DETAILS)


def person(id: int, family: str = "Müller", given: str = "Anna", **more: object) -> ContactCard:
    return ContactCard(id=id, given_name=given, family_name=family, **more)  # type: ignore[arg-type]


def agreed(cards: Sequence[ContactCard], more: Mapping[tuple[int, str, str], str] | None = None) -> Agreed:
    answers = {(card.id or 0, key, PRINT): YES for card in cards for key in (DIRECTORY, PHOTOS)}
    return Agreed(PURPOSES[DIRECTORY], PURPOSES[PHOTOS], answers | dict(more or {}))


def planned(cards: Sequence[ContactCard], style: DirectoryStyle | None = None) -> DirectoryPlan:
    wanted = style or DirectoryStyle(details=EVERYTHING)
    return plan_directory(cards, wanted, agreed(cards), LINDENHOF, today=dt.date(2026, 11, 22))


def printed(plan: DirectoryPlan, out: Path, photo: bytes = b"") -> list[str]:
    told = print_directory(plan, LINDENHOF, lambda key: photo, out)
    pages = pages_of(out)
    assert len(pages) == told
    return pages


def test_title_contents_and_entries_follow_each_other(tmp_path: Path) -> None:
    anna = person(
        1,
        title="Dr.",
        birth_name="Schulz",
        position="Bibliothekarin",
        organisation="Stadtbücherei",
        addresses=(Address("Lindenweg 14", postcode="22767", town="Hamburg"),),
        phones=(Phone("+49 40 66969123"), Phone("+49 40 1", "fax")),
        emails=(Email("anna@mail.example"),),
        affiliations=(Affiliation("Haus", "Gast", "Kurs 12 B", 1997, 1998), Affiliation("Chor", "Mitglied")),
    )
    title, contents, entries = printed(planned([anna, person(2, "Żak", "Łucja")]), tmp_path / "d.pdf")
    for said in ("Verzeichnis", "Freundeskreis Lindenhof e. V.", "22. November 2026", "Nur für Mitglieder"):
        assert said in title
    assert re.findall(r"^([A-Z#])\s*(\d+)", contents, re.MULTILINE) == [("M", "3"), ("Z", "3")]
    for said in (
        "Müller, Dr. Anna", "geb. Schulz", "Lindenweg 14, 22767 Hamburg", "+49 40 66969123", "anna@mail.example",
        "Kurs 12 B, Haus, 1998", "Bibliothekarin, Stadtbücherei", "Żak, Łucja",
    ):  # fmt: skip
        assert said in entries
    assert "+49 40 1\r" not in entries
    assert "Chor" not in entries


def test_contents_and_index_name_the_pages_on_which_everybody_stands(tmp_path: Path) -> None:
    cards = [
        person(n, f"Familie{n:03}", addresses=(Address("Weg 1", town="Kiel"),),
               affiliations=(Affiliation(cohort_to=1950 + n % 70), Affiliation(cohort_to=1990)))
        for n in range(1, 301)
    ]  # fmt: skip
    pages = printed(planned(cards, DirectoryStyle(order=COHORT)), tmp_path / "d.pdf")
    whole = "\n".join(pages)
    listed = dict(re.findall(r"(Familie\d{3}), Anna\s+([\d, ]+)\s*$", whole, re.MULTILINE))
    assert len(listed) == 300
    for card in cards:
        where = {n for n, page in enumerate(pages, 1) if re.search(rf"{card.family_name}, Anna\s*\n", page)}
        assert {int(n) for n in listed[card.family_name].split(",")} == where
    contents = dict(re.findall(r"^(\d{4})\s+(\d+)\s*$", pages[1], re.MULTILINE))
    assert len(contents) == 70
    for heading, page in contents.items():
        assert re.search(rf"^{heading}\s*$", pages[int(page) - 1], re.MULTILINE)


def test_no_sign_stands_beyond_its_column_and_no_entry_is_divided(tmp_path: Path) -> None:
    cards = [
        person(n, f"Name{n:03} " + "Wort" * (n % 40), remark="", emails=(Email("x" * 60 + f"{n}@mail.example"),))
        for n in range(1, 200)
    ]
    printed(planned(cards), tmp_path / "d.pdf")
    seen = 0
    with opened(tmp_path / "d.pdf") as document:
        for page in list(document)[2:]:
            text = page.get_textpage()
            seen += len(set(re.findall(r"\d+@mail", text.get_text_bounded().replace("\r\n", ""))))
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if text.get_text_range(index, 1).strip():
                    assert 56 <= left < right <= 539
                    assert 30 < bottom < top < 810
                    middle = 595.28 / 2
                    assert right <= middle or left >= middle or bottom < 66 or top > 770
    assert seen == 199


def test_an_endless_name_and_an_endless_heading_find_room(tmp_path: Path) -> None:
    endless = person(1, "x" * 20_000, affiliations=(Affiliation(programme="y" * 20_000, cohort_to=1998),))
    pages = printed(planned([endless], DirectoryStyle(order="programme", details=EVERYTHING)), tmp_path / "d.pdf")
    assert sum(page.count("x") for page in pages[2:]) >= 20_000


def test_a_picture_is_in_the_file_once_and_small(tmp_path: Path) -> None:
    data = BytesIO()
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(data, "JPEG", quality=95)
    cards = [person(n, photo="key") for n in range(1, 40)]
    printed(planned(cards, DirectoryStyle(details=frozenset({PHOTO}))), tmp_path / "d.pdf", data.getvalue())
    assert len(data.getvalue()) > 500_000
    assert (tmp_path / "d.pdf").stat().st_size < 150_000
    with opened(tmp_path / "d.pdf") as document:
        shown = [len([o for o in page.get_objects() if o.type == 3]) for page in document]
    assert sum(shown) == 39


def test_a_damaged_picture_leaves_its_room_empty(tmp_path: Path) -> None:
    pages = printed(planned([person(1, photo="key")]), tmp_path / "d.pdf", b"\x89PNG\r\n\x1a\nnothing")
    assert "Müller, Anna" in pages[-1]


def test_a_stopped_directory_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    out = tmp_path / "d.pdf"
    out.write_text("before")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        print_directory(planned([person(1)]), LINDENHOF, lambda key: b"", out, progress)
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]
