"""Whether all that is shipped with the program is there and can be read."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from xml.etree import ElementTree

from sqlcipher3 import dbapi2 as driver

from alumnidesk.documents import fonts
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.errors import EnvironmentFault
from alumnidesk.i18n import LANGUAGES, SOURCE_LANGUAGE, Message, say, say_n
from alumnidesk.places import bundled
from alumnidesk.storage import layout

_LETTERS = "ÄÖÜäöüßÅåÉéŁłŐőŞşŽžÐðÞþΩωЖж€–“”"
"""What people's names in Europe are written with."""


def proofs() -> Iterator[Message]:
    """Reads everything bundled and says what it found. Raises EnvironmentFault for the first thing that is missing."""
    yield say("SQLite {version}", version=driver.sqlite_version)
    yield _fonts()
    yield _icons()
    yield _catalogues()
    yield _templates()
    yield say("migrations up to {version}", version=layout.newest())


def _fonts() -> Message:
    for family in ("serif", "sans"):
        if lacking := fonts.lacking(_LETTERS, family):
            raise _missing(f"{family}: {lacking}")
        for weight in (fonts.REGULAR, fonts.BOLD, fonts.ITALIC):
            fonts.face(family, weight)
    return say("fonts with all letters of Europe")


def _icons() -> Message:
    icons = sorted((bundled("resources") / "icons").glob("*.svg"))
    for icon in icons:
        ElementTree.parse(icon)
    if not icons:
        raise _missing("icons")
    return say_n("{n} icon", "{n} icons", len(icons))


def _catalogues() -> Message:
    for code in LANGUAGES:
        if code == SOURCE_LANGUAGE:
            continue
        path = bundled("resources") / "locale" / code / "LC_MESSAGES" / "alumnidesk.mo"
        if not path.exists():
            raise _missing(path.name)
        with path.open("rb") as file:
            gettext.GNUTranslations(file)
    return say("languages: {names}", names=", ".join(LANGUAGES.values()))


def _templates() -> Message:
    ready = ready_templates(SOURCE_LANGUAGE)
    if not ready or any(len(template.texts) != len(LANGUAGES) for template in ready):
        raise _missing("templates")
    return say_n("{n} letter in all languages", "{n} letters in all languages", len(ready))


def _missing(what: str) -> EnvironmentFault:
    return EnvironmentFault(
        say("This installation is not complete: {what} is missing.", what=what), say("Please install it again.")
    )
