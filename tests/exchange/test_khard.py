"""khard, an address book for the terminal, reads a folder of our cards."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.exchange import others, people

from alumnidesk.domain.addresses import country_name
from alumnidesk.formats import vcard

EVERYBODY = people.everybody(60)


@pytest.fixture(scope="module", params=vcard.VERSIONS)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """khard's settings for a folder of everybody's cards."""
    others.wanted("khard")
    folder = tmp_path_factory.mktemp("khard")
    people.export_folder(folder / "cards", EVERYBODY, request.param)
    file = folder / "khard.conf"
    file.write_text(
        f"[addressbooks]\n[[ours]]\npath = {folder / 'cards'}\n[contact table]\ndisplay = formatted_name\n", "utf-8"
    )
    return file


def lines(settings: Path, *command: str) -> list[list[str]]:
    """What khard prints for programs, divided at tabs."""
    printed = others.run([others.wanted("khard"), "-c", settings, *command, "-p"], HOME=str(settings.parent))
    return sorted(line.split("\t") for line in printed.splitlines() if "\t" in line)


def test_khard_knows_everybody_by_name_and_id(settings: Path) -> None:
    assert lines(settings, "list") == sorted([card.uid, card.name, "ours"] for card in EVERYBODY)


def test_khard_reads_every_way_to_reach_somebody(settings: Path) -> None:
    emails = [[email.address, card.name] for card in EVERYBODY for email in card.emails]
    phones = [[phone.number, card.name] for card in EVERYBODY for phone in card.phones]
    assert [line[:2] for line in lines(settings, "email")] == sorted(emails)
    assert [line[:2] for line in lines(settings, "phone")] == sorted(phones)


def test_khard_reads_every_address(settings: Path) -> None:
    read = [(*ast.literal_eval(address).values(), name) for address, name, _ in lines(settings, "postaddress")]
    assert sorted(read) == sorted(
        (
            one.po_box,
            ", ".join(filter(None, (f"c/o {one.care_of}" if one.care_of else "", one.extra))),
            " ".join(filter(None, (one.street, one.house_number))),
            one.postcode,
            one.town,
            one.region,
            country_name(one.country, "en") or one.country,
            card.name,
        )
        for card in EVERYBODY
        for one in card.addresses
    )


def test_khard_reads_every_whole_birthday(settings: Path) -> None:
    whole = [card for card in EVERYBODY if len(card.birth_date) == 10]
    read = {(day.replace(".", "-"), name) for day, name in lines(settings, "birthdays")}
    assert len(whole) > 5
    assert {(card.birth_date, card.name) for card in whole} <= read
