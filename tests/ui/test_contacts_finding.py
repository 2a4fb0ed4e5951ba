"""The language of finding in a real window: what was understood is said, and close spellings are offered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from tests.ui.contacts_window import Contacts
from tests.ui.real_window import texts

from alumnidesk.ui.contacts.answers import CloseSpelling
from alumnidesk.ui.contacts.section import FactLine


def offered(shown: Contacts) -> CloseSpelling:
    """The offer, once it stands there."""
    offer = shown.page_.close_spelling
    shown.qtbot.waitUntil(offer.button.isVisible, timeout=5000)
    return offer


def test_above_the_list_stands_in_words_what_was_understood(shown: Contacts) -> None:
    shown.search("ort:lübeck OR tag:mentor")
    assert sorted(shown.names()) == ["Anna Müller", "Bernd Mueller"]
    said = "2 of 7 contacts: Town begins with “lübeck” or has the tag “mentor”"
    assert said in texts(shown.page_.head)
    matcher = shown.page_.table.matcher
    assert matcher is not None
    assert matcher("Lübeck") == [(0, 6)]


def test_each_key_on_the_way_to_a_condition_means_something(shown: Contacts) -> None:
    shown.search("town:")
    assert "5 of 7 contacts: Town is not empty" in texts(shown.page_.head)
    shown.type("ki")
    assert shown.names() == ["Dagmar Zacharias"]
    shown.search("email:none")
    assert "1 of 7" not in " ".join(texts(shown.page_.head))
    assert any(text.endswith("E-mail is empty") for text in texts(shown.page_.head))


def why(shown: Contacts, row: int = 0) -> list[str]:
    """The chips that say why somebody is in the list, once they are there; with the other chips behind."""
    page = shown.page_
    shown.qtbot.waitUntil(lambda: bool(page.why.chips), timeout=10_000)
    column = next(column for column in page.table.columns if column.key == "tags")
    assert column.chips is not None
    line = page.table.line(row)
    assert line is not None
    return [chip.text for chip in column.chips(line)]


def test_a_chip_says_why_somebody_is_in_the_list_where_no_column_shows_it(shown: Contacts) -> None:
    shown.search("lindenw")
    assert why(shown) == ["Lindenweg 14, 22767 Hamburg", "Mentor", "Donor"]
    shown.search("cello muller")
    assert why(shown) == ["cello.", "Mentor", "Donor"]
    shown.search("donor")
    assert why(shown) == ["Donor", "Mentor"], "the tag that was looked for comes first, and once"


def test_in_the_detail_a_bar_stands_beside_what_was_looked_for(shown: Contacts) -> None:
    def found() -> list[str]:
        return [line.fact.label for line in shown.page_.detail.findChildren(FactLine) if line.found]

    shown.search("cello")
    shown.qtbot.waitUntil(lambda: found() == ["Remark"], timeout=10_000)
    shown.search("lindenw mentor")
    shown.qtbot.waitUntil(lambda: found() == ["Tags", "Address"], timeout=10_000)
    shown.search("")
    shown.qtbot.waitUntil(lambda: found() == [], timeout=10_000)


def test_what_a_column_shows_needs_no_explanation(shown: Contacts) -> None:
    shown.search("zacharias kiel")
    page = shown.page_
    page.why._look()
    shown.ask(lambda desk: None)
    assert page.why.chips == {}
    shown.search("lindenw")
    assert why(shown)
    shown.search("")
    shown.qtbot.waitUntil(lambda: page.why.chips == {}, timeout=10_000)


def test_a_date_that_cannot_be_read_is_named(shown: Contacts) -> None:
    shown.search("born:31.02.")
    assert shown.names() == []
    assert "Date of birth: “31.02.” is no date that can be read" in texts(shown.page_.not_found)


def test_a_close_spelling_is_offered_and_one_click_searches_for_it(shown: Contacts) -> None:
    shown.search("zacharais")
    offer = offered(shown)
    assert offer.button.text() == "Did you mean “Zacharias”?"
    assert offer.button.accessibleName() == offer.button.text()
    shown.click(offer.button)
    assert shown.page_.search.text() == "Zacharias"
    assert shown.page_.search.hasFocus()
    assert shown.names() == ["Dagmar Zacharias"]


def test_the_offer_can_be_reached_and_taken_with_keys(shown: Contacts) -> None:
    shown.search("ort:Hambrug")
    offer = offered(shown)
    offer.button.setFocus(Qt.FocusReason.TabFocusReason)
    shown.key(Qt.Key.Key_Space)
    assert shown.page_.search.text() == "ort:Hamburg"
    assert shown.names() == ["Anna Müller"]


def test_the_next_key_takes_the_offer_away(shown: Contacts) -> None:
    shown.search("zacharais")
    offer = offered(shown)
    shown.type("q")
    assert not offer.button.isVisible()
    shown.search("zach")
    shown.qtbot.wait(400)
    assert not offer.button.isVisible()


def test_nothing_is_offered_when_nothing_is_close(shown: Contacts) -> None:
    shown.search("qqqqqq")
    shown.qtbot.wait(500)
    shown.settle()
    assert not shown.page_.close_spelling.button.isVisible()
    assert any("qqqqqq" in text for text in texts(shown.page_.not_found))
