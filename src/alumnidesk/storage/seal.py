"""The seal of a backup: a last page in which it says of itself what it is, with a hash that proves all of it.

A database file may be longer than its pages; SQLite does not look there. So a backup carries its proof in itself, also
on a stick years later, and without the seal it is page by page the file that it was made of.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

LENGTH = 4096
"""Bytes of the seal."""

_MARK = b"AlumniDesk backup\n"

About = dict[str, Any]


def put_on(file: Path, about: About) -> None:
    """Seal a finished file: append what it says of itself, and the SHA-256 of everything before the hash."""
    words = json.dumps(about)
    with file.open("rb+") as open_file:
        digest = hashlib.file_digest(open_file, "sha256")
        digest.update(words.encode())
        page = _MARK + json.dumps([words, digest.hexdigest()]).encode()
        if len(page) > LENGTH:
            raise ValueError("a backup says too much of itself")
        open_file.write(page.ljust(LENGTH))


def is_on(file: Path) -> bool:
    """Whether the file claims to be a backup, by a seal that may be damaged."""
    return _page(file).startswith(_MARK)


def read(file: Path) -> About | None:
    """What a backup says of itself, believed as it stands; None if there is no seal or it cannot be read."""
    try:
        words, _ = json.loads(_page(file).removeprefix(_MARK))
        about = json.loads(words)
    except (ValueError, TypeError):
        return None
    return about if isinstance(about, dict) else None


def is_intact(file: Path) -> bool:
    """Whether every byte is as it was when the seal was put on."""
    try:
        words, expected = json.loads(_page(file).removeprefix(_MARK))
        present = hashlib.sha256()
        with file.open("rb") as open_file:
            left = file.stat().st_size - LENGTH
            while left:
                present.update(chunk := open_file.read(min(left, 1 << 20)))
                left -= len(chunk)
        present.update(words.encode())
    except (ValueError, TypeError, AttributeError):
        return False
    return bool(present.hexdigest() == expected)


def take_off(file: Path) -> None:
    """Cut the seal away; what is left is the file as it was before the backup was made."""
    with file.open("rb+") as open_file:
        open_file.truncate(file.stat().st_size - LENGTH)


def _page(file: Path) -> bytes:
    with file.open("rb") as open_file:
        open_file.seek(max(0, file.stat().st_size - LENGTH))
        return open_file.read(LENGTH)
