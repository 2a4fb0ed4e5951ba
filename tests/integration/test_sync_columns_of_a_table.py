"""The columns of a CSV file that is kept in step: where they go, and what goes both ways in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.integration.synced_table import EXCEL
from tests.integration.terminal import Terminal

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import OwnValue
from alumnidesk.services.import_plan import Choices
from alumnidesk.services.sync_plan import CSV, Outcome, PartnerCard


def test_the_columns_go_where_somebody_once_put_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Zuname;Xyz;Datum\nKern;0371 555;2.3.1975\nBerg;0371 556;\n")
    columns = ("family_name", "phone.mobile.1", "birth_date")
    desk.importing.carry_out(desk.importing.preview(path, choices=Choices(columns=columns)))
    partner = desk.syncing.add(PartnerCard(name="Liste", kind=CSV, place=str(path))).id or 0
    for _ in range(2):  # the second time there is one column more
        plan = desk.syncing.preview(partner)
        assert not any("Left alone" in note.text for note in plan.notes)
        desk.syncing.carry_out(plan)
    assert desk.syncing.preview(partner).counts == {Outcome.UNCHANGED: 2}
    path.write_text(path.read_text().replace("0371 555", "0160 1"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    cards = desk.contacts.cards(desk.find.contacts().ids)
    assert ["0160 1"] in [[phone.number for phone in card.phones] for card in cards]


def test_own_fields_cohorts_and_flags_go_both_ways(desk: Desk, tmp_path: Path) -> None:
    desk.own_fields.add("Beitrag", "number")
    desk.own_fields.add("Vegan", "yes_no")
    path = tmp_path / "liste.csv"
    path.write_text("Name;Jahrgang;Keine Post;Beitrag;Vegan\nAnna Kern;2003;x;12,50;ja\nBo Berg;2004;;8;nein\n")
    partner = desk.syncing.add(PartnerCard(name="Liste", kind=CSV, place=str(path))).id or 0
    desk.syncing.carry_out(desk.syncing.preview(partner))
    anna = next(card for card in desk.contacts.cards(desk.find.contacts().ids) if card.family_name == "Kern")
    assert (anna.no_post, anna.own, anna.affiliations[0].cohort_to) == (
        True, (OwnValue("Beitrag", "12.5", anna.own[0].id), OwnValue("Vegan", "1", anna.own[1].id)), 2003,
    )  # fmt: skip
    changed = replace(
        anna,
        family_name="Klar",
        no_post=False,
        affiliations=(replace(anna.affiliations[0], programme="Kurs A", cohort_from=2002, cohort_to=2004),),
        own=(replace(anna.own[0], value="7.25"), replace(anna.own[1], value="0")),
    )
    desk.contacts.save(anna, changed)
    desk.syncing.carry_out(desk.syncing.preview(partner))
    assert path.read_text().split("\n")[1].rpartition(";")[0] == "Anna Klar;2002-2004;;7,25;nein"
    path.write_text(path.read_text().replace("2002-2004", "2002-2005"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    role = desk.contacts.card(anna.id or 0).affiliations[0]
    assert (role.programme, role.cohort_to) == ("Kurs A", 2005)
    path.write_text(path.read_text().replace(";8;nein;", ";;;").replace("2004;;;;", "2004;x;;;"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    bo = next(card for card in desk.contacts.cards(desk.find.contacts().ids) if card.family_name == "Berg")
    assert (bo.no_post, bo.own) == (True, ())
    path.write_text(path.read_text().replace("2004;x;;;", ";;;;"))
    desk.syncing.carry_out(desk.syncing.preview(partner))
    bo = desk.contacts.card(bo.id or 0)
    assert (bo.no_post, bo.affiliations) == (False, ())


def test_a_table_is_kept_in_step_from_a_terminal(terminal: Terminal, tmp_path: Path) -> None:
    path, table = tmp_path / "a.alumnidesk", tmp_path / "kursliste.csv"
    Desk.create(path).close(backup=False)
    table.write_bytes(EXCEL.encode("cp1252"))
    told = terminal.answer("sync", path, table, "--dry-run")
    assert (told["counts"]["new_here"], len(told["notes"])) == (2, 2)
    assert table.read_bytes() == EXCEL.encode("cp1252")
    assert terminal.answer("sync", path, table)["counts"]["new_here"] == 2
    table.write_bytes(table.read_bytes().replace(b"0371 555", b"0160 1"))
    told = terminal.answer("sync", path, table)
    (item,) = told["items"]
    assert (item["name"], item["place"], item["outcome"]) == ("Anna Kern", "kursliste.csv:2", "changed_here")
    assert "Anna Kern" in terminal.run("search", path, "01601").out
