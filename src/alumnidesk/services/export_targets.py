"""Where an export goes: a file or a folder that is complete and on the disk, or not there at all."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alumnidesk import whole_files
from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.storage import faults

log = logging.getLogger(__name__)


def refuse_data_file(target: Path) -> None:
    """Raise Refused if an export would overwrite a data file."""
    with suppress(OSError):
        with target.open("rb") as file:
            beginning = file.read(15)
        if beginning == b"SQLite format 3":
            raise Refused(
                say("“{file}” is a data file; an export would overwrite it.", file=target.name),
                say("Please choose another name."),
            )


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Around the writing of a document: faults of the system in words. Raises Refused if a data file stands there."""
    refuse_data_file(target)
    with faults.explained(target):
        yield


def write_file(target: Path, pieces: Iterable[bytes], progress: Progress) -> None:
    """The pieces as one file. Raises EnvironmentFault and Cancelled; what was there before is then untouched."""

    def counted() -> Iterator[bytes]:
        yield from progress.each(pieces, 1)
        progress.past_return()

    with faults.explained(target):
        whole_files.write_whole(target, counted())


def refuse_taken(folder: Path) -> None:
    """Raise Refused unless `folder` is new or empty: cards of an earlier export would lie among the new ones."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise Refused(
            say("“{file}” is there already and not empty.", file=folder.name),
            say("Please choose a new folder or an empty one."),
        )


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], progress: Progress) -> None:
    """Files by name and content in a new folder. Raises OSError and Cancelled; nothing is there then."""
    place = _Place(folder)
    try:
        place.fill_folder(files, progress)
        progress.past_return()
        place.put()
    except BaseException:
        place.take_back()
        raise


@contextmanager
def all_or_none() -> Iterator[Several]:
    """Files and folders that belong together: if the ``with`` block is left by an exception, whichever, none of them
    is there, and what stood in their places stands there again."""
    several = Several()
    try:
        yield several
    except BaseException:
        several.take_back()
        raise
    several.let_go()


class Several:
    """See `all_or_none`. Each is written beside its place; `put` brings all of them there."""

    def __init__(self) -> None:
        self._places: list[_Place] = []

    def file(self, target: Path, pieces: Iterable[bytes], progress: Progress) -> None:
        """The pieces as one file. Raises EnvironmentFault and Cancelled."""
        with faults.explained(target):
            self._place(target).fill_file(pieces, progress)

    def folder(self, target: Path, files: Iterable[tuple[str, bytes]], progress: Progress) -> None:
        """Files by name and content in a folder that is new or empty. Raises EnvironmentFault and Cancelled."""
        with faults.explained(target):
            self._place(target).fill_folder(files, progress)

    def _place(self, target: Path) -> _Place:
        self._places.append(_Place(target))
        return self._places[-1]

    def put(self) -> None:
        """Everything to its place; what stands there is kept beside until all is done. Raises EnvironmentFault."""
        for place in self._places:
            with faults.explained(place.target):
                place.keep()
                place.put()

    def take_back(self) -> None:
        """Everything as it was."""
        for place in reversed(self._places):
            place.take_back()

    def let_go(self) -> None:
        """What stood there before is not needed any more."""
        for place in self._places:
            place.let_go()


class _Place:
    """One file or folder that is being made: beside its place until it is complete."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self._beside = whole_files.beside(target)
        self._before = target.with_name(f".{target.name}.before")
        self._kept = self._is_there = False

    def fill_file(self, pieces: Iterable[bytes], progress: Progress) -> None:
        with self._beside.open("wb") as file:
            file.writelines(progress.each(pieces, 1))
        whole_files.sync_file(self._beside)

    def fill_folder(self, files: Iterable[tuple[str, bytes]], progress: Progress) -> None:
        shutil.rmtree(self._beside, ignore_errors=True)  # left by a crash
        self._beside.mkdir()
        for name, content in files:
            (self._beside / name).write_bytes(content)
            progress.advance()

    def keep(self) -> None:
        """What stands in the place has a second name from now on; of a folder there is nothing to keep."""
        if self.target.is_dir() or not self.target.exists():
            return
        self._before.unlink(missing_ok=True)  # left by a crash
        self._kept = True
        try:
            os.link(self.target, self._before)
        except OSError:  # disks of cameras and some servers know no second names
            shutil.copyfile(self.target, self._before)

    def put(self) -> None:
        if self._beside.is_dir() and self.target.is_dir():
            self.target.rmdir()  # an empty one; Windows renames onto none
        whole_files.take_place(self._beside, self.target)
        self._is_there = True

    def take_back(self) -> None:
        try:
            _remove(self._beside)
            if self._is_there and self._kept:
                self._before.replace(self.target)
            elif self._is_there:
                _remove(self.target)
            else:
                self.let_go()
        except OSError:
            log.exception("what was written could not be taken back")

    def let_go(self) -> None:
        if self._kept:
            with suppress(OSError):
                self._before.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
