"""Households and relationships in a real window: made, shown, written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.letters_window import names
from tests.ui.real_window import OpenWindow, filled_file, window_over_copy

from alumnidesk.desk import Desk
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard
from alumnidesk.ui.letters.run import CHECK

LINDENWEG = Address("Lindenweg", "14", postcode="22767", town="Hamburg", label="home")
KAI = Address("Am Kai", "3", postcode="24103", town="Kiel", label="home")


def fill(desk: Desk) -> None:
    """A couple at one address, somebody who lives elsewhere, and an organisation."""
    desk.settings.save(Association(name="Freundeskreis", street="Hof 1", postcode="24937", town="Flensburg"))
    for given, gender, address in (("Anna", "f", LINDENWEG), ("Bernd", "m", LINDENWEG), ("Clara", "f", KAI)):
        desk.contacts.add(
            ContactCard(given_name=given, family_name="Müller", gender_form=gender, addresses=(address,), language="de")
        )
    desk.contacts.add(ContactCard(kind="organisation", organisation="Werft <b>Nord</b>"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every test here begins with."""
    return filled_file(tmp_path_factory, fill)


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path, filled: Path) -> Iterator[OpenWindow]:
    with window_over_copy(qtbot, filled, tmp_path) as window:
        yield window


# Letters -------------------------------------------------------------------------------------------------------------


def mailing(shown: OpenWindow) -> Any:
    """A mailing to everybody, at its first step."""
    ids = shown.ask(lambda desk: list(desk.find.contacts("müller").ids))
    shown.window.open_page("letters", contacts=ids)
    shown.settle()
    return shown.window.current_page


def test_without_a_household_nothing_is_asked_about_it(shown: OpenWindow) -> None:
    page = mailing(shown)
    assert page.run.recipients.per_household.isHidden()


def test_a_household_gets_one_letter_unless_one_for_each_is_wished(shown: OpenWindow) -> None:
    shown.ask(lambda desk: desk.households.make([1, 2]))
    page = mailing(shown)
    box = page.run.recipients.per_household
    assert box.isVisible()
    assert box.isChecked()
    assert "1 household" in box.text()

    for _ in range(CHECK):
        shown.click(page.run.next)
    assert sorted(name.split(",")[0] for name in names(page)) == ["Anna and Bernd Müller", "Clara Müller"]

    page.run.go_to(0)
    shown.settle()
    box.click()
    shown.settle()
    for _ in range(CHECK):
        shown.click(page.run.next)
    assert len(names(page)) == 3
