"""dev.py: a newcomer's only door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import dev
import pytest


def test_the_help_names_every_command_and_no_other() -> None:
    named = {line.split()[2] for line in str(dev.__doc__).splitlines() if line.strip().startswith("python3 dev.py")}
    assert named == set(dev.COMMANDS)


def test_a_wrong_word_shows_the_help_and_fails() -> None:
    result = subprocess.run([sys.executable, dev.__file__, "tset"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "“tset”" in result.stdout
    assert "python3 dev.py test" in result.stdout


def test_files_named_to_run_are_looked_for_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dev, "_python", lambda: Path(sys.executable))
    assert dev.run(["new", "here.alumnidesk"]) == 0
    assert (tmp_path / "here.alumnidesk").exists()


def test_the_door_opens_with_the_standard_library_alone() -> None:
    tree = ast.parse(Path(dev.__file__).read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_a_step_is_done_again_only_when_its_sources_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    source = tmp_path / "lock.txt"
    done: list[str] = []
    for text in ("one", "one", "two"):
        source.write_text(text)
        dev._once("step", [source], lambda text=text: done.append(text))  # type: ignore[misc]
    assert done == ["one", "two"]


def test_a_step_that_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)

    def fail() -> None:
        raise dev.Stop("no network")

    for _ in range(2):
        with pytest.raises(dev.Stop):
            dev._once("step", [], fail)


def test_an_empty_machine_is_told_the_one_command_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev.shutil, "which", lambda _name: "/usr/bin/apt-get")
    with pytest.raises(dev.Stop, match="sudo apt-get install -y --no-install-recommends libgl1 libegl1"):
        dev._apt_install(["libgl1", "libegl1"])


def test_a_long_installation_says_what_it_is_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = tmp_path / "seen"
    waits = (
        "import pathlib, sys, time\n"
        "print('Looking in indexes: https://packages.example/simple', flush=True)\n"
        "print('Collecting pyside6-addons==6.12.0 (from -r dev.txt (line 7))', flush=True)\n"
        f"while not pathlib.Path({str(seen)!r}).exists(): time.sleep(0.01)\n"
    )
    said: list[str] = []

    def heard(line: str, *, flush: bool) -> None:
        said.append(line)
        if "pyside6-addons" in line:
            seen.touch()

    with pytest.MonkeyPatch.context() as listening:
        listening.setattr(dev, "print", heard, raising=False)
        dev._tell([sys.executable, "-c", waits], every=0.01)
    assert said[-1].strip() == "… fetching pyside6-addons"
    assert not any("example" in line for line in said)
    assert capsys.readouterr().out == ""


def test_an_installation_that_fails_is_not_taken_for_one_that_was_done() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        dev._tell([sys.executable, "-c", "raise SystemExit(2)"])


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("Collecting SQLAlchemy==2.1 (from -r dev.txt (line 3))\n", "fetching SQLAlchemy"),
        ("  Downloading sqlalchemy-2.1-py3-none-any.whl (3 MB)\n", ""),
        ("Installing collected packages: alembic, sqlalchemy\n", "unpacking what was fetched"),
    ],
)
def test_the_words_of_the_installer_become_ours(line: str, step: str) -> None:
    assert dev._step(line) == step
