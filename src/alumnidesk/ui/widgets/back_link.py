"""The small link above the title of one thing that leads back to all of them."""

from __future__ import annotations

from collections.abc import Callable

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton


class BackLink(LinkButton):
    """Its words name the list to which it leads back."""

    icon_size, gap, tall, padding = 16, 2, 24, 0

    def __init__(self, look: Look, text: str, *, clicked: Callable[[], object]) -> None:
        super().__init__(look, text, icon="chevron-left", clicked=clicked)
        self.setFont(look.font("small", bold=True))
