"""Settings: tags and their groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from alumnidesk.domain.tags import TagGroup
from alumnidesk.ui.page import Context
from alumnidesk.ui.settings.own_fields import HINT_WIDTH, clear, hint, in_order
from alumnidesk.ui.widgets.buttons import LinkButton, OutlinedButton, PlainButton
from alumnidesk.ui.widgets.fields import CheckField, ChoiceField, Field, LineField
from alumnidesk.ui.widgets.flow import Flow
from alumnidesk.ui.widgets.form_dialog import FormDialog, Values
from alumnidesk.ui.widgets.label import Label, breakable, section
from alumnidesk.ui.words import tr, tr_n

if TYPE_CHECKING:
    from alumnidesk.desk import Desk
    from alumnidesk.services.tags import TagLine


class TagsSection(QWidget):
    """The groups with their tags; a tag opens a menu with what can be done with it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, look = context, context.look
        self._tags: Sequence[TagLine] = ()
        self._groups: Sequence[TagGroup] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(section(look, tr("Tags")))
        column.addLayout(
            hint(
                look,
                tr(
                    "Tags that belong together form a group. Of some groups people have at most one tag, such as how "
                    "they are a member; of some everybody should have one."
                ),
            )
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(12))
        column.addLayout(self._rows)
        buttons = QWidget()
        flow = Flow(look.px(8), buttons)
        self.add_group = OutlinedButton(look, tr("Add a group"), icon="plus", clicked=self._add_group, changes=True)
        self.add_tag = OutlinedButton(look, tr("Add a tag"), icon="plus", clicked=self._add_tag, changes=True)
        flow.addWidget(self.add_group)
        flow.addWidget(self.add_tag)
        column.addWidget(buttons)

    def read(self) -> None:
        """Show what there is now."""
        self._context.tasks.run(
            lambda desk: (desk.tags.lines(), desk.tags.groups()), lambda found: self._show(*found), latest="tags"
        )

    def _show(self, tags: Sequence[TagLine], groups: Sequence[TagGroup]) -> None:
        if (list(tags), list(groups)) == (list(self._tags), list(self._groups)):
            return
        self._tags, self._groups = tags, groups
        clear(self._rows)
        for group in groups:
            self._rows.addWidget(self._group(group))
        alone = [tag for tag in tags if not tag.group]
        if alone:
            self._rows.addWidget(self._alone(alone))
        in_order(self)

    def _group(self, group: TagGroup) -> QWidget:
        look = self._context.look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        head = QHBoxLayout()
        head.setSpacing(look.px(4))
        head.addWidget(Label(look, breakable(group.name), bold=True, wraps=True))
        rules = [
            *([tr("at most one")] if group.at_most_one else []),
            *([tr("required")] if group.required else []),
        ]
        head.addWidget(Label(look, ", ".join(rules), size="small", role="text2"), 1)
        change = LinkButton(look, tr("Change"), icon="edit", clicked=partial(self._change_group, group), changes=True)
        change.setAccessibleName(tr("Change the group {group}", group=group.name))
        remove = LinkButton(look, tr("Remove"), icon="trash", clicked=partial(self._remove_group, group), changes=True)
        remove.setAccessibleName(tr("Remove the group {group}", group=group.name))
        head.addWidget(change)
        head.addWidget(remove)
        column.addLayout(head)
        holder.setMaximumWidth(look.px(HINT_WIDTH))
        of_group = [tag for tag in self._tags if tag.group == group.name]
        if of_group:
            column.addWidget(self._chips(of_group))
        else:
            column.addWidget(Label(look, tr("No tag is in it yet."), size="small", role="text2"))
        return holder

    def _alone(self, tags: Sequence[TagLine]) -> QWidget:
        look = self._context.look
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        if self._groups:
            column.addWidget(Label(look, tr("In no group"), bold=True))
        column.addWidget(self._chips(tags))
        return holder

    def _chips(self, tags: Sequence[TagLine]) -> QWidget:
        look = self._context.look
        holder = QWidget()
        flow = Flow(look.px(4), holder)
        for tag in tags:
            words = tr("{tag} ({n})", tag=tag.name, n=tag.contacts)
            button = PlainButton(look, words.replace("&", "&&"), icon="tag", menu=self._menu(tag, holder), changes=True)
            button.setAccessibleName(tr_n("{tag}, {n} contact", "{tag}, {n} contacts", tag.contacts, tag=tag.name))
            flow.addWidget(button)
        return holder

    def _menu(self, tag: TagLine, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.addAction(tr("Rename …"), partial(self._rename, tag))
        if len(self._tags) > 1:
            menu.addAction(tr("Merge into another …"), partial(self._merge, tag))
        if self._groups:
            into = menu.addMenu(tr("Put into"))
            for group in self._groups:
                if group.name != tag.group:
                    into.addAction(group.name.replace("&", "&&"), partial(self._put, tag, group.id))
            if tag.group:
                into.addAction(tr("No group"), partial(self._put, tag, None))
        menu.addSeparator()
        menu.addAction(tr("Remove"), partial(self._remove, tag))
        return menu

    # Deeds ------------------------------------------------------------------------------------------------------

    def _ask(
        self, head: str, fields: Sequence[Field], verb: str, work: Callable[[Desk, Values], object], sentence: str = ""
    ) -> None:
        dialog = FormDialog(self._context, head, fields, verb, work, self.window(), sentence)
        dialog.exec()
        dialog.deleteLater()

    def _group_fields(self, group: TagGroup) -> list[Field]:
        look = self._context.look
        name = LineField(look, "name", tr("Name"))
        one = CheckField(look, "at_most_one", tr("At most one of them for each contact"))
        required = CheckField(look, "required", tr("Everybody should have one; a hint says where none is"))
        for field, value in ((name, group.name), (one, group.at_most_one), (required, group.required)):
            field.set_value(value)
        return [name, one, required]

    def _add_group(self) -> None:
        self._ask(
            tr("A new group of tags"),
            self._group_fields(TagGroup("")),
            tr("Add the group"),
            lambda desk, v: desk.tags.add_group(v["name"], at_most_one=v["at_most_one"], required=v["required"]),
        )

    def _change_group(self, group: TagGroup) -> None:
        number = group.id or 0
        self._ask(
            tr("Change the group {group}", group=group.name),
            self._group_fields(group),
            tr("Change the group"),
            lambda desk, v: desk.tags.change_group(number, **v),
        )

    def _remove_group(self, group: TagGroup) -> None:
        number = group.id or 0
        self._context.deed(lambda desk: desk.tags.remove_group(number))
        self.add_group.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_tag(self) -> None:
        look = self._context.look
        groups = [("", tr("No group")), *((str(group.id), group.name) for group in self._groups)]
        fields: list[Field] = [LineField(look, "name", tr("Name"))]
        if self._groups:
            fields.append(ChoiceField(look, "group", tr("Group"), groups))
        self._ask(
            tr("A new tag"),
            fields,
            tr("Add the tag"),
            lambda desk, v: desk.tags.add(v["name"], int(v["group"]) if v.get("group") else None),
        )

    def _rename(self, tag: TagLine) -> None:
        name = LineField(self._context.look, "name", tr("Name"))
        name.set_value(tag.name)
        self._ask(
            tr("Rename the tag {tag}", tag=tag.name),
            [name],
            tr("Rename"),
            lambda desk, v: desk.tags.rename(tag.id, v["name"]),
            tr_n("{n} contact has it.", "{n} contacts have it.", tag.contacts) if tag.contacts else "",
        )

    def _merge(self, tag: TagLine) -> None:
        others = [(str(other.id), other.name) for other in self._tags if other.id != tag.id]
        into = ChoiceField(self._context.look, "into", tr("Into"), others)
        self._ask(
            tr("Merge the tag {tag}", tag=tag.name),
            [into],
            tr("Merge"),
            lambda desk, v: desk.tags.merge([tag.id], int(v["into"])),
            tr("Whoever has it has the other one afterwards."),
        )

    def _put(self, tag: TagLine, group: int | None) -> None:
        self._context.deed(lambda desk: desk.tags.put([tag.id], group))

    def _remove(self, tag: TagLine) -> None:
        if tag.contacts > 10:
            head = tr("Remove the tag “{tag}”?", tag=tag.name)
            sentence = tr_n("{n} contact has it.", "{n} contacts have it.", tag.contacts)
            if self._context.messages.ask(head, sentence, [tr("Keep it"), tr("Remove the tag")]) != 1:
                return
        self._context.deed(lambda desk: desk.tags.remove(tag.id))
        self.add_tag.setFocus(Qt.FocusReason.OtherFocusReason)
