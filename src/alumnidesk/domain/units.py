"""The units of an institution as a tree: centre, faculty, course, regional club."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from alumnidesk.domain.cards import Affiliation
from alumnidesk.domain.folding import fold
from alumnidesk.i18n import Message, say

STEP = " › "
"""Stands between the names of a path as people read it."""
_STEPS = re.compile(r"\s+/\s+|\s*›\s*")
"""How paths are divided where somebody types them, or a file has them: ``Faculty of Law / Alumni club North``."""

KINDS: Mapping[str, Message] = MappingProxyType(
    {
        "centre": say("Centre"),
        "faculty": say("Faculty"),
        "department": say("Department"),
        "course": say("Course"),
        "association": say("Association"),
        "board": say("Board"),
        "regional": say("Regional club"),
    }
)
"""Kinds that have words of ours; any other kind is shown as it was typed."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit at its place in the tree."""

    id: int
    name: str
    kind: str = ""
    """``faculty`` … or any word of the association's own."""
    under: int | None = None
    """The unit that it is a part of; None at the top."""
    path: tuple[str, ...] = ()
    """The names from the top down to its own."""

    @property
    def depth(self) -> int:
        """0 at the top."""
        return len(self.path) - 1

    @property
    def said(self) -> str:
        """The path as people read it: ``Faculty of Law › Alumni club North``."""
        return STEP.join(self.path)


def tree(rows: Iterable[tuple[int, str, str, int | None]]) -> list[Unit]:
    """Units from rows of id, name, kind and id of the parent: each followed by those below it, by name."""
    below: defaultdict[int | None, list[tuple[int, str, str, int | None]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (fold(row[1]), row[1])):
        below[row[3]].append(row)

    def walk(under: int | None, path: tuple[str, ...]) -> Iterator[Unit]:
        for number, name, kind, _ in below[under]:
            here = (*path, name)
            yield Unit(number, name, kind, under, here)
            yield from walk(number, here)

    return list(walk(None, ()))


def with_those_below(units: Iterable[Unit], top: int) -> list[int]:
    """A unit and all that lie below it, by their ids; `units` as `tree` has them."""
    found = [top]
    for unit in units:
        if unit.under in found:
            found.append(unit.id)
    return found


def at_known_units(affiliations: Sequence[Affiliation], units: Sequence[Unit]) -> tuple[Affiliation, ...]:
    """Affiliations with the names of units as they are here, where those were typed in another case or as a path."""
    return tuple(
        replace(one, unit=known.name) if one.unit and (known := meant(units, one.unit)) else one for one in affiliations
    )


def meant(units: Sequence[Unit], typed: str) -> Unit | None:
    """The unit that somebody means by its name, in whatever case, or by its path or the end of it; None if none.

    A name comes first, because a name can look like a path.
    """
    wanted = fold(" ".join(typed.split()))
    for unit in units:
        if fold(unit.name) == wanted:
            return unit
    steps = [fold(step) for step in _STEPS.split(typed.strip())]
    if len(steps) < 2:
        return None
    return next((unit for unit in units if [fold(name) for name in unit.path[-len(steps) :]] == steps), None)
