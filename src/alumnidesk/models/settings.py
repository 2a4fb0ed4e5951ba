"""What the association has set, and files that belong to it."""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from alumnidesk.models.base import STRICT, Base, text


class Setting(Base):
    """One setting of the association; which ones there are stands in `domain.association`."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str] = text()
    """JSON."""
    __table_args__ = (STRICT,)


class StoredFile(Base):
    """Bytes kept once by their content (a logo); never changed, so history does not watch it."""

    __tablename__ = "stored_file"
    sha256: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str] = text()
    data: Mapped[bytes] = mapped_column(LargeBinary)
    __table_args__ = (STRICT,)
