"""Where people belong, in a real window: the path in the detail, units offered as a tree, and by their paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window, people

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Affiliation, ContactCard
from alumnidesk.domain.fields import Group
from alumnidesk.domain.query import EVERYBODY
from alumnidesk.domain.query_form import Line
from alumnidesk.domain.units import STEP
from alumnidesk.ui.contacts.conditions.dialog import Begun, ConditionsDialog
from alumnidesk.ui.widgets.measured import Words


def fill(desk: Desk) -> None:
    people(desk)
    law = desk.units.add("Faculty of Law", "faculty", desk.units.add("University").id)
    desk.units.add("Alumni club North", "regional", law.id)
    ended = (Affiliation("House", "Board", began="1990", ended="1995"), Affiliation(role="Choirmaster", ended="2001"))
    since = Affiliation(role="Member", began="1990")
    desk.contacts.add(ContactCard(family_name="Zacharias", affiliations=(*ended, since)))
    desk.contacts.add(ContactCard(family_name="Öz", affiliations=(Affiliation("Alumni club North", "Member"),)))


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "c.alumnidesk", fill) as window:
        yield window


def test_the_detail_shows_the_path_of_a_unit(shown: Contacts) -> None:
    shown.stand_on("Öz")
    assert "Belongs to: Member, University › Faculty of Law › Alumni club North" in shown.facts()
    shown.stand_on("Anna Müller")
    assert "Cohort: 1997–1998, Course 12 B, Member, House" in shown.facts()


def test_a_unit_is_completed_over_the_tree_and_kept_by_its_path(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.BELONGING, "affiliations")
    field: Any = shown.page_.detail.forms[Group.BELONGING].fields["affiliations"]
    block = field.blocks[0]
    unit = block.lines["unit"]
    unit.setFocus()
    shown.type("law")
    completer = unit.completer()
    model = completer.completionModel()
    offered = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert offered == ["University › Faculty of Law", "University › Faculty of Law › Alumni club North"]
    popup = completer.popup()
    for _ in range(2):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    block.lines["role"].setFocus()
    shown.page_.list.setFocus()
    shown.settle()
    path = "University › Faculty of Law › Alumni club North"
    assert [one.unit for one in shown.card("Milan Novák").affiliations] == [path]
    assert len(shown.ask(lambda desk: desk.units.all())) == 4


def test_usual_roles_and_those_in_use_are_offered_and_any_other_can_be_typed(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.BELONGING, "affiliations")
    field: Any = shown.page_.detail.forms[Group.BELONGING].fields["affiliations"]
    role = field.blocks[0].lines["role"]
    role.setFocus()
    shown.type("r")
    model = role.completer().completionModel()
    offered = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert {"Participant", "Professor", "Volunteer", "Choirmaster"} <= set(offered)
    role.completer().popup().hide()
    role.setFocus()
    shown.put("Archivist")
    shown.page_.list.setFocus()
    shown.settle()
    assert [one.role for one in shown.card("Milan Novák").affiliations] == ["Archivist"]


def test_what_has_ended_is_kept_and_said_to_have_ended(shown: Contacts) -> None:
    shown.stand_on("Zacharias")
    assert "Belongs to: Board, House, 1990–1995, ended" in shown.facts()
    assert "Belongs to: Choirmaster, until 2001, ended" in shown.facts()
    assert "Belongs to: Member, since 1990" in shown.facts()


def test_the_builder_offers_units_as_a_tree_and_takes_their_names(shown: Contacts) -> None:
    dialog = ConditionsDialog(shown.page_.context, Begun(EVERYBODY, (), None), shown.page_.search.setText, shown.window)
    shown.qtbot.addWidget(dialog)
    dialog.show()
    dialog.groups[0].add(Line("unit"))
    (line,) = dialog.groups[0].lines
    assert line.first is not None
    assert line.asked.currentText() == "is at or below"
    shown.settle()
    box = line.first.box
    assert box is not None
    assert [box.itemText(place) for place in range(box.count())] == [
        "House", "University", "\u2003Faculty of Law", "\u2003\u2003Alumni club North",
    ]  # fmt: skip
    box.setFocus()
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert box.currentText() == line.first.value == "Faculty of Law"
    shown.settle()
    assert dialog.text == 'unit:="Faculty of Law"'
    assert "or a unit below it" in dialog.said.text()
    assert "1" in dialog.go.text()
    dialog.reject()


def twins(shown: Contacts) -> None:
    """Another club North, below another faculty."""

    def add(desk: Desk) -> None:
        top = next(unit.id for unit in desk.units.all() if unit.name == "University")
        desk.units.add("Alumni club North", "regional", desk.units.add("Faculty of Medicine", "faculty", top).id)

    shown.ask(add)


def test_a_name_that_two_units_have_stays_as_typed_with_the_way_out_at_its_field(shown: Contacts) -> None:
    twins(shown)
    shown.stand_on("Milan Novák")
    shown.open(Group.BELONGING, "affiliations")
    field: Any = shown.page_.detail.forms[Group.BELONGING].fields["affiliations"]
    unit = field.blocks[0].lines["unit"]
    unit.setFocus()
    unit.completer().popup().hide()
    shown.put("alumni club north")
    shown.page_.list.setFocus()
    shown.settle()
    told = field.problem.text()
    assert "University › Faculty of Law › Alumni club North; University › Faculty of Medicine" in told.replace(
        "\u200b", ""
    )
    assert "write the whole path" in told
    assert unit.text() == "alumni club north"
    assert shown.card("Milan Novák").affiliations == ()
    unit.setFocus()
    shown.put("faculty of medicine / alumni club north")
    shown.page_.list.setFocus()
    shown.settle()
    path = "University › Faculty of Medicine › Alumni club North"
    assert [one.unit for one in shown.card("Milan Novák").affiliations] == [path]
    shown.open(Group.BELONGING, "affiliations")  # what is saved closes when it is left
    field = shown.page_.detail.forms[Group.BELONGING].fields["affiliations"]
    field.blocks[0].lines["unit"].setFocus()
    shown.put("faculty of medicine > choir")
    shown.page_.list.setFocus()
    shown.settle()
    path = "University › Faculty of Medicine › choir"
    assert [one.unit for one in shown.card("Milan Novák").affiliations] == [path]


def test_a_form_has_the_shortest_name_of_a_unit_that_is_only_its_own_and_keeps_the_unit(shown: Contacts) -> None:
    for add, said in ((lambda shown: None, "Alumni club North"), (twins, "Faculty of Law › Alumni club North")):
        add(shown)
        shown.stand_on("Anna Müller")
        shown.stand_on("Öz")
        before = shown.card("Öz").affiliations
        shown.open(Group.BELONGING, "affiliations")
        block: Any = shown.page_.detail.forms[Group.BELONGING].fields["affiliations"].blocks[0]
        assert block.lines["unit"].text() == said
        deeds = len(shown.ask(lambda desk: desk.history.entries()))
        block.lines["role"].setFocus()
        shown.page_.list.setFocus()
        shown.settle()
        assert shown.card("Öz").affiliations == before
        assert len(shown.ask(lambda desk: desk.history.entries())) == deeds


def test_the_builder_offers_units_of_one_name_by_their_paths(shown: Contacts) -> None:
    twins(shown)
    dialog = ConditionsDialog(shown.page_.context, Begun(EVERYBODY, (), None), shown.page_.search.setText, shown.window)
    shown.qtbot.addWidget(dialog)
    dialog.show()
    dialog.groups[0].add(Line("unit"))
    (line,) = dialog.groups[0].lines
    assert line.first is not None
    shown.settle()
    box = line.first.box
    assert box is not None
    offered = [box.itemText(place).strip() for place in range(box.count())]
    path = "University › Faculty of Law › Alumni club North"
    assert offered[2:] == [
        "Faculty of Law", path, "Faculty of Medicine", "University › Faculty of Medicine › Alumni club North",
    ]  # fmt: skip
    box.setFocus()
    box.setCurrentIndex(3)
    box.activated.emit(3)
    shown.settle()
    assert dialog.text == f'unit:="{path}"'
    assert "1" in dialog.go.text()
    dialog.reject()


def test_a_narrow_chip_leaves_out_of_a_path_what_stands_above_the_unit_and_the_whole_is_read_beside_the_mouse(
    shown: Contacts, qapp: QApplication
) -> None:
    shown.search("university")
    shown.qtbot.waitUntil(lambda: bool(shown.page_.why.chips), timeout=10_000)
    tags = next(n for n, column in enumerate(shown.page_.table.columns) if column.key == "tags")
    whole = "University › Faculty of Law › Alumni club North"
    assert whole in str(shown.page_.table.index(0, tags).data())
    small = Words(qapp.font())
    path = f"Member, University of Applied Sciences{STEP}Faculty of Law{STEP}Alumni club North, 1998"
    assert small.shortened_path(path, small.width(path)) == path
    cut = small.shortened_path(path, small.width(path) // 2)
    assert cut.startswith("Member, Uni")
    assert cut.endswith("… › Alumni club North, 1998")
    assert small.width(cut) <= small.width(path) // 2
    assert small.shortened_path(path, small.width("› Alumni club North, 1")).startswith("› Alumni club North")
    assert small.shortened_path("Lindenweg 14, 22767 Hamburg", small.width("Lindenweg 1…")).startswith("Lindenweg")
