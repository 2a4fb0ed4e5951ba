"""Things of the association that a query names: tags, units, events, purposes, lists, saved searches, choices.

A saved search follows when one of them gets another name, and says what it misses when one has gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from alumnidesk.domain.audiences import LIST, SEGMENT, meant
from alumnidesk.domain.folding import begins_a_word, fold, words
from alumnidesk.domain.query import Condition, Or, Query, Words, conditions_of, leaves, with_conditions
from alumnidesk.domain.query_fields import CHANNEL_WORDS, PURPOSE_WORDS, Operator, Sort, query_field
from alumnidesk.domain.units import STEP, spelt
from alumnidesk.i18n import Message, say

TAG, UNIT, EVENT, LETTER, PURPOSE = "tag", "unit", "event", "letter", "purpose"

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        TAG: ("tag",),
        UNIT: ("unit", "is", "was", "role"),
        EVENT: ("event", "invited", "coming", "declined", "waitlist"),
        LETTER: ("letter",),
        PURPOSE: ("agreed", "refused"),
        SEGMENT: ("segment",),
        LIST: ("list",),
    }
)
"""By which query fields each kind of thing is named."""
_MISSING: Mapping[str, Message] = MappingProxyType(
    {
        TAG: say("There is no tag “{name}”."),
        UNIT: say("There is no unit “{name}”."),
        EVENT: say("There is no event “{name}”."),
        LETTER: say("There is no letter “{name}”."),
        PURPOSE: say("There is no purpose “{name}”."),
        SEGMENT: say("There is no saved search “{name}”."),
        LIST: say("There is no list “{name}”."),
    }
)
_CHANNELS = frozenset(word for of_all in CHANNEL_WORDS.values() for text in of_all for word in words(text))
PURPOSES_OF_THE_PROGRAM = tuple(" ".join(of_all) for of_all in PURPOSE_WORDS.values())
"""By these words the program's own purposes are named."""


def kinds_named(query: Query) -> set[str]:
    """Of which kinds things are named in a query."""
    asked = {condition.field for condition in conditions_of(query)}
    return {kind for kind, fields in FIELDS.items() if asked.intersection(fields)}


def renamed(query: Query, kind: str, old: str, new: str, others: Iterable[str] = ()) -> Query:
    """The same query after a thing of a kind (`FIELDS`, or the key of an own field with choices) has got another name.

    `others` are the names of all other things of this kind. A condition that fits some of them as well, because it
    has only the beginning of a name or two events have the same one, goes on fitting them.
    """
    fields, others = FIELDS.get(kind, (kind,)), list(others)

    def follow(asked: Condition) -> Query:
        if asked.field not in fields or not _fits(asked, old):
            return asked
        shared = any(_fits(asked, name) for name in others)
        if _fits(asked, new) and (shared or fold(_name(asked)) != fold(old)):
            return asked
        changed = _with_name(asked, new)
        if changed.operator is Operator.BEGINS and query_field(asked.field).sort is not Sort.ROLE:
            alone = not any(_fits(changed, name) for name in others)
            changed = changed if alone else replace(changed, operator=Operator.EQUALS)
        return Or((asked, changed)) if shared else changed

    return with_conditions(query, follow)


def field_renamed(query: Query, old: str, new: str) -> Query:
    """The same query after an own field has got another key, because its name is another one."""
    return with_conditions(query, lambda asked: replace(asked, field=new) if asked.field == old else asked)


def missing(query: Query, names: Mapping[str, Collection[str]]) -> list[Message]:
    """What a query names that there is not, in words; `names` has what there is of each kind that it names."""
    found: list[Message] = []
    for asked in conditions_of(query):
        kind = next((kind for kind, fields in FIELDS.items() if asked.field in fields), "")
        name = _name(asked) if kind in names else ""
        if name and not _is_there(asked, kind, names[kind]):
            found.append(Message(_MISSING[kind].text, "", {"name": name}))
    return _once(found)


def missing_fields(query: Query) -> list[Message]:
    """Words in front of a colon that are no field, because it was removed or is written wrongly, in words."""
    found: list[Message] = []
    for part in leaves(query):
        for word in part.text.split() if isinstance(part, Words) else ():
            name, colon, value = word.partition(":")
            if colon and len(name) > 1 and name[0].isalpha() and not value.startswith("/"):
                found.append(say("There is no field “{name}”.", name=name))
    return _once(found)


def _once(sentences: list[Message]) -> list[Message]:
    return [one for place, one in enumerate(sentences) if one not in sentences[:place]]


# Conditions that name something ------------------------------------------------------------------------------------


def _name(asked: Condition) -> str:
    """The name in a condition; empty if it names nothing."""
    match query_field(asked.field).sort:
        case Sort.ROLE:
            return spelt(asked.value.partition("@")[2])
        case Sort.PROSE:
            return " ".join(word for word in asked.value.split() if not _is_channel(word))
        case _:
            name = asked.value if asked.operator in (Operator.EQUALS, Operator.BEGINS) else ""
            return spelt(name) if asked.field == UNIT else name


def _fits(asked: Condition, name: str) -> bool:
    """Whether a condition names a thing of this name, by the rules of `storage.comparisons`."""
    wanted = fold(_name(asked))
    if not wanted:
        return False
    sort = query_field(asked.field).sort
    if asked.field in FIELDS[UNIT]:
        name = spelt(name)
        if name.count(STEP) != wanted.count(STEP):  # whoever says “Law” means no unit below it
            return False
        if asked.operator is not Operator.EQUALS or sort is Sort.ROLE:
            return begins_a_word(fold(name), wanted)
    if sort is Sort.PROSE:
        return all(any(word.startswith(beginning) for word in words(name)) for beginning in words(wanted))
    if asked.operator is Operator.BEGINS:
        return fold(name).startswith(wanted)
    return fold(name) == wanted


def _is_there(asked: Condition, kind: str, names: Collection[str]) -> bool:
    if kind in (SEGMENT, LIST):
        return bool(meant(asked.value, names))
    return any(_fits(asked, name) for name in names)


def _with_name(asked: Condition, name: str) -> Condition:
    match query_field(asked.field).sort:
        case Sort.ROLE:
            return replace(asked, value=f"{asked.value.partition('@')[0]}@{name}")
        case Sort.PROSE:
            channels = [word for word in asked.value.split() if _is_channel(word)]
            return replace(asked, value=" ".join((name, *channels)))
        case _:
            return replace(asked, value=name)


def _is_channel(word: str) -> bool:
    return all(any(channel.startswith(part) for channel in _CHANNELS) for part in words(word))
