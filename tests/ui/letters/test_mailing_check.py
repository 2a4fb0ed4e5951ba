"""A mailing is checked before it goes out: problems first, each letter as it will be, and who is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from tests.printed_pages import words_of
from tests.ui.letters_window import about_to_save, at_step, names, stand_on, stop_at_once
from tests.ui.real_window import OpenWindow, button, in_dialog, texts

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address
from alumnidesk.domain.consent import NO, POST, Sending
from alumnidesk.progress import Progress
from alumnidesk.ui.letters.salutations import SalutationsDialog
from alumnidesk.ui.letters.steps import CHECK, LETTER, RECIPIENTS

# The story ---------------------------------------------------------------------------------------------------------


def test_problems_come_first_each_with_its_reason(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    rows = names(page)
    assert rows[:2] == ["Karl Keine, Left out: Wants no post", "Greta Ohne, Left out: No postal address"]
    assert any(name.startswith("Ute Lang, The address is too long, shortened") for name in rows[2:4])
    assert any(name.startswith("Alex Muster, No form of address") for name in rows[2:4])
    assert rows[-2].endswith(", Letter, 22767 Hamburg")
    assert rows[-1] == "Elin Sandström, Letter, 903 26 Umeå"
    assert page.steps.state.text() == "11 letters, 2 left out"
    seen = texts(page.steps.check.summary)
    assert {"Please look", "Left out", "letters", "11", "2", "9 in English, 1 in German, 1 in Swedish"} <= set(seen)


def test_in_a_narrow_window_the_sums_come_when_asked_for_and_go_again(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    check = page.steps.check
    assert check.summary.isVisible()
    assert not check.sums.isVisible()
    shown.window.resize(1000, 700)
    shown.settle()
    assert not check.summary.isVisible()
    shown.click(check.sums)
    assert check.summary.isVisible()
    assert not check.list.isVisible()
    assert check.back.hasFocus()
    assert {"What goes out", "letters", "11"} <= set(texts(check.summary))
    shown.key(Qt.Key.Key_Return)
    assert check.list.isVisible()
    assert not check.summary.isVisible()
    shown.click(check.sums)
    shown.window.resize(1366, 768)
    shown.settle()
    assert check.summary.isVisible()
    assert check.list.isVisible()
    assert not check.back.isVisible()


def test_who_wants_no_post_is_written_to_only_knowingly(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    check = page.steps.check
    stand_on(shown, page, "Greta Ohne")
    assert not check.force.isVisible(), "there is no address"
    stand_on(shown, page, "Karl Keine")
    shown.click(check.force)
    assert page.steps.state.text() == "12 letters, 1 left out"
    assert "Karl Keine, Wants no post; put in all the same" in names(page)
    stand_on(shown, page, "Karl Keine")
    shown.click(check.leave_out)
    assert page.steps.state.text() == "11 letters, 2 left out"


def test_a_mailing_leaves_out_whoever_has_said_no_to_its_purpose(shown: OpenWindow) -> None:
    elin = shown.ask(lambda desk: desk.find.contacts("elin").ids[0])
    news = Sending("news", POST)
    shown.ask(lambda desk: desk.consents.answer([elin], news, NO))
    page = at_step(shown, CHECK)
    assert page.steps.state.text() == "11 letters, 2 left out", "an invitation is something else"
    page.steps.go_to(RECIPIENTS)
    shown.settle()
    box = page.steps.recipients.purpose
    assert box.currentText() == "Invitations"
    box.setCurrentIndex(box.findText("News"))
    box.activated.emit(box.currentIndex())
    shown.settle()
    for _ in range(2):
        shown.click(page.steps.next)
    assert "Elin Sandström, Left out: Wants no “News” by post" in names(page)
    stand_on(shown, page, "Elin Sandström")
    assert not page.steps.check.force.isVisible(), "a refusal binds"


def test_a_mailing_is_for_what_its_letter_is_for_unless_something_else_is_chosen(shown: OpenWindow) -> None:
    elin = shown.ask(lambda desk: desk.find.contacts("elin").ids[0])
    shown.ask(lambda desk: desk.consents.answer([elin], Sending("news", POST), NO))
    page = at_step(shown, CHECK)
    assert "Invitations" in texts(page.steps.check.summary)
    card = replace(page.steps.offered.template, purpose="news")
    shown.ask(lambda desk: desk.letters.save_template(card))
    page.steps.go_to(RECIPIENTS)
    shown.settle()
    assert page.steps.recipients.purpose.currentText() == "News"
    for _ in range(2):
        shown.click(page.steps.next)
    assert "Elin Sandström, Left out: Wants no “News” by post" in names(page)
    assert "News" in texts(page.steps.check.summary)


def test_a_letter_shows_its_window_and_says_whether_the_address_fits(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    sheets = page.steps.check.desk.sheets
    stand_on(shown, page, "Anna03")
    assert sheets.accessibleDescription().startswith("Fits the window. ")
    assert "Anna03 Kurs" in sheets.text
    image, sheet = sheets.grab().toImage(), sheets.page_rect(0)

    def is_drawn(x: float, y: float) -> bool:
        """Does the frame of the window pass here? In millimetres of the page."""
        at = sheet.x() + round(x * sheet.width() / 210), sheet.y() + round(y * sheet.height() / 297)
        around = [(at[0] + dx, at[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        return any(QColor(image.pixel(*point)).lightness() < 170 for point in around)

    assert any(is_drawn(20, y) for y in range(70, 85)), "the left edge"
    assert any(is_drawn(x, 45) for x in range(85, 100)), "the upper edge"
    assert not any(is_drawn(22, y) or is_drawn(18, y) for y in range(70, 85))
    stand_on(shown, page, "Ute Lang")
    assert sheets.accessibleDescription().startswith("Too long for the window. ")


def test_what_was_put_in_stands_on_tint_and_the_rest_on_white(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    sheets = page.steps.check.desk.sheets
    stand_on(shown, page, "Anna03")
    image = sheets.grab().toImage()
    scale = sheets.page_rect(0).width() / 595.3
    spots = [spot.boundingRect() for spot in sheets.spots(0)]
    assert len(spots) >= 3

    def colours(rect: Any) -> set[str]:
        left, top = sheets.page_rect(0).x() + rect.x() * scale, sheets.page_rect(0).y() + rect.y() * scale
        return {
            QColor(image.pixel(round(left + dx), round(top + rect.height() * scale / 2))).name()
            for dx in range(round(rect.width() * scale))
        }

    assert "#e0eff0" in colours(spots[0])
    assert "#e0eff0" not in colours(spots[0].translated(0, 300))


def test_prior_and_next_letter_follow_the_list(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    check = page.steps.check
    assert check.place.text() == "Letter 1 of 11"
    first = check.list.current_id
    shown.click(check.following)
    assert check.place.text() == "Letter 2 of 11"
    shown.click(check.previous)
    assert check.list.current_id == first
    assert not check.previous.isEnabled()


def test_who_is_left_out_has_the_remedy_at_hand_and_comes_back_when_it_was_used(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    stand_on(shown, page, "Karl Keine")
    assert "No letter to Karl Keine" in texts(page.steps.check.none)
    shown.click(button(page.steps.check.none, "Open contact"))
    assert shown.window.current_name == "contacts"
    karl = shown.ask(lambda desk: desk.find.contacts("karl").ids[0])

    def allow(desk: Desk) -> None:
        card = desk.contacts.card(karl)
        desk.contacts.save(card, replace(card, no_post=False))

    shown.window.deeds.do(allow)
    shown.settle()
    shown.page("letters")
    assert page.steps.state.text() == "12 letters, 1 left out"


def test_letters_without_a_sender_say_so_and_lead_to_the_settings(shown: OpenWindow) -> None:
    shown.ask(lambda desk: desk.settings.save(replace(desk.settings.association(), street="")))
    shown.page("settings").show_id(5)  # where one was last does not matter
    page = at_step(shown, CHECK)
    warning = "Your letters have no sender yet"
    assert warning in texts(page.steps.check.summary)
    shown.click(button(page.steps.check.summary, "Fill in"))
    assert shown.window.current_name == "settings"
    assert shown.window.current_page.tabs.current == "association"
    shown.window.deeds.do(lambda desk: desk.settings.set("street", "Lindenhof 1"))
    shown.settle()
    shown.page("letters")
    assert warning not in texts(page.steps.check.summary)


def test_what_is_amiss_with_the_sender_or_the_letter_stands_beside_its_way_out(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    summary = page.steps.check.summary
    assert "Change letter" not in texts(summary)
    template = page.steps.offered.template
    spoilt = replace(template, texts=tuple(replace(text, body=f"{text.body}\n\n{{xyz}}") for text in template.texts))
    shown.ask(lambda desk: desk.letters.save_template(spoilt))
    long = "Association of the Friends and Former Students of the House of Lindenhof, in Husum on the North Sea"
    shown.window.deeds.do(lambda desk: desk.settings.set("name", long))
    shown.settle()
    assert "There is no placeholder {xyz}." in texts(summary)
    shown.click(button(summary, "Change letter"))
    assert page.steps.step == LETTER
    page.steps.go_to(CHECK)
    shown.settle()
    shown.click(button(summary, "Change sender"))
    assert shown.window.current_page.tabs.current == "association"


def test_a_greeting_by_first_name_before_a_letter_that_says_sie_is_remarked_upon_once(shown: OpenWindow) -> None:
    remark = "1 recipient is greeted informally, but the letter says “Sie”."
    page = at_step(shown, CHECK)
    assert remark not in texts(page.steps.check.summary)
    shown.window.deeds.do(lambda desk: desk.settings.set("salutation_mode", "informal"))
    shown.settle()
    summary = page.steps.check.summary
    assert remark in texts(summary)
    assert page.steps.next.isEnabled(), "it may be meant so"
    how: list[str] = []
    ask = button(summary, "All salutations …").click
    in_dialog(shown, SalutationsDialog, ask, lambda dialog: how.append(dialog.windowTitle()))
    assert how
    shown.click(button(summary, "Change letter"))
    assert page.steps.step == LETTER


def test_what_changes_after_the_check_is_in_the_letters_that_go_out(
    shown: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "a.pdf"
    page = about_to_save(shown, monkeypatch, out)
    assert "11 letters are ready" in texts(page.steps.output)

    def change(desk: Desk) -> None:
        elin, anna = (desk.contacts.card(desk.find.contacts(name).ids[0]) for name in ("elin", "anna03"))
        desk.contacts.save(elin, replace(elin, addresses=(Address("Nya Vägen 9", "", postcode="90326", town="Umeå"),)))
        desk.contacts.save(anna, replace(anna, no_post=True))

    shown.window.deeds.do(change)
    shown.settle()
    assert "10 letters are ready" in texts(page.steps.output)
    shown.click(page.steps.finish)
    printed = words_of(out)
    assert "Nya Vägen 9" in printed
    assert "Östra Vägen 3" not in printed
    assert "Anna03" not in printed


def test_the_whole_page_can_be_seen_at_once(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    check = page.steps.check
    wide = check.desk.sheets.page_rect(0).height()
    shown.click(check.zoom)
    assert check.desk.sheets.page_rect(0).height() < wide
    assert check.desk.sheets.page_rect(0).bottom() <= check.desk.viewport().height()


def test_preparing_the_letters_can_be_stopped_and_one_is_back_at_the_letter(shown: OpenWindow) -> None:
    page = at_step(shown, LETTER)
    begun: list[Progress] = []
    shown.tasks.began.connect(begun.append)
    stop_at_once(shown, page.steps.next)
    assert len(begun) == 1
    assert page.steps.step == LETTER
    assert page.steps.checked is None
    shown.click(page.steps.next)
    assert page.steps.step == CHECK
    assert page.steps.state.text() == "11 letters, 2 left out"


def test_recipients_are_searched_by_name(shown: OpenWindow) -> None:
    page = at_step(shown, CHECK)
    page.steps.check.search.setFocus()
    shown.type("sandstrom")
    assert [name.split(",")[0] for name in names(page)] == ["Elin Sandström"]
