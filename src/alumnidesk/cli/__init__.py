"""The command line: the deeds from a terminal, for scripts and scheduled jobs. No window is needed.

Exit status 0: done; 1: refused, or done in part (with the list); 2: the command was not written rightly.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import click

from alumnidesk import __version__
from alumnidesk.cli.language import speak, spoken
from alumnidesk.cli.terminal import Terminal, words_of
from alumnidesk.errors import AlumniDeskError, Cancelled, EnvironmentFault
from alumnidesk.i18n import say

_PLACES: Mapping[str, str] = MappingProxyType(
    {
        "new": "files", "import": "contacts", "export": "contacts", "search": "finding", "letters": "letters",
        "events": "events", "roster": "events", "history": "history", "undo": "history", "backup": "files",
        "restore": "files", "check": "files", "labels": "labels", "badges": "labels", "duplicates": "duplicates",
        "merge": "duplicates", "returned": "letters", "self-test": "self_test", "sync": "syncing",
        "directory": "directory",
    }
)  # fmt: skip
"""In which module of this package a command is written."""


class _Commands(click.Group):
    """Imports a command when it is named: all of them together take half a second, the search a fifth of that."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(_PLACES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _PLACES:
            return None
        module = importlib.import_module(f"{__name__}.{_PLACES[name]}")
        command = getattr(module, "import_" if name == "import" else name.replace("-", "_"))
        assert isinstance(command, click.Command)
        return spoken(command, context.obj)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="AlumniDesk", message="%(prog)s %(version)s")
def alumnidesk() -> None:
    """Contacts, events and letters of an association, in one file on one computer.

    Without a command the window opens; FILE alone opens it over that file.
    """


def without_screen() -> int:
    """Say that no window can be opened here; returns the exit status."""
    Terminal(words_of(())).complain(
        EnvironmentFault(
            say("There is no screen here on which a window could open."),
            say("The commands work without one; “alumnidesk --help” names them."),
        )
    )
    return 1


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; returns the exit status and never shows a traceback for what a person can mend."""
    arguments = list(arguments)
    language = words_of(arguments)
    terminal = Terminal(language)
    speak(language)
    try:
        command = spoken(alumnidesk, language)
        return int(command.main(arguments, prog_name="alumnidesk", standalone_mode=False, obj=language) or 0)
    except click.ClickException as mistake:
        mistake.show()
        return mistake.exit_code
    except (KeyboardInterrupt, click.Abort):
        terminal.complain(Cancelled())
        return 1
    except BrokenPipeError:  # the reader of a pipe had enough
        terminal.let_go()
        return 0
    except AlumniDeskError as problem:
        terminal.complain(problem)
        return 1
