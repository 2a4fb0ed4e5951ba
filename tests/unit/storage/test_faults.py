"""What the operating system reports, in words that fit: Windows and network drives have codes of their own."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from tests.unit.test_whole_files import refused_by_windows

from alumnidesk.storage import faults


def reported(number: int, path: Path | None = None, windows: int | None = None) -> OSError:
    fault = OSError(number, "as reported", str(path) if path else None)
    if windows is not None:
        fault.winerror = windows  # type: ignore[attr-defined]  # it has one on Windows only
    return fault


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (reported(errno.EINVAL, windows=64), "is not there"),  # ERROR_NETNAME_DELETED
        (reported(errno.EACCES, windows=21), "is not there"),  # ERROR_NOT_READY: an empty drive
        (reported(errno.ESTALE), "is not there"),
        (reported(errno.ETIMEDOUT), "is not there"),
        (reported(errno.EACCES, windows=32), "open in another program"),
        (reported(errno.EINVAL), "cannot be opened there"),  # a name that Windows does not take
        (reported(errno.EACCES), "may only be read, not changed"),
    ],
)
def test_no_fault_of_the_machine_is_taken_for_a_mistake_of_the_program(fault: OSError, words: str) -> None:
    assert words in str(faults.from_system(Path("list.csv"), fault))


def test_what_cannot_be_read_is_told_from_what_cannot_be_written(tmp_path: Path) -> None:
    out = tmp_path / "list.csv"
    out.touch()
    assert "cannot be read" in str(faults.from_system(out, reported(errno.EACCES, out)))
    with pytest.raises(PermissionError) as refused:
        refused_by_windows(tmp_path / "list.csv.unfinished", out)
    assert "open in another program" in str(faults.from_system(out, refused.value))
