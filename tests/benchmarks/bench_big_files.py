"""Files far beyond what an office has: a table of a million rows, a hundred thousand cards. Memory, and the wait of
whoever cancels, at the worst moment of looking at the file, of writing it, and of looking at it again; then one undo.

Each is measured in a process of its own, since memory once taken is not given back.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.harness import Row, Watched

from alumnidesk.desk import Desk
from alumnidesk.services.import_plan import Kind

ROWS, CARDS = 1_000_000, 100_000
TOWNS = ("Flensburg", "Kiel", "Lübeck", "Husum", "Eckernförde")


def measure() -> list[Row]:
    found: list[Row] = []
    for kind, n, what in (("csv", ROWS, f"{ROWS:,} CSV rows"), ("vcf", CARDS, f"{CARDS:,} vCards")):
        command = [sys.executable, "-m", "tests.benchmarks.bench_big_files", kind, str(n)]
        child = subprocess.run(command, capture_output=True, text=True, check=True)
        figures = json.loads(child.stdout.splitlines()[-1])
        found += [
            Row(f"memory while {what} come in", figures["memory"], 0.0, 512.0, "MB"),
            Row(f"longest wait after “Cancel”, {what}", figures["wait"], 0.0, 1.0),
        ]
    return found


def _write(path: Path, kind: str, n: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if kind == "csv":
            file.write("Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort;Geburtsdatum;Jahrgang\r\n")
        for number in range(n):
            given, family, town = f"Vorname{number % 997}", f"Nachname{number // 997}", TOWNS[number % len(TOWNS)]
            mail, phone = f"person{number}@post.example", f"0461 {number:07}"
            if kind == "csv":
                file.write(
                    f"{given};{family};{mail};{phone};Hafenstraße {number % 90};{24000 + number % 900};{town};"
                    f"{number % 28 + 1}.{number % 12 + 1}.{1940 + number % 60};{1960 + number % 60}\r\n"
                )
            else:
                file.write(
                    f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-{number}\r\nN:{family};{given};;;\r\n"
                    f"FN:{given} {family}\r\nEMAIL;TYPE=HOME:{mail}\r\nTEL;TYPE=CELL:{phone}\r\n"
                    f"ADR;TYPE=HOME:;;Hafenstraße {number % 90};{town};;{24000 + number % 900};Deutschland\r\n"
                    f"NOTE:Kam {1960 + number % 60} dazu.\r\nX-OTHER:kept\r\n"
                    "END:VCARD\r\n"
                )


def _child(kind: str, n: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / f"people.{kind}"
        _write(source, kind, n)
        desk = Desk.create(Path(name) / "ours.alumnidesk")
        desk.prepare()
        waits = {}
        watched = Watched()
        preview = desk.importing.preview(source, progress=watched)
        waits["reading"] = watched.longest
        watched = Watched()
        assert desk.importing.carry_out(preview, progress=watched).created == n
        waits["writing"] = watched.longest
        del preview
        watched = Watched()
        assert desk.importing.preview(source, progress=watched).counts == {Kind.UNCHANGED: n}
        waits["reading again"] = watched.longest
        desk.history.undo()
        assert not desk.find.contacts().ids
        desk.close(backup=False)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"memory": memory, "wait": max(waits.values()), **waits}))


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]))
