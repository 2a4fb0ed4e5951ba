"""Own fields, tags in groups, photo and files in the contact's detail, through the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QDesktopServices, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window, people

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import LetterText, OwnValue, TemplateCard
from alumnidesk.domain.fields import Group
from alumnidesk.domain.own_fields import OwnKind
from alumnidesk.ui.contacts.own_fields import OwnFieldsField
from alumnidesk.ui.letters.editor import LetterEditor
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.fields import Field
from alumnidesk.ui.widgets.label import Label
from alumnidesk.ui.widgets.photo import as_jpeg, small_enough, square


def fill(desk: Desk) -> None:
    people(desk)
    desk.own_fields.add("Shirt size", OwnKind.CHOICE, ["S", "M"])
    desk.own_fields.add("Height", OwnKind.NUMBER)
    desk.own_fields.add("Swims", OwnKind.YES_NO)
    status = desk.tags.add_group("Status", at_most_one=True, required=True)
    for name in ("Active", "Passive"):
        desk.tags.add(name, status.id)


@pytest.fixture
def contacts(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "c.alumnidesk", fill) as window:
        window.stand_on("Anna Müller")
        yield window


def own(contacts: Contacts) -> tuple[OwnValue, ...]:
    card = contacts.page_.detail.card
    assert card is not None
    return card.own


def field(contacts: Contacts, name: str) -> Field:
    whole = contacts.page_.detail.forms[Group.OWN].fields["own"]
    assert isinstance(whole, OwnFieldsField)
    return whole.form.fields[name]


def picture(side: int = 40) -> QImage:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return image


def test_own_fields_are_typed_like_built_in_ones_and_taken_back(contacts: Contacts) -> None:
    contacts.open(Group.OWN)
    assert QApplication.focusWidget() is field(contacts, "Shirt size").editor
    contacts.tab()
    contacts.put("1,75")
    contacts.tab()
    contacts.settle()
    assert [(value.field, value.value) for value in own(contacts)] == [("Height", "1.75")]
    contacts.do("edit.undo")
    assert own(contacts) == ()


def test_what_a_field_cannot_hold_is_said_there_and_nowhere_else(contacts: Contacts) -> None:
    contacts.open(Group.OWN)
    contacts.tab()
    contacts.put("groß")
    contacts.tab()
    height = field(contacts, "Height")
    assert "is not a number" in height.problem.text()
    swims = field(contacts, "Swims").editor
    assert isinstance(swims, QComboBox)
    swims.setCurrentIndex(1)
    swims.activated.emit(1)
    contacts.settle()
    assert [(value.field, value.value) for value in own(contacts)] == [("Swims", "1")]
    assert height.value == "groß"


def test_own_values_are_read_as_lines_and_a_click_opens_their_field(contacts: Contacts) -> None:
    card = contacts.page_.detail.card
    assert card is not None
    assert card.id is not None
    contacts.ask(lambda desk: desk.contacts.save(card, _with(card, OwnValue("Height", "1.75"))))
    contacts.page("contacts", card.id)
    assert "Height: 1.75" in contacts.facts()
    contacts.click(contacts.fact("Height"))
    assert QApplication.focusWidget() is field(contacts, "Height").editor


def _with(card: object, value: OwnValue) -> object:
    from dataclasses import replace

    return replace(card, own=(value,))  # type: ignore[type-var]


def test_of_a_group_of_tags_one_takes_the_place_of_the_other(contacts: Contacts) -> None:
    assert "Tags: Mentor, Donor, Status is missing" in contacts.facts()
    contacts.open(Group.BELONGING, "tags")
    contacts.type("Active")
    contacts.key(Qt.Key.Key_Return)
    contacts.type("Passive")
    contacts.key(Qt.Key.Key_Return)
    contacts.settle()
    card = contacts.page_.detail.card
    assert card is not None
    assert card.tags == ("Mentor", "Donor", "Passive")
    contacts.do("edit.undo")
    assert contacts.page_.detail.card.tags == ("Mentor", "Donor", "Active")  # type: ignore[union-attr]


def test_a_picture_that_is_dropped_on_the_head_is_the_photo(contacts: Contacts) -> None:
    head = contacts.page_.detail.head
    dropped = QMimeData()
    dropped.setImageData(picture())
    how = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    contacts.page_.detail.photo.eventFilter(head, QDropEvent(QPointF(5, 5), *how))
    contacts.settle()
    card = contacts.page_.detail.card
    assert card is not None
    assert card.photo
    middle = head.head.circle.grab().toImage().pixelColor(20, 20)
    assert abs(middle.green() - QColor("teal").green()) < 12
    contacts.stand_on("Bernd Mueller")
    assert head.head.circle.grab().toImage().pixelColor(6, 20) != middle
    contacts.stand_on("Anna Müller")
    contacts.do("edit.undo")
    assert contacts.page_.detail.card.photo == ""  # type: ignore[union-attr]


def test_a_file_is_filed_listed_and_removed(contacts: Contacts, tmp_path: Path) -> None:
    files = contacts.page_.detail.files
    assert files.isHidden()
    (tmp_path / "<b>Vertrag.pdf").write_bytes(b"x" * 120_000)
    files.file(tmp_path / "<b>Vertrag.pdf")
    contacts.settle()
    assert not files.isHidden()
    said = [button.accessibleName() for button in files.findChildren(type(files.add))]
    assert "Open b-Vertrag.pdf" in said
    contacts.do("edit.undo")
    assert files.isHidden()


def test_a_large_picture_is_made_small_and_what_is_no_picture_is_not_decoded(qapp: QApplication) -> None:
    large = QImage(2400, 1200, QImage.Format.Format_RGB32)
    large.fill(QColor("teal"))
    made = QImage.fromData(as_jpeg(large))
    assert (made.width(), made.height()) == (1000, 500)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    large.save(buffer, "BMP")  # type: ignore[call-overload]
    made = QImage.fromData(QByteArray(small_enough(bytes(buffer.data().data()))))
    assert (made.width(), made.height()) == (1000, 500)
    for nothing in (b"", b"text", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"):
        assert square(nothing, 20).isNull()


def test_a_letter_offers_own_fields_and_takes_their_names_in_any_case(contacts: Contacts) -> None:
    editor = LetterEditor(contacts.page_.look)
    contacts.qtbot.addWidget(editor)
    editor.show_letter(TemplateCard(id=1, name="Shirts", texts=(LetterText("en", "Shirts", "Yours is {Shirt size}."),)))
    editor.offer(["Shirt size"], [])
    editor.placeholders.open_at(QPoint(0, 0))
    offered = [editor.placeholders.list.item(row).text() for row in range(editor.placeholders.list.count())]
    editor.placeholders.close()
    assert "Shirt size" in offered
    editor.body.selectAll()
    QTest.keyClicks(editor.body, "Yours is {shirt  size} or {Shirt sise}.")
    assert editor.text().body == "Yours is {Shirt size} or {Shirt sise}."
    contacts.qtbot.waitUntil(lambda: len(editor.findChildren(LinkButton)) > 0, timeout=5000)
    said = [label.text() for label in editor.findChildren(Label)]
    assert "There is no placeholder {Shirt sise}. Did you mean “Shirt size”?" in said


def test_a_file_is_looked_at_in_a_copy_and_a_program_is_not_started(
    contacts: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    monkeypatch.setattr(type(contacts.page_.context.messages), "show", lambda self, problem: shown.append(str(problem)))
    for name in ("Vertrag.pdf", "Setup.EXE"):
        (tmp_path / name).write_bytes(b"content")
        contacts.page_.detail.files.file(tmp_path / name)
        contacts.settle()
    card = contacts.page_.detail.card
    assert card is not None
    for filed in contacts.ask(lambda desk: desk.attachments.of(card.id)):
        contacts.page_.detail.door.open(filed.key, filed.name)
        contacts.settle()
    assert [path.name for path in opened] == ["Vertrag.pdf"]
    assert opened[0].read_bytes() == b"content"
    assert opened[0].parent != tmp_path
    assert opened[0].stat().st_mode & 0o222 == 0
    assert ["“Setup.EXE” is a program or starts one" in text for text in shown] == [True]


@pytest.mark.parametrize("name", ["Vertrag.exe.", "Vertrag.exe ", "Vertrag.e\u200bxe", "Bild.pdf.scr", "Liste.xll"])
def test_a_name_that_only_looks_harmless_starts_no_program(
    contacts: Contacts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In a data file from elsewhere any name may stand; Windows cuts off dots and spaces."""
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    monkeypatch.setattr(type(contacts.page_.context.messages), "show", lambda self, problem: shown.append(str(problem)))
    contacts.page_.detail.door.open("no key", name)
    assert ["is a program or starts one" in text for text in shown] == [True]
