#!/usr/bin/env python3
"""The one door for developers. Needs Python 3.11 or newer and nothing else.

python3 dev.py run [FILE]        open the window (or a command: run --help names them)
python3 dev.py test [ARGS]       the tests; arguments go to pytest
python3 dev.py check             style, types, layers, translations
python3 dev.py fix               put style right where a machine can
python3 dev.py bench [NAME]      speed against a floor or a peer, as ratios
python3 dev.py interop           other programs into .interop, for the tests that let them read what we write
python3 dev.py migration "TEXT"  a new step of the data file's structure, from the difference to the models
python3 dev.py translate         bring new texts into the translators' catalogues
python3 dev.py bundle            the program as a folder and as a wheel, each proved by its own self-test
python3 dev.py lock              choose the newest allowed versions of the libraries
python3 dev.py setup             only prepare; every command above does so first
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
INTEROP = ROOT / ".interop"
BUNDLE = ROOT / "dist" / "alumnidesk"
MOST_MEGABYTES = 210.0
"""Of the folder that people get on Linux; Qt's libraries alone come as 246 MB."""
LOCKS = ROOT / "packaging" / "locks"
WINDOWS = os.name == "nt"
LINUX = sys.platform.startswith("linux")

SYSTEM_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}
"""What the Qt wheels expect of a Linux system, and the Debian package that has it."""


class Stop(Exception):
    """It cannot go on; the text says what to do."""


# -- preparing ---------------------------------------------------------------------------------------------------------


def setup(_arguments: Sequence[str] = ()) -> int:
    """Make or renew what is out of date: environment, system libraries, catalogues. Quick when nothing is."""
    if sys.version_info < (3, 11):
        raise Stop(f"AlumniDesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    _once("environment", [LOCKS / "dev.txt", Path(__file__)], _install_libraries)
    _once("catalogues", sorted((ROOT / "resources" / "locale").glob("*/LC_MESSAGES/*.po")), _build_catalogues)
    return 0


def _once(name: str, sources: Iterable[Path], make: Callable[[], None], folder: Path | None = None) -> None:
    """Call `make` unless it was done for exactly these sources; what it made lies in `folder` (.venv)."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update(source.read_bytes())
    stamp = (folder or VENV) / f".made-{name}"
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        make()
        stamp.write_text(digest.hexdigest())


def _install_libraries() -> None:
    if not _python().exists():
        _make_environment(VENV)
    print("Installing the libraries into .venv (about 150 MB to fetch the first time) …", flush=True)
    _pip(_python(), "--require-hashes", "--no-deps", "-r", LOCKS / "dev.txt")
    [packages] = VENV.glob("Lib/site-packages" if WINDOWS else "lib/python*/site-packages")
    (packages / "alumnidesk-checkout.pth").write_text(f"{ROOT / 'src'}\n")
    _want_system_libraries()


def interop(_arguments: Sequence[str]) -> int:
    """Programs that we did not write, in a folder of their own: none is needed to run or to build ours."""
    _once("interop", [LOCKS / "interop.txt", LOCKS / "node" / "package-lock.json"], _install_interop, INTEROP)
    return 0


def _install_interop() -> None:
    _make_environment(INTEROP)
    _pip(_python(INTEROP), "--require-hashes", "--no-deps", "-r", LOCKS / "interop.txt")
    npm = shutil.which("npm")
    if not npm:
        raise Stop("Node.js and npm are not here, so ical.js was left out; the other programs are in .interop.")
    for file in (LOCKS / "node").iterdir():
        shutil.copy(file, INTEROP)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error")
    _must(npm, "ci", "--prefix", INTEROP, *quiet)


def _make_environment(folder: Path) -> None:
    print(f"Making {folder.relative_to(ROOT)} with Python {sys.version.split()[0]} …", flush=True)
    try:
        _new_environment(folder)
    except subprocess.CalledProcessError:  # Debian keeps what puts pip into an environment in a package of its own
        _apt_install([f"python3.{sys.version_info.minor}-venv"])
        _new_environment(folder)


def _new_environment(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, stdout=subprocess.DEVNULL)


def _want_system_libraries() -> None:
    missing = [library for library in SYSTEM_LIBRARIES if LINUX and not _loads(library)]
    if not missing:
        return
    if shutil.which("apt-get"):
        _apt_install([SYSTEM_LIBRARIES[library] for library in missing])
    elif shutil.which("dnf"):
        wanted = " ".join(f"'{library}()(64bit)'" for library in missing)
        raise Stop(
            f"The window needs libraries of the system. This command installs them:\n\n    sudo dnf install {wanted}"
        )
    else:
        raise Stop(
            "The window needs these libraries of the system; please install them:\n\n    " + "\n    ".join(missing)
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt_install(packages: Sequence[str]) -> None:
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Stop(f"The system lacks {', '.join(packages)}. This command installs it:\n\n    sudo {' '.join(install)}")
    print(f"Installing from the system: {', '.join(packages)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install):
        result = subprocess.run(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if result.returncode:
            raise Stop(f"{result.stdout}\n“{' '.join(command)}” failed; the lines above say why.")


def _build_catalogues() -> None:
    _must(_python(), "packaging/catalogues.py", "build")


# -- the commands ------------------------------------------------------------------------------------------------------


def run(arguments: Sequence[str]) -> int:
    """Open the window; without a screen, do the main job unseen and leave pictures of it."""
    screen = not LINUX or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
    if screen or arguments:  # names of files are meant from where one stands, not from here
        return subprocess.run([_python(), "-m", "alumnidesk", *arguments]).returncode
    print(
        "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the program shows itself unseen:",
        flush=True,
    )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _must(_python(), "-m", "alumnidesk", "self-test")
    _must(_python(), "-m", "alumnidesk.ui.tour", "out/tour")
    print(f"Pictures of the window lie in {ROOT / 'out' / 'tour'}.")
    return 0


def test(arguments: Sequence[str]) -> int:
    """All tests on all cores, or what the arguments say to pytest."""
    return _call(
        _python(), "-m", "pytest", *(arguments or ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"))
    )


def check(_arguments: Sequence[str]) -> int:
    """Everything that can be known without running the program."""
    steps: dict[str, Sequence[Path | str]] = {
        "rules of style": (_tool("ruff"), "check"),
        "layout of the source": (_tool("ruff"), "format", "--check"),
        "types": (_tool("mypy"),),
        "layers": (_tool("lint-imports"),),
        "translations": (_python(), "packaging/catalogues.py", "check"),
    }
    failed = []
    for name, command in steps.items():
        print(f"\n── {name}", flush=True)
        if _call(*command):
            failed.append(name)
    print(f"\nNot right yet: {', '.join(failed)}." if failed else "\nAll right.")
    return 1 if failed else 0


def fix(_arguments: Sequence[str]) -> int:
    """Let ruff put right what it can."""
    return _call(_tool("ruff"), "check", "--fix") or _call(_tool("ruff"), "format")


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks, all or those named."""
    return _call(_python(), "-m", "tests.benchmarks", *arguments)


def migration(arguments: Sequence[str]) -> int:
    """Write a new migration from the difference between the newest one and the models; read it before using it."""
    if len(arguments) != 1:
        raise Stop('Say in a few words what changes: python3 dev.py migration "contacts have a second surname"')
    _must(_python(), "packaging/new_migration.py", arguments[0])
    return _call(_tool("ruff"), "format", "--quiet", "migrations")


def translate(_arguments: Sequence[str]) -> int:
    """Update the catalogues and build them."""
    _must(_python(), "packaging/catalogues.py", "update")
    return setup()


def bundle(_arguments: Sequence[str]) -> int:
    """Build what people get, install it where nothing else is, and let each prove itself."""
    for folder in (ROOT / "dist", ROOT / "build"):
        shutil.rmtree(folder, ignore_errors=True)
    print("── wheel", flush=True)
    _must(_python(), "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist")
    clean = ROOT / "build" / "clean"
    _make_environment(clean)
    [wheel] = (ROOT / "dist").glob("*.whl")
    _pip(_python(clean), "--require-hashes", "--no-deps", "-r", LOCKS / "run.txt")
    _pip(_python(clean), "--no-deps", "--no-index", wheel)
    _prove(_tool("alumnidesk", clean))
    print("── folder", flush=True)
    _want_bundling_tools()
    options = ("--noconfirm", "--log-level", "WARN", "--distpath", "dist", "--workpath", "build/pyinstaller")
    _must(_python(), "-m", "PyInstaller", *options, "packaging/alumnidesk.spec")
    _prove(BUNDLE / ("alumnidesk-terminal.exe" if WINDOWS else "alumnidesk"))
    size, wheels = megabytes(BUNDLE), wheel.stat().st_size / 1e6
    fits = size <= MOST_MEGABYTES or not LINUX
    print(
        f"{'good' if fits else 'BAD '}  dist/alumnidesk: {size:.0f} MB, may be {MOST_MEGABYTES:.0f} MB · "
        f"{wheel.relative_to(ROOT)}: {wheels:.1f} MB"
    )
    return 0 if fits else 1


def megabytes(folder: Path) -> float:
    """What the files of a folder hold."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6


def _want_bundling_tools() -> None:
    """PyInstaller takes Python as a shared library, and reads with objdump what a library needs."""
    missing = [] if shutil.which("objdump") else ["binutils"]
    library, folder = sysconfig.get_config_var("INSTSONAME"), sysconfig.get_config_var("LIBDIR")
    if LINUX and library and not Path(folder, library).exists():
        missing.append(f"libpython3.{sys.version_info.minor}")
    if LINUX and missing:
        _apt_install(missing)


def _prove(program: Path) -> None:
    """Run the self-test from a folder outside the checkout, unseen, without the developer's search path."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    surroundings["QT_QPA_PLATFORM"] = "offscreen"
    subprocess.run([program, "self-test"], check=True, cwd=ROOT.anchor, env=surroundings)


def lock(_arguments: Sequence[str]) -> int:
    """Write packaging/locks anew, for every platform, with the hash of each file that may be installed."""
    throwaway = ROOT / "build" / "lock"
    _make_environment(throwaway)
    _pip(_python(throwaway), "uv")
    compile_ = (_tool("uv", throwaway), "pip", "compile", "pyproject.toml", "--upgrade", "--quiet", "--no-annotate")
    portable = ("--universal", "--python-version", "3.11", "--generate-hashes")
    spoken = ("--custom-compile-command", "python3 dev.py lock", "--output-file")
    _must(*compile_, *portable, *spoken, LOCKS / "run.txt")
    _must(*compile_, *portable, "--group", "dev", "--constraint", LOCKS / "run.txt", *spoken, LOCKS / "dev.txt")
    alone = tuple(word for word in compile_ if word != "pyproject.toml")
    _must(*alone, *portable, "--group", "interop", *spoken, LOCKS / "interop.txt")
    shutil.rmtree(throwaway)
    return 0


# -- calling others ----------------------------------------------------------------------------------------------------


def _python(environment: Path = VENV) -> Path:
    return _tool("python", environment)


def _tool(name: str, environment: Path = VENV) -> Path:
    return environment / ("Scripts" if WINDOWS else "bin") / (f"{name}.exe" if WINDOWS else name)


def _pip(python: Path, *arguments: Path | str) -> None:
    """Install ready-made files only: nothing is compiled. Every few seconds it is said what is under way."""
    ready_made = ("--disable-pip-version-check", "--progress-bar", "off", "--only-binary", ":all:")
    _tell((python, "-m", "pip", "install", *ready_made, *arguments))


def _tell(command: Sequence[Path | str], every: float = 8.0) -> None:
    """Run pip, and say every so many seconds what it is at; of its own words only errors are shown."""
    step, ended = "beginning", threading.Event()

    def say() -> None:
        while not ended.wait(every):
            print(f"    … {step}", flush=True)

    saying = threading.Thread(target=say, daemon=True)
    saying.start()
    try:
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, errors="replace") as running:
            for line in running.stdout or ():
                step = _step(line) or step
    finally:
        ended.set()
        saying.join()
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, list(map(str, command)))


def _step(line: str) -> str:
    """What pip is at after it wrote this line; empty if the line does not say."""
    if collected := re.match(r"Collecting ([\w.-]+)", line):
        return f"fetching {collected[1]}"
    return "unpacking what was fetched" if line.startswith("Installing collected packages") else ""


def _call(*command: Path | str) -> int:
    return subprocess.run(command, cwd=ROOT).returncode


def _must(*command: Path | str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    command.__name__: command
    for command in (setup, run, test, check, fix, bench, interop, migration, translate, bundle, lock)
}


def main(arguments: Sequence[str]) -> int:
    """Prepare, then do what was asked."""
    if not arguments or arguments[0] not in COMMANDS:
        asked = arguments in (["help"], ["--help"], ["-h"])
        print(__doc__ if asked or not arguments else f"There is no command “{arguments[0]}”.\n\n{__doc__}")
        return 0 if asked else 2
    if WINDOWS:  # what goes into a file or a pipe is in the code page of the country there, which lacks “→” and “─”
        os.environ.setdefault("PYTHONIOENCODING", "utf-8")
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
    try:
        return setup() or COMMANDS[arguments[0]](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"This step failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
