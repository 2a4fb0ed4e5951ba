"""Killed at random moments, a hundred times (ALUMNIDESK_KILLS of them), or at each step: nothing is half."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from tests.faults import kills
from tests.faults.steps import each_kill

from alumnidesk.i18n import say
from alumnidesk.storage import backup
from alumnidesk.storage.connection import connect
from alumnidesk.storage.content import content_hash
from alumnidesk.storage.database import Database

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")

STRIDE = 1 if os.environ.get("ALUMNIDESK_KILLS") else 4
"""Every step in the long run, every fourth otherwise."""


@pytest.mark.slow
def test_random_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    wanted = int(os.environ.get("ALUMNIDESK_KILLS", "100"))
    counts = kills.run(wanted, random.SystemRandom().randrange(10**6), tmp_path)
    assert counts["kills"] == wanted
    assert counts["deeds told"] >= wanted
    assert counts["logs left"] > wanted / 50, "it was hardly ever in the middle of writing"


def hash_of(path: Path) -> str:
    with closing(connect(path, read_only=path.name.endswith(backup.ENDING))) as connection:
        return content_hash(connection)


def change(path: Path, name: str) -> None:
    database = Database.open(path)
    with database.writing(say("Change")) as deed:
        deed.execute("UPDATE contact SET given_name = ? WHERE id = 5", (name,))
    database.close()


def make_backup(path: Path) -> backup.Backup:
    database = Database.open(path)
    try:
        return backup.make(database, "close")
    finally:
        database.close()


def test_a_killed_backup_leaves_the_older_ones_and_is_never_listed(path: Path) -> None:
    old = make_backup(path)
    change(path, "Änne")
    content = hash_of(path)
    for _ in each_kill(lambda: make_backup(path), STRIDE):
        listed = backup.list_backups(path)
        assert old in listed
        for made in listed:
            assert backup.verify(made.path).verified
            if made != old:
                assert hash_of(made.path) == content
                made.path.unlink()
    assert hash_of(make_backup(path).path) == content == hash_of(path)
    assert [p.suffix for p in backup.folder_of(path).iterdir()] == [".alumnidesk-backup"] * 2


def test_a_killed_restore_leaves_the_present_file_or_the_restored_one(path: Path) -> None:
    made = make_backup(path)
    change(path, "Änne")
    present, original = hash_of(path), path.read_bytes()
    seen = set()
    for _ in each_kill(lambda: backup.restore(made.path, path), STRIDE):
        found = hash_of(path)
        assert found in (present, hash_of(made.path))
        seen.add(found)
        kept = [p for p in path.parent.glob("*.alumnidesk") if p != path]
        if found == hash_of(made.path):
            assert [hash_of(p) for p in kept] == [present]
        for file in kept:
            file.unlink()
        path.write_bytes(original)
    assert present in seen
    assert hash_of(path) == hash_of(made.path)


def test_a_killed_copy_leaves_nothing_that_looks_like_one(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "Kopie.alumnidesk"
    content = hash_of(path)

    def save() -> None:
        database = Database.open(path)
        database.save_copy(target)
        database.close()

    for _ in each_kill(save, STRIDE):
        if target.exists():
            assert hash_of(target) == content
            target.unlink()
    assert hash_of(target) == content == hash_of(path)
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
