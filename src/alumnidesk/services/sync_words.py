"""What a sync does and asks, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from alumnidesk.domain.cards import ContactCard
from alumnidesk.domain.differences import Difference, differences, telling
from alumnidesk.domain.records import Problem, as_card
from alumnidesk.domain.sync import Changes, Conflict, Decision
from alumnidesk.formats.vcard import SHADOW
from alumnidesk.formats.vcard_states import record_of
from alumnidesk.formats.vcard_text import unescape
from alumnidesk.i18n import NOTHING, Message, say
from alumnidesk.services.sync_contacts import Contacts, paired
from alumnidesk.services.sync_meeting import Meeting
from alumnidesk.services.sync_plan import Question, QuestionKind, Side, SyncDifference
from alumnidesk.services.sync_steps import Step


def told(meeting: Meeting) -> Iterator[SyncDifference]:
    """What changes on either side."""
    if meeting.changes_us:
        yield from _differences(Side.OURS, meeting.card, meeting.becomes[0], meeting.merged.ours)
    if meeting.changes_them:
        before, after = paired(*(_card(meeting.contacts, one.text) for one in (meeting.theirs, meeting.theirs_after)))
        yield from _differences(Side.THEIRS, before, after, meeting.merged.theirs)


def told_of(contacts: Contacts, text: bytes) -> tuple[SyncDifference, ...]:
    """All that a card says, as of somebody who is new here."""
    card = _card(contacts, text)
    found = _between(ContactCard(kind=card.kind), card)
    return tuple(SyncDifference(Side.OURS, one.label, one.old, one.new) for one in found)


def _differences(side: Side, before: ContactCard, after: ContactCard, changes: Changes) -> Iterator[SyncDifference]:
    found = _between(before, after)
    for one in found:
        yield SyncDifference(side, one.label, one.old, one.new)
    if not found:  # a name as one says it, a parameter of somebody's own: nothing that we show
        for slot, content in changes.items():
            new = _raw(content.lines) if content else NOTHING
            yield SyncDifference(side, say("{name}", name=slot.name), NOTHING, new)


def _between(before: ContactCard, after: ContactCard) -> tuple[Difference, ...]:
    return differences(_shown(before), _shown(after))


def _shown(card: ContactCard) -> ContactCard:
    """Without the lines behind values, which are not shown to people."""
    return replace(card, foreign=tuple(one for one in card.foreign if one.source != SHADOW))


def _card(contacts: Contacts, text: bytes) -> ContactCard:
    record = contacts.record(text)
    return ContactCard() if isinstance(record, Problem) else as_card(record)


def asked(item: str, conflict: Conflict) -> Question:
    """What is to be decided about one thing that both changed."""
    sides = [[line for content in side.values() for line in content.lines] for side in (conflict.ours, conflict.theirs)]
    sides.append([_readable(line) for text in conflict.before.values() for line in text.split("\n")])
    ours, theirs, before = map(_of_lines, sides)
    if ours and theirs and ours[1] == theirs[1]:
        ours, theirs, before = (_of_lines(lines, whole=True) for lines in sides)
    label = next((said[0] for said in (ours, theirs, before) if said), None)
    return Question(
        f"{item}/{conflict.id}",
        QuestionKind.CHANGED_BOTH,
        label or say("{name}", name=min(conflict.slots).name),
        ours[1] if ours else NOTHING,
        theirs[1] if theirs else NOTHING,
        before[1] if before else NOTHING,
        conflict.allowed,
    )


def about_contact(step: Step, kind: QuestionKind, ours: Message, theirs: Message) -> Question:
    """What is to be decided about a contact as a whole."""
    return Question(
        step.question,
        kind,
        say("The contact as a whole"),
        ours,
        theirs,
        NOTHING,
        (Decision.LATER, *sorted(step.choices)),
    )


def _of_lines(lines: list[str], *, whole: bool = False) -> tuple[Message, Message] | None:
    """What lines are called and say; None if they say nothing. As a `whole` with what is said about a value."""
    if not lines:
        return None
    if all(line.startswith("PHOTO") for line in lines):
        return say("Photo"), say("a picture")
    card = as_card(record_of(lines))
    found = [one for one in _between(ContactCard(), card) if one.new != NOTHING]
    if not found:
        return say("{name}", name=lines[0].partition(":")[0].partition(";")[0]), _raw(lines)
    parts = [*card.emails, *card.phones, *card.addresses, *card.links]
    words, *others = [telling(part) for part in parts] if whole and parts else [one.new for one in found]
    for other in others:
        words = say("{first}, {other}", first=words, other=other)
    return found[0].label, words


def _readable(line: str) -> str:
    """A canonical line as one that is read: the number of a phone is kept there in two parts."""
    head, colon, value = line.partition(":")
    if head.startswith("TEL") and ";" in value:
        country, _, number = value.partition(";")
        value = f"+{country} {number}" if country else number
    return f"{head}{colon}{value}"


def _raw(lines: Iterable[str]) -> Message:
    return say("{text}", text=", ".join(unescape(line.partition(":")[2])[:200] for line in lines))
