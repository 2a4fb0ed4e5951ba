"""What was typed and not saved is there again after the program has ended without warning."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.contacts_window import Contacts, contacts_window
from tests.ui.other_process import SOMEBODY

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, Link, Phone
from alumnidesk.domain.fields import FIELDS, Group, Kind
from alumnidesk.i18n import say
from alumnidesk.ui.app import Program
from alumnidesk.ui.contacts.drafting import PARTS, Typed
from alumnidesk.ui.drafts import Begun, Drafts
from alumnidesk.ui.messages import Messages
from alumnidesk.ui.window import MainWindow

TYPES_AND_WAITS = f"""
import sys
from pathlib import Path
from alumnidesk.ui.app import Program
from alumnidesk.ui.preferences import Preferences
{SOMEBODY}
def steps():
    while program.window is None or program.tasks.busy or not program.window.isActiveWindow():
        yield
    yield from types_a_new_contact(program.window, "Žofie", "Dvořáko")

application = QApplication([])
program = Program(application, Preferences(Path(sys.argv[2])))
program.open(Path(sys.argv[1]))
step_by_step(steps())
application.exec()
"""
PATIENCE = 60_000
"""Milliseconds that anything may take on a busy machine."""
GO_ON, GIVE_UP, ESC = 1, 0, -1


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; the answer is to go on."""
    asked: list[str] = []

    def ask(self: Messages, head: str, sentence: str, verbs: Sequence[str]) -> int:
        asked.append(head)
        return GO_ON

    monkeypatch.setattr(Messages, "ask", ask)
    return asked


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "Lindenhof.alumnidesk"
    desk = Desk.create(path)
    desk.contacts.add(ContactCard(given_name="Anna", family_name="Müller", emails=(Email("anna@mail.example"),)))
    desk.close(backup=False)
    return path


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Contacts]:
    with contacts_window(qtbot, tmp_path / "c.alumnidesk") as window:
        window.window.context.drafts.turn_to(tmp_path / "c.alumnidesk")
        yield window


def kept(folder: Path) -> list[Path]:
    return list((folder / "drafts").glob("*.json"))


def open_window(program: Program, data: Path, qtbot: QtBot) -> MainWindow:
    program.open(data)
    qtbot.waitUntil(lambda: isinstance(program.window, MainWindow), timeout=PATIENCE)
    assert isinstance(program.window, MainWindow)
    return program.window


def test_a_new_contact_is_there_again_after_a_kill(
    program: Program, data: Path, tmp_path: Path, qtbot: QtBot, answers: list[str]
) -> None:
    arguments = [sys.executable, "-c", TYPES_AND_WAITS, str(data), str(tmp_path / "window.ini")]
    child = subprocess.Popen(arguments)
    try:
        qtbot.waitUntil(lambda: any("ko" in path.read_text("utf-8") for path in kept(tmp_path)), timeout=PATIENCE)
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    window = open_window(program, data, qtbot)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE)
    assert answers == ["You were writing down Žofie Dvořáko"]
    page: Any = window.current_page
    qtbot.waitUntil(lambda: page.detail.editing, timeout=PATIENCE)
    values = {key: field.value for form in page.detail.forms.values() for key, field in form.fields.items()}
    assert (values["given_name"], values["family_name"]) == ("Žofie", "Dvořáko")
    assert page.detail.card.id is None
    page.detail.forms[Group.NAME].closed.emit()
    qtbot.waitUntil(lambda: page.detail.card.id is not None, timeout=PATIENCE)
    assert page.detail.card.name == "Žofie Dvořáko"
    assert not kept(tmp_path)


def test_a_start_after_a_good_end_asks_nothing(
    program: Program, data: Path, tmp_path: Path, qtbot: QtBot, answers: list[str]
) -> None:
    window = open_window(program, data, qtbot)
    window.actions_["contacts.new"].trigger()
    page: Any = window.current_page
    qtbot.waitUntil(lambda: page.detail.editing, timeout=PATIENCE)
    page.detail.forms[Group.NAME].type_in({"given_name": "Žofie", "family_name": "Dvořáková"})
    page.detail.drafting.look()
    assert kept(tmp_path)
    window.close()
    assert not kept(tmp_path)
    program.tasks.stop()
    desk = Desk.open(data)
    assert "Žofie Dvořáková" in [line.name for line in desk.find.lines(desk.find.contacts().ids)]
    desk.close(backup=False)
    assert not answers


def typed_in(shown: Contacts, text: str) -> None:
    """Type, and wait until that is kept."""
    shown.type(text)
    drafts = shown.window.context.drafts
    shown.qtbot.waitUntil(lambda: text in str([begun.content for begun in drafts.left().values()]), timeout=5000)


def after_a_kill(shown: Contacts, folder: Path) -> Begun:
    """What the next start would find."""
    drafts = Drafts(folder / "drafts")
    drafts.turn_to(folder / "c.alumnidesk")
    return drafts.left()["contacts"]


def test_an_address_that_was_being_corrected_is_there_again(shown: Contacts, tmp_path: Path) -> None:
    shown.stand_on("Anna Müller")
    shown.click(shown.fact("Address"))
    shown.put("")
    typed_in(shown, "Am Kai 3")
    begun = after_a_kill(shown, tmp_path)
    assert begun.about == say("You were writing about {name}", name="Anna Müller")
    shown.key(Qt.Key.Key_Escape)
    shown.key(Qt.Key.Key_Escape)
    shown.stand_on("Milan Novák")
    shown.page_.go_on_with(begun.content)
    shown.settle()
    assert shown.shown_name() == "Anna Müller"
    block = shown.page_.detail.forms[Group.ADDRESS].fields["addresses"].blocks[0]  # type: ignore[attr-defined]
    assert block.lines["street"].text() == "Am Kai 3"
    assert block.lines["street"].hasFocus()
    assert shown.card("Anna Müller").addresses[0].street == "Lindenweg 14"
    shown.type("a")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Anna Müller").addresses[0].street == "Am Kai 3a"
    assert shown.card("Anna Müller").addresses[0].town == "Hamburg"


def test_fields_of_a_new_contact_that_one_does_not_come_to_again_are_saved_with_the_others(shown: Contacts) -> None:
    values = {"given_name": "Åsa", "family_name": "Öberg", "title": "Dr.", "emails": (Email("asa@mail.example"),)}
    content = Typed(None, "person", (Group.NAME, Group.REACH, Group.ADDRESS), values).stored()
    shown.page_.go_on_with(json.loads(json.dumps(content)))
    shown.settle()
    shown.page_.detail.forms[Group.REACH].go_to("phones")
    shown.type("040 1234567")
    shown.key(Qt.Key.Key_Return)
    card = shown.card("Åsa Öberg")
    assert (card.title, card.emails[0].address, card.phones[0].number) == ("Dr.", "asa@mail.example", "040 1234567")
    assert len(shown.names()) == 8


def test_a_note_is_there_again(shown: Contacts, tmp_path: Path) -> None:
    shown.stand_on("Milan Novák")
    shown.do("contacts.note")
    typed_in(shown, "Will bring the projector")
    begun = after_a_kill(shown, tmp_path)
    shown.key(Qt.Key.Key_Escape)
    shown.page_.go_on_with(begun.content)
    shown.settle()
    shown.qtbot.waitUntil(shown.page_.detail.note.text.hasFocus, timeout=5000)
    shown.type(".")
    assert shown.page_.detail.note.typed == "Will bring the projector."


def test_what_is_given_up_or_saved_is_kept_no_longer(shown: Contacts, tmp_path: Path) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.NAME)
    shown.put("")
    typed_in(shown, "Somebody")
    shown.key(Qt.Key.Key_Escape)
    shown.key(Qt.Key.Key_Escape)
    assert not kept(tmp_path)
    shown.open(Group.NAME)
    shown.put("")
    typed_in(shown, "Miloš")
    shown.key(Qt.Key.Key_Return)
    assert not kept(tmp_path)
    assert shown.card("Miloš Novák")


def test_somebody_who_is_gone_meanwhile_is_said_to_be_gone(shown: Contacts, monkeypatch: pytest.MonkeyPatch) -> None:
    problems: list[BaseException] = []
    monkeypatch.setattr(Messages, "show", lambda self, problem: problems.append(problem))
    shown.page_.go_on_with(Typed(4711, "person", (Group.NAME,), {"given_name": "Anna"}).stored())
    shown.settle()
    assert len(problems) == 1
    assert not shown.page_.detail.editing
    shown.stand_on("Anna Müller")


@pytest.mark.parametrize(("answer", "left"), [(GIVE_UP, 0), (ESC, 1)])
def test_one_may_give_it_up_or_decide_later(
    shown: Contacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int, left: int
) -> None:
    content = Typed(None, "person", (Group.NAME,), {"given_name": "Åsa"}).stored()
    shown.window.context.drafts.keep("contacts", Begun(say("You were writing down somebody"), content))
    monkeypatch.setattr(Messages, "ask", lambda *_: answer)
    shown.window.offer_drafts()
    shown.settle()
    assert len(kept(tmp_path)) == left
    assert not shown.page_.detail.editing


def test_what_an_earlier_start_left_is_only_forgotten_once_somebody_has_decided(tmp_path: Path) -> None:
    first = Drafts(tmp_path)
    first.turn_to(tmp_path / "a.alumnidesk")
    first.keep("contacts", Begun(say("You were writing down somebody"), {}))
    second = Drafts(tmp_path)
    second.turn_to(tmp_path / "a.alumnidesk")
    second.forget("contacts")
    assert second.left()
    second.decided("contacts")
    assert not second.left()
    second.turn_to(tmp_path / "a.alumnidesk")
    assert not second.left()


def test_a_draft_that_cannot_be_read_or_written_stops_nobody(tmp_path: Path) -> None:
    folder, data = tmp_path / "drafts", tmp_path / "a.alumnidesk"
    drafts = Drafts(folder)
    drafts.turn_to(data)
    drafts.keep("contacts", Begun(say("You were writing down somebody"), {}))
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    for nonsense in (b"", b"[]", b"\xff", b'{"contacts": 1}', b'{"contacts": [1, 2]}', b'{"contacts": [["a"], {}]}'):
        path.write_bytes(nonsense)
        drafts.turn_to(data)
        assert not drafts.left()
    in_the_way = Drafts(data)
    data.write_bytes(b"no folder")
    in_the_way.turn_to(data)
    in_the_way.keep("contacts", Begun(say("You were writing down somebody"), {}))


def test_every_field_of_several_values_can_come_back() -> None:
    several = {field.key for field in FIELDS if field.kind.many and field.kind not in (Kind.TAGS, Kind.FOREIGN)}
    assert set(PARTS) == several


def test_esc_gives_up_a_new_contact_that_came_back(shown: Contacts, tmp_path: Path) -> None:
    content = Typed(None, "person", (Group.NAME, Group.REACH), {"given_name": "Åsa", "family_name": "Öberg"}).stored()
    shown.page_.go_on_with(content)
    shown.settle()
    assert kept(tmp_path)
    for _ in ("this field", "the others", "all of it"):
        shown.key(Qt.Key.Key_Escape)
    assert not shown.page_.detail.editing
    assert not kept(tmp_path)
    assert "Åsa Öberg" not in shown.names()


WORDS = st.text(max_size=12)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "given_name": WORDS,
        "deceased": st.booleans(),
        "tags": st.lists(WORDS).map(tuple),
        "emails": st.lists(st.builds(Email, WORDS, WORDS, st.booleans(), st.none() | st.integers())).map(tuple),
        "phones": st.lists(st.builds(Phone, WORDS)).map(tuple),
        "links": st.lists(st.builds(Link, WORDS)).map(tuple),
        "addresses": st.lists(st.builds(Address, street=WORDS, town=WORDS)).map(tuple),
        "affiliations": st.lists(st.builds(Affiliation, WORDS, cohort_to=st.none() | st.integers())).map(tuple),
    },
)


@given(values=VALUES, note=WORDS, contact=st.none() | st.integers())
def test_whatever_is_typed_comes_back_as_it_was(values: dict[str, object], note: str, contact: int | None) -> None:
    typed = Typed(contact, "person", tuple(Group), values, note)
    assert Typed.restored(json.loads(json.dumps(typed.stored()))) == typed
