"""Names as one says and sorts them. Names are never parsed here, and gender is never guessed."""

from __future__ import annotations

from alumnidesk.domain.folding import fold


def display_name(
    kind: str, organisation: str, given_name: str, call_name: str, name_particle: str, family_name: str, fallback: str
) -> str:
    """The name as one says it, without titles: Anna von der Heide · Lindenhof e. V. · else `fallback`."""
    if kind == "organisation" and organisation:
        return organisation
    full = " ".join(part for part in (given_name or call_name, name_particle, family_name) if part)
    return full or organisation or fallback


def sort_key(kind: str, organisation: str, given_name: str, family_name: str, display: str) -> str:
    """What lists are sorted by: the folded family name and given name; particles do not count (DIN 5007-2 practice)."""
    return fold(sort_name(kind, organisation, given_name, family_name, display))


def sort_name(kind: str, organisation: str, given_name: str, family_name: str, display: str) -> str:
    """The same, not yet folded."""
    if kind == "organisation" or not (family_name or given_name):
        return organisation or display
    return f"{family_name} {given_name}".strip()
