"""No text tells a person off: what went wrong is said in plain words, never as an error."""

from __future__ import annotations

import re

import pytest

import catalogues
from alumnidesk.cli.language import SAID_BY_CLICK

UNKIND = {
    "en": r"\b(errors?|failed|failure|invalid|illegal|fatal|abort(ed)?)\b",
    "de": r"fehler(?!frei)|ungültig|fehlgeschlagen|fatal|abgebrochen worden|unzulässig",
    "sv": r"\b(fel|felet|felen|felaktig\w*)\b(?! (ställe|plats|ordning|sida|kolumn|mapp))|ogiltig|misslyck|otillåt",
}


def texts(language: str) -> list[str]:
    """Every text of a language; English is the language of the sources."""
    said = [m for m in catalogues.read("de" if language == "en" else language) if m.id]
    found = [message.id if language == "en" else message.string for message in said]
    return [text for part in found for text in (part if isinstance(part, tuple | list) else (part,))]


@pytest.mark.parametrize("language", UNKIND)
def test_no_text_tells_a_person_off(language: str) -> None:
    theirs = {message.text for message in SAID_BY_CLICK} if language == "en" else set()
    found = [text for text in texts(language) if text not in theirs]
    assert len(found) > 500
    assert [text for text in found if re.search(UNKIND[language], text, re.IGNORECASE)] == []
