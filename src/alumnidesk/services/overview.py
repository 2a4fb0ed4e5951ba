"""What Home shows: what needs somebody, what comes next, what was done lately, and a few figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from alumnidesk.domain import needs
from alumnidesk.domain.association import Association
from alumnidesk.domain.lines import EventLine
from alumnidesk.domain.needs import Need
from alumnidesk.domain.notes import Note
from alumnidesk.services.backups import Backups
from alumnidesk.services.bin import Bin
from alumnidesk.services.events import Events
from alumnidesk.services.history import Entry, History
from alumnidesk.services.notes import Notes
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database

LATELY = 5
"""Deeds that are shown."""
NEXT = 3
"""Events that are shown."""
_OUT_OF_REACH = "('no_address no_email', 'no_post no_address no_email')"
"""The marks of a line, as `storage.indexing` writes them, of who is alive and has neither address nor e-mail."""
DUE = 5
"""Follow-ups that are shown."""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What a new association does first; True when it is done."""

    contacts: bool
    sender: bool
    event: bool

    @property
    def beginning(self) -> bool:
        """Is one still at the first steps?"""
        return not (self.contacts and (self.sender or self.event))


@dataclass(frozen=True, slots=True)
class Picture:
    """The association at a glance."""

    needs: tuple[Need, ...]
    due: tuple[Note, ...]
    """What is to be followed up today or is overdue, the first of it."""
    due_count: int
    """How much that is."""
    follow_ups: bool
    """Is anything to be followed up at all, now or later?"""
    next_events: tuple[EventLine, ...]
    lately: tuple[Entry, ...]
    """Deeds that still hold, newest first."""
    contacts: int
    written_to: int
    """How many of them got a letter this year."""
    events: int
    """Events that are still to come."""
    decades: tuple[tuple[int, int], ...]
    """First year of a decade, and how many contacts have a cohort in it; without gaps."""
    without_cohort: int
    steps: FirstSteps


class Overview:
    """Reads only; nothing is counted twice for the same state of the file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: tuple[int, int, int, tuple[tuple[int, int], ...]] | None = None

    def picture(self, today: dt.date) -> Picture:
        """Everything that Home shows on a day."""
        association = Settings(self._database).association()
        coming = Events(self._database).next_lines(today, limit=1000)
        contacts, known, decades = self._cohorts()
        history, notes = History(self._database), Notes(self._database)
        steps = self._steps(association, contacts)
        due = notes.open(today)
        return Picture(
            tuple(self._needs(association, coming, contacts, today)),
            tuple(due[:DUE]),
            len(due),
            bool(due or notes.open()),
            tuple(coming[:NEXT]),
            tuple([entry for entry in history.entries(limit=8 * LATELY) if not entry.reverted][:LATELY]),
            contacts,
            self._written_to(today.year),
            len(coming),
            decades,
            contacts - known,
            steps,
        )

    def waiting(self, today: dt.date) -> int:
        """How many things need somebody on a day; nothing is counted while one is at the first steps."""
        association = Settings(self._database).association()
        ((contacts,),) = self._database.rows("SELECT count(*) FROM contact_line")
        if self._steps(association, contacts).beginning:
            return 0
        coming = Events(self._database).next_lines(today, limit=1000)
        return len(self._needs(association, coming, contacts, today)) + Notes(self._database).count_due(today)

    def _steps(self, association: Association, contacts: int) -> FirstSteps:
        return FirstSteps(
            contacts > 0,
            association.has_sender,
            bool(self._database.rows("SELECT 1 FROM event LIMIT 1")),
        )

    # What needs somebody ---------------------------------------------------------------------------------------

    def _needs(self, association: Association, coming: list[EventLine], contacts: int, today: dt.date) -> list[Need]:
        if not contacts:
            return []
        found: list[Need] = []
        if is_sample(association):
            found.append(needs.sample())
        written = {event for (event,) in self._database.rows("SELECT DISTINCT event_id FROM mailing")}
        for line in coming:
            found += needs.of_event(line, today, written_to=line.id in written)
        if not association.has_sender:
            found.append(needs.sender())
        found += self._unreachable()
        if self._database.read_only:
            return found
        backups = Backups(self._database)
        if backups.overdue(age := backups.age()):
            found.append(needs.backup(age))
        if old := Bin(self._database).old(today):
            found.append(needs.old_in_bin(len(old), int(association.keep_deleted)))
        return found

    def _unreachable(self) -> list[Need]:
        ((n,),) = self._database.rows(f"SELECT count(*) FROM contact_line WHERE marks IN {_OUT_OF_REACH}")
        if not n:
            return []
        first, name = self._database.rows(
            f"SELECT contact_id, name FROM contact_line WHERE marks IN {_OUT_OF_REACH} ORDER BY sort_name LIMIT 1"
        )[0]
        return [needs.unreachable([name], first, n)]

    # Figures ---------------------------------------------------------------------------------------------------

    def _cohorts(self) -> tuple[int, int, tuple[tuple[int, int], ...]]:
        """All contacts, those whose cohort is known, and these by decade."""
        if self._counted is None or self._counted[0] != self._database.changes:
            ((contacts,),) = self._database.rows("SELECT count(*) FROM contact_line")
            ((known,),) = self._database.rows("SELECT count(*) FROM contact_line WHERE cohort <> ''")
            counted = dict(
                self._database.rows(
                    "SELECT decade, count(*) FROM (SELECT DISTINCT contact_id, "
                    "coalesce(cohort_to, cohort_from) / 10 * 10 AS decade FROM affiliation "
                    "WHERE coalesce(cohort_to, cohort_from) > 0) "
                    "JOIN contact_line USING (contact_id) GROUP BY decade"
                )
            )
            decades = range(min(counted, default=0), max(counted, default=-1) + 1, 10)
            self._counted = (
                self._database.changes,
                contacts,
                known,
                tuple((decade, counted.get(decade, 0)) for decade in decades),
            )
        return self._counted[1:]

    def _written_to(self, year: int) -> int:
        ((n,),) = self._database.rows(
            "SELECT count(DISTINCT contact_id) FROM letter JOIN mailing ON mailing.id = mailing_id WHERE made_at >= ?",
            (f"{year:04}",),
        )
        return int(n)


def is_sample(association: Association) -> bool:
    """Is this the invented association that comes with the program?"""
    if not association.email.endswith(".example"):
        return False
    from alumnidesk.services import sample  # 8 % of a start on Home that real associations need not pay

    return association.email == sample.association(association.language).email
