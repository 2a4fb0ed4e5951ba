"""Where columns go, saved under a name: found by the header, chosen for any list, renamed, deleted, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from alumnidesk.desk import Desk
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Language
from alumnidesk.services.column_mappings import SavedMapping
from alumnidesk.services.import_plan import Choices

ENGLISH = Language("en")
HEADINGS = ("Vorname", "Nachname", "Heimat")
COLUMNS = ("given_name", "family_name", "address.1.town")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("Vorname;Nachname;Heimat\nAnna;Berg;Kiel\n", "utf-8")
    return path


def saved(desk: Desk, name: str = "Kursliste") -> SavedMapping:
    return desk.importing.mappings.save(name, HEADINGS, COLUMNS)


def test_saved_columns_are_found_again_by_the_header(desk: Desk, source: Path) -> None:
    mapping = saved(desk)
    preview = desk.importing.preview(source)
    assert preview.choices.columns == COLUMNS
    assert preview.choices.saved == mapping.id
    assert [one.name for one in preview.saved] == ["Kursliste"]


def test_saved_columns_can_be_put_aside_for_one_file(desk: Desk, source: Path) -> None:
    saved(desk)
    preview = desk.importing.preview(source, choices=Choices(saved=""))
    assert (preview.choices.saved, preview.columns[2].slot) == ("", None)


def test_saved_columns_serve_any_other_list_as_far_as_the_headings_agree(desk: Desk, source: Path) -> None:
    mapping = saved(desk)
    source.write_text("HEIMAT;Beruf;Nachname;Vorname;E-Mail\nKiel;x;Berg;Anna;a@b.example\n", "utf-8")
    assert desk.importing.preview(source).choices.saved == ""
    preview = desk.importing.preview(source, choices=Choices(saved=mapping.id))
    assert [column.slot for column in preview.columns] == [
        "address.1.town", None, "family_name", "given_name", "email.1",
    ]  # fmt: skip


def test_a_heading_that_comes_twice_goes_twice_where_it_went(desk: Desk, source: Path) -> None:
    mapping = desk.importing.mappings.save("Zwei", ("Ort", "Ort"), ("address.home.town", "address.work.town"))
    source.write_text("Nachname;Ort;Ort;Ort\nBerg;Kiel;Bonn;Ulm\n", "utf-8")
    columns = desk.importing.preview(source, choices=Choices(saved=mapping.id)).columns
    assert [column.slot for column in columns][1:3] == ["address.home.town", "address.work.town"]


def test_a_correction_of_saved_columns_holds_for_this_file_only(desk: Desk, source: Path) -> None:
    saved(desk)
    preview = desk.importing.preview(source)
    corrected = replace(preview.choices, columns=("given_name", "family_name", "remark"))
    desk.importing.carry_out(desk.importing.preview(source, choices=corrected))
    assert desk.importing.preview(source).choices.columns == COLUMNS


def test_saving_under_the_same_name_replaces_and_each_step_is_taken_back(desk: Desk, source: Path) -> None:
    mappings = desk.importing.mappings
    mapping = saved(desk)
    again = mappings.save(" kursliste ", HEADINGS, ("given_name", "family_name", None))
    assert (again.id, len(mappings.all())) == (mapping.id, 1)
    mappings.rename(mapping.id, "Kurse 1998")
    mappings.delete(mapping.id)
    assert mappings.all() == []
    told = [ENGLISH(entry.label) for entry in desk.history.entries(limit=4)]
    assert told == [
        "Saved columns “Kurse 1998” deleted",
        "Saved columns “kursliste” renamed to “Kurse 1998”",
        "Columns saved as “kursliste”",
        "Columns saved as “Kursliste”",
    ]
    for _ in range(3):
        desk.history.undo()
    assert mappings.all() == [mapping]
    desk.history.undo()
    assert desk.importing.preview(source).columns[2].slot is None


def test_the_history_tells_the_names(desk: Desk) -> None:
    mapping = saved(desk)
    desk.importing.mappings.rename(mapping.id, "Kurse")
    newest = desk.history.entries(limit=1)[0].id
    lines = desk.history.details(newest).lines
    assert [tuple(map(ENGLISH, (one.field, one.before, one.after))) for one in lines] == [
        ("Saved columns", "Kursliste", "Kurse")
    ]


def test_names_are_checked_and_what_is_gone_is_said_to_be_gone(desk: Desk) -> None:
    mappings = desk.importing.mappings
    first, second = saved(desk), saved(desk, "Andere")
    for name in ("", "  ", "x" * 101, "ANDERE"):
        with pytest.raises(InvalidInput):
            mappings.rename(first.id, name)
    mappings.delete(second.id)
    with pytest.raises(Refused):
        mappings.delete(second.id)
    with pytest.raises(Refused):
        mappings.rename(second.id, "X")
    assert saved(desk) == first


def test_a_name_with_markup_is_a_name(desk: Desk) -> None:
    assert saved(desk, "<b>%_\"'</b>").name == "<b>%_\"'</b>"
    assert len(desk.importing.mappings.all()) == 1
