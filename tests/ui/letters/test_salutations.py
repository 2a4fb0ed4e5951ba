"""All salutations of a mailing, from the check of its letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.ui.letters_window import at_step
from tests.ui.real_window import OpenWindow, in_dialog, unnamed

from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui.contacts.facts import preview
from alumnidesk.ui.letters.salutations import SalutationsDialog
from alumnidesk.ui.letters.steps import CHECK


def with_dialog(shown: OpenWindow, use: Callable[[SalutationsDialog], object]) -> None:
    page = at_step(shown, CHECK)
    in_dialog(shown, SalutationsDialog, page.steps.check.salutations.click, use)


def rows(dialog: SalutationsDialog) -> list[tuple[str, str]]:
    table = dialog.table
    return [(str(table.index(row, 0).data()), str(table.index(row, 1).data())) for row in range(table.rowCount())]


def test_the_odd_ones_stand_on_top_and_are_put_right_where_they_stand(shown: OpenWindow) -> None:
    def use(dialog: SalutationsDialog) -> None:
        assert unnamed(dialog) == []  # type: ignore[arg-type]
        first, *others = rows(dialog)
        assert "Alex Muster" in first[0]
        assert "Guten Tag Alex Muster," in first[1]
        assert len(others) == 10
        assert dialog.odd.text().startswith("1 ")
        dialog.list.go_to(dialog.table.ids[0])
        field = dialog.form_of_address
        field.box.setCurrentIndex(field.box.findData("m"))
        field.box.activated.emit(field.box.currentIndex())
        shown.qtbot.waitUntil(lambda: "Herr Muster" in rows(dialog)[0][1], timeout=5000)
        assert dialog.odd.text() == "None of them is unusual."
        dialog.own.line.setText("Lieber Alex,")
        dialog.own.commit()
        shown.qtbot.waitUntil(lambda: "Lieber Alex," in rows(dialog)[0][1], timeout=5000)
        assert dialog.odd.text().startswith("1 ")

    with_dialog(shown, use)
    shown.settle()
    letters = shown.window.current_page.steps.checked.plan.letters  # type: ignore[attr-defined]
    assert any(letter.paragraphs[0] == "Lieber Alex," for letter in letters)


def test_one_finds_a_salutation_and_opens_its_contact(shown: OpenWindow) -> None:
    def use(dialog: SalutationsDialog) -> None:
        dialog.search.setText("hej")
        shown.qtbot.waitUntil(lambda: len(rows(dialog)) == 1, timeout=5000)
        assert "Umeå" in rows(dialog)[0][1] or "Hej Elin" in rows(dialog)[0][1]
        dialog.list.go_to(dialog.table.ids[0])
        dialog.contact.click()

    with_dialog(shown, use)
    shown.qtbot.waitUntil(lambda: shown.window.current_name == "contacts", timeout=5000)


def test_beside_a_contact_stands_the_salutation_of_the_letter_also_in_a_language_without_letters() -> None:
    marie = ContactCard(given_name="Marie", family_name="Dupont", gender_form="f", language="fr")
    assert preview(marie, Association(language="de"))[0] == "Sehr geehrte Frau Dupont,"
    assert preview(replace(marie, language="sv"), Association(language="de"))[0] == "Hej Marie Dupont,"
