"""Label sheets and envelopes that an association has measured itself: which can be, and how they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from alumnidesk.domain.label_sheets import PAPERS, LabelSheet, envelope
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import say

LONGEST = 60
"""Letters of a name."""
_ENVELOPE = "envelope"
_ROUNDED = 0.5
"""Millimetres by which labels may lie beside the paper: nobody measures better."""


def own_sheet(
    name: str,
    paper: str,
    label: tuple[float, float],
    grid: tuple[float, float],
    first: tuple[float, float],
    pitch: tuple[float, float],
) -> LabelSheet:
    """A sheet of labels or cards by its measures; a pitch that is not needed can be 0.

    Raises InvalidInput, with the field (``name``, ``width``, ``height``, ``columns``, ``rows``, ``left``, ``top``,
    ``across``, ``down``), for a sheet that cannot be.
    """
    _named(name)
    _between("width", label[0], 10, 330)
    _between("height", label[1], 8, 450)
    _between("columns", grid[0], 1, 20)
    _between("rows", grid[1], 1, 60)
    _between("left", first[0], 0, 330)
    _between("top", first[1], 0, 450)
    columns, rows = int(grid[0]), int(grid[1])
    across, down = (pitch[0] if columns > 1 else 0, pitch[1] if rows > 1 else 0)
    if columns > 1:
        _between("across", across, label[0], 330)
    if rows > 1:
        _between("down", down, label[1], 450)
    wide, high = PAPERS[paper]
    if first[0] + (columns - 1) * across + label[0] > wide + _ROUNDED:
        raise InvalidInput(
            "columns",
            say("The labels would end beside the paper."),
            say("The paper is {width} × {height} mm.", width=f"{wide:g}", height=f"{high:g}"),
        )
    if first[1] + (rows - 1) * down + label[1] > high + _ROUNDED:
        raise InvalidInput(
            "rows",
            say("The labels would end below the paper."),
            say("The paper is {width} × {height} mm.", width=f"{wide:g}", height=f"{high:g}"),
        )
    return LabelSheet((name.strip(),), paper, *label, columns, rows, *first, across, down, own=True)


def own_envelope(name: str, width: float, height: float) -> LabelSheet:
    """An envelope by its size. Raises InvalidInput, with the field (``name``, ``width``, ``height``)."""
    _named(name)
    _between("width", width, 140, 420)
    _between("height", height, 90, 330)
    return envelope((name.strip(),), width, height, own=True)


def written(sheet: LabelSheet) -> str:
    """A sheet as it is kept among the settings, and shown in the history."""
    if sheet.envelope:
        return _line(sheet.name, _ENVELOPE, sheet.page)
    numbers = (
        sheet.width, sheet.height, sheet.columns, sheet.rows, sheet.left, sheet.top, sheet.across, sheet.down,
    )  # fmt: skip
    return _line(sheet.name, sheet.paper, numbers)


def read(kept: Sequence[str]) -> list[LabelSheet]:
    """The sheets that were kept; what cannot be understood any more is left out."""
    return [sheet for line in kept if (sheet := _read(line)) is not None]


def _line(name: str, kind: str, numbers: Sequence[float]) -> str:
    return f"{name}: {kind} {' '.join(f'{number:g}' for number in numbers)}"


def _read(line: str) -> LabelSheet | None:
    name, _, rest = line.rpartition(": ")
    try:
        kind, *numbers = rest.split()
        measures = [float(number) for number in numbers]
        if kind == _ENVELOPE:
            width, height = measures
            return own_envelope(name, width, height)
        a, b, c, d, e, f, g, h = measures
        return own_sheet(name, kind, (a, b), (c, d), (e, f), (g, h))
    except (ValueError, KeyError, InvalidInput):
        return None


def _named(name: str) -> None:
    if not name.strip():
        raise InvalidInput("name", say("The sheet has no name yet."), say("Give it the one by which you look for it."))
    if len(name) > LONGEST:
        raise InvalidInput("name", say("The name is too long."), say("It can have {n} letters.", n=LONGEST))


def _between(field: str, number: float, least: float, most: float) -> None:
    if not least <= number <= most:
        raise InvalidInput(
            field,
            say("That cannot be."),
            say("Please enter a number between {least} and {most}.", least=f"{least:g}", most=f"{most:g}"),
        )
