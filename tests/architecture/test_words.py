"""The words themselves: they blame nobody, use the quotation marks of their language, and help names what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import catalogues
from alumnidesk.cli.language import SAID_BY_CLICK
from alumnidesk.i18n import LANGUAGES
from alumnidesk.places import bundled

BLAMING = {
    "en": r"\b(errors?|fail(ed|ure)?|invalid|illegal|fatal|abort(ed)?)\b",
    "de": r"\b(Fehler|fehlgeschlagen|ungültig\w*|unzulässig\w*|Abbruch)\b",
    "sv": r"\b(misslyckades|ogiltig\w*|otillåt\w*|avbröts)\b",
}
QUOTED = {"en": "“([^”]*)”", "de": "„([^“]*)“", "sv": "”([^”]*)”"}
EXAMPLES = {
    "Save as", "Speichern unter", "Spara som", "CSV UTF-8", "100 %", "DIN 5008 form B", "DIN 5008 Form B",
    "Actual size", "Tatsächliche Größe", "Verklig storlek", "Fit to page", "An Seite anpassen", "Anpassa till sidan",
    "Mentor", "Board 2026", "Vorstand 2026", "Styrelsen 2026", "Dear Ms Müller", "Dear Anna Müller",
    "Sehr geehrte Frau Müller", "Guten Tag Anna Müller", "AlumniDesk-ID",
}  # fmt: skip
"""Quoted in the help, but not words of our window: other programs, papers, files, what somebody might type."""


def texts(language: str) -> Iterator[str]:
    """Everything that the program says in a language; in English without what click says, which is not our choice."""
    theirs = {message.text for message in SAID_BY_CLICK} if language == "en" else set()
    for message in catalogues.read("de" if language == "en" else language):
        if message.id and (message.id if isinstance(message.id, str) else message.id[0]) not in theirs:
            said = message.id if language == "en" else message.string
            yield from (said,) if isinstance(said, str) else map(str, said or ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_blames_or_speaks_of_errors(language: str) -> None:
    assert [text for text in texts(language) if re.search(BLAMING[language], text, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    for text in texts(language):
        rest = re.sub(QUOTED[language], "", text)
        assert not re.search("[\"'„“”]", rest), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_only_words_that_the_window_has(language: str) -> None:
    known = {text.replace("{n} ", "").replace("{all}", "").strip() for text in texts(language)} | EXAMPLES
    for page in sorted((bundled("resources") / "help" / language).glob("*.md")):
        named = set(re.findall(QUOTED[language], page.read_text("utf-8")))
        assert named <= known, page.name
