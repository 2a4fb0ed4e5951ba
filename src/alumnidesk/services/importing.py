"""Importing: a file becomes records, a preview says what they would do, and one deed does it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from alumnidesk.domain.differences import differences
from alumnidesk.domain.records import Reading
from alumnidesk.domain.uniting import united
from alumnidesk.errors import Refused
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services import cards, reading
from alumnidesk.services.column_mappings import ColumnMappings
from alumnidesk.services.import_plan import Choices, ImportReport, Merged, Preview
from alumnidesk.services.import_planning import Planner
from alumnidesk.services.import_writing import Plan, Writer
from alumnidesk.services.own_fields import OwnFields
from alumnidesk.services.reading import with_known_units
from alumnidesk.services.unit_paths import stored
from alumnidesk.storage.database import Database


class Importing:
    """Brings files of other programs into the register."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.mappings = ColumnMappings(database)
        """Which columns go where, saved under names."""

    def preview(self, path: Path, *, choices: Choices | None = None, progress: Progress | None = None) -> Preview:
        """Read a file and say what importing it would do. Writes nothing.

        Raises BadFile if it is no contact list or cannot be read as a whole, Cancelled.
        """
        progress = progress or Progress()
        own = OwnFields(self._database)
        fields = own.all()
        units, planner = (
            stored(self._database),
            Planner(self._database, fields, progress, zeros=bool(choices and choices.zeros)),
        )
        notes: list[Message] = []
        remarks: list[Message] = []

        def take(some: Reading) -> None:
            some = with_known_units(some, units, progress)
            notes.extend(note for note in some.notes if note not in notes)
            remarks.extend(_remarks_on_lines(some))
            planner.take(some)

        with collector_paused():
            source = reading.read(path, choices or Choices(), self.mappings, own, progress)
            for _ in map(take, source.readings):  # a loop over the readings would hold one while the next is made
                pass
            planned = planner.planned()
        return Preview(
            path=path,
            format=source.choices.format or "",
            choices=source.choices,
            columns=source.columns,
            planned=planned,
            notes=(*notes, *remarks),
            preset=source.preset,
            own_fields=tuple(fields),
            sheets=source.sheets,
            saved=tuple(self.mappings.all()),
            unclear_date=source.unclear_date,
            lost_zero=planner.lost_zero,
            corrected=source.corrected,
            state=self._database.changes,
        )

    def merged(self, preview: Preview, row: int, contact: int) -> Merged:
        """What would become of a contact if a row of the preview were about it.

        Raises Refused if there is no such contact any more.
        """
        step, card = preview.step(row), next(cards.read(self._database, [contact]), None)
        if step is None or card is None or card.binned:
            raise Refused(say("This contact is not there any more."), say("Please choose another one."))
        return Merged(row, contact, card.name, differences(card, united(card, step.record), preview.own_fields))

    def carry_out(
        self,
        preview: Preview,
        *,
        skip: Collection[int] = (),
        whose: Mapping[int, int] = MappingProxyType({}),
        progress: Progress | None = None,
    ) -> ImportReport:
        """Do what a preview says: one deed, all of it or nothing; a backup is made first.

        `skip` are ids of rows to leave out. `whose` has the rows for which the person has decided whose they are: the
        id of a contact, or `new_one` of a row: its own for a contact that is new, an earlier one for the same person
        as there. That is remembered for when the row comes again.
        Raises Refused if the register has changed since the preview, Cancelled until it is written for good.
        """
        progress = progress or Progress()
        if preview.state != self._database.changes:
            raise Refused(
                say("The contacts have changed since this preview was made."),
                say("Please look at the preview again; it is up to date now."),
            )
        with collector_paused():
            plan = Plan.of(preview, frozenset(skip), whose, progress)
            return Writer(self._database, preview, plan, progress).write()


def _remarks_on_lines(reading: Reading) -> Iterator[Message]:
    for problem in reading.problems:
        if not problem.severe:
            yield say("Line {line}: {why}", line=problem.line, why=problem.why)
