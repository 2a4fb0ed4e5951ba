"""Deeds on consents: purposes and their wording, answers of contacts, and who may be reached for what."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce

from alumnidesk.domain.cards import TimelineEntry
from alumnidesk.domain.consent import (
    ANSWER_WORDS,
    CHANNEL_WORDS,
    EMAIL,
    NO,
    NOT_ASKED,
    PHONE,
    POST,
    PRINT,
    YES,
    Barrier,
    Given,
    Occasion,
    Purpose,
    Sending,
    Situation,
    barrier,
    newest,
)
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import Message, say, say_n
from alumnidesk.services import cards
from alumnidesk.services.purposes import Purposes
from alumnidesk.storage.database import Database, now


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a contact stands, with what one needs to note another answer."""

    purposes: tuple[Purpose, ...] = ()
    counting: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    """The answers that count now, by key of the purpose and channel."""
    sources: tuple[str, ...] = ()
    """How answers came to us, the last first."""


class Consents:
    """What people have agreed to."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._purposes = Purposes(database)

    # Answers ----------------------------------------------------------------------------------------------------

    def ledger(self, contact: int) -> list[Given]:
        """Every answer of a contact, the newest first; `domain.consent.newest` says which count."""
        return [
            Given(*row)
            for row in self._database.rows(
                "SELECT purpose.key, channel, answer, given_on, source, consent.wording, entered_at, consent.id "
                "FROM consent JOIN purpose ON purpose.id = purpose_id WHERE contact_id = ? "
                "ORDER BY given_on DESC, entered_at DESC, consent.id DESC",
                (contact,),
            )
        ]

    def standing(self, contact: int) -> Standing:
        """What counts now for a contact."""
        return Standing(tuple(self._purposes.all()), newest(self.ledger(contact)), tuple(self.sources()))

    def timeline(self, contact: int) -> list[TimelineEntry]:
        """The answers of a contact for its timeline, the newest first; what was answered on one day in one way is one
        entry."""
        names = {purpose.key: purpose.name for purpose in self._purposes.all()}
        together: dict[tuple[str, str, str], list[Given]] = {}
        for given in self.ledger(contact):
            together.setdefault((given.on, given.answer, given.source), []).append(given)
        return [
            TimelineEntry(
                "consent",
                on,
                say("Agreed") if answer == YES else say("Withdrew or declined"),
                _listed(
                    [
                        *(
                            say("“{purpose}” {channel}", purpose=names[given.purpose],
                                channel=CHANNEL_WORDS[given.channel])
                            for given in several
                        ),
                        *([say("{value}", value=source)] if source else []),
                    ]
                ),
                several[0].id,
            )
            for (on, answer, source), several in together.items()
        ]  # fmt: skip

    def counted(self, contacts: Sequence[int], sending: Sending) -> Counter[str]:
        """How many of these contacts have answered what, as it counts now; nobody was asked: `NOT_ASKED`."""
        in_order = self._database.rows(
            "SELECT contact_id, answer FROM consent WHERE purpose_id = (SELECT id FROM purpose WHERE key = ?) "
            "AND channel = ? AND contact_id IN (SELECT value FROM json_each(?)) ORDER BY given_on, id",
            (sending.purpose, sending.channel, json.dumps(list(contacts))),
        )
        answers = dict(in_order)
        return Counter(answers.get(contact, NOT_ASKED) for contact in dict.fromkeys(contacts))

    def answers(self, contacts: Sequence[int], purposes: Collection[str]) -> dict[tuple[int, str, str], str]:
        """The answers of these contacts to some purposes as they count now, by contact, key of the purpose, channel."""
        return {
            (contact, key, channel): answer
            for contact, key, channel, answer in self._database.rows(
                "SELECT contact_id, purpose.key, channel, answer FROM consent "
                "JOIN purpose ON purpose.id = purpose_id WHERE purpose.key IN (SELECT value FROM json_each(?)) "
                "AND contact_id IN (SELECT value FROM json_each(?)) ORDER BY given_on, entered_at, consent.id",
                (json.dumps(list(purposes)), json.dumps(list(contacts))),
            )
        }

    def sources(self) -> list[str]:
        """How answers came to us, the last first."""
        return [
            source
            for (source,) in self._database.rows(
                "SELECT source FROM (SELECT source, id FROM consent WHERE source <> '' ORDER BY id DESC LIMIT 500) "
                "GROUP BY source ORDER BY max(id) DESC LIMIT 20"
            )
        ]

    def answer(
        self, contacts: Sequence[int], sending: Sending, answer: str, *, on: dt.date | None = None, source: str = ""
    ) -> int:
        """Note what contacts have answered, as one step; returns how many answers were written.

        Raises InvalidInput (a day that is still to come) and Refused (nobody is asked about this channel).
        """
        purpose = self._purposes.get(sending.purpose)
        if sending.channel not in purpose.asked:
            raise Refused(
                say("Nobody is asked about “{purpose}” {channel}.", purpose=purpose.name,
                    channel=CHANNEL_WORDS[sending.channel]),
            )  # fmt: skip
        contacts = list(dict.fromkeys(contacts))
        said = {"purpose": purpose.name, "channel": CHANNEL_WORDS[sending.channel], "answer": ANSWER_WORDS[answer]}
        label = self._label(
            contacts,
            lambda name: say("Answer of {name}: “{purpose}” {channel}, {answer}", name=name, **said),
            lambda n: say_n(
                "Answer of {n} contact: “{purpose}” {channel}, {answer}",
                "Answers of {n} contacts: “{purpose}” {channel}, {answer}", n, **said,
            ),
        )  # fmt: skip
        return self._write(label, [(contact, sending) for contact in contacts], answer, on, source)

    def withdraw(self, contacts: Sequence[int], *, on: dt.date | None = None, source: str = "") -> int:
        """Note that contacts want none of all this any more, as one step; returns how many answers were written."""
        contacts = list(dict.fromkeys(contacts))
        refused = {
            (contact, key, channel)
            for contact, key, channel, answer in self._database.rows(
                "SELECT contact_id, purpose.key, channel, answer FROM consent "
                "JOIN purpose ON purpose.id = purpose_id WHERE contact_id IN (SELECT value FROM json_each(?)) "
                "AND consent.id = (SELECT id FROM consent AS last WHERE last.contact_id = consent.contact_id AND "
                "last.purpose_id = consent.purpose_id AND last.channel = consent.channel "
                "ORDER BY given_on DESC, entered_at DESC, id DESC LIMIT 1)",
                (json.dumps(list(contacts)),),
            )
            if answer == NO
        }
        asked = self._purposes.all()
        wanted = [
            (contact, Sending(purpose.key, channel))
            for contact in contacts
            for purpose in asked
            for channel in purpose.asked
            if (contact, purpose.key, channel) not in refused
        ]
        label = self._label(
            contacts,
            lambda name: say("All consents of {name} withdrawn", name=name),
            lambda n: say_n("All consents of {n} contact withdrawn", "All consents of {n} contacts withdrawn", n),
        )
        return self._write(label, wanted, NO, on, source)

    def _label(self, contacts: Sequence[int], one: Callable[[str], Message], many: Callable[[int], Message]) -> Message:
        if len(contacts) == 1:
            return one(next((card.name for card in cards.read(self._database, contacts)), ""))
        return many(len(contacts))

    def _write(
        self, label: Message, answers: Sequence[tuple[int, Sending]], answer: str, on: dt.date | None, source: str
    ) -> int:
        day = on or dt.date.today()
        if day > dt.date.today():
            raise InvalidInput("on", say("This day is still to come."), say("Please enter the day of the answer."))
        if not answers:
            return 0
        wordings = {
            purpose.key: self._purposes.wording(purpose) if answer == YES else "" for purpose in self._purposes.all()
        }
        with self._database.writing(label) as transaction:
            ids = self._purposes.ids(transaction)
            first, entered = transaction.allocate("consent", len(answers)), now()
            transaction.insert_many(
                "consent",
                ("id", "contact_id", "purpose_id", "channel", "answer", "given_on", "source", "wording", "entered_at"),
                [
                    (first + i, contact, ids[to.purpose], to.channel, answer, day.isoformat(), source.strip(),
                     wordings[to.purpose], entered)
                    for i, (contact, to) in enumerate(answers)
                ],
            )  # fmt: skip
        return len(answers)

    # Who may be reached -----------------------------------------------------------------------------------------

    def barriers(
        self, contacts: Sequence[int], sending: Sending, *, by_hand: Collection[int] = ()
    ) -> dict[int, Barrier | None]:
        """For each of these contacts that exist what stands in the way, None if nothing does. Asked in one question:
        a card each would take twenty times as long."""
        purpose, channel = self._purposes.get(sending.purpose), sending.channel
        wish, place, back = _FACTS[channel]

        @cache
        def why(
            binned: int, deceased: int, unwanted: int, placed: int, returned: int, answer: str, forced: bool
        ) -> Barrier | None:
            here = frozenset({channel})
            nowhere: frozenset[str] = frozenset()
            facts = Situation(
                bool(binned),
                bool(deceased),
                here if unwanted else nowhere,
                here if placed else nowhere,
                here if returned else nowhere,
            )
            return barrier(facts, purpose, channel, answer, by_hand=forced)

        forced = frozenset(by_hand)
        return {
            row[0]: why(*row[1:], row[0] in forced)
            for row in self._database.rows(
                f"SELECT c.id, c.binned_at <> '', c.deceased, {wish}, coalesce({place}, 0), {back}, coalesce(("
                "SELECT answer FROM consent WHERE contact_id = c.id AND purpose_id = "
                "(SELECT id FROM purpose WHERE key = ?) AND channel = ? "
                "ORDER BY given_on DESC, entered_at DESC, id DESC LIMIT 1), '') "
                "FROM json_each(?) AS asked JOIN contact AS c ON c.id = asked.value ORDER BY asked.key",
                (purpose.key, channel, json.dumps(list(contacts))),
            )
        }

    def occasion(
        self, contacts: Sequence[int], purpose: str, by_hand: Collection[int] = (), channel: str = POST
    ) -> Occasion:
        """What decides about letters to these contacts. Raises Refused (no such purpose)."""
        answers = self._database.rows(
            "SELECT contact_id, answer FROM consent WHERE purpose_id = (SELECT id FROM purpose WHERE key = ?) "
            "AND channel = ? AND contact_id IN (SELECT value FROM json_each(?)) ORDER BY given_on, entered_at, id",
            (purpose, channel, json.dumps(list(contacts))),
        )
        return Occasion(self._purposes.get(purpose), dict(answers), frozenset(by_hand), channel)

    def names(self, contacts: Sequence[int]) -> dict[int, str]:
        """What these contacts are called, also those in the bin."""
        names = dict(
            self._database.rows(
                "SELECT contact_id, name FROM contact_line WHERE contact_id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(contacts)),),
            )
        )
        unlisted = [contact for contact in contacts if contact not in names]  # those in the bin
        return names | {card.id or 0: card.name for card in cards.read(self._database, unlisted)}


_FACTS: Mapping[str, tuple[str, str, str]] = {
    POST: (
        "c.no_post",
        """(SELECT town <> '' OR postcode <> '' FROM address WHERE contact_id = c.id AND undeliverable_since = ''
            ORDER BY preferred DESC, position, id LIMIT 1)""",
        "EXISTS (SELECT 1 FROM address WHERE contact_id = c.id AND undeliverable_since <> '')",
    ),
    EMAIL: (
        "c.no_email",
        "EXISTS (SELECT 1 FROM email WHERE contact_id = c.id AND undeliverable_since = '')",
        "EXISTS (SELECT 1 FROM email WHERE contact_id = c.id AND undeliverable_since <> '')",
    ),
    PHONE: ("c.no_phone", "EXISTS (SELECT 1 FROM phone WHERE contact_id = c.id)", "0"),
    PRINT: ("0", "1", "0"),
}
"""By channel: whether nothing is wanted by it, whether it leads somewhere, whether something came back. The same as
`domain.consent.situation` reads from a card."""


def _listed(parts: Sequence[Message]) -> Message:
    """Parts of a list, divided by commas."""
    return reduce(lambda before, part: say("{before}, {part}", before=before, part=part), parts)
