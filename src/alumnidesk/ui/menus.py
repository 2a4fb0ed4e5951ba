"""The menu bar, made from the declared actions; a menu is filled when it opens, with what can be done just now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from PySide6.QtWidgets import QMenu, QMenuBar

from alumnidesk.ui.actions import ACTIONS, MENUS, Action, Actions, Submenu, with_mnemonics
from alumnidesk.ui.icons import icon
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
            menu.setToolTipsVisible(True)  # why something in it is out of reach
            menu.aboutToShow.connect(lambda menu=menu, id=id: self.fill(menu, id))
            self._menus[id] = menu

    def fill(self, menu: QMenu, id: str) -> None:
        """Fill one menu with what can be done now; those of a submenu stand one step further in."""
        menu.clear()
        for inner in menu.findChildren(QMenu):
            inner.deleteLater()
        offered = groupby((spec for spec in _of(id) if self._may_be(spec)), key=lambda spec: spec.within or spec)
        entries = [(entry, list(specs)) for entry, specs in offered]
        texts = with_mnemonics([self._text(entry) for entry, _ in entries])
        for (entry, specs), text in zip(entries, texts, strict=True):
            if specs[0].divided and not menu.isEmpty():
                menu.addSeparator()
            if isinstance(entry, Submenu):
                self._add_submenu(menu, entry, specs, text)
            else:
                self._add(menu, entry, text)

    def _add_submenu(self, menu: QMenu, entry: Submenu, specs: Sequence[Action], text: str) -> None:
        inner = menu.addMenu(text)
        inner.setToolTipsVisible(True)
        inner.setIcon(icon(self._look, entry.icon, "text2", 18))
        for spec, inner_text in zip(specs, with_mnemonics([self._text(spec) for spec in specs]), strict=True):
            self._add(inner, spec, inner_text)

    def _text(self, entry: Action | Submenu) -> str:
        """What it is called just now: undoing names what it undoes."""
        if isinstance(entry, Submenu):
            return words(entry.words)
        return self._actions[entry.id].text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _add(self, menu: QMenu, spec: Action, text: str) -> None:
        if spec.id == "file.recent":
            self._add_recent(menu, spec, text)
            return
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
