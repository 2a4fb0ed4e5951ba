"""The units of an institution as a tree: centre, faculty, course, regional club."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from alumnidesk.domain.cards import Affiliation
from alumnidesk.domain.folding import fold
from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import Message, say

STEP = " › "
"""Stands between the names of a path as people read it, and as cards and files have it."""
_STEPS = re.compile(r"\s+[/>]\s+|\s*›\s*")
"""How paths are divided where somebody types them, or a file has them: ``Faculty of Law / Alumni club North``."""
_LAST_STEP = re.compile(r"(.*)(?:\s+>\s+|›)(.*)", re.DOTALL)
"""What divides the path of a unit that there is not yet: no “/”, which names have too, “Law / Order”."""
SIGNS = ("›", " > ")
"""What a name cannot have in it."""

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
    alone: bool = True
    """Whether no other unit has its name."""

    @property
    def depth(self) -> int:
        """0 at the top."""
        return len(self.path) - 1

    @property
    def said(self) -> str:
        """The path as people read it: ``Faculty of Law › Alumni club North``."""
        return STEP.join(self.path)

    @property
    def called(self) -> str:
        """What tells it from all others: its name, or the path if another unit has the same name."""
        return self.name if self.alone else self.said

    @property
    def ends(self) -> tuple[str, ...]:
        """All that it may be called by: its name, its name below the one above, … the whole path."""
        return tuple(STEP.join(self.path[start:]) for start in reversed(range(len(self.path))))


def tree(rows: Iterable[tuple[int, str, str, int | None]]) -> list[Unit]:
    """Units from rows of id, name, kind and id of the parent: each followed by those below it, by name."""
    below: defaultdict[int | None, list[tuple[int, str, str, int | None]]] = defaultdict(list)
    named: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: (fold(row[1]), row[1])):
        below[row[3]].append(row)
        named[row[1]] += 1

    def walk(under: int | None, path: tuple[str, ...]) -> Iterator[Unit]:
        for number, name, kind, _ in below[under]:
            here = (*path, name)
            yield Unit(number, name, kind, under, here, named[name] == 1)
            yield from walk(number, here)

    return list(walk(None, ()))


def with_those_below(units: Iterable[Unit], top: int) -> list[int]:
    """A unit and all that lie below it, by their ids; `units` as `tree` has them."""
    found = [top]
    for unit in units:
        if unit.under in found:
            found.append(unit.id)
    return found


# Which unit somebody means -------------------------------------------------------------------------------------------


_TOLD = 6
"""Of more units that somebody may mean, these are told."""


def name_of(path: str) -> str:
    """The name at the end of a path, for letters and printed pages."""
    return path.rpartition(STEP)[2]


def short(path: str, paths: Iterable[str]) -> str:
    """The shortest end of a path by which of all `paths` only this one is meant, where there is little room."""
    steps, others = path.split(STEP), [STEP + fold(other) for other in paths if other != path]
    ends = (STEP.join(steps[start:]) for start in reversed(range(len(steps))))
    return next((end for end in ends if not any(other.endswith(STEP + fold(end)) for other in others)), path)


def spelt(typed: str) -> str:
    """A name or a path with the steps as we write them."""
    return STEP.join(step for step in _STEPS.split(" ".join(typed.split())) if step)


def meant(units: Sequence[Unit], typed: str) -> list[Unit]:
    """The units that somebody may mean, in whatever case: by the whole path, else by the name, else by the end of a
    path. None if there is no such unit, several if it cannot be known.

    What is written so comes first, because a name can look like a path: ``Law / Order``.
    """
    plain, wanted = fold(" ".join(typed.split())), fold(spelt(typed))
    if not wanted:
        return []
    rules: tuple[Callable[[Unit], bool], ...] = (
        lambda unit: unit.said == typed,
        lambda unit: fold(unit.said) == plain,
        lambda unit: fold(unit.name) == plain,
        lambda unit: fold(unit.said).endswith(STEP + plain),
        lambda unit: fold(unit.said) == wanted,
        lambda unit: fold(unit.said).endswith(STEP + wanted),
    )
    for fits in rules:
        if found := [unit for unit in units if fits(unit)]:
            return found
    return []


def path_meant(units: Sequence[Unit], typed: str) -> str:
    """The whole path of the unit that somebody means; of one that there is not yet, below the one in front of it.

    Raises InvalidInput (field ``affiliations``) if several units fit.
    """
    found = meant(units, typed)
    if len(found) > 1:
        paths = [*(one.said for one in found[:_TOLD]), *["…"][: len(found) > _TOLD]]
        raise InvalidInput(
            "affiliations",
            say("“{name}” may be any of these units: {paths}.", name=typed, paths="; ".join(paths)),
            say("Please write the whole path of the one that you mean."),
        )
    if found:
        return found[0].said
    above, name = divided.groups() if (divided := _LAST_STEP.fullmatch(f" {typed} ")) else ("", typed)
    steps = (path_meant(units, " ".join(above.split())) if divided else "", " ".join(name.split()))
    return STEP.join(step for step in steps if step)


def at_known_units(affiliations: Sequence[Affiliation], units: Sequence[Unit]) -> tuple[Affiliation, ...]:
    """Affiliations with the whole paths of the units that are meant. Raises InvalidInput as `path_meant` does."""
    return tuple(replace(one, unit=path_meant(units, one.unit)) if one.unit else one for one in affiliations)


def new_ends(before: Sequence[Unit], after: Sequence[Unit], became: Mapping[int, int]) -> Iterator[tuple[str, str]]:
    """What units were called by (`Unit.ends`), each with what takes its place where that is another: the same end of
    the path of the same unit, or of that which it `became`."""
    now = {unit.id: unit for unit in after}
    for unit in before:
        kept = now.get(became.get(unit.id, unit.id))
        for place, end in enumerate(unit.ends if kept else ()):
            if kept and (new := kept.ends[min(place, len(kept.ends) - 1)]) != end:
                yield end, new
