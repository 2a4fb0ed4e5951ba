"""A file under its name is the whole old one or the whole new one, whatever happens while it is written."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from alumnidesk.errors import Cancelled
from alumnidesk.whole_files import held_elsewhere, write_whole


def refused_by_windows(source: object, target: object, code: int = 5) -> None:
    """What `os.replace` raises there while another program has the file open."""
    fault = PermissionError(13, "Access is denied", str(source), None, str(target))
    fault.winerror = code  # type: ignore[attr-defined]  # it has one on Windows only
    raise fault


def test_pieces_that_cannot_be_made_leave_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "whole.bin"
    out.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise Cancelled

    with pytest.raises(Cancelled):
        write_whole(out, pieces())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"whole.bin": b"old"}


def test_what_is_written_is_on_the_disk_before_it_has_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, sync, rename = tmp_path / "whole.bin", os.fsync, os.replace
    steps: list[tuple[str, int]] = []

    def synced(descriptor: int) -> None:
        steps.append(("safe", os.fstat(descriptor).st_size))
        sync(descriptor)

    def renamed(source: Path, target: Path) -> None:
        steps.append(("named", source.stat().st_size))
        rename(source, target)

    monkeypatch.setattr("os.fsync", synced)
    monkeypatch.setattr("os.replace", renamed)
    write_whole(out, [b"in two ", b"pieces"])
    assert steps[:2] == [("safe", 13), ("named", 13)]
    assert out.read_bytes() == b"in two pieces"


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_scanner_that_looks_at_a_new_file_for_a_moment_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    out, rename, refusals = tmp_path / "whole.bin", os.replace, [code] * 3
    out.write_bytes(b"old")

    def renamed(source: Path, target: Path) -> None:
        if refusals:
            refused_by_windows(source, target, refusals.pop())
        rename(source, target)

    monkeypatch.setattr("os.replace", renamed)
    write_whole(out, [b"new"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"whole.bin": b"new"}


def test_what_stays_open_elsewhere_or_may_not_be_written_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "whole.bin"
    out.write_bytes(b"old")
    monkeypatch.setattr("os.replace", refused_by_windows)
    monkeypatch.setattr("alumnidesk.whole_files.PATIENCE", 0)
    with pytest.raises(PermissionError):
        write_whole(out, [b"new"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"whole.bin": b"old"}


def test_a_file_that_is_marked_as_read_only_is_not_taken_for_an_open_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "whole.bin"
    out.touch()
    with pytest.raises(PermissionError) as refused:
        refused_by_windows(tmp_path / "new", out)
    assert held_elsewhere(refused.value)
    monkeypatch.setattr("os.access", lambda path, right: right == os.F_OK)  # as for everybody but root
    assert not held_elsewhere(refused.value)


def test_a_reader_never_meets_a_part_of_a_document(tmp_path: Path) -> None:
    out = tmp_path / "whole.bin"
    versions = [bytes([letter]) * 2_000_000 for letter in b"abc"]
    write_whole(out, versions[:1])
    stop = threading.Event()
    seen: set[bytes] = set()

    def read() -> None:
        while not stop.is_set():
            seen.add(out.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(10):
        for version in versions:
            write_whole(out, [version])
    stop.set()
    reader.join()
    assert seen <= set(versions)


def test_a_killed_program_leaves_the_whole_old_document_or_the_whole_new_one(tmp_path: Path) -> None:
    out = tmp_path / "whole.bin"
    writing = (
        "import sys; from pathlib import Path; from alumnidesk.whole_files import write_whole\n"
        "while True:\n    for sign in b'abc': write_whole(Path(sys.argv[1]), [bytes([sign]) * 5_000_000])"
    )
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", writing, str(out)], env=surroundings) as writer:
            until = time.monotonic() + 20
            while not out.exists() and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(0.05)
            writer.kill()
        content = out.read_bytes()
        assert len(content) == 5_000_000
        assert len(set(content)) == 1
        out.unlink()
    write_whole(out, [b"new"])
    assert [path.name for path in tmp_path.iterdir()] == ["whole.bin"], (
        "what a kill left is used up by the next writing"
    )
