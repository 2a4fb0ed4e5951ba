"""From the records of a file to the rows of a preview: who each of them is, and what that means."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from alumnidesk.domain.addresses import postcode_meant
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.differences import differences
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.records import ContactRecord, Problem, Reading
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services.earlier_rows import EarlierRows
from alumnidesk.services.import_plan import Kind, Planned, Row, Step
from alumnidesk.services.import_ties import TiedStep, TieWords
from alumnidesk.services.matching import Described, Match, Register
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database
from alumnidesk.storage.spool import Spool

_NEW = say("Not among your contacts yet")
_NOBODY = ContactCard()
_IN_BIN = say("Lies in the bin, and stays there")


class Planner:
    """Compares records with the register, one after the other.

    Of a long file it holds one part; what it has planned of the earlier ones lies on the disk.
    """

    def __init__(self, database: Database, own: Sequence[OwnField], progress: Progress, *, zeros: bool = False) -> None:
        """`zeros`: as in `Choices`."""
        self.lost_zero = ""
        """As in `Preview`."""
        self._zeros = zeros
        self._database = database
        self._home = Settings(database).association().country
        self._own = own
        self._progress = progress
        self._earlier: EarlierRows | None = None
        self._aside: tuple[Spool[Row], Spool[Step]] | None = None
        self._rows: list[Row] = []
        self._steps: list[Step] = []
        self._lines = array("q")
        """Row → where it begins."""
        self._kinds: list[Kind] = []
        self._remarked = array("q")
        self._rows_of_steps = array("q")
        self._tied = False

    def take(self, reading: Reading) -> None:
        """Plan for the next records of the file. Raises Cancelled."""
        records, problems = _named(reading)
        if not self._lines:
            addresses = (one for record in records for one in record.addresses)
            self.lost_zero = next((one.postcode for one in addresses if postcode_meant(one, self._home)), "")
        if self._zeros:
            records = [self._with_zeros(record) for record in records]
        self._progress.begin(say("Comparing with the contacts …"), len(records))
        described = [Described.of(record) for record in self._progress.each(records)]
        register = Register(self._database, described, self._earlier)
        register.load(self._progress)
        waiting = iter([*problems, None])
        problem = next(waiting)
        for new in self._progress.each(described):
            while problem is not None and problem.line < new.record.line:
                self._problem(problem)
                problem = next(waiting)
            self._record(register, new)
        while problem is not None:
            self._problem(problem)
            problem = next(waiting)
        self._tied = self._tied or any(record.ties for record in records)
        if reading.more:
            self._earlier = self._earlier or EarlierRows()
            register.hand_on(self._earlier, self._progress)
            self._aside = self._aside or (Spool(), Spool())
            self._put_aside(self._aside)

    def planned(self) -> Planned:
        """The plan for all records. Raises Cancelled."""
        rows: Sequence[Row] = self._rows
        steps: Sequence[Step] = self._steps
        if self._aside is not None:
            self._put_aside(self._aside)
            rows, steps = self._aside
        if self._tied:
            with_ties = self._compared_ties(rows, steps)
            rows = list(with_ties) if self._aside is None else Spool(with_ties)
        return Planned(rows, steps, self._kinds, sorted(self._remarked), self._rows_of_steps, self._tied)

    def _put_aside(self, aside: tuple[Spool[Row], Spool[Step]]) -> None:
        rows, steps = aside
        self._progress.begin(say("Comparing with the contacts …"), len(self._rows))
        rows.extend(self._progress.each(self._rows))
        steps.extend(self._progress.each(self._steps))
        self._rows, self._steps = [], []

    def _compared_ties(self, rows: Iterable[Row], steps: Sequence[Step]) -> Iterator[Row]:
        """The rows, marked where they tell something new about ties of somebody known."""
        tied = TiedStep.of(self._database, ((step.proposed, step) for step in self._progress.each(steps)))
        words = TieWords(self._database, tied)
        waiting = iter(tied)
        one = next(waiting, None)
        for row in self._progress.each(rows):
            if one is None or one.row != row.id:
                yield row
                continue
            if (why := words.remark(one)) is not None:
                if not row.remarks:
                    self._remarked.append(row.id)
                row = replace(row, remarks=(*row.remarks, Problem(row.line, why, severe=False)))
            if one.news and row.kind in (Kind.UNCHANGED, Kind.CHANGED):
                row = replace(row, kind=Kind.CHANGED, differences=(*row.differences, *words.differences(one)))
            self._kinds[row.id] = row.kind
            yield row
            one = next(waiting, None)

    def _add(self, row: Row) -> None:
        self._rows.append(row)
        self._lines.append(row.line)
        self._kinds.append(row.kind)
        if row.remarks:
            self._remarked.append(row.id)

    def _step(self, step: Step) -> None:
        self._steps.append(step)
        self._rows_of_steps.append(step.row)

    def _problem(self, problem: Problem) -> None:
        self._add(Row(len(self._lines), problem.line, Kind.PROBLEM, "", problem.why, text=problem.text))

    def _record(self, register: Register, new: Described) -> None:
        row, record, card = len(self._lines), new.record, new.card
        if (contact := register.in_bin(record)) is not None:
            self._add(Row(row, record.line, Kind.UNCHANGED, card.name, _IN_BIN, contact=contact))
            return
        match = register.match(new)
        if card.uid and register.knows(card.uid):
            card = replace(card, uid="")
        if match is None or not match.sure:
            self._new(row, record, card, match)
            register.add(row, new, card)
            return
        known, before = match.known, match.known.card
        first = known.row if known.contact is None else None
        after = register.take(known, row, record)
        self._step(Step(row, record, card, True, known.contact, first))
        self._add(
            Row(
                row, record.line, Kind.UNCHANGED if after is before else Kind.CHANGED, before.name,
                self._reason(match, first), () if after is before else differences(before, after, self._own),
                known.contact,
                remarks=self._remarks(record, after, before),
            )
        )  # fmt: skip

    def _new(self, row: int, record: ContactRecord, card: ContactCard, match: Match | None) -> None:
        remarks = self._remarks(record, card)
        if match is None:
            self._add(Row(row, record.line, Kind.NEW, card.name, _NEW, remarks=remarks))
            self._step(Step(row, record, card))
            return
        known = match.known
        first = known.row if known.contact is None else None
        what = say("May be {name}: {reason}", name=known.card.name, reason=self._reason(match, first))
        self._add(Row(row, record.line, Kind.SIMILAR, card.name, what, (), known.contact, remarks=remarks))
        self._step(Step(row, record, card, False, known.contact, first))

    def _with_zeros(self, record: ContactRecord) -> ContactRecord:
        meant = [postcode_meant(one, self._home) for one in record.addresses]
        if not any(meant):
            return record
        addresses = zip(record.addresses, meant, strict=True)
        return replace(record, addresses=tuple(replace(one, postcode=code or one.postcode) for one, code in addresses))

    def _remarks(self, record: ContactRecord, after: ContactCard, before: ContactCard = _NOBODY) -> tuple[Problem, ...]:
        """What is doubtful in a record, and in the addresses that come with it."""
        doubts = [
            say("The postcode {postcode} has only four digits. Is {meant} meant?", postcode=one.postcode, meant=meant)
            for one in after.addresses
            if one not in before.addresses and (meant := postcode_meant(one, self._home))
        ]
        if before is _NOBODY and _looks_like_a_total(after):
            doubts.append(say("This line looks like a total, not a person."))
        return (*record.problems, *(Problem(record.line, why, severe=False) for why in doubts))

    def _reason(self, match: Match, first: int | None) -> Message:
        if first is None:
            return match.reason
        return say("{reason} as line {line}", reason=match.reason, line=self._lines[first])


_TOTALS = frozenset(
    {"summe", "gesamt", "gesamtsumme", "gesamtzahl", "zwischensumme", "insgesamt", "anzahl", "total", "totals",
     "subtotal", "sum", "summa", "totalt", "delsumma", "antal"}
)  # fmt: skip


def _looks_like_a_total(card: ContactCard) -> bool:
    """Whether a name is only figures (``97``), or a word for a sum, alone or with its figure (``Summe: 97``)."""
    name = " ".join(filter(None, (card.given_name, card.call_name, card.family_name)))
    said = re.findall(r"\w+", name.casefold())
    figures, totals = [word for word in said if word.isdecimal()], [word for word in said if word in _TOTALS]
    return bool(said) and (len(figures) + len(totals) == len(said) or bool(figures and totals))


_NAMES = frozenset({"family_name", "given_name", "call_name", "organisation"})


def _named(reading: Reading) -> tuple[list[ContactRecord], list[Problem]]:
    """The records that name somebody, and the problems with those that do not."""
    records, problems = [], [problem for problem in reading.problems if problem.severe]
    for record in reading.records:
        values = record.values
        if record.emails or record.phones or not _NAMES.isdisjoint(values):
            records.append(record)
        else:
            texts = [*values.values(), *(" ".join(filter(None, (a.street, a.town))) for a in record.addresses)]
            why = say("No name, e-mail or phone number.")
            problems.append(
                Problem(
                    record.line, why, "; ".join([*texts, *record.tags, *(kept.raw for kept in record.foreign)])[:2000]
                )
            )
    problems.sort(key=lambda problem: problem.line)
    return records, problems
