"""The menu bar, made from the declared actions; a menu is filled when it opens, with what can be done just now."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QMenu, QMenuBar

from alumnidesk.ui.actions import ACTIONS, MENUS, Action, Actions, with_mnemonics
from alumnidesk.ui.look import Look
from alumnidesk.ui.words import words


class Menus:
    """Fills a menu bar; `offered` says whether an action is to be had now."""

    def __init__(self, bar: QMenuBar, actions: Actions, look: Look, offered: Callable[[str], bool]) -> None:
        self._actions, self._offered, self._look = actions, offered, look
        self.recent: Callable[[QMenu], None] | None = None
        """Fills the menu of last files, if the program keeps them."""
        self._menus: dict[str, QMenu] = {}
        shown = [(id, words(title)) for id, title in MENUS if any(offered(spec.id) for spec in _of(id))]
        for (id, _), title in zip(shown, with_mnemonics([text for _, text in shown]), strict=True):
            menu = bar.addMenu(title)
            menu.aboutToShow.connect(lambda menu=menu, id=id: self.fill(menu, id))
            self._menus[id] = menu

    def fill(self, menu: QMenu, id: str) -> None:
        """Fill one menu with what can be done now."""
        menu.clear()
        specs = [spec for spec in _of(id) if self._may_be(spec)]
        texts = with_mnemonics(
            [self._actions[spec.id].text().replace("&&", "\0").replace("&", "").replace("\0", "&") for spec in specs]
        )
        for spec, text in zip(specs, texts, strict=True):
            if spec.divided and not menu.isEmpty():
                menu.addSeparator()
            if spec.id == "file.recent":
                self._add_recent(menu, spec, text)
                continue
            action = self._actions.dress(spec.id)
            action.setText(text)
            menu.addAction(action)

    def __getitem__(self, id: str) -> QMenu:
        return self._menus[id]

    def __contains__(self, id: str) -> bool:
        return id in self._menus

    def _may_be(self, spec: Action) -> bool:
        return self._offered(spec.id) and not (spec.id == "file.recent" and self.recent is None)

    def _add_recent(self, menu: QMenu, spec: Action, text: str) -> None:
        inner = menu.addMenu(text)
        inner.setIcon(self._actions.dress(spec.id).icon())
        assert self.recent is not None
        self.recent(inner)
        if inner.isEmpty():
            inner.menuAction().setEnabled(False)


def _of(menu: str) -> Iterable[Action]:
    return (spec for spec in ACTIONS if spec.menu == menu)
