"""A person who hears the window and never sees it: ``python3 screen_reader.py ANSWER``, beside the open program.

Runs in the Python of the system, which has pyatspi, and knows nothing of ours: what it finds and does goes over the
accessibility bus alone. Writes into ANSWER, as JSON, what it came across.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyatspi

SAID = {
    "Home": "Search everything", "Contacts": "Search contacts", "Events": "New event", "Letters": "New mailing",
    "Sync": "Set up a sync", "History": "Search the history", "Settings": "Strapline",
}  # fmt: skip
"""By which words one hears that one is on a page."""
PLACES = (pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_RADIO_BUTTON, pyatspi.ROLE_PAGE_TAB)
"""What a page of the navigation may be to a screen reader."""
PATIENCE = 20.0
"""Seconds that anything may take on a busy machine."""
AT_REST = 10.0
"""Seconds after which nothing comes to a page any more."""


def below(node: Any) -> Iterator[Any]:
    """A node and what is shown below it; of a long table the beginning."""
    yield node
    for number in range(min(node.childCount, 200)):
        child = node.getChildAtIndex(number)
        if child is not None and child.getState().contains(pyatspi.STATE_SHOWING):
            yield from below(child)


def soon(what: Callable[[], Any]) -> Any:
    """What this finds, as soon as it finds something: nodes come and go while one looks at them."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if found := what():
                return found
        except Exception:  # whatever the bus raises for a node that has gone
            pass
        time.sleep(0.1)
    raise TimeoutError(what)


def program() -> Any:
    desktop = pyatspi.Registry.getDesktop(0)
    programs = (desktop.getChildAtIndex(number) for number in range(desktop.childCount))
    return next((one for one in programs if one is not None and one.name == "AlumniDesk" and one.childCount), None)


class Reader:
    """Hears names and roles, presses, and types into fields."""

    def __init__(self) -> None:
        self._program = soon(program)

    def named(self, beginning: str, *roles: int) -> Any:
        """The first control with this role and a name that begins so, once there is one."""
        return soon(
            lambda: next(
                (node for node in below(self._program) if node.getRole() in roles and node.name.startswith(beginning)),
                None,
            )
        )

    def press(self, beginning: str, *roles: int, by: str = "Press") -> None:
        """Press a button, or select a cell; `by` is what one asks of it where it can do several things."""
        action = self.named(beginning, *roles or (pyatspi.ROLE_PUSH_BUTTON,)).queryAction()
        names = [action.getName(number) for number in range(action.nActions)]
        action.doAction(names.index(by) if by in names else 0)

    def write(self, field: str, text: str) -> None:
        """Put a text into a field."""
        self.named(field, pyatspi.ROLE_TEXT).queryEditableText().setTextContents(text)

    def hears(self, words: str) -> str:
        """The whole name of what has these words in it."""
        return str(soon(lambda: next((node.name for node in below(self._program) if words in node.name), "")))

    def unnamed(self) -> list[str]:
        """Controls that the keyboard reaches and that have no name, once the page is at rest."""
        until = time.monotonic() + AT_REST
        while (found := self._without_name()) and time.monotonic() < until:
            time.sleep(0.2)
        return found

    def _without_name(self) -> list[str]:
        return [
            node.getRoleName()
            for node in below(self._program)
            if node.getState().contains(pyatspi.STATE_FOCUSABLE) and not node.name.strip()
        ]


def main() -> None:
    """Visit each page; then find two people and write them a letter, up to what is wrong before it is printed."""
    reader, unnamed = Reader(), {}
    for page, words in SAID.items():
        reader.press(page, *PLACES, by="Toggle")
        reader.hears(words)
        unnamed[page] = reader.unnamed()
    reader.press("Contacts", *PLACES)
    reader.write("Search contacts", "muller")
    heard = [reader.hears("of 240 contacts")]
    reader.press("Name: Arne Müller", pyatspi.ROLE_TABLE_CELL)  # beside the first, who is selected already
    heard.append(reader.hears("contacts selected"))
    reader.press("Letter")
    heard.append(reader.hears("recipients"))
    reader.press("On to the letter")
    reader.press("Check letters")
    heard += [reader.hears("What goes out"), reader.hears("Arne Müller")]
    Path(sys.argv[1]).write_text(json.dumps({"unnamed": unnamed, "heard": heard}), "utf-8")


if __name__ == "__main__":
    main()
