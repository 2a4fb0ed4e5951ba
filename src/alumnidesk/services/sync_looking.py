"""What a partner holds now, beside what it held: which places are new, changed, moved, missing or not to be read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alumnidesk.domain.records import ContactRecord, Problem
from alumnidesk.formats.vcard_states import card_text
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services.sync_contacts import Contacts
from alumnidesk.services.sync_links import Link
from alumnidesk.services.sync_partners import Held, Partner
from alumnidesk.services.sync_plan import SyncProblem


@dataclass(frozen=True, slots=True)
class Seen:
    """A place that was read."""

    place: str
    stamp: str
    kept_stamp: str
    """As in `Held`."""
    uid: str
    digest: str
    record: ContactRecord | None
    """For a place that nobody is linked to; without its picture, which would be kept in memory for all of them."""


@dataclass(slots=True)
class Look:
    """Everything that a partner holds, told apart."""

    empty: bool = False
    """It holds nothing at all, and it held something."""
    links: dict[int, Link] = field(default_factory=dict)
    """By contact, with the present place of what was moved."""
    changed: dict[int, Seen] = field(default_factory=dict)
    """Contacts whose place says something else than it did, or is to be looked at anyway."""
    moved: set[int] = field(default_factory=set)
    """Contacts whose place or stamp is another one while it says the same."""
    stamps: dict[int, str] = field(default_factory=dict)
    """By contact the stamp of a place that was read and says the same; its link may keep none (`kept_stamp`)."""
    missing: set[int] = field(default_factory=set)
    """Contacts whose place is gone."""
    unreadable: set[int] = field(default_factory=set)
    """Contacts whose place cannot be taken now: nothing is concluded from that."""
    new: list[Seen] = field(default_factory=list)
    """Places that nobody is linked to."""
    problems: list[SyncProblem] = field(default_factory=list)
    taken: frozenset[str] = frozenset()
    """All places that there are."""


def look(partner: Partner, links: Mapping[int, Link], contacts: Contacts, progress: Progress) -> Look:
    """Read what is new or changed. Raises EnvironmentFault (the partner is gone as a whole) and Cancelled."""
    listing = partner.listing()
    found = Look(links=dict(links), problems=list(listing.problems), taken=frozenset(listing.stamps))
    found.empty = bool(links) and not listing.stamps
    bad = {problem.place for problem in listing.problems}
    at = {link.place: link for link in links.values()}
    wanted = [
        place
        for place, stamp in listing.stamps.items()
        if place not in bad and not (place in at and at[place].stamp == stamp)
    ]
    progress.begin(say("Reading what is there …"), len(wanted))
    seen: dict[str, Seen] = {}
    for one in progress.each(_read(partner, wanted, at, contacts)):
        if isinstance(one, SyncProblem):
            found.problems.append(one)
            bad.add(one.place)
        else:
            seen[one.place] = one
    for place, one in seen.items():
        if place in at and one.record is not None:  # another card lies there now
            del at[place]
    _sort(found, at, seen, bad, listing.stamps)
    return found


def _read(
    partner: Partner, places: Sequence[str], at: Mapping[str, Link], contacts: Contacts
) -> Iterator[Seen | SyncProblem]:
    for held in partner.read(list(places)):
        if isinstance(held, SyncProblem):
            yield held
            continue
        card = card_text(held.text)
        if isinstance(card, Problem):
            yield SyncProblem(held.place, card.line, card.why, card.text)
            continue
        link = at.get(held.place)
        if link is not None and not (card.uid and link.uid and card.uid != link.uid):
            yield Seen(held.place, held.stamp, held.kept_stamp, card.uid, digest_of(held), None)
            continue
        record = contacts.record(held.text)
        if isinstance(record, Problem):
            yield SyncProblem(held.place, record.line, record.why, record.text)
        elif not (record.emails or record.phones or not _NAMES.isdisjoint(record.values)):
            yield SyncProblem(held.place, record.line, say("No name, e-mail or phone number."))
        elif why := contacts.unclear(record.affiliations):
            yield SyncProblem(held.place, record.line, why)
        else:
            yield Seen(held.place, held.stamp, held.kept_stamp, card.uid, digest_of(held), replace(record, photo=b""))


_NAMES = frozenset({"family_name", "given_name", "call_name", "organisation"})


def digest_of(held: Held) -> str:
    """By what one sees that a place says the same, byte by byte."""
    return hashlib.sha256(held.text).hexdigest()


def _sort(found: Look, at: dict[str, Link], seen: Mapping[str, Seen], bad: set[str], stamps: Mapping[str, str]) -> None:
    missing = {link.contact: link for link in found.links.values() if link.place not in stamps or link.place not in at}
    new = {place: one for place, one in seen.items() if place not in at}
    _refuse_twins(found, new, {link.uid: link.place for link in at.values() if link.uid and link.place in stamps})
    for contact, place in _moved(missing, new).items():
        link, one = missing.pop(contact), new.pop(place)
        found.links[contact] = replace(link, place=place, stamp=one.kept_stamp)
        found.stamps[contact] = one.stamp
        (found.moved.add(contact) if one.digest == link.digest else found.changed.__setitem__(contact, one))
    for place, link in at.items():
        if place in bad:
            found.unreadable.add(link.contact)
        elif (known := seen.get(place)) is not None:
            if known.digest == link.digest:
                found.links[link.contact] = replace(link, stamp=known.kept_stamp)
                found.stamps[link.contact] = known.stamp
                found.moved.add(link.contact)
            else:
                found.changed[link.contact] = known
    found.missing = set(missing)
    found.new = [new[place] for place in sorted(new)]


def _refuse_twins(found: Look, new: dict[str, Seen], linked: Mapping[str, str]) -> None:
    """Two places with one UID: which of them is right is nothing that a program should guess."""
    by_uid: defaultdict[str, list[str]] = defaultdict(list)
    for place, one in new.items():
        if one.uid:
            by_uid[one.uid].append(place)
    for uid, places in by_uid.items():
        others = [*([linked[uid]] if uid in linked else []), *places]
        if len(others) < 2:
            continue
        for place in places:
            other = next(one for one in others if one != place)
            why = say("This file has the same ID as “{other}”; neither is taken for the other.", other=other)
            found.problems.append(SyncProblem(place, 0, why, f"UID:{uid}"))
            del new[place]


def _moved(missing: Mapping[int, Link], new: Mapping[str, Seen]) -> dict[int, str]:
    """Contacts whose place is gone and lies elsewhere now: under the same UID, or word for word the same."""
    by_uid = {one.uid: place for place, one in new.items() if one.uid}
    by_digest = {one.digest: place for place, one in new.items()}
    found: dict[int, str] = {}
    for contact, link in missing.items():
        place = by_uid.get(link.uid) if link.uid else by_digest.get(link.digest)
        if place is not None and place not in found.values():
            found[contact] = place
    return found
