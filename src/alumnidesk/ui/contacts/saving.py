"""Saving one contact field by field, one deed after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from alumnidesk.domain.cards import ContactCard
from alumnidesk.ui.page import Context


class Saver(QObject):
    """Keeps what was typed until it is stored.

    `saved` carries the contact as it is stored now and the keys of the fields that were saved; `refused` the problem
    and the keys of the fields it concerns, if their contact is still the one that is shown (no keys otherwise).
    """

    saved = Signal(object, object)
    added = Signal(int)
    """The id of a new contact."""
    refused = Signal(object, object)

    def __init__(self, context: Context, typed: Callable[[], Mapping[str, Any]], parent: QObject | None = None) -> None:
        """`typed` tells what stands in all open fields now."""
        super().__init__(parent)
        self._context, self._typed = context, typed
        self.card: ContactCard | None = None
        """The contact as it is stored; without an id while it is new."""
        self.unlike: Set[int] = frozenset()
        """Known contacts of whom somebody has said that a new one is not them."""
        self._waiting: dict[str, Any] = {}
        self._under_way: dict[str, Any] = {}

    def turn_to(self, card: ContactCard | None) -> None:
        """Another contact, or the same one as it is stored now."""
        if card is None or self.card is None or card.id != self.card.id:
            self._waiting.clear()
            self._under_way = {}
        self.card = card

    @property
    def unsaved(self) -> frozenset[str]:
        """The keys of fields whose values are not stored yet."""
        return frozenset(self._under_way | self._waiting)

    @property
    def as_typed(self) -> ContactCard:
        """The contact with all that is not stored yet."""
        assert self.card is not None
        return replace(self.card, **(self._under_way | self._waiting))

    def put(self, key: str, value: Any) -> None:
        """A field was left with this value."""
        self._waiting[key] = value
        self.send()

    def hold(self, values: Mapping[str, Any]) -> None:
        """Values that go with whatever is saved next."""
        self._waiting |= values

    def send(self, *, at_once: bool = False) -> None:
        """Save what waits. A new contact is saved when its name is complete, or `at_once` with what there is of it."""
        if not self._waiting or self.card is None or (self._under_way and not at_once):
            return
        self._waiting |= {key: value for key, value in self._typed().items() if key in self._waiting}
        before, after = self.card, replace(self.card, **self._waiting)
        new = before.id is None
        if new and (self._under_way or not after.name or not (at_once or after.family_name or after.organisation)):
            return
        keys, unlike = frozenset(self._waiting), frozenset(self.unlike) if new else frozenset()
        self._under_way, self._waiting = self._under_way | self._waiting, {}
        self._context.deed(
            lambda desk: desk.contacts.save(before, after, unlike),
            then=lambda card: self._saved(before, keys, card),
            failed=lambda problem: self._refused(before, keys, problem),
        )

    def _saved(self, before: ContactCard, keys: frozenset[str], card: ContactCard) -> None:
        if self.card is None or self.card.id != before.id:
            return
        self._under_way = {}
        self.card = card
        self.saved.emit(card, keys)
        if before.id is None:
            self.added.emit(card.id)
        self.send()

    def _refused(self, before: ContactCard, keys: frozenset[str], problem: BaseException) -> None:
        here = self.card is not None and self.card.id == before.id
        if here:
            self._under_way = {}
        self.refused.emit(problem, keys if here else frozenset())
