"""Where things lie: what is shipped with the program, and where the platform wants data, settings and logs."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

APPLICATION = "AlumniDesk"


@lru_cache(maxsize=4)
def bundled(name: str) -> Path:
    """The folder `name` (``resources`` or ``migrations``) as shipped: in a checkout, a wheel or the frozen program.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package)) / "alumnidesk" / "_bundled" / name
    for candidate in (frozen, package / "_bundled" / name, package.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"AlumniDesk is not installed completely: {name} is missing beside {package}")


def data_folder() -> Path:
    """Where backups and the sample association go unless the person chooses another place (created if missing)."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False, ensure_exists=True))


def log_folder() -> Path:
    """Where the program writes its log, which holds no personal data (created if missing)."""
    import platformdirs

    return Path(platformdirs.user_log_dir(APPLICATION, appauthor=False, ensure_exists=True))


def settings_folder() -> Path:
    """Where the window keeps what belongs to this computer: language, text size, recent files (created if missing)."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False, ensure_exists=True))


def one_spelling(path: Path, platform: str = sys.platform) -> str:
    """The whole path of a file, the same however somebody named it: what is kept elsewhere about a file is found by it.

    A Mac takes a composed and a decomposed ü (NFC, NFD) for one; its Finder names files in the second way, its dialogs
    in the first. `platform` as in `sys`.
    """
    whole = str(path.resolve())
    if platform != "darwin":
        return whole
    import unicodedata

    return unicodedata.normalize("NFC", whole)


def font_folders() -> list[Path]:
    """Where this computer has its fonts, those of the person first; only folders that are there."""
    home, environment = Path.home(), os.environ
    if sys.platform == "win32":
        windows, own = environment.get("WINDIR", r"C:\Windows"), environment.get("LOCALAPPDATA", "")
        folders = [Path(own, "Microsoft", "Windows", "Fonts"), Path(windows, "Fonts")]
    elif sys.platform == "darwin":
        folders = [home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    else:  # XDG base directories, as fontconfig looks for fonts
        shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        own = environment.get("XDG_DATA_HOME") or str(home / ".local" / "share")
        folders = [*(Path(data, "fonts") for data in (own, *shared.split(":"))), home / ".fonts"]
    return [folder for folder in folders if folder.is_dir()]
