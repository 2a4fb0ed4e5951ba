"""The list of contacts, and the rooms beside it in the same place: the bin, the duplicates, the import."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from alumnidesk.ui.page import Context, Unfinished
from alumnidesk.ui.widgets.stack import Stack

if TYPE_CHECKING:
    from alumnidesk.ui.contacts.bin import Bin
    from alumnidesk.ui.contacts.duplicates.room import DuplicatesRoom
    from alumnidesk.ui.contacts.importing.room import ImportRoom


class Room(QWidget):
    """Something that takes the place of the list for a while."""

    help_topic = "contacts"

    @property
    def holds(self) -> bool:
        """Is something begun here that nobody leaves by accident?"""
        return False

    @property
    def unfinished(self) -> Unfinished | None:
        """See `Page.unfinished`."""
        return None

    @property
    def printing(self) -> Callable[[], object] | None:
        """Puts the list that is seen here on paper; None where there is none."""
        return None

    def entered(self) -> None:
        """The room has come to the front."""

    def refresh(self) -> None:
        """A deed was done while the room is at the front."""


R = TypeVar("R", bound=Room)


class Rooms(Stack):
    """Shows the list or one of the rooms. A room is made when it is first gone into, and the start waits for none."""

    def __init__(self, context: Context, back: Callable[[], None]) -> None:
        """`back` goes to the list again."""
        super().__init__()
        self._context, self._back = context, back

    @property
    def aside(self) -> Room | None:
        """The room at the front; None while it is the list."""
        room = self.currentWidget()
        return room if isinstance(room, Room) else None

    @property
    def unfinished(self) -> Unfinished | None:
        """What was begun in a room and would be lost, though it may be the list that is at the front."""
        rooms = (self.widget(at) for at in range(self.count()))
        begun = (room.unfinished for room in rooms if isinstance(room, Room))
        return next(filter(None, begun), None)

    @cached_property
    def bin(self) -> Bin:
        from alumnidesk.ui.contacts.bin import Bin  # with its list 3 % of the start

        return self._made(Bin(self._context, self._back))

    @cached_property
    def duplicates(self) -> DuplicatesRoom:
        from alumnidesk.ui.contacts.duplicates.room import DuplicatesRoom  # likewise

        return self._made(DuplicatesRoom(self._context, self._back))

    @cached_property
    def importing(self) -> ImportRoom:
        from alumnidesk.ui.contacts.importing.room import ImportRoom  # 30 ms, with all that reads files

        return self._made(ImportRoom(self._context, self._back))

    def _made(self, room: R) -> R:
        self.addWidget(room)
        return room
