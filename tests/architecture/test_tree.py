"""What may lie in the tree, what it may be called, and what it may say."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "logic", "tools", "base_utils"}
"""A thing that has no room has no name yet."""

REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted",
    "npm" + "js",
    "deb" + "ian.org/debian",
    "arch" + "ive.ubuntu",
    "files.python" + "hosted",
]


@cache
def tracked() -> tuple[Path, ...]:
    """Files that are committed or about to be."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    result = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.skip("not a git checkout")
    return tuple(ROOT / name for name in result.stdout.split("\0") if name and (ROOT / name).is_file())


def texts(*folders: str) -> Iterator[tuple[Path, str]]:
    """The text files under these folders (all, if none is named); fonts and pictures are left out."""
    for path in tracked():
        relative = path.relative_to(ROOT)
        if folders and relative.parts[0] not in folders:
            continue
        try:
            yield relative, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_the_packaging_folder_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_every_module_has_a_name_that_says_something() -> None:
    nameless = [p for p in tracked() if p.suffix == ".py" and ({p.stem, *p.relative_to(ROOT).parts[:-1]} & NAMELESS)]
    assert nameless == []


def test_built_files_are_not_committed() -> None:
    built = {".mo", ".pyc", ".whl", ".alumnidesk", ".sqlite", ".db"}
    assert [path for path in tracked() if path.suffix in built] == []


def test_no_host_of_a_package_registry_is_named() -> None:
    named = [(str(path), host) for path, text in texts() for host in REGISTRIES if host in text]
    assert named == []


def test_locks_pin_every_library_by_hash_and_name_no_place() -> None:
    for name in ("run.txt", "dev.txt", "interop.txt"):
        lock = (ROOT / "packaging" / "locks" / name).read_text("utf-8")
        assert "://" not in lock
        assert "--index" not in lock
        assert "--find-links" not in lock
        entries = re.split(r"^(?=\w[\w.-]*==)", lock, flags=re.MULTILINE)[1:]
        assert len(entries) > 10
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_of_the_node_package_names_no_place() -> None:
    lock = (ROOT / "packaging" / "locks" / "node" / "package-lock.json").read_text("utf-8")
    assert "://" not in lock
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')


def test_the_licence_of_every_library_at_run_time_is_known() -> None:
    lock = (ROOT / "packaging" / "locks" / "run.txt").read_text("utf-8")
    known = (ROOT / "docs" / "decisions" / "0007-licences.md").read_text("utf-8").lower()
    libraries = re.findall(r"^([\w.-]+)==", lock, flags=re.MULTILINE)
    assert [name for name in libraries if name.lower() not in known] == []


def test_each_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    headed = [path.read_text("utf-8").startswith(f"# {number}. ") for number, path in enumerate(decisions, 1)]
    assert all(headed)


def test_the_program_speaks_of_itself_alone() -> None:
    aside = re.compile(r"/work/|\bissues?[ -]#?\d+|\((see )?#\d+\)|\b(fix(es)?|closes?) #\d+", re.IGNORECASE)
    found = [
        (str(path), number, line.strip())
        for path, text in texts("src", "migrations", "tests", "docs")
        if path != Path("tests/architecture/test_tree.py") and path.suffix in {".py", ".md", ".mako"}
        for number, line in enumerate(text.splitlines(), 1)
        if aside.search(line)
    ]
    assert found == []


def test_nothing_is_left_to_do() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [(str(path), hit[0]) for path, text in texts("src") for hit in mark.finditer(text)]
    assert found == []


def test_modules_fit_in_the_head() -> None:
    limit = 600
    long = {str(path): n for path, text in texts("src") if path.suffix == ".py" and (n := text.count("\n")) > limit}
    assert long == {}
