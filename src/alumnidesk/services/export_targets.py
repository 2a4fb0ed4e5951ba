"""Where an export goes: a file or a folder that is complete and on the disk, or not there at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress


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


def refuse_taken(folder: Path) -> None:
    """Raise Refused unless `folder` is new or empty: cards of an earlier export would lie among the new ones."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise Refused(
            say("“{file}” is there already and not empty.", file=folder.name),
            say("Please choose a new folder or an empty one."),
        )


def write_file(target: Path, pieces: Iterable[bytes], progress: Progress) -> None:
    """The pieces as one file. Raises OSError and Cancelled; what was there before is then untouched."""
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with unfinished.open("wb") as file:
            for piece in pieces:
                file.write(piece)
                progress.advance()
            file.flush()
            os.fsync(file.fileno())
        progress.past_return()
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], progress: Progress) -> None:
    """Files by name and content in a new folder. Raises OSError and Cancelled; nothing is there then."""
    unfinished = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)  # left by a crash
    try:
        unfinished.mkdir()
        for name, content in files:
            (unfinished / name).write_bytes(content)
            progress.advance()
        progress.past_return()
        if folder.is_dir():
            folder.rmdir()  # an empty one; Windows renames onto none
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
