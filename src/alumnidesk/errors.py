"""Everything that can go wrong in a way a person can do something about: five families, shown in one place.

Each carries messages, not text: what happened, and the way out. Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

from pathlib import Path

from alumnidesk.i18n import Message, say


class AlumniDeskError(Exception):
    """Base of the five families. `message` says what happened, `way_out` what one can do about it."""

    def __init__(self, message: Message, way_out: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.message} {self.way_out}" if self.way_out else str(self.message)


class InvalidInput(AlumniDeskError):
    """A value cannot be saved as it is; shown at its field, the form stays as typed."""

    def __init__(self, field: str, message: Message, way_out: Message | None = None) -> None:
        super().__init__(message, way_out)
        self.field = field


class Refused(AlumniDeskError):
    """The deed conflicts with what is stored now: changed since, still in use, already final."""


class BadFile(AlumniDeskError):
    """A file cannot be read as a whole. Single bad rows are `Problem`s in the result, not exceptions."""

    def __init__(self, path: Path | str, message: Message, way_out: Message | None = None, line: int = 0) -> None:
        super().__init__(message, way_out)
        self.path = path
        self.line = line


class EnvironmentFault(AlumniDeskError):
    """The machine cannot do it now: disk full, file locked, read-only, damaged or too new. What was saved is safe."""


class Unwritable(EnvironmentFault):
    """The open file cannot be written any more: it may only be read, was moved, or was replaced. A copy of it can."""


class TooNew(EnvironmentFault):
    """A newer version wrote the file: it is not written, but what is in it can mostly be exported."""


class Cancelled(AlumniDeskError):
    """Stopped by the person; nothing happened, and nothing is shown."""

    def __init__(self) -> None:
        super().__init__(say("Stopped. Nothing was changed."))
