"""Tells what a deed did, line by line: the columns of rows become labelled values of contacts, events and letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from alumnidesk.domain.association import LABELS as ASSOCIATION_LABELS
from alumnidesk.domain.happened import DeedDetails, DeedLine
from alumnidesk.i18n import NOTHING, Message, say, say_n
from alumnidesk.services import column_mappings
from alumnidesk.services.purposes import RULES
from alumnidesk.services.row_words import COLUMNS, WHOLE, RowWords, listed, name_in, rules_words, setting_words
from alumnidesk.storage import past
from alumnidesk.storage.connection import Connection
from alumnidesk.storage.past import CHANGED, DELETED, MADE, Row, RowChange
from alumnidesk.storage.separate import Clash, is_merge

LIMIT = 100
"""So many records are told one by one."""

_HIDDEN = frozenset({"uid"})
_KEPT_BY_NAME = (
    "event",
    "letter_template",
    "own_field",
    "tag_group",
    "purpose",
    "segment",
    "contact_list",
    "sync_partner",
)
"""What people make under a name and take away again."""
_COUNTED: Mapping[tuple[str, str], Callable[[int], Message]] = {
    (MADE, "contact"): lambda n: say_n("{n} contact added", "{n} contacts added", n),
    (MADE, "email"): lambda n: say_n("{n} e-mail address added", "{n} e-mail addresses added", n),
    (MADE, "phone"): lambda n: say_n("{n} phone number added", "{n} phone numbers added", n),
    (MADE, "address"): lambda n: say_n("{n} address added", "{n} addresses added", n),
    (MADE, "affiliation"): lambda n: say_n("{n} affiliation added", "{n} affiliations added", n),
    (MADE, "contact_tag"): lambda n: say_n("{n} tag given", "{n} tags given", n),
    (MADE, "own_value"): lambda n: say_n("{n} own field filled in", "{n} own fields filled in", n),
    (CHANGED, "own_value"): lambda n: say_n("{n} own field changed", "{n} own fields changed", n),
    (DELETED, "own_value"): lambda n: say_n("{n} own field emptied", "{n} own fields emptied", n),
    (MADE, "participation"): lambda n: say_n("{n} person put on a list", "{n} people put on a list", n),
    (MADE, "letter"): lambda n: say_n("{n} person written to", "{n} people written to", n),
    (MADE, "list_member"): lambda n: say_n("{n} person put on a list", "{n} people put on a list", n),
    (DELETED, "list_member"): lambda n: say_n("{n} person taken off a list", "{n} people taken off a list", n),
    (MADE, "household"): lambda n: say_n("{n} household made", "{n} households made", n),
    (MADE, "relationship"): lambda n: say_n("{n} relationship added", "{n} relationships added", n),
    (DELETED, "relationship"): lambda n: say_n("{n} relationship removed", "{n} relationships removed", n),
    (MADE, "consent"): lambda n: say_n("{n} answer noted", "{n} answers noted", n),
    (DELETED, "contact"): lambda n: say_n("{n} contact merged", "{n} contacts merged", n),
    (CHANGED, "contact"): lambda n: say_n("{n} contact changed", "{n} contacts changed", n),
    (CHANGED, "participation"): lambda n: say_n("{n} answer changed", "{n} answers changed", n),
    (DELETED, "contact_tag"): lambda n: say_n("{n} tag taken away", "{n} tags taken away", n),
    (DELETED, "participation"): lambda n: say_n("{n} person taken off a list", "{n} people taken off a list", n),
}


def tell(connection: Connection, changeset: int) -> DeedDetails:
    """What a deed did: numbers, then at most `LIMIT` records line by line."""
    return _Teller(connection, changeset, LIMIT).details()


def tell_clash(connection: Connection, changeset: int, clash: Clash) -> DeedLine:
    """A value that `changeset` and a later deed have changed: what stood there first, and what stands there now."""
    return _Teller(connection, changeset, 0).clash(clash)


class _Teller:
    def __init__(self, connection: Connection, changeset: int, limit: int) -> None:
        self._connection, self._changeset, self._limit = connection, changeset, limit
        self._changes = past.changes(connection, changeset, limit * 20)
        self._words = RowWords(connection, changeset, self._changes)
        self._new = [(c.first, c.last) for c in self._changes if c.table == "contact" and c.kind == MADE]
        self._merge = is_merge(connection, changeset)
        self._several = sum(last - first + 1 for first, last in self._new) > 1

    def details(self) -> DeedDetails:
        counted = past.counts(self._connection, self._changeset)
        counts = [words(counted[key]) for key, words in _COUNTED.items() if key in counted]
        if not self._merge and (gone := counted.get((DELETED, "contact"))):
            counts = [say_n("{n} contact deleted for good", "{n} contacts deleted for good", gone)]
        lines: list[DeedLine] = []
        subjects: set[tuple[str, int]] = set()
        for line in self._lines():
            subjects.add((line.subject, line.contact))
            if len(subjects) > self._limit:
                break
            lines.append(line)
        several = sum(counted.values()) > 1 and len(subjects) > 1
        records = max((n for (_, table), n in counted.items() if table in COLUMNS), default=0)
        more = max(records - self._limit, 0) if len(subjects) > self._limit else 0
        return DeedDetails(tuple(counts) if several else (), tuple(lines), more)

    def _lines(self) -> Iterator[DeedLine]:
        for change in self._changes:
            if change.table == "setting":
                yield from self._setting(change)
            elif change.kind == MADE:
                yield from self._made(change)
            elif change.kind == CHANGED:
                yield from self._changed(change)
            else:
                yield from self._deleted(change)

    # One change ------------------------------------------------------------------------------------------------

    def _made(self, change: RowChange) -> Iterator[DeedLine]:
        if change.table in WHOLE:
            for row, contact in past.owners(self._connection, change.table, change.first, change.last, self._changeset):
                if not (self._several and self._is_new(contact)):
                    yield self._whole(change.table, self._words.after(change.table, row), contact, added=True)
            return
        for row in range(change.first, min(change.last, change.first + self._limit) + 1):
            held = self._words.after(change.table, row)
            subject, contact = self._words.subject(change.table, row, held)
            if change.table in ("contact", "mailing", *_KEPT_BY_NAME):
                yield DeedLine(subject, NOTHING, NOTHING, NOTHING, contact)
            if (change.table == "contact" and not self._several) or change.table in ("event", "letter_text"):
                skipped = _HIDDEN | ({"title"} if change.table == "event" else {"kind"})
                for column, label in COLUMNS[change.table].items():
                    if held.get(column) and column not in skipped:
                        value = self._words.value(change.table, column, held[column])
                        yield DeedLine(subject, label, NOTHING, value, contact)

    def _changed(self, change: RowChange) -> Iterator[DeedLine]:
        held = self._words.after(change.table, change.first)
        subject, contact = self._words.subject(change.table, change.first, held)
        if change.table in WHOLE and "contact_id" in change.after:
            yield self._whole(change.table, held, contact, added=True)
        for column, label in COLUMNS.get(change.table, {}).items():
            if column in change.before and column not in _HIDDEN:
                before, after = (self._words.value(change.table, column, row.get(column), held)
                                 for row in (change.before, change.after))  # fmt: skip
                yield DeedLine(subject, self._words.label(change.table, held, label), before, after, contact)

    def _deleted(self, change: RowChange) -> Iterator[DeedLine]:
        if change.table in WHOLE:
            yield self._whole(change.table, change.before, change.before.get("contact_id") or 0, added=False)
        elif change.table == "contact":
            what = say("Merged") if self._merge else say("Deleted for good")
            yield DeedLine(name_in(change.before), what, NOTHING, NOTHING)
        elif change.table in ("tag", "unit", "mailing", *_KEPT_BY_NAME):
            subject, contact = self._words.subject(change.table, change.first, change.before)
            yield DeedLine(subject, say("Deleted"), NOTHING, NOTHING, contact)

    def _whole(self, table: str, row: Row, contact: int, *, added: bool) -> DeedLine:
        label, columns = WHOLE[table]
        values = [self._words.value(table, column, row.get(column), row) for column in columns.split()]
        if len(values) == 1:
            (value,) = values
        else:
            value = listed(values)
        before, after = (NOTHING, value) if added else (value, NOTHING)
        return DeedLine(self._words.name(contact), self._words.label(table, row, label), before, after, contact)

    def _setting(self, change: RowChange) -> Iterator[DeedLine]:
        made = self._words.after("setting", change.first)
        key = made.get("key") or change.before.get("key", "")
        was, is_now = change.before.get("value"), (made if change.kind == MADE else change.after).get("value")
        if key.startswith(RULES):
            yield DeedLine("", say("When may it go out?"), rules_words(was), rules_words(is_now))
        elif key.startswith(column_mappings.SAVED):
            before, after = column_mappings.name_in(was), column_mappings.name_in(is_now)
            yield DeedLine("", say("Saved columns"), before, after)
        elif key in ASSOCIATION_LABELS:
            yield DeedLine("", ASSOCIATION_LABELS[key], setting_words(key, was), setting_words(key, is_now))

    def clash(self, clash: Clash) -> DeedLine:
        """One value or row on which two deeds disagree."""
        if not clash.column:
            return self._whole(clash.table, clash.older, clash.older.get("contact_id") or 0, added=False)
        held = self._words.after(clash.table, clash.row)
        subject, contact = self._words.subject(clash.table, clash.row, held)
        label = COLUMNS.get(clash.table, {}).get(clash.column, say("{value}", value=clash.column))
        older, later = (
            self._words.value(clash.table, clash.column, value, held) for value in (clash.older, clash.later)
        )
        return DeedLine(subject, self._words.label(clash.table, held, label), older, later, contact)

    def _is_new(self, contact: int) -> bool:
        return any(first <= contact <= last for first, last in self._new)
