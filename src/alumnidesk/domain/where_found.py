"""Why a search found somebody: the text in which the words stand that were looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from alumnidesk.domain.folding import spans
from alumnidesk.domain.phones import search_forms
from alumnidesk.i18n import Message, say

PHONE, OWN = "phone", "own."
_LABELS: Mapping[str, Message] = MappingProxyType(
    {
        "name": say("Name"),
        "birth_name": say("Birth name"),
        "former_names": say("Former names"),
        "call_name": say("Called"),
        "position": say("Position"),
        "department": say("Department"),
    }
)
"""What has to be said beside a value; an address, a phone number, a remark and the like speak for themselves."""
_PROSE = ("remark", "note", OWN)
_BEFORE, _BEFORE_IN_PROSE = 16, 4
"""So many letters may stand before the found ones; where there are more, the text begins with the found word."""


class Place(NamedTuple):
    """One text of a contact that has what was looked for."""

    field: str
    """``own.`` and its name for a field of the association's own."""
    text: str

    @property
    def label(self) -> Message | None:
        """What kind of text it is, where the text alone does not say it."""
        if self.field.startswith(OWN):
            return say("{name}", name=self.field.removeprefix(OWN))
        return _LABELS.get(self.field)


def places(texts: Iterable[tuple[str, str]], looked_for: Sequence[str]) -> list[Place]:
    """The first text for each of the folded words; one that has several of them stands there once.

    A long text begins where the word stands. Digits are also looked for in phone numbers, whatever their spelling.
    """
    left, found = list(looked_for), list[Place]()
    number = "".join(word for word in looked_for if word.isdigit())
    for field, text in texts:
        if not left:
            break
        if field == PHONE and number and any(form.startswith(_bare(number)) for form in search_forms(text)):
            left = [word for word in left if not word.isdigit()]
            found.append(Place(field, text))
        elif here := [word for word in left if spans(text, [word])]:
            left = [word for word in left if word not in here]
            found.append(Place(field, _from(field, text, spans(text, here)[0][0])))
    return found


def _bare(number: str) -> str:
    return number.removeprefix("00") or number


def _from(field: str, text: str, start: int) -> str:
    before = _BEFORE_IN_PROSE if field.startswith(_PROSE) else _BEFORE
    return text if start <= before else text[start:]
