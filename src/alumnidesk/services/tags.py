"""Tags and their groups: putting them in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from alumnidesk.domain.folding import fold
from alumnidesk.domain.query_names import TAG
from alumnidesk.domain.tags import TagGroup
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services.saved_queries import rename_in_searches
from alumnidesk.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class TagLine:
    """One tag in the list of all."""

    id: int
    name: str
    group: str
    """Name of its group, or empty."""
    contacts: int
    """How many have it, those in the bin included."""


class Tags:
    """All tags of the association. Which contact has which is saved with the contact."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def lines(self) -> list[TagLine]:
        """Every tag: those of the groups in their order, then those without a group, each by name."""
        return [
            TagLine(*row)
            for row in self._database.rows(
                "SELECT tag.id, tag.name, coalesce(g.name, ''), "
                "(SELECT count(*) FROM contact_tag WHERE tag_id = tag.id) "
                "FROM tag LEFT JOIN tag_group g ON g.id = group_id "
                "ORDER BY group_id IS NULL, g.position, g.id, tag.name COLLATE NOCASE"
            )
        ]

    def groups(self) -> list[TagGroup]:
        """Every group with its tags, in the order in which they are shown."""
        tags: defaultdict[int, list[str]] = defaultdict(list)
        for group, name in self._database.rows(
            "SELECT group_id, name FROM tag WHERE group_id IS NOT NULL ORDER BY name COLLATE NOCASE"
        ):
            tags[group].append(name)
        return [
            TagGroup(name, bool(at_most_one), bool(required), tuple(tags[number]), number)
            for number, name, at_most_one, required in self._database.rows(
                "SELECT id, name, at_most_one, required FROM tag_group ORDER BY position, id"
            )
        ]

    def group(self, number: int) -> TagGroup:
        """One group. Raises Refused if it does not exist."""
        found = next((group for group in self.groups() if group.id == number), None)
        if found is None:
            raise Refused(say("This group does not exist any more."))
        return found

    # Groups -----------------------------------------------------------------------------------------------------

    def add_group(self, name: str, *, at_most_one: bool = False, required: bool = False) -> TagGroup:
        """A new group at the end. Raises InvalidInput for a name that is empty or taken."""
        name = self._group_name(name)
        with self._database.writing(say("Group of tags “{name}” added", name=name)) as transaction:
            number = transaction.allocate("tag_group", 1)
            transaction.execute(
                "INSERT INTO tag_group (id, name, at_most_one, required, position) "
                "VALUES (?, ?, ?, ?, (SELECT coalesce(max(position), -1) + 1 FROM tag_group))",
                (number, name, at_most_one, required),
            )
        return self.group(number)

    def change_group(
        self, number: int, *, name: str | None = None, at_most_one: bool | None = None, required: bool | None = None
    ) -> TagGroup:
        """Change what is given. Raises InvalidInput for a name that is empty or taken."""
        before = self.group(number)
        wanted = TagGroup(
            before.name if name is None else self._group_name(name, but=number),
            before.at_most_one if at_most_one is None else at_most_one,
            before.required if required is None else required,
            before.tags,
            number,
        )
        if wanted != before:
            label = say("Group of tags “{name}” changed", name=wanted.name)
            with self._database.writing(label) as transaction:
                transaction.execute(
                    "UPDATE tag_group SET name = ?, at_most_one = ?, required = ? WHERE id = ?",
                    (wanted.name, wanted.at_most_one, wanted.required, number),
                )
        return self.group(number)

    def remove_group(self, number: int) -> None:
        """Take a group away; its tags stay, without a group."""
        label = say("Group of tags “{name}” removed", name=self.group(number).name)
        with self._database.writing(label) as transaction:
            transaction.execute("UPDATE tag SET group_id = NULL WHERE group_id = ?", (number,))
            transaction.execute("DELETE FROM tag_group WHERE id = ?", (number,))

    def _group_name(self, name: str, *, but: int | None = None) -> str:
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("name", say("A group needs a name."))
        if any(fold(group.name) == fold(name) for group in self.groups() if group.id != but):
            raise InvalidInput("name", say("There is a group “{name}” already.", name=name))
        return name

    # Tags -------------------------------------------------------------------------------------------------------

    def add(self, name: str, group: int | None = None) -> None:
        """A tag that nobody has yet. Raises InvalidInput for a name that is empty or taken."""
        name = _tag_name(name)
        if self._tag(name) is not None:
            raise InvalidInput("name", say("There is a tag “{name}” already.", name=name))
        with self._database.writing(say("Tag “{tag}” added", tag=name)) as transaction:
            transaction.execute("INSERT INTO tag (name, group_id) VALUES (?, ?)", (name, group))

    def put(self, tags: Sequence[int], group: int | None) -> None:
        """Put tags into a group, or out of any (None)."""
        names = [line.name for line in self.lines() if line.id in tags]
        if not names:
            return
        label: Message = say_n("{n} tag out of its group", "{n} tags out of their groups", len(names))
        if group is not None:
            label = say_n(
                "{n} tag put into “{group}”", "{n} tags put into “{group}”", len(names), group=self.group(group).name
            )
        with self._database.writing(label) as transaction:
            for number in tags:
                transaction.execute("UPDATE tag SET group_id = ? WHERE id = ?", (group, number))

    def rename(self, number: int, name: str) -> None:
        """Another name, in saved searches too. Raises InvalidInput if another tag has it: `merge` makes them one."""
        line, name = self._line(number), _tag_name(name)
        if name == line.name:
            return
        other = self._tag(name)
        if other is not None and other != number:
            raise InvalidInput(
                "name",
                say("There is a tag “{name}” already.", name=name),
                say("Merge the two if they mean the same."),
            )
        with self._database.writing(say("Tag “{old}” is called “{tag}” now", old=line.name, tag=name)) as transaction:
            transaction.execute("UPDATE tag SET name = ? WHERE id = ?", (name, number))
            rename_in_searches(self._database, transaction, TAG, line.name, name)

    def merge(self, tags: Sequence[int], into: int) -> None:
        """Make several tags one: who has any of them has `into` afterwards, once; saved searches look for that one."""
        gone = [self._line(number) for number in tags if number != into]
        if not gone:
            return
        kept = self._line(into).name
        names = ", ".join(line.name for line in gone)
        with self._database.writing(say("Tags merged: {tags} became “{tag}”", tags=names, tag=kept)) as transaction:
            for line in gone:
                transaction.execute(
                    "DELETE FROM contact_tag WHERE tag_id = ?1 "
                    "AND contact_id IN (SELECT contact_id FROM contact_tag WHERE tag_id = ?2)",
                    (line.id, into),
                )
                transaction.execute("UPDATE contact_tag SET tag_id = ? WHERE tag_id = ?", (into, line.id))
                transaction.execute("DELETE FROM tag WHERE id = ?", (line.id,))
                rename_in_searches(self._database, transaction, TAG, line.name, kept)

    def remove(self, number: int) -> int:
        """Take a tag away from everybody; returns from how many contacts."""
        line = self._line(number)
        label = say_n(
            "Tag “{tag}” removed, which {n} contact had",
            "Tag “{tag}” removed, which {n} contacts had",
            line.contacts,
            tag=line.name,
        )
        with self._database.writing(label if line.contacts else say("Tag “{tag}” removed", tag=line.name)) as deed:
            _delete(deed, number)
        return line.contacts

    def _line(self, number: int) -> TagLine:
        found = next((line for line in self.lines() if line.id == number), None)
        if found is None:
            raise Refused(say("This tag does not exist any more."))
        return found

    def _tag(self, name: str) -> int | None:
        """The tag of this name, in whatever case."""
        found = [line.id for line in self.lines() if line.name == name or fold(line.name) == fold(name)]
        return found[0] if found else None


def _delete(transaction: Transaction, number: int) -> None:
    transaction.execute("DELETE FROM contact_tag WHERE tag_id = ?", (number,))
    transaction.execute("DELETE FROM tag WHERE id = ?", (number,))


def _tag_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput("name", say("A tag needs a name."))
    return name
