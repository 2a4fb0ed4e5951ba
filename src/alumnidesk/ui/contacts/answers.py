"""What a search says beside its list: in words what was understood, and a close spelling when nobody was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from alumnidesk.ui.page import Context
from alumnidesk.ui.widgets.buttons import OutlinedButton
from alumnidesk.ui.widgets.search import SearchField
from alumnidesk.ui.words import language, tr, words

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.i18n import Message
    from alumnidesk.services.finding import Hits

PAUSE = 300
"""Milliseconds without a key before close spellings are looked for: they must not keep the next key waiting."""
_WIDEST = 24
"""Signs of a search that a button shows."""


def understood(hits: Hits) -> str:
    """What a search with conditions looks for, in words, and what it misses; nothing for plain words."""
    if hits.query is None:
        return ""
    from alumnidesk.domain.query_in_words import explain  # 10 ms that plain words do not wait for

    said = words(explain(hits.query, language().code))
    return tr("{search}. {missing}", search=said, missing=all_said(hits.missing)) if hits.missing else said


def all_said(sentences: Sequence[Message]) -> str:
    """Several sentences one after the other."""
    return " ".join(map(words, sentences))


def _offer(text: str) -> str:
    return tr("Did you mean “{words}”?", words=text)


class CloseSpelling(QObject):
    """“Did you mean Meyer?”: a button that searches for it."""

    def __init__(self, context: Context, search: SearchField) -> None:
        super().__init__(search)
        self._context, self._search = context, search
        self._asked = self._found = ""
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._ask)
        self.button = OutlinedButton(context.look, _offer("…"), icon="search", clicked=self._take)
        self.button.hide()

    def look_for(self, query: str) -> None:
        """Nobody was found for this; an empty text: somebody was."""
        if query == self._asked:
            return
        self._asked = query
        self.button.hide()
        self._later.start() if query else self._later.stop()

    def _ask(self) -> None:
        query = self._asked

        def close(desk: Desk) -> tuple[str, list[str]]:
            return query, desk.find.close_spellings(query, 1)

        self._context.tasks.run(close, self._show, latest="close spellings")

    def _show(self, answer: tuple[str, list[str]]) -> None:
        query, found = answer
        if found and query == self._asked:
            self._found = found[0]
            shown = self._found if len(self._found) <= _WIDEST else self._found[: _WIDEST - 1] + "…"
            self.button.set_words(_offer(shown.strip().replace("&", "&&")))
            self.button.show()

    def _take(self) -> None:
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.setText(self._found)
