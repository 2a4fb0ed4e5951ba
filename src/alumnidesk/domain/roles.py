"""The usual roles that somebody has at a unit. They are offered; any other word can be typed, and is kept as it was.

Whoever looks for one of them in any language finds it in all: ``role:member`` finds *Mitglied* and *medlem*.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from alumnidesk.domain.folding import fold
from alumnidesk.i18n import Message, say

ROLES: tuple[tuple[Message, tuple[str, str, str]], ...] = (
    (say("Participant"), ("participant", "Teilnahme | Teilnehmer | Teilnehmende", "deltagare")),
    (say("Student"), ("student", "Studium | Student | Studierende", "student")),
    (say("Doctoral candidate"), ("doctoral candidate", "Promotion | Doktorand | Promovierende", "doktorand")),
    (say("Professor"), ("professor", "Professur | Professor", "professor")),
    (say("Staff"), ("staff", "Mitarbeit | Personal", "medarbetare | anställd | personal")),
    (say("Speaker"), ("speaker", "Vortrag | Referent", "talare | föreläsare")),
    (say("Volunteer"), ("volunteer", "Ehrenamt | Freiwillige", "volontär | frivillig")),
    (say("Board"), ("board", "Vorstand", "styrelse")),
    (say("Member"), ("member", "Mitglied", "medlem")),
    (say("Donor"), ("donor", "Spende | Förderung", "givare | donator")),
    (say("Partner"), ("partner", "Partner", "partner")),
)
"""What each is called, and the beginnings of words for it in English, German and Swedish, divided by ``|``."""


@lru_cache(maxsize=1)
def _same() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, words in ROLES:
        of_all = tuple(dict.fromkeys(word.strip() for text in words for word in text.split("|")))
        for word in of_all:
            found[fold(word)] = tuple(dict.fromkeys((*found.get(fold(word), ()), *of_all)))
    return MappingProxyType(found)


def same_role(typed: str) -> tuple[str, ...]:
    """A word for a role with those that mean the same in all languages; alone if it is a word of somebody's own."""
    return tuple(dict.fromkeys((typed, *_same().get(fold(typed), ()))))
