"""From the records of a file to the rows of a preview: who each of them is, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.own_fields import OwnField
from alumnidesk.domain.records import ContactRecord, Problem, Reading
from alumnidesk.domain.uniting import differences
from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services.import_plan import Kind, Row, Step
from alumnidesk.services.import_ties import TiedStep, TieWords
from alumnidesk.services.matching import Described, Match, Register
from alumnidesk.storage.database import Database

_NEW = say("New contact")
_IN_BIN = say("Lies in the bin, and stays there")


class Planner:
    """Compares records with the register, one after the other."""

    def __init__(self, database: Database, own: Sequence[OwnField], progress: Progress) -> None:
        self._database = database
        self._own = own
        self._progress = progress
        self._rows: list[Row] = []
        self._steps: list[Step] = []
        self._uids: set[str] = set()

    def plan(self, reading: Reading) -> tuple[list[Row], list[Step]]:
        """The rows of the preview, and for those that are records what is to be done. Raises Cancelled."""
        records, problems = _named(reading)
        self._progress.begin(say("Comparing with the contacts …"), len(records))
        described = [Described.of(record) for record in self._progress.each(records)]
        register = Register(self._database, described)
        register.load(self._progress)
        self._uids.update(register.uids, register.binned)
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
        self._compare_ties()
        return self._rows, self._steps

    def _compare_ties(self) -> None:
        """Mark the rows that tell something new about household, relationships or consents of somebody known."""
        tied = TiedStep.of(self._database, [(step.proposed, step) for step in self._steps])
        if not tied:
            return
        words = TieWords(self._database, tied)
        for one in tied:
            row = self._rows[one.step.row]
            if (why := words.remark(one)) is not None:
                row = replace(row, remarks=(*row.remarks, Problem(row.line, why, severe=False)))
            if one.news and row.kind in (Kind.UNCHANGED, Kind.CHANGED):
                row = replace(row, kind=Kind.CHANGED, differences=(*row.differences, *words.differences(one)))
            self._rows[one.step.row] = row

    def _problem(self, problem: Problem) -> None:
        self._rows.append(Row(len(self._rows), problem.line, Kind.PROBLEM, "", problem.why, text=problem.text))

    def _record(self, register: Register, new: Described) -> None:
        row, record, card = len(self._rows), new.record, new.card
        if (contact := register.in_bin(record)) is not None:
            self._rows.append(Row(row, record.line, Kind.UNCHANGED, card.name, _IN_BIN, contact=contact))
            return
        match = register.match(new)
        uid = self._own_uid(record.uid, match)
        if uid != card.uid:
            card = replace(card, uid=uid)
        if match is None or not match.sure:
            self._new(row, record, card, match)
            register.add(row, new, card)
            return
        known, before = match.known, match.known.card
        first = known.row if known.contact is None else None
        after = register.take(known, row, record)
        identity = bool(record.uid and known.contact is not None and record.uid not in self._uids)
        if identity:
            self._uids.add(record.uid)
        self._steps.append(Step(row, record, card, True, known.contact, first, identity))
        self._rows.append(
            Row(
                row, record.line, Kind.UNCHANGED if after is before else Kind.CHANGED, before.name,
                self._reason(match, first), () if after is before else differences(before, after, self._own),
                known.contact,
                remarks=record.problems,
            )
        )  # fmt: skip

    def _new(self, row: int, record: ContactRecord, card: ContactCard, match: Match | None) -> None:
        if match is None:
            self._rows.append(Row(row, record.line, Kind.NEW, card.name, _NEW, remarks=record.problems))
            self._steps.append(Step(row, record, card))
            return
        known = match.known
        first = known.row if known.contact is None else None
        what = say("May be {name}: {reason}", name=known.card.name, reason=self._reason(match, first))
        self._rows.append(
            Row(row, record.line, Kind.SIMILAR, card.name, what, (), known.contact, remarks=record.problems)
        )
        self._steps.append(Step(row, record, card, False, known.contact, first))

    def _reason(self, match: Match, first: int | None) -> Message:
        if first is None:
            return match.reason
        return say("{reason} as line {line}", reason=match.reason, line=self._rows[first].line)

    def _own_uid(self, uid: str, match: Match | None) -> str:
        """The UID of the file where it is free, so that an export gives it back; else none yet."""
        if not uid or uid in self._uids or (match is not None and match.sure and match.known.contact is not None):
            return ""
        self._uids.add(uid)
        return uid


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
