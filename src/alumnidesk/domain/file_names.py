"""Names of files that are safe on every system: no path, nothing that a system keeps for itself, short, each once.

Windows forbids ``<>:"/\\|?*``, control characters, a dot or space at the end, and its devices whatever their ending is
("Naming Files, Paths, and Namespaces"); there and on macOS names that differ only by case, on macOS also those that
differ only by composition (NFC, NFD), are the same file.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
"""Bytes in UTF-8, ending included: room for a deep folder and for what a sync client adds."""
_LONGEST_ENDING = 10
_FORBIDDEN = re.compile(r'\s*[<>:"/\\|?*\x00-\x1f\x7f-\x9f]+\s*')
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\..*)?")
_INVISIBLE = frozenset(("Cf", "Cs"))
"""Categories of signs that nobody sees (marks of direction disguise an ending) and that no file system can store."""
_LOOSE = " .-"
"""What a name neither begins nor ends with: hidden files, options of commands, what Windows cuts off."""


def file_name(text: str, ending: str = "", otherwise: str = "_") -> str:
    """`text` as the name of a file with this ending (``.vcf``), at most `LONGEST` bytes.

    `otherwise` is the name if nothing of the text can stay.
    """
    room = LONGEST - len(ending.encode())
    stem = _cut(_plain(text), room) or _cut(_plain(otherwise), room) or "_"
    if _DEVICES.fullmatch(stem):
        stem = _cut(f"_{stem}", room)
    return stem + ending


def kept_name(name: str) -> str:
    """The name of a file that came from elsewhere, its ending kept."""
    plain = _plain(name)
    stem, dot, ending = plain.rpartition(".")
    if not stem or len(ending.encode()) > _LONGEST_ENDING:
        return file_name(plain)
    return file_name(stem, dot + ending)


class FileNames:
    """Names for the files of one folder: each is given once, also for systems that know no case."""

    def __init__(self, ending: str, otherwise: str = "_") -> None:
        self._ending, self._otherwise = ending, otherwise
        self._given: set[str] = set()
        self._numbers: dict[str, int] = {}

    def new(self, text: str) -> str:
        """A name for `text`; the second of the same name has a 2."""
        name = first = file_name(text, self._ending, self._otherwise)
        stem, key = first.removesuffix(self._ending), _same(first)
        number = self._numbers.get(key, 1)
        while _same(name) in self._given:
            number += 1
            counted = f" {number}{self._ending}"
            name = _cut(stem, LONGEST - len(counted.encode())) + counted
        self._numbers[key] = number
        self._given.add(_same(name))
        return name


def _plain(text: str) -> str:
    """One line of visible signs that are allowed in a name."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in _INVISIBLE)
    allowed = _FORBIDDEN.sub(_between, unicodedata.normalize("NFC", seen))
    return " ".join(allowed.split()).strip(_LOOSE)


def _between(run: re.Match[str]) -> str:
    """What takes the place of forbidden signs."""
    return " " if any(map(str.isspace, run[0])) else "-"


def _cut(stem: str, room: int) -> str:
    """The beginning of a name that has room in so many bytes."""
    return stem.encode()[:room].decode(errors="ignore").strip(_LOOSE)


def _same(name: str) -> str:
    """What two names have in common that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).upper().casefold())
