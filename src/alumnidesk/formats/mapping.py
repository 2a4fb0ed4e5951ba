"""Which column of a table goes where: guessed from the headings, corrected by people, remembered by the header."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from alumnidesk.domain import slots
from alumnidesk.domain.fields import folded_header
from alumnidesk.formats.csv_presets import NEUTRAL_GROUPS, ONLY_NEUTRAL, Columns, neutral_columns, presets

_BORN = frozenset({"geb", "geboren", "född"})
_LOOKED_AT = 200
"""Rows whose cells say what an ambiguous heading means."""
_MOST = 40
"""E-mails, phones … of one contact of which the columns of our own table are known."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A slot for each column: None keeps its cells as they came, the empty slot leaves the column out."""

    columns: tuple[str | None, ...]
    preset: str = ""
    """The program whose table it is, or empty when the headings were understood one by one."""

    def groups(self, width: int) -> Mapping[tuple[str, str, int], Mapping[str, int]]:
        """Family, label and number of each group of the first `width` columns → attribute → column."""
        found: dict[tuple[str, str, int], dict[str, int]] = {}
        for index, slot in enumerate(self.columns[:width]):
            if slot and (part := slots.part(slot)):
                found.setdefault((part.family, part.label, part.number), {})[part.attribute] = index
        return found


def header_key(header: Sequence[str]) -> str:
    """By what a mapping that somebody corrected is found again: the folded headings in their order."""
    return hashlib.sha256("\n".join(map(folded_header, header)).encode()).hexdigest()


def guess_mapping(
    header: Sequence[str], own: Iterable[str] = (), rows: Sequence[tuple[int, list[str]]] = ()
) -> ColumnMapping:
    """The slots of a header: as one program's table if it is one, else heading by heading.

    `own` are the names of the association's own fields. `rows` are those of the table; they decide where a heading
    can mean two things.
    """
    own_slots = {folded_header(name): slots.OWN + name for name in own}
    numbered = _numbered_as_ours()
    name, columns = _program(header)
    if name:
        known = _in_order(header, columns)
        return ColumnMapping(
            tuple(
                own_slots.get(folded_header(heading)) if slot is None else slot
                for slot, heading in zip(known, header, strict=True)
            ),
            name,
        )
    guessed = [
        own_slots.get(folded_header(heading)) or slots.slot_for_header(heading) or numbered.get(folded_header(heading))
        for heading in header
    ]
    guessed = _house_number_behind_its_street(header, guessed)
    guessed = _born_when_or_as(header, guessed, rows)
    return ColumnMapping(without_repeats(_birthday_alone(_family_name_beside_given_name(guessed))))


def _program(header: Sequence[str]) -> tuple[str, Columns]:
    """The preset that explains the header, with its columns; empty when none does."""
    wanted = Counter(filter(None, map(folded_header, header)))
    if sum(folded_header(heading) in wanted for heading in ONLY_NEUTRAL) > 1:
        return "neutral", neutral_columns(dict.fromkeys(NEUTRAL_GROUPS, _MOST))
    best, best_hits = "", 0.0
    best_columns: Columns = ()
    for preset in presets().values():
        if preset.complete:
            continue
        columns = (*preset.columns, *_further_groups(header, preset.columns))
        known = Counter(folded_header(heading) for heading, _ in columns)
        hits = (wanted & known).total()
        if hits < 0.8 * wanted.total() or (hits < 10 and hits < len(preset.columns)):
            continue
        rank = hits + hits / len(columns)
        if rank > best_hits:
            best, best_hits, best_columns = preset.name, rank, columns
    return best, best_columns


@lru_cache(maxsize=1)
def _numbered_as_ours() -> Mapping[str, str]:
    """``Affiliation 1 unit`` and the like, which a table that somebody made may have beside headings of its own."""
    columns = neutral_columns(dict.fromkeys(NEUTRAL_GROUPS, _MOST))
    return {folded_header(heading): slot for heading, slot in columns if slot and slots.part(slot)}


_NUMBERED = re.compile(r"(.+) (\d+) - (.+)")


def _further_groups(header: Iterable[str], columns: Columns) -> Columns:
    """Google's numbered groups beyond those that the preset lists."""
    known = dict(columns)
    further = []
    for heading in header:
        match = _NUMBERED.fullmatch(heading.strip())
        if match is None or heading in known:
            continue
        slot = known.get(f"{match[1]} 1 - {match[3]}")
        if slot and slots.part(slot):
            further.append((heading, slot.replace(".1", f".{match[2]}", 1)))
    return tuple(further)


def _in_order(header: Sequence[str], columns: Columns) -> tuple[str | None, ...]:
    """The slots by heading; where a heading repeats, the n-th in the file is the n-th of the program."""
    waiting: dict[str, list[str | None]] = defaultdict(list)
    for heading, slot in columns:
        waiting[folded_header(heading)].append(slot)
    found = []
    for heading in header:
        row = waiting.get(folded_header(heading))
        found.append(row.pop(0) if row else None)
    return tuple(found)


def _family_name_beside_given_name(guessed: list[str | None]) -> list[str | None]:
    """``Vorname; Name``: beside a first name, "Name" is the family name."""
    if "given_name" in guessed and "family_name" not in guessed and guessed.count(slots.FULL_NAME) == 1:
        return ["family_name" if slot == slots.FULL_NAME else slot for slot in guessed]
    return guessed


def _house_number_behind_its_street(header: Sequence[str], guessed: list[str | None]) -> list[str | None]:
    """``Straße; Nr``: a bare "Nr" is the house number only behind a street, else the running number of the list."""
    streets = [False, *((slot or "").endswith(".street") for slot in guessed)]
    return [
        None if folded_header(heading) == "nr" and not behind_street else slot
        for heading, slot, behind_street in zip(header, guessed, streets, strict=False)
    ]


def _born_when_or_as(
    header: Sequence[str], guessed: list[str | None], rows: Sequence[tuple[int, list[str]]]
) -> list[str | None]:
    """``Geb.`` can be the birth name or the date of birth: no name has figures in it, and every date has.

    Where the association has a field of its own that is called so, it is that.
    """
    for index, heading in enumerate(header):
        if folded_header(heading) in _BORN and guessed[index] in (None, "birth_name"):
            filled = [cells[index] for _, cells in rows[:_LOOKED_AT] if index < len(cells) and cells[index].strip()]
            figures = sum(any(map(str.isdigit, cell)) for cell in filled)
            if figures * 2 > len(filled):
                guessed[index] = None if "birth_date" in guessed else "birth_date"
            elif filled and "birth_name" not in guessed:
                guessed[index] = "birth_name"
    return guessed


def _birthday_alone(guessed: list[str | None]) -> list[str | None]:
    """``Birthday``: only beside a column for the month it is a day, else the whole date."""
    if "birth.month" not in guessed:
        return ["birth_date" if slot == "birth.day" else slot for slot in guessed]
    return guessed


def without_repeats(
    guessed: Iterable[str | None], joined: Collection[str] = (slots.TAG, "remark")
) -> tuple[str | None, ...]:
    """The second "E-Mail" is the second e-mail, the second "Notiz" joins the first, as all that can be `joined`; any
    other is kept as it came."""
    taken: set[str] = set()
    found: list[str | None] = []
    for slot in guessed:
        if slot and slot in taken and slot not in joined:
            slot = _next_free(slot, taken)
        if slot:
            taken.add(slot)
        found.append(slot)
    return tuple(found)


def _next_free(slot: str, taken: set[str]) -> str | None:
    parts = slots.part(slot)
    if parts is None or not slot[-1].isdigit():
        return None
    stem = slot.rstrip("0123456789")
    return next((f"{stem}{number}" for number in range(2, 100) if f"{stem}{number}" not in taken), None)
