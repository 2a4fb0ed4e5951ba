"""A strip above the page that stays as long as what it says is so, with the one thing that helps."""

from __future__ import annotations

from collections.abc import Callable

from alumnidesk.ui.look import Look
from alumnidesk.ui.widgets.buttons import LinkButton
from alumnidesk.ui.widgets.notice import Symbol, TintedBox, TintLabel, lay_out_strip


class Banner(TintedBox):
    """Lock, sentence, one button."""

    def __init__(self, look: Look, sentence: str, action: str, clicked: Callable[[], object]) -> None:
        super().__init__(look)
        self.setContentsMargins(look.px(16), look.px(8), look.px(16), 0)
        self.sentence = TintLabel(look, sentence, wraps=True)
        self.button = LinkButton(look, action, icon="copy", clicked=clicked)
        self.button.tall = 36
        lay_out_strip(look, self, Symbol(look, "lock", tinted=True), self.sentence, self.button)
