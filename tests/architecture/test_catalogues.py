"""The translators' tool finds what is missing and writes catalogues that change only where a text changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

import catalogues

SOURCE = """
def texts(name, n):
    say("Save")
    say("Letter to {name}", name=name)
    say_n("One contact", "{n} contacts", n)
    tr("Two parts "
       "of one text")
    table.say((f"{tr('In the midst')}: {name}", name))
    Message("", "", {})
"""
COMMAND = '''
@click.command()
@click.option("--people", help="So many people.")
def new():
    """Make a file.

    It lies where one says,
    with people in it.

    \\b
    program new FILE
    """

def other():
    """No command."""
'''


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project of its own."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "window.py").write_text(SOURCE)
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path / "locale")
    monkeypatch.setattr(catalogues, "LANGUAGES", ("de",))
    return tmp_path


def translate(**changes: str | tuple[str, ...]) -> None:
    """Write a complete German catalogue, but for the changes (by the first word of the text)."""
    german: dict[str | tuple[str, ...], str | tuple[str, ...]] = {
        "Save": "Speichern",
        "Letter to {name}": "Brief an {name}",
        ("One contact", "{n} contacts"): ("Ein Kontakt", "{n} Kontakte"),
        "Two parts of one text": "Zwei Teile eines Textes",
        "In the midst": "Mittendrin",
    }
    catalogue = Catalog(locale="de")
    for text, translation in german.items():
        first = (text if isinstance(text, str) else text[0]).split()[0]
        catalogue.add(text, changes.get(first, translation))
    with catalogues.path_of("de").open("wb") as file:
        write_po(file, catalogue)


def test_every_way_to_say_something_is_collected(tree: Path) -> None:
    catalogues.update()
    said = {message.id for message in catalogues.read("de") if message.id}
    plural = ("One contact", "{n} contacts")
    assert said == {"Save", "Letter to {name}", plural, "Two parts of one text", "In the midst"}


def test_what_commands_say_of_themselves_is_collected_by_paragraphs_without_examples(tree: Path) -> None:
    (tree / "src" / "program" / "cli").mkdir(parents=True)
    (tree / "src" / "program" / "cli" / "files.py").write_text(COMMAND)
    catalogues.update()
    said = {message.id for message in catalogues.read("de") if message.id}
    assert {"Make a file.", "It lies where one says, with people in it.", "So many people."} <= said
    assert not [text for text in said if "program new" in text or "No command" in text]


def test_an_update_without_new_texts_changes_nothing(tree: Path) -> None:
    catalogues.update()
    before = catalogues.path_of("de").read_bytes()
    (tree / "src" / "window.py").write_text("# a line more at the top\n" + SOURCE)
    catalogues.update()
    assert catalogues.path_of("de").read_bytes() == before


def test_a_text_that_nobody_says_any_more_leaves_the_catalogue(tree: Path) -> None:
    catalogues.update()
    (tree / "src" / "window.py").write_text('say("Save")')
    catalogues.update()
    assert [message.id for message in catalogues.read("de") if message.id] == ["Save"]


def test_a_complete_catalogue_has_no_problems(tree: Path) -> None:
    catalogues.update()
    translate()
    assert list(catalogues.problems()) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"Save": ""}, "not translated"),
        ({"One": ("Ein Kontakt", "")}, "not translated"),
        ({"Letter": "Brief an {nam}"}, "other {fields}"),
        ({"Letter": "Brief"}, "other {fields}"),
        ({"Letter": "Brief an {name"}, "other {fields}"),
        ({"One": ("Ein Kontakt", "{m} Kontakte")}, "other {fields}"),
    ],
)
def test_what_is_wrong_with_a_translation_is_named(
    tree: Path, changes: dict[str, str | tuple[str, ...]], complaint: str
) -> None:
    catalogues.update()
    translate(**changes)
    [problem] = catalogues.problems()
    assert complaint in problem


def test_a_missing_and_an_unsure_translation_are_named(tree: Path) -> None:
    catalogues.update()
    translate()
    po = catalogues.path_of("de")
    po.write_text(po.read_text("utf-8").replace('msgid "Save"', '#, fuzzy\nmsgid "Save"'), "utf-8")
    (tree / "src" / "more.py").write_text('say("Cancel")')
    unsure, missing = sorted(catalogues.problems(), key=lambda problem: "not in" in problem)
    assert "unsure" in unsure
    assert "not in the catalogue" in missing
    assert "Cancel" in missing
