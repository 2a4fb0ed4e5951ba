"""Backups: made often, proven each time, thinned out with age; and bringing one back.

A backup is a data file with a seal behind its last page, by which a copy of it on a stick can still be proven years
later (see `seal`). It is one file without a log, and can be opened on a read-only medium.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from alumnidesk.errors import AlumniDeskError, BadFile, EnvironmentFault
from alumnidesk.i18n import Message, say
from alumnidesk.places import data_folder, one_spelling
from alumnidesk.progress import Progress
from alumnidesk.storage import content, faults, layout, rotation, seal
from alumnidesk.storage.connection import Connection, connect, inspect
from alumnidesk.storage.database import Database
from alumnidesk.storage.files import copy_open, logs_of, same_pages
from alumnidesk.whole_files import UNFINISHED, in_place_of

ENDING = ".alumnidesk-backup"

REASONS: Mapping[str, Message] = {
    "close": say("when the file was closed"),
    "timer": say("while working"),
    "import": say("before an import"),
    "sync": say("before contacts were brought in step"),
    "bulk": say("before a change of many"),
    "merge": say("before duplicates were merged"),
    "upgrade": say("before the file was brought to a new version"),
    "restore": say("before another backup was restored"),
    "asked": say("because you asked for it"),
}
"""Why a backup was made: the word in its file name, and how to say it."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d) ([a-z]+)" + re.escape(ENDING))
_TIME = "%Y-%m-%d %H.%M.%S"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup, as it says of itself."""

    path: Path
    made_at: dt.datetime
    """With time zone."""
    reason: str
    """A key of `REASONS`."""
    contacts: int
    size: int
    """In bytes."""
    verified: bool
    """It was proven when it was made, and still opens."""
    content_version: str = ""
    """Which state of the file it holds (`content.content_version`)."""


def folder_of(path: Path) -> Path:
    """Where the backups of a data file lie: by its name, and told apart from its namesakes in other folders."""
    place = one_spelling(path)
    return data_folder() / "backups" / f"{Path(place).stem} {hashlib.sha256(place.encode()).hexdigest()[:8]}"


# Making --------------------------------------------------------------------------------------------------------------


def make(database: Database, reason: str, progress: Progress | None = None) -> Backup:
    """A verified backup of an open file; if nothing was written since one was made, that one.

    Raises EnvironmentFault (disk full, not writable) or BadFile (the file itself is damaged). Older backups stay then,
    and nothing half-made is left.
    """
    known = same_state(database)
    return known or _make(database.connection, database.path, reason, progress)


def make_of_file(path: Path, reason: str, progress: Progress | None = None) -> Backup:
    """The same for a file of any version that nobody has open."""
    with closing(connect(path)) as connection:
        return _make(connection, path, reason, progress)


def same_state(database: Database) -> Backup | None:
    """The newest verified backup, if nothing was written since."""
    newest = newest_verified(database.path)
    same = newest is not None and newest.content_version == content.content_version(database.connection)
    return newest if same else None


def _make(connection: Connection, path: Path, reason: str, progress: Progress | None) -> Backup:
    if progress:
        progress.begin(say("Making a backup of “{file}” …", file=path.name))
    folder = folder_of(path)
    with faults.explained(folder / path.name, _size(path)):
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"*{UNFINISHED}*"):
            left.unlink()
        final = _free_name(folder, reason)
        with in_place_of(final) as unfinished:
            copy_open(connection, unfinished)
            about = _prove(unfinished, connection, path)
            made_at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
            seal.put_on(unfinished, {"made_at": made_at, "reason": reason, **about})
    _thin_out(final)
    return _described(final)


def _size(path: Path) -> int:
    """In bytes; 0 if it is not there."""
    return path.stat().st_size if path.exists() else 0


def _thin_out(newest: Path) -> None:
    """Delete what the rule lets go of the backups beside a verified one that was just made. Only names are read."""
    beside = [_named(file, verified=file == newest) for file in _backups_in(newest.parent)]
    with suppress(OSError):  # a backup was made; that an old one cannot be deleted now is no reason to say it was not
        for old in rotation.surplus(beside, dt.datetime.now(dt.UTC)):
            old.path.unlink()


def _free_name(folder: Path, reason: str) -> Path:
    assert reason in REASONS, reason
    moment = dt.datetime.now()
    while (path := folder / f"{moment.strftime(_TIME)} {reason}{ENDING}").exists():
        moment += dt.timedelta(seconds=1)
    return path


def _prove(copy: Path, original: Connection, path: Path) -> seal.About:
    """Raise unless the copy is sound and holds what the original holds; returns what there is to say about it.

    A second thread reads the copy as a database while this one compares the files.
    """
    with ThreadPoolExecutor(1) as other:
        reading = other.submit(_read_through, copy)
        same = same_pages(copy, path)
        problems, about = reading.result()
    if problems:
        raise BadFile(path, faults.damaged(path).message, problems[0])
    if not (same or content_of(copy) == content.content_hash(original)):
        raise EnvironmentFault(
            say("The backup of “{file}” differs from the file, so it was not kept.", file=path.name),
            say("The disk may be failing. Older backups are still there; please try again, or save a copy elsewhere."),
        )
    return about


def _read_through(copy: Path) -> tuple[list[Message], seal.About]:
    with closing(connect(copy, read_only=True)) as connection:
        problems = content.problems(connection)
        about = {} if problems else {"contacts": content.contacts(connection)}
        return problems, {**about, "content_version": content.content_version(connection)}


def content_of(copy: Path) -> str:
    """The content hash of a backup. Raises BadFile if it cannot be read."""
    with faults.explained(copy), closing(connect(copy, read_only=True)) as connection:
        return content.content_hash(connection)


# Finding -------------------------------------------------------------------------------------------------------------


def list_backups(path: Path) -> list[Backup]:
    """The backups of a data file, newest first."""
    return sorted(map(_described, _backups_in(folder_of(path))), key=lambda backup: backup.made_at, reverse=True)


def newest_verified(path: Path) -> Backup | None:
    """The backup that would be brought back if the file were lost now. Opens no more than it takes to find it."""
    return next((backup for backup in map(_described, _backups_in(folder_of(path))) if backup.verified), None)


def _backups_in(folder: Path) -> list[Path]:
    """The newest first, by their names."""
    found = [file for file in folder.iterdir() if _NAME.fullmatch(file.name)] if folder.is_dir() else []
    return sorted(found, key=lambda file: file.name, reverse=True)


def _described(file: Path) -> Backup:
    """What a backup says of itself; what it cannot say any more, its name does."""
    about, size = seal.read(file) or {}, file.stat().st_size
    try:
        inspect(file)
        made_at = dt.datetime.fromisoformat(about["made_at"])
        if about["reason"] in REASONS and made_at.tzinfo is not None:
            return Backup(file, made_at, about["reason"], int(about["contacts"]), size, True, about["content_version"])
    except (AlumniDeskError, KeyError, TypeError, ValueError):  # cut off, no seal, or a damaged one
        pass
    return _named(file, verified=False)


def _named(file: Path, *, verified: bool) -> Backup:
    """What the name of a backup says."""
    name = _NAME.fullmatch(file.name)
    made_at = dt.datetime.strptime(name[1], _TIME).astimezone() if name else dt.datetime.fromtimestamp(0, dt.UTC)
    reason = name[2] if name and name[2] in REASONS else "asked"
    return Backup(file, made_at, reason, 0, file.lstat().st_size, verified)


# Bringing back -------------------------------------------------------------------------------------------------------


def verify(backup: Path) -> Backup:
    """Read a backup to its end and compare it with its seal.

    Raises BadFile (empty, encrypted, foreign, cut off, damaged) or EnvironmentFault (newer, missing). A saved copy of a
    data file will do as well; it has no seal, so only its structure can be proven.
    """
    inspect(backup)
    with faults.explained(backup), closing(connect(backup, read_only=True)) as connection:
        version = layout.version(connection)
        if version > layout.newest():
            raise layout.too_new(backup, version)
        sound = seal.is_intact(backup) if seal.is_on(backup) else not content.problems(connection)
        if not (version and sound):
            raise faults.damaged(backup)
    return _described(backup)


def restore(backup: Path, path: Path, progress: Progress | None = None) -> Path | None:
    """Put the content of a backup in the place of a data file that nobody has open.

    Returns where the replaced file lies now, if there was one. Wherever this is interrupted, the place holds the one or
    the other. Raises like `verify`, EnvironmentFault if the file is in use or cannot be written, and Cancelled.
    """
    progress = progress or Progress()
    progress.begin(say("Restoring “{file}” …", file=path.name))
    with faults.explained(path, _size(backup)), in_place_of(path) as unfinished:
        verify(backup)
        shutil.copyfile(backup, unfinished)
        if verify(unfinished).verified:
            seal.take_off(unfinished)
        progress.past_return()
        return _keep(path)


def _keep(path: Path) -> Path | None:
    """Give the file that will be replaced a second name, with its log if it could not be folded in."""
    if not path.exists():
        return None
    with suppress(BadFile):  # a damaged file is kept as it is, a sound one without loose ends
        inspect(path)
        connect(path).close()
    kept = path.with_name(f"{path.stem} ({dt.datetime.now().strftime(_TIME)}){path.suffix}")
    try:
        kept.hardlink_to(path)
    except OSError:  # sticks know no second names
        shutil.copyfile(path, kept)
    for log in logs_of(path):
        shutil.copyfile(log, log.with_name(log.name.replace(path.name, kept.name, 1)))
        log.unlink()
    return kept


def copy_to(backup: Backup, folder: Path) -> Path:
    """Put a backup into a second place as well, such as a stick or a folder that is synchronised.

    There each data file has a folder of its own, and older copies are thinned out by the same rule. Raises
    EnvironmentFault (not there, full) or BadFile (what arrived is not what was sent).
    """
    final = folder / backup.path.parent.name / backup.path.name
    with faults.explained(folder):
        folder.stat()
    with faults.explained(final, backup.size):
        final.parent.mkdir(exist_ok=True)
        with in_place_of(final) as unfinished:
            shutil.copyfile(backup.path, unfinished)
            verify(unfinished)
    _thin_out(final)
    return final
