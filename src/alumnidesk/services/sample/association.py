"""The association of the sample: letterhead data and units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alumnidesk.domain.association import Association
from alumnidesk.domain.units import STEP
from alumnidesk.services.sample.words import picture, texts


def association(language: str = "de") -> Association:
    """The Freundeskreis Lindenhof as it stands in its letterhead, with strapline and offices in `language`."""
    profile = texts(language)["association"]
    lines: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in profile.items()}
    return Association(**lines, logo=picture("logo.png"))


def units(language: str = "de") -> list[tuple[str, str | None, str]]:
    """Name, name of the parent (None at the top) and kind of every unit, parents first.

    Kinds: ``centre``, ``course``, ``association``, ``board``, ``regional``.
    """
    rows = texts(language)["units"]
    named = {key: name for key, name, _, _ in rows}
    return [(name, named.get(parent), kind) for _, name, parent, kind in rows]


def unit_paths(words: Mapping[str, Any]) -> dict[str, str]:
    """The key of every unit and its whole path, as cards have it; `words` are the texts of one language."""
    paths: dict[str, str] = {}
    for key, name, parent, _ in words["units"]:
        paths[key] = STEP.join((paths[parent], name)) if parent else name
    return paths
