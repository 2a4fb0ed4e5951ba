"""Purposes as one names them at a terminal."""

from __future__ import annotations

from alumnidesk.cli.terminal import only_one
from alumnidesk.desk import Desk
from alumnidesk.domain.consent import Purpose
from alumnidesk.domain.folding import fold
from alumnidesk.i18n import LANGUAGES, Language, say


def purpose_named(desk: Desk, name: str) -> Purpose:
    """The purpose with this name in any language, or whose name begins so. Raises Refused if it is not exactly one."""
    purposes = desk.purposes.all()
    wanted = fold(name)
    names = {p.key: {fold(p.key), *(fold(Language(code)(p.name)) for code in LANGUAGES)} for p in purposes}
    found = [p for p in purposes if wanted in names[p.key]] or [
        p for p in purposes if any(name.startswith(wanted) for name in names[p.key])
    ]
    one: Purpose = only_one(
        found,
        say("There is no purpose “{name}”.", name=name),
        say("“{name}” could be several purposes.", name=name),
        [p.key if not p.own else str(p.name) for p in found or purposes],
    )
    return one
