"""What all tables share: strict column types, ids that are never given to a second row, named constraints."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from sqlalchemy import Integer, MetaData, Text, TypeDecorator
from sqlalchemy import text as sql_text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

STRICT: dict[str, Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}
"""STRICT: SQLite itself refuses text in a number. AUTOINCREMENT: the id of a deleted row is never given to a stranger,
so that undo can put the old row back."""


class Flag(TypeDecorator[bool]):
    """Yes or no, stored as 1 or 0 (STRICT tables know no BOOLEAN)."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int:
        return int(bool(value))

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool:
        return bool(value)


def text(default: str = "") -> Mapped[str]:
    """A text column; not known is the empty string, never NULL."""
    return mapped_column(Text, nullable=False, default=default, server_default=default)


def flag() -> Mapped[bool]:
    """A yes/no column, no by default."""
    return mapped_column(Flag, nullable=False, default=False, server_default=sql_text("0"))


def number(default: int = 0) -> Mapped[int]:
    """A whole-number column that is always known."""
    return mapped_column(Integer, nullable=False, default=default, server_default=sql_text(str(default)))


RowId = Annotated[int, mapped_column(Integer, primary_key=True)]


class Base(DeclarativeBase):
    """Base of all stored rows: every table has an integer `id`, by which history knows the row."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, int: Integer, bool: Flag}

    id: Mapped[RowId]
