"""What is not saved yet, kept on this computer in case the program ends without warning.

A draft is not data yet: it is in no deed, no history and no backup. So it lies beside the preferences, in one small
file for each data file, which is there only while something is unsaved.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alumnidesk.i18n import Message
from alumnidesk.places import one_spelling


@dataclass(frozen=True, slots=True)
class Begun:
    """Something begun and not saved; `content` is plain JSON that only the page understands."""

    about: Message
    """What it is, as a sentence: You were writing down Anna Müller."""
    content: Mapping[str, Any]


class Drafts:
    """The drafts of one data file, each under the name of its page, and of what it is if a page has several
    (``letters/words``). Nothing is kept before `turn_to`.

    What cannot be written is not kept, and what cannot be read was not there: a draft is an extra, and nobody is
    stopped at work because of it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path: Path | None = None
        self._drafts: dict[str, Begun] = {}
        self._ours: set[str] = set()
        """Kept since this start."""

    def turn_to(self, data_file: Path) -> None:
        """Read what was left of this data file."""
        place = zlib.crc32(one_spelling(data_file).encode())  # hashlib would be 1 % of the start
        self._path = self._folder / f"{data_file.stem}-{place:08x}.json"
        self._drafts, self._ours = _read(self._path), set()

    def left(self) -> Mapping[str, Begun]:
        """The drafts by their names."""
        return dict(self._drafts)

    def keep(self, name: str, begun: Begun) -> None:
        """Keep this in the place of what was kept under this name."""
        if self._path is not None and self._drafts.get(name) != begun:
            self._drafts[name] = begun
            self._ours.add(name)
            self._write(self._path)

    def forget(self, name: str) -> None:
        """It is saved, or given up. What an earlier start left is not touched before somebody has decided about it."""
        if name in self._ours:
            self.decided(name)

    def decided(self, name: str) -> None:
        """Somebody goes on with it, or does not want it any more."""
        self._ours.discard(name)
        if self._path is not None and self._drafts.pop(name, None) is not None:
            self._write(self._path)

    def _write(self, path: Path) -> None:
        try:
            if not self._drafts:
                path.unlink(missing_ok=True)
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)  # there may be names and addresses in it
            drafts = {page: [begun.about.stored(), begun.content] for page, begun in self._drafts.items()}
            fresh.write_text(json.dumps(drafts), "utf-8")
            fresh.replace(path)
        except OSError:
            pass


def _read(path: Path) -> dict[str, Begun]:
    try:
        drafts = json.loads(path.read_text("utf-8"))
        return {page: Begun(Message.restored(about), content) for page, (about, content) in drafts.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
