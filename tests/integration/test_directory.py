"""A directory of people of a real file, and from a terminal."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.printed_pages import opened, words_of

from alumnidesk.cli import main
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import COMING, Address, ContactCard, EventCard, Phone
from alumnidesk.domain.consent import DIRECTORY, NO, PHOTOS, PRINT, YES, Sending
from alumnidesk.domain.directory import DETAILS, DirectoryStyle
from alumnidesk.errors import Refused

IN_PRINT, PHOTO = Sending(DIRECTORY, PRINT), Sending(PHOTOS, PRINT)


@pytest.fixture
def people(desk: Desk) -> list[int]:
    """Anna and Bernd have agreed, Carla took it back, Dora was never asked."""
    home = (Address("Lindenweg 14", postcode="22767", town="Hamburg"),)
    numbers = [
        desk.contacts.add(
            ContactCard(given_name=name, family_name="Müller", addresses=home, phones=(Phone("040 66969"),))
        ).id
        or 0
        for name in ("Anna", "Bernd", "Carla", "Dora")
    ]
    desk.consents.answer(numbers[:3], IN_PRINT, YES)
    desk.consents.answer(numbers[2:3], IN_PRINT, NO)
    return numbers


def test_the_answer_that_counts_decides(desk: Desk, people: list[int], tmp_path: Path) -> None:
    plan = desk.directory.plan(people, DirectoryStyle(title="Ehemalige <b>"))
    run = desk.directory.print(plan, tmp_path / "d.pdf")
    assert (run.people, run.pages) == (2, 3)
    assert [finding.contact.given_name for finding in (*plan.left_out, *plan.looks)] == ["Carla", "Dora"]
    said = words_of(run.out)
    assert "Müller, Bernd" in said
    assert "Ehemalige <b>" in said
    assert "Carla" not in said
    assert "040 66969" not in said


def test_a_stored_photo_is_printed_for_those_who_agreed_to_it(desk: Desk, people: list[int], tmp_path: Path) -> None:
    data = BytesIO()
    Image.new("RGB", (300, 400), "teal").save(data, "PNG")
    for number in people[:2]:
        desk.photos.set(number, data.getvalue())
    desk.consents.answer(people[:1], PHOTO, YES)
    plan = desk.directory.plan(people, DirectoryStyle(details=frozenset(DETAILS)))
    desk.directory.print(plan, tmp_path / "d.pdf")
    with opened(tmp_path / "d.pdf") as document:
        assert [len([o for o in page.get_objects() if o.type == 3]) for page in document] == [0, 0, 1]


def test_a_directory_of_nobody_is_refused(desk: Desk, people: list[int], tmp_path: Path) -> None:
    plan = desk.directory.plan(people[2:], DirectoryStyle())
    with pytest.raises(Refused):
        desk.directory.print(plan, tmp_path / "d.pdf")
    assert not (tmp_path / "d.pdf").exists()


def test_a_directory_is_printed_from_a_terminal(
    desk: Desk, people: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = desk.events.add(EventCard(title="Reunion")).id or 0
    desk.events.invite(event, people)
    desk.events.answer([one.id for one in desk.events.roster(event) if one.contact_id == people[0]], COMING)
    file, out = str(desk.path), tmp_path / "d.pdf"
    desk.close(backup=False)
    show = ["--by", "town", "--show", "phone", "--columns", "1", "--title", "Klassentreffen", "--note", "Nur für uns"]
    assert main(["directory", file, str(out), "--event", "Reunion", "--where", "anna OR carla", *show, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["people"], told["pages"], [one["name"] for one in told["findings"]]) == (1, 4, ["Carla Müller"])
    said = words_of(out)
    for shown in ("Klassentreffen", "Nur für uns", "040 66969", "Hamburg"):
        assert shown in said
    assert "Lindenweg" not in said


def test_of_many_who_have_not_agreed_a_terminal_shows_how_many_and_json_who(
    desk: Desk, people: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(1, 250):
        desk.contacts.add(ContactCard(given_name="Ida", family_name=f"Nr{number:03}"))
    file, out = str(desk.path), str(tmp_path / "d.pdf")
    desk.close(backup=False)
    assert main(["directory", file, out, "--language", "en"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Left out: Carla Müller: Has said no to “Printed directory”",
        "Left out: 250 contacts: Has not agreed to “Printed directory”",
        "With --json each of them is named.",
    ]
    assert main(["directory", file, out, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 251


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        (["--show", "shoe_size"], 1, "shoe_size"), (["--by", "hair"], 2, "hair"), (["--where", "dora"], 1, "agreed"),
        (["--event", "No such"], 1, "No such"), (["--columns", "3"], 2, "columns"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_said(
    desk: Desk, people: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    wrong: list[str], status: int, says: str,
) -> None:  # fmt: skip
    file, out = str(desk.path), tmp_path / "d.pdf"
    desk.close(backup=False)
    assert main(["directory", file, str(out), *wrong]) == status
    assert says in capsys.readouterr().err
    assert not out.exists()
