"""Deeds on events and their lists of people."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from alumnidesk.domain.cards import MOST_COMPANIONS, PARTICIPATION_STATES, WAITLIST, EventCard, Participation
from alumnidesk.domain.folding import fold
from alumnidesk.domain.lines import EventLine
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.progress import Progress
from alumnidesk.services import export_targets
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database, now

_COLUMNS = tuple(field.name for field in fields(EventCard) if field.name != "id")


class Events:
    """Everything one can do with events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading ----------------------------------------------------------------------------------------------------

    def card(self, event: int) -> EventCard:
        """Everything about one event. Raises Refused if it does not exist."""
        rows = self._database.rows(f"SELECT id, {', '.join(_COLUMNS)} FROM event WHERE id = ?", (event,))
        if not rows:
            raise Refused(say("This event does not exist any more."))
        return EventCard(*rows[0])

    def lines(self, query: str = "") -> list[EventLine]:
        """All events whose title or place has the query in it, the latest first, those without a day on top.

        Like its list, the numbers of an event leave out people in the bin.
        """
        wanted = fold(query)
        return [
            EventLine(*row)
            for row in self._database.rows(
                "SELECT e.id, title, starts_on, place, capacity, "
                "coalesce(sum(state = 'invited'), 0), coalesce(sum((state = 'coming') * (1 + companions)), 0), "
                "coalesce(sum(state = 'declined'), 0), coalesce(sum(state = 'waitlist'), 0) "
                "FROM event e LEFT JOIN participation p ON p.event_id = e.id "
                "AND EXISTS (SELECT 1 FROM contact_line l WHERE l.contact_id = p.contact_id) "
                "GROUP BY e.id ORDER BY starts_on = '' DESC, starts_on DESC, e.id DESC"
            )
            if wanted in fold(f"{row[1]} {row[3]}")
        ]

    def next_lines(self, today: dt.date, limit: int = 3) -> list[EventLine]:
        """The events that come next, the nearest first."""
        coming = [line for line in self.lines() if line.starts_on >= today.isoformat()]
        return sorted(coming, key=lambda line: line.starts_on)[:limit]

    def roster(self, event: int) -> list[Participation]:
        """Everybody on the list of an event, by name; people in the bin are left out."""
        return [
            Participation(*row)
            for row in self._database.rows(
                "SELECT p.id, event_id, p.contact_id, l.name, state, companions, answered_on, remark, l.town "
                "FROM participation p JOIN contact_line l ON l.contact_id = p.contact_id "
                "WHERE event_id = ? ORDER BY l.sort_name, p.id",
                (event,),
            )
        ]

    def waitlist(self, event: int) -> list[Participation]:
        """Who waits for a place: who has waited since the earliest day first, then who stood on the list before."""
        rows = self._database.rows(
            "SELECT id FROM participation WHERE event_id = ? "
            "ORDER BY CASE answered_on WHEN '' THEN substr(listed_at, 1, 10) ELSE answered_on END, listed_at, id",
            (event,),
        )
        order = {id: n for n, (id,) in enumerate(rows)}
        return sorted((p for p in self.roster(event) if p.state == WAITLIST), key=lambda p: order[p.id])

    def not_listed(self, event: int, contacts: Sequence[int]) -> list[int]:
        """Those of the contacts who can be put on the list, in this order: not on it yet, living, not in the bin."""
        return [
            contact
            for (contact,) in self._database.rows(
                "SELECT j.value FROM json_each(?1) j JOIN contact c ON c.id = j.value "
                "WHERE NOT c.deceased AND c.binned_at = '' "
                "AND j.value NOT IN (SELECT contact_id FROM participation WHERE event_id = ?2) ORDER BY j.key",
                (json.dumps(list(contacts)), event),
            )
        ]

    def print_roster(self, event: int, out: Path, *, language: str = "", progress: Progress | None = None) -> int:
        """Write the list of an event as a PDF to sign, in `language` or the association's; returns its pages.

        Raises EnvironmentFault if the file cannot be written, Cancelled if the person stops it.
        """
        from alumnidesk.documents import roster as documents  # with the fonts 10 % of a start on Home

        association = Settings(self._database).association()
        with export_targets.writing(out):
            return documents.print_roster(
                self.card(event),
                self.roster(event),
                association,
                out,
                language=language or association.language,
                progress=progress,
            )

    # Deeds ------------------------------------------------------------------------------------------------------

    def add(self, card: EventCard) -> EventCard:
        """A new event. Raises InvalidInput if a field cannot be saved."""
        card = replace(card, id=None, uid=card.uid or str(uuid.uuid4()))
        _check(card)
        with self._database.writing(say("Event “{title}” added", title=card.title)) as transaction:
            marks = ", ".join("?" * len(_COLUMNS))
            cursor = transaction.execute(
                f"INSERT INTO event ({', '.join(_COLUMNS)}) VALUES ({marks})", [getattr(card, c) for c in _COLUMNS]
            )
            number = int(cursor.lastrowid or 0)
        return self.card(number)

    def save(self, before: EventCard, after: EventCard) -> EventCard:
        """Write what differs. Raises InvalidInput if a field cannot be saved."""
        if before.id is None:
            return self.add(after)
        _check(after)
        changed = [name for name in _COLUMNS if getattr(before, name) != getattr(after, name)]
        if changed:
            with self._database.writing(say("Event “{title}” changed", title=after.title)) as transaction:
                assignments = ", ".join(f"{name} = ?" for name in changed)
                values = [getattr(after, name) for name in changed]
                transaction.execute(f"UPDATE event SET {assignments} WHERE id = ?", (*values, before.id))
                if "title" in changed:
                    from alumnidesk.domain.query_names import EVENT  # with the language 20 ms of a start on Home
                    from alumnidesk.services.saved_queries import rename_in_searches

                    rename_in_searches(self._database, transaction, EVENT, before.title, after.title)
        return self.card(before.id)

    def delete(self, event: int) -> None:
        """Delete an event together with its list. Raises Refused if letters were sent for it."""
        card = self.card(event)
        if self._database.rows("SELECT 1 FROM mailing WHERE event_id = ? LIMIT 1", (event,)):
            raise Refused(
                say(
                    "Letters were sent for “{title}”; it stays, so that one can see what they were about.",
                    title=card.title,
                ),
                say("Change its title or day instead."),
            )
        with self._database.writing(say("Event “{title}” deleted", title=card.title)) as transaction:
            transaction.execute("DELETE FROM participation WHERE event_id = ?", (event,))
            transaction.execute("DELETE FROM event WHERE id = ?", (event,))

    def invite(self, event: int, contacts: Sequence[int], state: str = "invited") -> int:
        """Put contacts on the list; returns how many were not on it yet. Those already there keep their state."""
        card = self.card(event)
        there = {c for (c,) in self._database.rows("SELECT contact_id FROM participation WHERE event_id = ?", (event,))}
        new = [contact for contact in dict.fromkeys(contacts) if contact not in there]
        if new:
            label = say_n(
                "{n} person put on the list of “{title}”",
                "{n} people put on the list of “{title}”",
                len(new),
                title=card.title,
            )
            with self._database.writing(label) as transaction:
                first = transaction.allocate("participation", len(new))
                moment = now()
                transaction.insert_many(
                    "participation",
                    ("id", "event_id", "contact_id", "state", "listed_at"),
                    [(first + i, event, contact, state, moment) for i, contact in enumerate(new)],
                )
        return len(new)

    def answer(self, participations: Sequence[int], state: str, on: dt.date | None = None) -> None:
        """Enter what people answered. Raises InvalidInput for a state that does not exist."""
        if state not in PARTICIPATION_STATES:
            raise InvalidInput("state", say("“{state}” is not an answer.", state=state))
        chosen = json.dumps(list(participations))
        names = [
            name
            for (name,) in self._database.rows(
                "SELECT l.name FROM participation p JOIN contact_line l ON l.contact_id = p.contact_id "
                "WHERE p.id IN (SELECT value FROM json_each(?))",
                (chosen,),
            )
        ]
        if not names:
            return
        answered = "" if state == "invited" else (on or dt.date.today()).isoformat()
        with self._database.writing(_answer_label(state, names)) as transaction:
            transaction.execute(
                "UPDATE participation SET state = ?, answered_on = ? WHERE id IN (SELECT value FROM json_each(?))",
                (state, answered, chosen),
            )

    def change(self, participation: int, *, companions: int | None = None, remark: str | None = None) -> None:
        """Change companions or remark of one person on a list. Raises InvalidInput for fewer than 0 companions."""
        if companions is not None and not 0 <= companions <= MOST_COMPANIONS:
            raise InvalidInput("companions", say("The number of companions is between 0 and 99."))
        values: dict[str, Any] = {"companions": companions, "remark": remark}
        values = {name: value for name, value in values.items() if value is not None}
        with self._database.writing(say("List of the event changed")) as transaction:
            for name, value in values.items():
                transaction.execute(f"UPDATE participation SET {name} = ? WHERE id = ?", (value, participation))

    def bring(self, participations: Sequence[int], by: int) -> None:
        """So many companions more, or less, for each of these people; nobody brings fewer than none."""
        with self._database.writing(say("List of the event changed")) as transaction:
            transaction.execute(
                "UPDATE participation SET companions = min(max(companions + ?, 0), ?)"
                " WHERE id IN (SELECT value FROM json_each(?))",
                (by, MOST_COMPANIONS, json.dumps(list(participations))),
            )

    def remove(self, participations: Sequence[int]) -> None:
        """Take people off the list of an event."""
        n = len(participations)
        with self._database.writing(
            say_n("{n} person taken off the list", "{n} people taken off the list", n)
        ) as transaction:
            transaction.execute(
                "DELETE FROM participation WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(participations)),),
            )


def _answer_label(state: str, names: Sequence[str]) -> Message:
    n = len(names)
    if n == 1:
        return {
            "invited": say("Answer of {name} taken back", name=names[0]),
            "coming": say("{name} said yes", name=names[0]),
            "declined": say("{name} said no", name=names[0]),
            "waitlist": say("{name} put on the waiting list", name=names[0]),
        }[state]
    return {
        "invited": say_n("Answer of {n} person taken back", "Answers of {n} people taken back", n),
        "coming": say_n("{n} person said yes", "{n} people said yes", n),
        "declined": say_n("{n} person said no", "{n} people said no", n),
        "waitlist": say_n("{n} person put on the waiting list", "{n} people put on the waiting list", n),
    }[state]


def _check(card: EventCard) -> None:
    if not card.title.strip():
        raise InvalidInput(
            "title", say("The event has no title yet."), say("Give it one, for example “Alumni reunion 2027”.")
        )
    for key in ("starts_on", "ends_on"):
        value = getattr(card, key)
        if value:
            try:
                dt.date.fromisoformat(value)
            except ValueError:
                way_out = say("Write 12 Dec {year}.", year=str(dt.date.today().year + 1))
                raise InvalidInput(key, say("“{value}” is not a day.", value=value), way_out) from None
    for key in ("starts_at", "ends_at"):
        value = getattr(card, key)
        if value:
            try:
                dt.time.fromisoformat(value)
            except ValueError:
                raise InvalidInput(key, say("“{value}” is not a time.", value=value), say("Write 15:00.")) from None
    if card.ends_on and card.starts_on and card.ends_on < card.starts_on:
        raise InvalidInput("ends_on", say("The event ends before it begins."), say("Please check the two days."))
    if card.capacity is not None and card.capacity < 1:
        raise InvalidInput(
            "capacity", say("The number of places is at least 1."), say("Leave it empty if there is no limit.")
        )
