"""Placeholders: plain names in braces, and nothing that a contact's own text could make of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumnidesk.domain.fields import FIELDS
from alumnidesk.domain.placeholders import BY_KEY, PLACEHOLDERS, Filled, check, fill, key_of, keyed, named, needed
from alumnidesk.i18n import LANGUAGES, Language


def test_placeholders_take_their_values() -> None:
    assert fill("{given_name} aus {town}!", {"given_name": "Anna", "town": "Kiel"}).text == "Anna aus Kiel!"


def test_a_misspelt_placeholder_is_named_with_the_one_that_was_meant() -> None:
    assert [str(problem) for problem in check("{salutaton} und {Given Name} und {xyz123} und {name}")] == [
        "There is no placeholder {salutaton}. Did you mean “Salutation”?",
        "There is no placeholder {Given Name}. Did you mean “First name”?",
        "There is no placeholder {xyz123}.",
    ]


def test_people_read_and_write_placeholders_in_their_own_language() -> None:
    stored = "{salutation}\n\nam {event_date}, {unknown} {"
    for code in LANGUAGES:
        assert keyed(named(stored, Language(code))) == stored
    assert keyed("{first NAME} {Given-name} {E-Mail}") == "{given_name} {given_name} {E-Mail}"


def test_no_two_placeholders_share_a_name_in_any_language() -> None:
    for placeholder in PLACEHOLDERS:
        assert key_of(placeholder.key) == placeholder.key
        for code in LANGUAGES:
            assert key_of(Language(code)(placeholder.label)) == placeholder.key


def test_an_unknown_placeholder_stays_as_it_is_written() -> None:
    assert fill("{salutaton} {name}", {"name": "Anna"}).text == "{salutaton} Anna"


def test_an_empty_value_within_a_line_is_reported_and_its_gap_closed() -> None:
    filled = fill("Ihr Kurs {programme}, Jahrgang {cohort}, bleibt.", {"cohort": "1998"})
    assert filled.text == "Ihr Kurs, Jahrgang 1998, bleibt."
    assert filled.missing == ("programme",)


def test_a_placeholder_alone_on_its_line_takes_the_line_away_when_it_is_empty() -> None:
    filled = fill("Anfang\n{organisation}\n{unit} {programme}\nEnde", {"organisation": ""})
    assert filled.text == "Anfang\nEnde"
    assert filled.missing == ()


def test_a_labelled_line_is_taken_away_with_its_label() -> None:
    text = "Time: {event_time}\nPlace: {event_place}"
    assert fill(text, {"event_time": "", "event_place": "Hall"}) == Filled("Place: Hall")
    assert fill(text, {}) == Filled("")
    assert needed(text + "\nWe meet at {event_time}.") == {"event_time"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Wir laden Sie ein: {event_title}, {event_date}.", "Wir laden Sie ein: Chor."),
        ("{event_title}, {event_date}, {event_time}", "Chor"),
        ("{event_date}, {event_title}", "Chor"),
        ("{event_date}. {event_title}!", "Chor!"),
        ("{event_title} ({event_date}) im Saal", "Chor im Saal"),
        ("{event_title} ({event_date}, {event_time}).", "Chor."),
        ("{event_title} (Saal, {event_time})", "Chor (Saal)"),
        ("{event_title} ({event_time}, Saal)", "Chor (Saal)"),
        ("Treffpunkt „{event_place}“ – {event_date}", "Treffpunkt"),
        ("{event_title} - {event_date}?", "Chor?"),
        ("Wir proben. {event_date}.", "Wir proben."),
        ("Guten Tag {given_name}, es singt {event_title}.", "Guten Tag, es singt Chor."),
        ("{event_title}{event_date}s", "Chors"),
    ],
)
def test_no_mark_is_left_behind_that_only_an_empty_place_had_needed(text: str, left: str) -> None:
    assert fill(text, {"event_title": "Chor"}).text == left


def test_marks_within_a_value_stay_as_somebody_typed_them() -> None:
    filling = {"event_title": "Chor, Orchester,", "event_place": "(Saal),."}
    assert fill("{event_title} {event_date} {event_place}", filling).text == "Chor, Orchester, (Saal),."


def test_a_value_is_never_read_as_a_placeholder_itself() -> None:
    values = {"name": "{salutation} {0} {name!r} \\1 \\g<1>", "salutation": "Hallo"}
    assert fill("{name}", values).text == values["name"]
    assert fill("{name} {town}", values).text == values["name"]


def test_braces_and_expressions_are_only_text() -> None:
    for text in ("{", "}", "{}", "{{name}}", "{name.__class__}", "{name!r}", "{% if %}", "{0}", "{name:>10}"):
        assert "Anna" not in fill(text, {"name": "Anna"}).text or text == "{{name}}"


def test_every_single_field_with_a_placeholder_in_the_catalogue_is_offered() -> None:
    assert {field.placeholder for field in FIELDS if field.placeholder and not field.kind.many} <= set(BY_KEY)


def test_placeholder_keys_are_unique() -> None:
    assert len(BY_KEY) == len(PLACEHOLDERS)


values = st.dictionaries(
    st.sampled_from(sorted(BY_KEY)), st.text(st.characters(codec="utf-8", exclude_characters="N"), max_size=8)
)
pieces = st.one_of(st.sampled_from([f"{{{key}}}" for key in BY_KEY]), st.sampled_from([" ", ",", "\n", "Wort", "{"]))


@given(st.lists(pieces, max_size=12).map("".join), values)
def test_filling_never_prints_none_and_leaves_no_known_placeholder(text: str, filling: dict[str, str]) -> None:
    filling = {key: value.replace("{", "").replace("None", "") for key, value in filling.items()}
    filled = fill(text, filling)
    assert "None" not in filled.text
    assert not any(f"{{{key}}}" in filled.text for key in BY_KEY)
    assert all(not filling.get(key) for key in filled.missing)


ODD_MARKS = re.compile(
    r"[,;:–]\s*[,;:.!?)]|[.!?]\s*[,;.!?]|\(\s*[,;:.!?)]|^\s*[,;:.!?)]|[,;–(]\s*$|\s[,;:.!?)]|  "
    r"|\([^()]*($|\()|(^|\))[^()]*\)"  # brackets without their other half
)
WELL = ("{town}", "{unit}", "{name}", "Wort", ", ", "; ", ": ", ". ", "! ", " – ", " (", ") ", " ")


@given(
    st.lists(st.sampled_from(WELL)),
    st.sets(st.sampled_from(["town", "unit", "name"])),
)
def test_what_reads_well_with_all_values_has_no_odd_marks_without_some(parts: list[str], empty: set[str]) -> None:
    text = "".join(parts).strip()
    values = dict.fromkeys(("town", "unit", "name"), "x")
    if ODD_MARKS.search(fill(text, values).text):
        return
    left = fill(text, values | dict.fromkeys(empty, "")).text
    assert not ODD_MARKS.search(left)
    assert left.count("Wort") == text.count("Wort") or left == ""
