"""The program as people get it: how large its folder is, and how much later than from source it shows its first page.

Runs where ``python3 dev.py bundle`` has left dist/alumnidesk.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dev
from tests.benchmarks.bench_start import _environment
from tests.benchmarks.harness import Row

from alumnidesk.ui.open_file import SETTLE
from alumnidesk.ui.single import _name

PEOPLE = 40_000
TIMES = 9
PATIENCE = 30.0
"""Seconds after which a program that does not show its first page is given up."""
MOST_MEGABYTES_PACKED = 65.0


def measure() -> list[Row]:
    """Megabytes of the folder, as it is and packed, and seconds from the command to the first page."""
    program = dev.BUNDLE / ("alumnidesk.exe" if dev.WINDOWS else "alumnidesk")
    if not program.exists():
        print("There is no dist/alumnidesk, so the frozen program is not measured: python3 dev.py bundle makes it.")
        return []
    rows = [Row("frozen folder", dev.megabytes(dev.BUNDLE), 0, dev.MOST_MEGABYTES, "MB")]
    if shutil.which("xz"):
        rows.append(Row("frozen folder, packed", _packed(dev.BUNDLE), 0, MOST_MEGABYTES_PACKED, "MB", "tar.xz"))
    else:
        print("There is no xz here, so the folder is not packed.")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.alumnidesk"
        made = [sys.executable, "-m", "alumnidesk", "new", str(path), "--sample", str(PEOPLE)]
        subprocess.run(made, check=True, env=_environment(folder), capture_output=True)
        if subprocess.run([program, "search", path, "a"], env=_environment(folder), capture_output=True).returncode:
            print("dist/alumnidesk is older than the data files of today: python3 dev.py bundle makes it anew.")
            return rows
        commands = [str(program)], [sys.executable, "-m", "alumnidesk"]
        taken = [[_start([*command, str(path)], path) for command in commands] for _ in range(TIMES + 1)]
    frozen, source = (statistics.median(times) for times in zip(*taken[1:], strict=True))
    return [*rows, Row("start of the frozen program", frozen, source, 1.25, against="the same from source")]


def _packed(folder: Path) -> float:
    packing = f"tar -C '{folder.parent}' -cf - '{folder.name}' | xz -T0 -c | wc -c"
    return int(subprocess.run(packing, shell=True, check=True, capture_output=True).stdout) / 1e6


def _start(command: list[str], path: Path) -> float:
    """Seconds until the first page is painted: the program answers others at its doorbell a little later, and nothing
    else of it is seen from outside. Raises TimeoutError."""
    with tempfile.TemporaryDirectory(dir=path.parent) as own:
        doorbell = Path(own) / _name(path)
        surroundings = {**_environment(str(path.parent)), "TMPDIR": own}
        begin = time.perf_counter()
        with subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL, cwd=os.sep) as child:
            try:
                while not doorbell.exists():
                    if time.perf_counter() - begin > PATIENCE or child.poll() is not None:
                        raise TimeoutError(f"{command[0]} shows no page")
                    time.sleep(0.001)
                return time.perf_counter() - begin - SETTLE / 1000
            finally:
                child.terminate()
