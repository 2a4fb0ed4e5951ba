"""Who is in the register twice: all suspects, those of one card that is being entered, and what is not a duplicate."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from alumnidesk.domain import duplicates
from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.duplicates import Suspect
from alumnidesk.domain.folding import words
from alumnidesk.domain.likeness import SUSPECT, Likeness, compare
from alumnidesk.domain.phones import search_forms
from alumnidesk.domain.profiles import Names, Profile, profile, profile_of
from alumnidesk.errors import Refused
from alumnidesk.formats.bulk import collector_paused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services import cards
from alumnidesk.storage.database import Database

__all__ = ["Duplicates", "Likely", "Suspect"]

_BATCH = 500
_FEW = 60
"""So many contacts at most are looked at for one card in each way of finding them."""
_LIKELIEST = 5
"""So many of them are shown."""


class Likely(NamedTuple):
    """A contact that a card may be."""

    contact: int
    name: str
    town: str
    likeness: Likeness


class Duplicates:
    """Finds contacts that may be one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # All of them --------------------------------------------------------------------------------------------------

    def suspects(self, progress: Progress | None = None) -> list[Suspect]:
        """All pairs of contacts that may be one, the surest first; the bin is left out. Raises Cancelled.

        Deeds may be done between its steps: nobody is named who went meanwhile.
        """
        progress = progress or Progress()
        profiles: list[Profile] = []
        with collector_paused():
            try:
                self._read_profiles(profiles, progress)
                found = duplicates.suspects(profiles, progress)
            finally:  # freed at once they would keep the window from answering
                while profiles:
                    del profiles[-_BATCH:]
        return self.still(found)

    def _read_profiles(self, profiles: list[Profile], progress: Progress) -> None:
        ids = [i for (i,) in self._database.rows("SELECT id FROM contact WHERE binned_at = '' ORDER BY id")]
        progress.begin(say("Reading the contacts …"), len(ids))
        for start in range(0, len(ids), _BATCH):
            batch = ids[start : start + _BATCH]
            profiles += read_profiles(self._database, batch)
            progress.advance(len(batch))

    def still(self, pairs: Sequence[Suspect]) -> list[Suspect]:
        """Those of the pairs whose contacts are both in use, and that nobody has told apart since."""
        ids = json.dumps(list({number for pair in pairs for number in (pair.first, pair.second)}))
        there = {
            number
            for (number,) in self._database.rows(
                "SELECT id FROM contact WHERE binned_at = '' AND id IN (SELECT value FROM json_each(?))", (ids,)
            )
        }
        apart = self._all_apart()
        return [pair for pair in pairs if {pair.first, pair.second} <= there and (pair.first, pair.second) not in apart]

    # One card -----------------------------------------------------------------------------------------------------

    def likely(self, card: ContactCard) -> list[Likely]:
        """The few whom a card that is being entered may be, the likeliest first; neither itself nor who is in the bin.

        Quick enough to be asked while somebody types: the search index names the few who are compared.
        """
        wanted = profile_of(card)
        ids = sorted(self._who_could_be(card) - {card.id or 0})
        known = list(read_profiles(self._database, ids))
        names = self._how_common([wanted, *known])
        apart = self._apart(card.id) if card.id else set()
        found = [(each.id, compare(wanted, each, names)) for each in known if each.id not in apart]
        found = sorted((pair for pair in found if pair[1].score >= SUSPECT), key=lambda p: (-p[1].score, p[0]))
        found = found[:_LIKELIEST]
        shown = {
            number: (name, town)
            for number, name, town in self._database.rows(
                "SELECT contact_id, name, town FROM contact_line WHERE contact_id IN (SELECT value FROM json_each(?))",
                (json.dumps([number for number, _ in found]),),
            )
        }
        return [Likely(number, *shown[number], likeness) for number, likeness in found if number in shown]

    def _who_could_be(self, card: ContactCard) -> set[int]:
        """Contacts that share a name in any order, an e-mail address, a phone number or a home with the card."""
        questions = [f"email : {_phrase(email.address)}" for email in card.emails if words(email.address)]
        for phone in card.phones:
            if (forms := search_forms(phone.number)) and len(forms[-1]) > 5:
                questions.append(f'phone : "{forms[-1]}"')
        for address in card.addresses:
            street, town = words(f"{address.street} {address.house_number}"), words(address.postcode or address.town)
            if street and town:
                questions.append(f"other : {_phrase(' '.join(street))} AND town : {_phrase(' '.join(town))}")
        given, family = words(card.given_name or card.call_name)[:1], words(card.family_name)[-1:]
        organisation = words(card.organisation) if not family else []
        if given and family:
            questions.append(f'name : "{given[0]}" AND name : "{family[0]}"')
        elif organisation or family or given:
            questions.append(f"name : {_phrase(' '.join(organisation or family or given))}")
        found: set[int] = set()
        for question in questions:
            found.update(self._ids("SELECT rowid FROM contact_search WHERE contact_search MATCH ? LIMIT ?", question))
        if given and family:
            found.update(self._similarly_named(given[0], family[0]))
        return found

    def _similarly_named(self, given: str, family: str) -> Iterator[int]:
        """Names that begin alike, for slips of the pen further on: ``mulle…, a…``."""
        for start, second in ((family, given), (given, family)):
            beginning = start[:3]
            yield from self._ids(
                "SELECT contact_id FROM contact_line WHERE sort_name >= ?1 AND sort_name < ?1 || char(1114111) "
                "AND substr(sort_name, instr(sort_name, ' ') + 1, 2) = ?3 LIMIT ?2",
                beginning,
                second[:2],
            )

    def _ids(self, query: str, value: str, *more: str) -> Iterable[int]:
        return (number for (number,) in self._database.rows(query, (value, _FEW, *more)))

    def _how_common(self, profiles: Sequence[Profile]) -> Names:
        """How common the names that occur are in the whole register."""
        names = Names.of(profiles)
        ((total,),) = self._database.rows("SELECT count(*) FROM contact_line")
        wanted = profiles[0]
        return Names(
            total,
            names.given + Counter({wanted.given: self._count(wanted.given)}),
            names.family + Counter({wanted.family: self._count(wanted.family)}),
            names.reach,
        )

    def _count(self, name: str) -> int:
        """How many contacts have this word in their names."""
        if not name:
            return 0
        ((count,),) = self._database.rows(
            "SELECT count(*) FROM contact_search WHERE contact_search MATCH ?", (f'name : "{name}"',)
        )
        return int(count)

    # What is none -------------------------------------------------------------------------------------------------

    def not_duplicates(self, one: int, other: int) -> None:
        """Remember that two contacts are two: they are not suspected any more.

        Raises Refused if one of them does not exist.
        """
        first, second = sorted((one, other))
        known = {card.id: card.name for card in cards.read(self._database, [first, second])}
        if len(known) < 2:
            raise Refused(say("This contact does not exist any more."))
        if second in self._apart(first):
            return
        label = say("{a} and {b} are not the same", a=known[one], b=known[other])
        with self._database.writing(label) as transaction:
            transaction.execute("INSERT INTO not_duplicate (contact_id, other_id) VALUES (?, ?)", (first, second))

    def _all_apart(self) -> set[tuple[int, int]]:
        return {(a, b) for a, b in self._database.rows("SELECT contact_id, other_id FROM not_duplicate")}

    def _apart(self, contact: int) -> set[int]:
        """Whom somebody has told apart from a contact."""
        rows = self._database.rows(
            "SELECT other_id FROM not_duplicate WHERE contact_id = ?1 "
            "UNION SELECT contact_id FROM not_duplicate WHERE other_id = ?1",
            (contact,),
        )
        return {number for (number,) in rows}


def _phrase(text: str) -> str:
    return '"' + " ".join(words(text)) + '"'


# Reading -----------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "given_name", "additional_names", "call_name", "name_particle", "family_name", "birth_name", "former_names",
    "suffix", "gender_form", "organisation", "birth_date",
)  # fmt: skip


def read_profiles(database: Database, ids: Sequence[int]) -> Iterator[Profile]:
    """The profiles of these contacts that are in use, in rising order of ids."""
    chosen = (json.dumps(list(ids)),)

    def parts(table: str, columns: str) -> defaultdict[int, list[Any]]:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for number, *values in database.rows(
            f"SELECT contact_id, {columns} FROM {table} WHERE contact_id IN (SELECT value FROM json_each(?))", chosen
        ):
            found[number].append(values[0] if len(values) == 1 else tuple(values))
        return found

    emails, phones = parts("email", "address"), parts("phone", "number")
    addresses = parts("address", "street, house_number, postcode, town")
    courses = parts("affiliation", "programme, coalesce(cohort_to, cohort_from, 0)")
    for number, kind, *values in database.rows(
        f"SELECT id, kind, {', '.join(_COLUMNS)} FROM contact "
        "WHERE binned_at = '' AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        chosen,
    ):
        yield profile(
            number,
            kind,
            emails=emails.get(number, ()),
            phones=phones.get(number, ()),
            addresses=addresses.get(number, ()),
            courses=courses.get(number, ()),
            **dict(zip(_COLUMNS, values, strict=True)),
        )
