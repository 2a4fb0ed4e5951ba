"""Pictures and codes in the texts of letters."""

from __future__ import annotations

from collections.abc import Iterable

from alumnidesk.documents.codes import matrix
from alumnidesk.errors import InvalidInput
from alumnidesk.formats import pictures
from alumnidesk.services import stored_files
from alumnidesk.storage.database import Database


class LetterPictures:
    """Kept by their content: a text names a picture by its key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, data: bytes) -> str:
        """Keep a picture; returns its key. Raises InvalidInput if it is too large or of another kind."""
        if (reason := pictures.why_not(data)) is not None:
            raise InvalidInput("picture", *reason)
        return stored_files.keep(self._database, data, pictures.media_type(data))

    def code(self, text: str, size: float) -> tuple[bytes, ...] | None:
        """The modules of a QR code, row by row, dark ones 1; None if `size` millimetres are too small for it."""
        return matrix(text, size)

    def those(self, keys: Iterable[str]) -> dict[str, bytes]:
        """The pictures with these keys, as far as they are in this file."""
        return {
            key: stored_files.fetch(self._database, key) for key in keys if stored_files.present(self._database, key)
        }
