"""vCard, second half: property lines to contact records.

What we understand becomes a typed value; what we do not is kept as its line (`Foreign`). Where the typed value says
less than the line (a phone that is private and mobile, a parameter of somebody's own), the line is kept beside it as
its `SHADOW`: as long as nobody changes the value, the line is written back as it came.
"""

from __future__ import annotations

import sys
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from alumnidesk.domain.cards import Foreign
from alumnidesk.domain.records import ContactRecord, Problem, Reading
from alumnidesk.formats import vcard_lines
from alumnidesk.formats.bulk import apart
from alumnidesk.formats.gathering import SHOWN, Gathered
from alumnidesk.formats.vcard_lines import Line, RawCard
from alumnidesk.formats.vcard_names import NO_NAME, full_name, without_particle
from alumnidesk.formats.vcard_properties import PROPERTIES, SHADOW, SOURCE, Taken
from alumnidesk.formats.vcard_text import unescape
from alumnidesk.formats.vcard_types import apple_label, types_for
from alumnidesk.i18n import say
from alumnidesk.progress import Progress


def count(data: bytes) -> int:
    """About how many cards a file has, without reading it."""
    return data.count(b"BEGIN:VCARD") + data.count(b"begin:vcard")


def read(data: bytes, progress: Progress | None = None) -> Reading:
    """The cards of a file, in its order, and everything that did not become one."""
    return next(in_parts(data, sys.maxsize, progress))


def in_parts(data: bytes, size: int, progress: Progress | None = None) -> Iterator[Reading]:
    """The same, each time of so many cards; at least once."""
    progress = progress or Progress()
    all_made = each(data)
    left = count(data)
    found = size
    while found == size:
        progress.begin(say("Reading the cards …"), max(min(size, left), 0))
        left -= size
        records, problems = apart(progress.each(islice(all_made, size)))
        found = len(records) + len(problems)
        yield Reading(tuple(records), tuple(problems), more=found == size)
        del records, problems  # before the next are made


def each(data: bytes) -> Iterator[ContactRecord | Problem]:
    """The records one by one, and where a card or the text between cards could not be read, a problem instead."""
    for card in vcard_lines.cards(data):
        yield card if isinstance(card, Problem) else _record(card)


def _record(card: RawCard) -> ContactRecord | Problem:
    lines, problems = vcard_lines.lines(card)
    made = Gathered(card.line)
    made.problems.extend(problems)
    take_lines(lines, made)
    if not card.closed:
        made.remark("BEGIN:VCARD", say("This card has no end; what is before the next one was read."))
    if not made.says_something and not made.photo and not any(foreign.source == SOURCE for foreign in made.foreign):
        text = card.block[:SHOWN].decode("utf-8", "replace").replace("\0", "").strip()
        return Problem(card.line, say("This card has nothing that could be understood."), text)
    if not made.emails and not made.phones and _NAMES.isdisjoint(made.values):
        _name_the_nameless(made, card)
    return made.record()


_NAMES = frozenset({"given_name", "family_name", "call_name", "organisation"})


def _name_the_nameless(made: Gathered, card: RawCard) -> None:
    """A contact has a name, and is known again when the same file comes a second time: by the text of its card."""
    made.values["family_name"] = NO_NAME
    text = card.block.decode("utf-8", "replace").strip()
    made.uid = made.uid or str(uuid.uuid5(uuid.NAMESPACE_URL, f"alumnidesk:nameless:{text}"))
    made.remark("BEGIN:VCARD", say("This card has no name; “{name}” stands for it.", name=NO_NAME))


def take_lines(lines: list[Line], made: Gathered) -> None:
    """Put the lines of one card into the record."""
    labels, families, said = _groups(lines)
    full_names_of_card: list[Line] = []
    for line in lines:
        head = line.head
        if head.name in _UNSAID or (head.name == "X-ABLABEL" and head.group not in families and head.group in labels):
            continue
        if head.name == "FN":
            full_names_of_card.append(line)
        elif take := PROPERTIES.get(head.name):
            taken = take(made, line, labels.get(head.group, ""))
            if taken is Taken.WHOLE and head.group in said and _reworded(head.name, said[head.group]):
                taken = Taken.PARTLY
            _keep_rest(taken, head.group in families, line, made)
            if taken is not Taken.WHOLE and head.group in labels and head.group not in families:
                source = SHADOW if taken is Taken.PARTLY else SOURCE
                of_group = (one for one in lines if one.head.group == head.group and one.head.name == "X-ABLABEL")
                made.foreign.extend(Foreign(source, "X-ABLABEL", one.raw) for one in of_group)
        else:
            made.foreign.append(Foreign(SOURCE, head.name.removeprefix("?"), line.raw))
    without_particle(made)
    for line in full_names_of_card:
        taken = full_name(made, line, lines)
        if taken is Taken.WHOLE and len(full_names_of_card) > 1:
            taken = Taken.PARTLY
        _keep_rest(taken, False, line, made)


_UNSAID = frozenset({"VERSION", "PRODID", "REV", "BEGIN", "END"})
"""About the making of the file, not about the contact: a REV of yesterday would be wrong after today's change."""


class _Groups(NamedTuple):
    labels: Mapping[str, str]
    """Group → what its ``X-ABLabel`` means."""
    families: frozenset[str]
    """Groups that are more than one value and its label: their lines are kept, since only together they say what they
    say."""
    said: Mapping[str, str]
    """Group → its ``X-ABLabel`` as it came."""


def _groups(lines: list[Line]) -> _Groups:
    if not any(line.head.group for line in lines):
        return _NO_GROUPS
    members: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.head.group:
            members[line.head.group].append(line)
    said = {line.head.group: unescape(line.value) for line in lines if line.head.name == "X-ABLABEL"}
    labels = {group: apple_label(text) for group, text in said.items()}
    return _Groups(
        labels,
        frozenset(group for group, its in members.items() if not _is_labelled_value(its)),
        said,
    )


def _is_labelled_value(lines: list[Line]) -> bool:
    """Whether a group is one property, or one that can have a label and the label."""
    values = [line.head.name for line in lines if line.head.name != "X-ABLABEL"]
    return len(values) == 1 and (len(lines) == 1 or (len(lines) == 2 and values[0] in _LABELLED))


def _reworded(name: str, label: str) -> bool:
    """Whether we would write the label of a value in another way (``_$!<Work>!$_`` as TYPE=WORK)."""
    return name in _LABELLED and (apple_label(label) != label or types_for(name, label) is not None)


_NO_GROUPS = _Groups(MappingProxyType({}), frozenset(), MappingProxyType({}))
_LABELLED = frozenset({"TEL", "EMAIL", "ADR", "URL"})


def _keep_rest(taken: Taken, in_family: bool, line: Line, made: Gathered) -> None:
    """Keep the line: instead of a value, or behind it."""
    if taken is Taken.NOT:
        made.foreign.append(Foreign(SOURCE, line.head.name, line.raw))
    elif taken is Taken.PARTLY or in_family:
        made.foreign.append(Foreign(SHADOW, line.head.name, line.raw))
