"""A list that is written and brought in."""

from __future__ import annotations

from pathlib import Path

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.services.import_plan import Choices, ImportReport


def written(source: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """The list with these lines."""
    source.write_bytes("\r\n".join(lines).encode(encoding))
    return source


def imported(desk: Desk, source: Path, choices: Choices | None = None, **options: object) -> ImportReport:
    """Look at the list and carry out what was seen."""
    return desk.importing.carry_out(desk.importing.preview(source, choices=choices), **options)  # type: ignore[arg-type]


def everybody(desk: Desk) -> list[ContactCard]:
    """Who is stored, in the order in which they came."""
    return desk.contacts.cards(sorted(desk.find.contacts().ids))
