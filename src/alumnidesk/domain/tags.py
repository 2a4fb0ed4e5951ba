"""Groups of tags: of some a contact has at most one, of some it should have one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagGroup:
    """Tags that belong together, such as interests or kinds of membership."""

    name: str
    at_most_one: bool = False
    """A contact has no two of them."""
    required: bool = False
    """A contact should have one of them; where none is, a hint says so."""
    tags: tuple[str, ...] = ()
    id: int | None = None


def group_of(tag: str, groups: Iterable[TagGroup]) -> TagGroup | None:
    """The group that a tag is in."""
    return next((group for group in groups if tag in group.tags), None)


def with_tag(tags: Sequence[str], tag: str, groups: Iterable[TagGroup]) -> tuple[str, ...]:
    """The tags of a contact with one more; where at most one of a group is allowed, it takes the place of the other."""
    if tag in tags:
        return tuple(tags)
    group = group_of(tag, groups)
    gone = frozenset(group.tags) if group is not None and group.at_most_one else frozenset()
    place = next((place for place, present in enumerate(tags) if present in gone), len(tags))
    kept = [present for present in tags if present not in gone]
    return (*kept[:place], tag, *kept[place:])


def missing(tags: Sequence[str], groups: Iterable[TagGroup]) -> list[TagGroup]:
    """The required groups of which a contact has no tag."""
    return [group for group in groups if group.required and group.tags and not set(group.tags) & set(tags)]


def too_many(tags: Sequence[str], groups: Iterable[TagGroup]) -> list[TagGroup]:
    """The groups with at most one of which a contact has several, as a file may bring them."""
    return [group for group in groups if group.at_most_one and len(set(group.tags) & set(tags)) > 1]
