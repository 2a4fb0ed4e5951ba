"""What a contact has several of: e-mails, addresses, affiliations, tags; added, changed, removed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from tests.ui.contacts_window import Contacts, focused, section

from alumnidesk.domain.cards import Email
from alumnidesk.domain.fields import Group
from alumnidesk.ui.contacts.blocks import ValueBlock
from alumnidesk.ui.contacts.parts import PartsField
from alumnidesk.ui.contacts.tags import TagChip


def several(shown: Contacts, name: str, fact: str, key: str) -> PartsField:
    """Open what somebody has several of, by the fact that stands in the detail."""
    shown.stand_on(name)
    shown.click(shown.fact(fact))
    field = section(shown).fields[key]
    assert isinstance(field, PartsField)
    return field


def test_a_second_e_mail_is_added_and_made_the_preferred_one(shown: Contacts) -> None:
    field = several(shown, "Bernd Mueller", "E-mail", "emails")
    field.another.click()
    shown.settle()
    shown.type("bernd@home.example")
    shown.tab()
    shown.settle()
    block = field.blocks[1]
    assert isinstance(block, ValueBlock)
    block.preferred.click()
    shown.settle()
    emails = shown.card("Bernd Mueller").emails
    assert [(e.address, e.preferred) for e in emails] == [
        ("b.mueller@post.example", False),
        ("bernd@home.example", True),
    ]
    assert len({e.id for e in emails}) == 2


def test_a_value_is_removed_and_the_others_keep_their_identity(shown: Contacts) -> None:
    before = shown.card("Anna Müller").emails
    field = several(shown, "Anna Müller", "E-mail", "emails")
    field.blocks[0].remove.click()
    shown.settle()
    assert shown.card("Anna Müller").emails == (before[1],)


def test_what_comes_from_elsewhere_while_one_types_stands_beside_it(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    before = shown.page_.detail.card
    assert before is not None
    shown.open(Group.REACH, "emails")
    shown.type("milan@mail.example")
    shown.ask(lambda desk: desk.contacts.save(before, replace(before, emails=(Email("other@mail.example"),))))
    shown.key(Qt.Key.Key_Return)
    assert {e.address for e in shown.card("Milan Novák").emails} == {"milan@mail.example", "other@mail.example"}


def test_a_kind_of_ones_own_is_kept_and_a_known_one_is_understood(shown: Contacts) -> None:
    shown.stand_on("Bernd Mueller")
    shown.click(shown.fact("E-mail"))
    shown.tab()
    shown.put("Boat")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Bernd Mueller").emails[0].label == "Boat"
    shown.click(shown.fact("E-mail"))
    shown.tab()
    shown.put("Privat")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Bernd Mueller").emails[0].label == "home"


def test_a_country_is_typed_by_its_name_and_stored_by_its_code(shown: Contacts) -> None:
    field = several(shown, "Milan Novák", "Address", "addresses")
    field.blocks[0].lines["country"].setFocus()  # type: ignore[attr-defined]
    shown.put("Tschechien")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Milan Novák").addresses[0].country == "CZ"


def test_a_cohort_that_is_no_year_is_refused_in_words(shown: Contacts) -> None:
    field = several(shown, "Anna Müller", "Cohort", "affiliations")
    field.blocks[0].lines["cohort_to"].setFocus()  # type: ignore[attr-defined]
    shown.put("ninety")
    shown.key(Qt.Key.Key_Return)
    assert "“ninety” is not a year" in field.problem.text()
    assert shown.card("Anna Müller").affiliations[0].cohort_to == 1998


def test_esc_in_an_affiliation_just_begun_stays_where_one_types(shown: Contacts) -> None:
    shown.stand_on("Lindenhof e. V.")
    shown.open(Group.BELONGING, "affiliations")
    assert focused() == "Unit"
    shown.type("Choi")
    shown.key(Qt.Key.Key_Escape)
    assert focused() == "Unit"
    assert section(shown).fields["affiliations"].value == ()
    shown.key(Qt.Key.Key_Escape)
    assert not shown.page_.detail.editing


def test_tags_are_added_with_enter_and_taken_away_by_their_chip(shown: Contacts) -> None:
    shown.stand_on("Milan Novák")
    shown.open(Group.BELONGING, "tags")
    shown.type("Speaker")
    shown.key(Qt.Key.Key_Return)
    assert shown.card("Milan Novák").tags == ("Speaker",)
    shown.type("Board")
    shown.key(Qt.Key.Key_Return)
    chips = [chip for chip in shown.page_.detail.findChildren(TagChip) if chip.isVisible()]
    assert [chip.tag for chip in chips] == ["Speaker", "Board"]
    chips[0].click()
    shown.settle()
    assert shown.card("Milan Novák").tags == ("Board",)
