"""The further columns of the contact list: how each shows what the lines bring of it."""

from __future__ import annotations

from alumnidesk.domain.fields import Kind
from alumnidesk.domain.lines import ContactLine
from alumnidesk.domain.list_columns import ListColumn, is_right, shown
from alumnidesk.ui.widgets.lines import Column
from alumnidesk.ui.words import language, words

_UNMARKED = (Kind.DATE, Kind.FLAG, Kind.CHOICE, Kind.LANGUAGE)
"""What is shown of these are words of ours, and nobody searched for them."""


def column_of(column: ListColumn, place: int) -> Column[ContactLine]:
    """The column whose values are the `place`-th further ones of the lines."""
    code = language().code

    def text(line: ContactLine) -> str:
        return shown(column, line.more[place], code) if place < len(line.more) else ""

    return Column(
        column.key,
        words(column.label),
        text,
        column.width,
        right=is_right(column),
        marks=column.kind not in _UNMARKED,
    )
