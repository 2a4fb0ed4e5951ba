"""How the cells of a column are written, told from those that are there.

The same yes is ``x``, ``ja`` or ``1``, the same day ``2.3.1975`` or ``1975-03-02``, the same country ``DE`` or
``Deutschland``. What an import reads as the same is written as the column has it most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType

from alumnidesk.domain import dates, slots
from alumnidesk.domain.dates import PartialDate
from alumnidesk.domain.fields import Field, Kind, by_key
from alumnidesk.domain.own_fields import OwnField, OwnKind
from alumnidesk.domain.yes_no import yes_or_no
from alumnidesk.formats import cells

Style = Callable[[str], str]
"""A text as `csv_write` has it → the same as the column has it."""

_LOOKED_AT = 2_000
"""Cells of a column; they tell enough."""


def style_of(
    slot: str, column: Sequence[str], *, month_first: bool | None, language: str, own: Mapping[str, OwnField]
) -> Style:
    """How a column of this slot is written. `language` is for words of which it has no example.

    `own` are the association's own fields by name.
    """
    filled = [cell for cell in column[:_LOOKED_AT] if cell]
    if own_field := own.get(slots.own_name(slot)):
        return _own_style(own_field, filled, column, month_first, language)
    part = slots.part(slot)
    if part is not None:
        if part.attribute in ("undeliverable_since", "began", "ended"):
            return _dates(filled, month_first, language)
        if part.attribute == "preferred":
            return _yes_or_no(column, language)
        meaning = {"label": slots.canonical_label, "country": cells.country}.get(part.attribute)
        return _as_shown(filled, meaning) if meaning else _unchanged
    if slot == slots.GREETING:
        return _as_shown(filled, cells.greeting)
    if slot in (slots.TAG, slots.FULL_NAME, slots.TAGS) or slot in slots.BIRTH_PARTS:
        return _unchanged
    field = by_key(slot)
    if field.kind is Kind.DATE:
        return _dates(filled, month_first, language)
    if field.kind is Kind.FLAG:
        return _yes_or_no(column, language)
    if field.kind in (Kind.CHOICE, Kind.LANGUAGE):
        return _as_shown(filled, _chosen(field))
    return _unchanged


def _unchanged(text: str) -> str:
    return text


def _chosen(field: Field) -> Callable[[str], str]:
    return lambda text: cells.single_value(field, text)


def _as_shown(examples: Iterable[str], meaning: Callable[[str], Hashable]) -> Style:
    """The most frequent spelling of what means the same."""
    spellings: dict[Hashable, Counter[str]] = {}
    for cell in examples:
        spellings.setdefault(meaning(cell), Counter())[cell] += 1
    usual = {said: counted.most_common(1)[0][0] for said, counted in spellings.items() if said}
    return lambda text: usual.get(meaning(text), text) if text else text


# Yes and no --------------------------------------------------------------------------------------------------------

_YES: Mapping[str, str] = MappingProxyType({"de": "ja", "sv": "ja", "en": "yes"})


def _yes_or_no(column: Sequence[str], language: str) -> Style:
    """No can be an empty cell or a word, and is what it is most often."""
    answers: dict[bool | None, Counter[str]] = {True: Counter(), False: Counter(), None: Counter()}
    for cell in column[:_LOOKED_AT]:
        answers[yes_or_no(cell)][cell] += 1
    yes = next(iter(answers[True].most_common(1)), (_YES.get(language, "yes"), 0))[0]
    no = next(iter(answers[False].most_common(1)), ("", 0))[0]
    return lambda text: yes if yes_or_no(text) else no


# Dates -------------------------------------------------------------------------------------------------------------


def _numbered(pattern: str) -> Callable[[PartialDate], str]:
    return lambda date: pattern.format(d=date.day, m=date.month, y=date.year)


_FORMS = tuple(
    map(
        _numbered,
        (
            "{y:04}-{m:02}-{d:02}", "{d:02}.{m:02}.{y:04}", "{d}.{m}.{y:04}", "{d:02}/{m:02}/{y:04}", "{d}/{m}/{y:04}",
            "{m}/{d}/{y:04}", "{m:02}/{d:02}/{y:04}", "{y:04}/{m:02}/{d:02}", "{y:04}{m:02}{d:02}",
            "{d:02}-{m:02}-{y:04}", "{d}. {m}. {y:04}",
        ),
    )
)  # fmt: skip


def _dates(examples: Sequence[str], month_first: bool | None, language: str) -> Style:
    """A whole date in the form that most of the column has; any other as people of the language write it."""
    read = [(cell, dates.read(cell, month_first=month_first)) for cell in examples]
    whole = [(cell, dates.split(date)) for cell, date in read if len(date) == 10]
    scores = [sum(form(date) == cell for cell, date in whole) for form in _FORMS]
    usual = _FORMS[scores.index(max(scores))] if any(scores) else None

    def style(text: str) -> str:
        stored = dates.read(text)
        if usual is not None and len(stored) == 10:
            shown = usual(dates.split(stored))
            if dates.read(shown, month_first=month_first) == stored:
                return shown
        return dates.figures(stored, language) if stored else text

    return style


# Own fields --------------------------------------------------------------------------------------------------------

_WITH_POINT = re.compile(r"-?\d+\.\d{1,2}", re.ASCII)


def _own_style(
    field: OwnField, filled: Sequence[str], column: Sequence[str], month_first: bool | None, language: str
) -> Style:
    match field.kind:
        case OwnKind.DATE:
            return _dates(filled, None, language)
        case OwnKind.YES_NO:
            return _yes_and_no_apart(filled, language)
        case OwnKind.NUMBER if language != "en" and not any(map(_WITH_POINT.fullmatch, filled)):
            return lambda text: text.replace(".", ",")
        case OwnKind.CHOICE:
            return _as_shown(filled, str.casefold)
    return _unchanged


def _yes_and_no_apart(filled: Sequence[str], language: str) -> Style:
    """Of an own field no is an answer, and an empty cell is none."""
    spelled = _as_shown((cell for cell in filled if yes_or_no(cell) is not None), lambda text: str(yes_or_no(text)))
    words = {"1": _YES.get(language, "yes"), "0": {"de": "nein", "sv": "nej"}.get(language, "no")}
    return lambda text: spelled(words.get(text, text))
