"""The name of a card as a whole (FN) beside its parts (N): read, kept and written back."""

from __future__ import annotations

from collections.abc import Mapping

from alumnidesk.domain import full_names
from alumnidesk.domain.cards import ORGANISATION, PERSON, ContactCard, Foreign
from alumnidesk.domain.names import display_name
from alumnidesk.formats.gathering import Gathered
from alumnidesk.formats.vcard_lines import Line
from alumnidesk.formats.vcard_properties import SHADOW, Taken, clean, exact
from alumnidesk.formats.vcard_text import unescape


def full_name(made: Gathered, line: Line, lines: list[Line]) -> Taken:
    """FN: told from the other parts when there are some; else the only source of the name.

    Where it is not what we would write ourselves, it is kept behind the name, and written back for as long as it says
    the same name. One that says something else than N is kept together with its N, until somebody changes the name.
    """
    text, values = clean(unescape(line.value)), made.values
    if text in ("", NO_NAME):
        return Taken.WHOLE
    if not (any(key in values for key in _NAMES) or text in _names_of_the_nameless(values, made)):
        if values.get("kind") == ORGANISATION:
            if "organisation" in values:
                return Taken.NOT
            values["organisation"] = text
        else:
            values.update(_split(text))
    if text == _written_name(values, made):
        return exact(line)
    if not says_name(text, values, made):
        parts = [n for n in lines if n.head.name == "N" and n.value.strip("; ")]
        made.foreign.extend(shadow for n in parts if (shadow := Foreign(SHADOW, "N", n.raw)) not in made.foreign)
        return Taken.PARTLY if parts else Taken.NOT
    return Taken.PARTLY


NO_NAME = "?"
"""The FN of a card that has no name at all; vCard wants one."""
_NAMES = ("title", "given_name", "additional_names", "name_particle", "family_name", "suffix")


def _split(text: str) -> dict[str, str]:
    return {key: value for key, value in full_names.split(text)._asdict().items() if value}


def _written_name(values: Mapping[str, str], of: Gathered) -> str:
    """The FN that this contact gets when no other is kept (`ContactCard.name`)."""
    given, called, family = (values.get(key, "") for key in ("given_name", "call_name", "family_name"))
    organisation, reached = values.get("organisation", ""), of.emails[0].address if of.emails else ""
    kind = values.get("kind") or (ORGANISATION if organisation and not (given or called or family) else PERSON)
    reached = reached or (of.phones[0].number if of.phones else "")
    return display_name(kind, organisation, given, called, values.get("name_particle", ""), family, reached)


def says_name(text: str, values: Mapping[str, str], of: Gathered | ContactCard) -> bool:
    """Whether a full name says the name that the contact has: with or without title, further names and suffix, or in
    another order; of somebody without a name, what programs take instead."""

    def joined(*keys: str) -> str:
        return " ".join(filter(None, (values.get(key, "") for key in keys)))

    names = {key: values[key] for key in _NAMES if values.get(key)}
    if not names:
        return text in _names_of_the_nameless(values, of)
    family = ("name_particle", "family_name")
    return _split(text) == names or text in (
        joined("given_name", *family),
        joined("given_name", "additional_names", *family),
        joined("title", "given_name", *family),
        joined("title", "given_name", "additional_names", *family, "suffix"),
        joined("given_name", *family, "suffix"),
        joined("call_name", *family),
    )


def _names_of_the_nameless(values: Mapping[str, str], of: Gathered | ContactCard) -> tuple[str, ...]:
    called = (values.get("organisation", ""), values.get("call_name", ""))
    return (*called, *(email.address for email in of.emails[:1]), *(phone.number for phone in of.phones[:1]))


def without_particle(made: Gathered) -> None:
    """Our own particle stands in N as part of the family name, because other programs know no place for it."""
    particle = made.values.get("name_particle")
    family = made.values.get("family_name", "")
    if particle and family.startswith(particle + " "):
        made.values["family_name"] = family[len(particle) + 1 :]
