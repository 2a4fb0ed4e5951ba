"""A folder of .vcf files, one for each contact (vdir), as vdirsyncer, khard and several address books keep it."""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
import uuid
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from alumnidesk.errors import EnvironmentFault
from alumnidesk.i18n import Message, say
from alumnidesk.services.sync_partners import CHANGED_MEANWHILE, Held, Listing
from alumnidesk.services.sync_plan import SyncProblem
from alumnidesk.storage import faults
from alumnidesk.whole_files import sync_open, take_place

LARGEST = 20_000_000
"""Bytes; a card with the largest photo that we take has three million."""
_FEW = 100
"""So many new files are brought to the disk one by one; of more, all at once at the end."""
_ENDING = ".vcf"


class Folder:
    """The .vcf files that lie in a folder itself. Hidden files and folders in it are nobody's business."""

    kept_by_hand = False
    at_once = 500

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new = 0
        """Files that were not there before."""
        self._on_the_way = False
        """Whether some of them are perhaps not on the disk yet."""

    def listing(self) -> Listing:
        """All files with their size and time."""
        stamps: dict[str, str] = {}
        problems: list[SyncProblem] = []
        try:
            with os.scandir(self._path) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or not entry.name.casefold().endswith(_ENDING):
                        continue
                    stamps[entry.name], why = self._looked_at(entry)
                    if why is not None:
                        problems.append(SyncProblem(entry.name, 0, why))
        except OSError as fault:
            raise self._gone(fault) from fault
        return Listing(dict(sorted(stamps.items())), tuple(sorted(problems, key=lambda problem: problem.place)))

    def _looked_at(self, entry: os.DirEntry[str]) -> tuple[str, Message | None]:
        """The stamp of an entry, and why it cannot be taken."""
        try:
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(self._path.resolve()):
                return "", say("This is a link that leads out of the folder; it is not followed.")
            status = entry.stat()
        except (OSError, RuntimeError):
            return "", say("This file cannot be looked at.")
        if not stat.S_ISREG(status.st_mode):
            return "", say("This is no file.")
        if status.st_size > LARGEST:
            return "", say("This file is larger than {limit} MB.", limit=LARGEST // 1_000_000)
        return _stamp(status), None

    def _gone(self, fault: OSError) -> EnvironmentFault:
        if isinstance(fault, PermissionError):
            return EnvironmentFault(
                say("The folder “{folder}” may not be read.", folder=str(self._path)),
                say("Nothing was changed. Ask whoever looks after this computer for the right to read it."),
            )
        return EnvironmentFault(
            say("The folder “{folder}” is not there.", folder=str(self._path)),
            say("Nothing was changed. Is the drive connected, or was the folder moved?"),
        )

    def read(self, places: list[str]) -> Iterator[Held | SyncProblem]:
        """The files, and those that cannot be read as problems."""
        for place in places:
            try:
                with (self._path / place).open("rb") as file:
                    status = os.fstat(file.fileno())
                    text = file.read(LARGEST + 1)
            except OSError:
                yield SyncProblem(place, 0, say("This file cannot be read; it was left as it is."))
                continue
            yield Held(place, _stamp(status), text, _is_fresh(status, _TICK))

    def name_of(self, place: str) -> str:
        """The name of the file."""
        return place

    def notes(self) -> tuple[Message, ...]:
        """A folder needs no explanation."""
        return ()

    def remarks(self) -> tuple[SyncProblem, ...]:
        """What is not understood in a card is kept, and so nothing is doubtful."""
        return ()

    def held_of(self, place: str, ours: bytes) -> bytes:
        """A file holds all that a card says."""
        return ours

    def taken_over(self, ours: bytes, before: bytes, after: bytes) -> bytes:
        """And gives all of it back."""
        return after

    def new_place(self, uid: str, taken: Collection[str]) -> str:
        """A file name made of the UID, safe on every system."""
        name = _UNSAFE.sub("-", unicodedata.normalize("NFC", uid)).strip(".-")[:100] or str(uuid.uuid4())
        if name.split(".")[0].casefold() in _RESERVED:
            name = f"contact-{name}"
        place, number = f"{name}{_ENDING}", 1
        while place.casefold() in taken:
            number += 1
            place = f"{name}-{number}{_ENDING}"
        return place

    def write(self, place: str, text: bytes, stamp: str) -> Held | SyncProblem:
        """Put a file in the place of what has this stamp: whole, or not at all. Raises EnvironmentFault (disk full)."""
        target = self._path / place
        unfinished = self._path / f".{uuid.uuid4().hex}.tmp"
        try:
            if self._stamp_of(target) != stamp:
                return SyncProblem(place, 0, CHANGED_MEANWHILE)
            with self._opened(unfinished) as file:
                file.write(text)
                file.flush()
                self._new += not stamp
                if stamp or self._new <= _FEW or not hasattr(os, "sync"):
                    sync_open(file.fileno())
                else:
                    self._on_the_way = True
                ours = os.fstat(file.fileno())
            if self._stamp_of(target) != stamp:
                return SyncProblem(place, 0, CHANGED_MEANWHILE)
            take_place(unfinished, target)
            there = target.stat()  # a new name is a change too
        except (PermissionError, IsADirectoryError, NotADirectoryError):
            return SyncProblem(place, 0, say("This file cannot be written; it was left as it is."))
        except OSError as fault:
            raise self._fault(target, fault) from fault
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        overtaken = (there.st_size, there.st_mtime_ns) != (ours.st_size, ours.st_mtime_ns)
        return Held(place, _stamp(there), text, overtaken or _is_fresh(there, 0))

    def _opened(self, unfinished: Path) -> BinaryIO:
        """A new file beside the others. Raises EnvironmentFault if there can be none: then none can be replaced."""
        try:
            return unfinished.open("xb")
        except PermissionError as fault:
            raise faults.read_only(self._path) from fault
        except OSError as fault:
            raise self._fault(self._path, fault) from fault

    def delete(self, place: str, stamp: str) -> SyncProblem | None:
        """Delete the file that has this stamp."""
        target = self._path / place
        try:
            if self._stamp_of(target) not in (stamp, ""):
                return SyncProblem(place, 0, CHANGED_MEANWHILE)
            target.unlink(missing_ok=True)
        except (PermissionError, IsADirectoryError):
            return SyncProblem(place, 0, say("This file cannot be deleted; it was left as it is."))
        except OSError as fault:
            raise self._fault(target, fault) from fault
        return None

    def settle(self) -> None:
        """Everything written so far is on the disk."""
        if self._on_the_way:
            os.sync()
        elif hasattr(os, "O_DIRECTORY"):
            with suppress(OSError):
                folder = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)
        self._on_the_way = False
        self._tidy()

    def _tidy(self) -> None:
        """Take away what a sync left behind that was killed while it wrote."""
        with suppress(OSError), os.scandir(self._path) as entries:
            for entry in entries:
                if _UNFINISHED.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > _ABANDONED:
                    Path(entry.path).unlink()

    def _stamp_of(self, target: Path) -> str:
        """The present stamp; empty if nothing is there."""
        try:
            return _stamp(target.stat())
        except FileNotFoundError:
            return ""

    def _fault(self, target: Path, fault: OSError) -> Exception:
        return faults.from_system(target, fault) or self._gone(fault)


_UNFINISHED = re.compile(r"\.[0-9a-f]{32}\.tmp")
_ABANDONED = 3_600
"""Seconds after which nobody writes any more."""
_UNSAFE = re.compile(r"[^\w.@-]+", re.ASCII)
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})


def _stamp(status: os.stat_result) -> str:
    """Size, time of the content, and time of any change, which no program can set back (on Windows: of its making)."""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


_TICK = 50_000_000
"""Nanoseconds between two times that a file can have on a disk that knows parts of a second, with room."""
_COARSE = 2_000_000_000
"""The same where only whole seconds are known, or every other one."""


def _is_fresh(status: os.stat_result, tick: int) -> bool:
    """Whether another change of the same size could have the same time."""
    coarse = status.st_mtime_ns % 1_000_000_000 == 0
    return time.time_ns() - status.st_mtime_ns < (_COARSE if coarse else tick)
