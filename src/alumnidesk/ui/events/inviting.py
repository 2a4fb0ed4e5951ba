"""Contacts are dropped on an event, wherever one sees it: they are on its list."""

from __future__ import annotations

from collections.abc import Sequence

from alumnidesk.ui.page import Context
from alumnidesk.ui.words import tr_n


def put_on_list(context: Context, event: int, contacts: Sequence[int]) -> None:
    """Put contacts on the list of an event; says so if all of them are on it already."""

    def done(new: int) -> None:
        if not new:
            n = len(contacts)
            said = tr_n("{n} person is on the list already", "{n} people are on the list already", n)
            context.notices.say(said, icon="info")

    context.deed(lambda desk: desk.events.invite(event, contacts), then=done)
