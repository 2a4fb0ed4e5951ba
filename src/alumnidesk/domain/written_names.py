"""Names as lists write them: what stands in them besides the name goes where it belongs.

For lists that people write. What gives an identity (UID) comes from an address book, often our own: its names are
left as they are there, as a sync leaves them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from alumnidesk.domain.full_names import leading_titles
from alumnidesk.domain.name_signs import (
    Sign,
    gender_form,
    may_say_more,
    names_several,
    only_names_several,
    without_signs,
)
from alumnidesk.domain.records import ContactRecord, Problem
from alumnidesk.i18n import Message, say

_NAMES = ("title", "given_name", "name_particle", "family_name", "suffix")
_SIGNED = ("title", "given_name", "family_name", "suffix")
"""Where signs stand."""


def understood(record: ContactRecord, kept: Collection[str] = ()) -> ContactRecord:
    """The record with what its name says besides the name; the same object if that is nothing.

    `kept` are the foreign properties in which a greeting, or a whole name beside its parts, was kept as it came.
    """
    if record.uid:
        return record
    found = record.values
    name = " ".join([found[key] for key in _NAMES if key in found])
    # Of a card the whole line is kept, its name and a colon before the text.
    beside = [one.raw.rpartition(":")[2] for one in record.foreign if one.name in kept] if kept else []
    if not name or not (beside or may_say_more(name)):
        return record
    values = dict(found)
    remark = _of_several(values, name, beside) or _of_one(values, name, beside)
    if values == found and remark is None:
        return record
    problems = () if remark is None else (Problem(record.line, remark, name, severe=False),)
    return replace(record, values=values, problems=(*record.problems, *problems))


# Several people ------------------------------------------------------------------------------------------------------


def _of_several(values: dict[str, str], name: str, beside: Iterable[str]) -> Message | None:
    """What to say of a name that is more than one person, None of any other.

    It remains one contact. ``Familie`` goes before the family name, where letters and lists have it right; signs stay,
    because nobody knows whom of them they mean.
    """
    given, title = values.get("given_name", ""), values.get("title", "")
    said = [text for text in beside if names_several(text) or only_names_several(text)]
    in_name = names_several(name, given)
    if not in_name and not said:
        return None
    words = next(filter(only_names_several, (given,) if given else (title, *said)), "")
    if words and "family_name" in values:
        _put(values, name_particle=_joined(words, values.get("name_particle", "")))
        _put(values, **{key: "" for key in ("given_name", "title") if values.get(key) == words})
    return say(
        "“{name}” is more than one person, but one contact. To greet each of them by name, make a contact of each and "
        "put them into one household.",
        name=name if in_name else _joined(said[0], name),
    )


# One person ----------------------------------------------------------------------------------------------------------


def _of_one(values: dict[str, str], name: str, beside: Iterable[str]) -> Message | None:
    """Take signs and form of address out of the name; what to say if somebody has died by that."""
    _take_form_of_address(values)
    dead = name if _take_signs(values) else ""
    for text in beside:
        bare, signs = without_signs(text)
        if any(sign.died for sign in signs):
            dead = dead or (text if bare else _joined(name, text))
    if not dead:
        return None
    _put(values, deceased="1")
    return say("“{name}” counts as deceased, because the name says so. Please correct it if that is wrong.", name=dead)


def _take_signs(values: dict[str, str]) -> bool:
    """Whether one of them says that the person has died. One that says what has no other place stays in the name."""
    died = False
    for key in _SIGNED:
        bare, signs = without_signs(values.get(key, ""))
        died = died or any(sign.died for sign in signs)
        rest = {**values, key: bare}
        if signs and (rest.get("given_name") or rest.get("family_name")) and _taken(values, signs):
            _put(values, **{key: bare})
    return died


def _taken(values: dict[str, str], signs: Iterable[Sign]) -> bool:
    """Put where they belong what all of the signs say, or nothing of it."""
    new: dict[str, str] = {}
    for sign in signs:
        key, text = ("birth_name", sign.born) if sign.born else ("deceased_on", sign.died_on)
        present = new.get(key) or values.get(key, "")
        if text is None or (text and not (present or text).startswith(text)):
            return False
        if text:
            new[key] = present or text
    values.update(new)
    return True


def _take_form_of_address(values: dict[str, str]) -> None:
    """``Frau Dr. Anna`` as a first name, which is what a whole name leaves there."""
    form, *words = values.get("given_name", "").split() or [""]
    said = gender_form(form)
    if said and values.get("gender_form", said) == said and form.casefold() not in ("fr", "fr."):  # Frater has it too
        titles, rest = leading_titles([*words, values.get("family_name", "")])
        title = _joined(values.get("title", ""), *titles)
        _put(values, gender_form=said, title=title, given_name=_joined(*rest[:-1]))


def _put(values: dict[str, str], **new: str) -> None:
    """What is empty is missing in a record."""
    for key, text in new.items():
        if text:
            values[key] = text
        else:
            values.pop(key, None)


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))
