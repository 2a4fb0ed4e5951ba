"""The command line: the deeds from a terminal, for scripts and scheduled jobs. No window is needed.

Exit status 0: done; 1: refused, or done in part (with the list); 2: the command was not written rightly.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from alumnidesk import __version__
from alumnidesk.cli import contacts, events, files, history, letters, self_test
from alumnidesk.cli.terminal import Terminal, words_of
from alumnidesk.errors import AlumniDeskError, Cancelled


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="AlumniDesk", message="%(prog)s %(version)s")
def alumnidesk() -> None:
    """Contacts, events and letters of an association, in one file on one computer.

    Without a command the window opens, with a FILE with that file.
    """


for _command in (
    files.new, contacts.import_, contacts.export, contacts.search, letters.letters, events.events, events.roster,
    history.history, history.undo, files.backup, files.restore, files.check, self_test.self_test,
):  # fmt: skip
    alumnidesk.add_command(_command)


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; returns the exit status and never shows a traceback for what a person can mend."""
    arguments = list(arguments)
    terminal = Terminal(words_of(arguments))
    try:
        return int(alumnidesk.main(arguments, prog_name="alumnidesk", standalone_mode=False) or 0)
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
