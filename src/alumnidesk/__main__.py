"""``alumnidesk``: the window, or with a command the terminal; each is imported only when it is wanted."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path

DATA_FILE = ".alumnidesk"


def main() -> int:
    """The exit status of whatever the arguments ask for: nothing or one file opens the window."""
    open_streams()
    arguments = sys.argv[1:]
    window = not arguments or (len(arguments) == 1 and _names_a_file(arguments[0]))
    if window and _has_screen():
        gc.disable()  # Starting makes no garbage, and looking for it took 5 % of the start; then see `ui.collecting`.
        from alumnidesk.ui import app

        return app.main(arguments)
    from alumnidesk import cli

    return cli.without_screen() if window else cli.main(arguments)


def open_streams() -> None:
    """Let whatever is written reach its reader, and nothing that is written end the program.

    On Windows a program with a window has no streams at all, and what goes into a file or to another program is in the
    code page of the country, which lacks most letters of most names.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it lives as long as the process
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def _has_screen() -> bool:
    """Whether Qt finds a screen; where it finds none, it ends the process with words that help nobody."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(map(os.environ.get, names))


def _names_a_file(argument: str) -> bool:
    """Commands have no suffix; a data file that does not exist still belongs to the window, which says so."""
    return not argument.startswith("-") and (argument.endswith(DATA_FILE) or Path(argument).is_file())


if __name__ == "__main__":
    sys.exit(main())
