"""Office files are zip archives with XML inside. This is the door to them: it opens nothing that could fill the memory.

What an archive will need is said in its own directory, so a bomb is refused before a byte of it is unpacked; `zipfile`
never reads more of a part than was declared. A document type is refused as well: no spreadsheet needs one, and only
there could XML define what multiplies itself.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from alumnidesk.errors import BadFile
from alumnidesk.i18n import say
from alumnidesk.progress import Progress

MOST_ENTRIES = 5_000
LARGEST = 200_000_000
"""Bytes of all parts together, unpacked; 40,000 contacts with 60 columns need 100 MB."""
HIGHEST_RATIO = 100
"""Unpacked by packed size of one part; tables of text have 5 to 20."""
_SMALL = 1_000_000
"""The ratio of smaller parts says nothing."""
_PIECE = 65_536


class Listener:
    """Is told of the elements of a part as they pass. Names have their namespace in front: ``uri name``."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text in the innermost element."""


class Enough(Exception):
    """A listener has heard what it wanted to know."""


class Archive:
    """A zip archive that is safe to look into. `name` is the file's, for messages."""

    def __init__(self, data: bytes, name: str | Path) -> None:
        """Raises BadFile for a damaged archive, one that is locked with a password, and one that would swell."""
        self.file = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, RuntimeError) as error:
            raise self.damaged() from error
        self._refuse_bomb()
        self.names = frozenset(self._zip.namelist())

    def _refuse_bomb(self) -> None:
        entries = self._zip.infolist()
        swollen = any(e.file_size > _SMALL and e.file_size > HIGHEST_RATIO * e.compress_size for e in entries)
        if len(entries) > MOST_ENTRIES or swollen or sum(e.file_size for e in entries) > LARGEST:
            raise BadFile(
                self.file,
                say("Unpacked, this file would be far too large for a list of contacts."),
                say("Please copy the rows with the contacts into a new, empty file, and import that."),
            )
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise locked(self.file)

    def damaged(self) -> BadFile:
        """The error for an archive that cannot be read to its end."""
        return BadFile(
            self.file,
            say("The file is damaged or not complete."),
            say("Please copy it once more from where it came, or save it again in its program."),
        )

    def read(self, part: str) -> bytes:
        """All of one small part; empty when there is none. Raises BadFile."""
        if part not in self.names:
            return b""
        try:
            return self._zip.read(part)
        except _DAMAGE as error:
            raise self.damaged() from error

    def walk(self, part: str, listener: Listener, progress: Progress | None = None) -> None:
        """Tell `listener` what passes in one part, in small pieces. Raises BadFile and Cancelled."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = listener.start
        parser.EndElementHandler = listener.end
        parser.CharacterDataHandler = listener.text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            with self._zip.open(part) as file:
                while piece := file.read(_PIECE):
                    parser.Parse(piece, False)
                    if progress is not None:
                        progress.check()
                parser.Parse(b"", True)
        except Enough:
            return
        except (*_DAMAGE, expat.ExpatError) as error:
            raise self.damaged() from error

    def _refuse_doctype(self, *_: object) -> None:
        raise self.damaged()


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, OSError, ValueError)
"""What `zipfile` raises for parts that are cut off, missing, or packed in a way that no office program uses; and
`expat` for an encoding that it does not know."""


def locked(name: str | Path) -> BadFile:
    """The error for a file that only a password opens."""
    return BadFile(
        name,
        say("The file is locked with a password."),
        say("Open it in its program, save it once more without a password, and import that file."),
    )
