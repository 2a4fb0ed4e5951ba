"""A whole name in one piece, taken apart into the parts that we keep: a suggestion that people look at in the preview.

Never used for anything but names that a file gives in one piece, and never to guess a gender.
"""

from __future__ import annotations

from typing import NamedTuple

from alumnidesk.domain import name_signs
from alumnidesk.i18n import Message, say

TITLES = frozenset(
    (
        "dr", "drs", "prof", "professor", "dipl", "mag", "univ", "em", "pd", "ing", "doc", "docent", "rer", "nat",
        "med", "phil", "jur", "habil", "hc", "h", "c", "mult", "theol", "oec", "pol", "dent", "vet", "dipl-ing",
        "dipl-kfm", "dipl-päd", "dipl-psych", "dipl-inf", "dipl-phys", "dipl-soz", "dr-ing", "sc",
        "msc", "bsc", "ma", "ba", "sir", "dame",
    )
)  # fmt: skip
"""Words that belong to a title in front of a name, without their full stops. Single letters only as small ones:
``h. c.`` is a title, ``H.`` the initial of a name."""
PARTICLES = frozenset(
    (
        "von", "vom", "van", "de", "der", "den", "dem", "del", "della", "di", "da", "du", "des", "la", "le", "les",
        "zu", "zum", "zur", "ten", "ter", "te", "af", "av", "dos", "das", "do", "y", "ap", "bin", "ibn", "al", "el",
        "freiherr", "freifrau", "graf", "gräfin", "baron", "baronin",
    )
)  # fmt: skip
"""Words that stand between given and family name and belong to neither when sorting."""
SUFFIXES = frozenset({"jr", "sr", "jun", "sen", "junior", "senior", "ii", "iii", "iv", "mba", "phd", "ph.d"})


class NameParts(NamedTuple):
    """The parts, each empty when the name has none."""

    title: str = ""
    given_name: str = ""
    name_particle: str = ""
    family_name: str = ""
    suffix: str = ""


def split(name: str) -> NameParts:
    """``Dr. Anna Maria von der Heide`` → title, given, particle, family; ``Heide, Anna`` too; one word: family name.

    What stands behind a name and is no part of it (``†``, ``geb. Schmidt``) stays behind the family name.
    """
    bare, signs = name_signs.without_signs(name)
    titles, words = leading_titles((bare or name).replace(",", " , ").split())
    suffixes: list[str] = []
    while len(words) > 2 and words[-1].strip(".").casefold() in SUFFIXES:
        suffixes.insert(0, words.pop())
        if words[-1] == ",":
            words.pop()
    if "," in words[2:]:
        last = len(words) - 1 - words[::-1].index(",")
        if all(map(_is_title, words[last + 1 :])):
            words, suffixes = words[:last], [*words[last + 1 :], *suffixes]
    if "," in words:
        comma = words.index(",")
        family, (more, given) = words[:comma], leading_titles([word for word in words[comma + 1 :] if word != ","])
        titles += more
    else:
        start = next((i for i, word in enumerate(words[1:-1], 1) if _is_particle(word)), max(len(words) - 1, 0))
        given, family = words[:start], words[start:]
    particle: list[str] = []
    while len(family) > 1 and _is_particle(family[0]):
        particle.append(family.pop(0))
    while len(given) > 1 and _is_particle(given[-1]):
        particle.insert(0, given.pop())
    family += [sign.text for sign in signs if bare]
    return NameParts(" ".join(titles), " ".join(given), " ".join(particle), " ".join(family), " ".join(suffixes))


def leading_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """The words of a title, and those of the name behind it; the last word is never one of a title."""
    end = next((i for i, word in enumerate(words[:-1]) if not _is_title(word)), max(len(words) - 1, 0))
    return words[:end], words[end:]


def reason(name: str) -> Message | None:
    """Why a name was divided as it was, where it could be meant otherwise; None where nothing is to be asked."""
    name = name_signs.without_signs(name)[0] or name
    parts = split(name)
    if not parts.given_name:
        return say("“{name}” is one word and was taken for the last name.", name=name)
    if "," in name:
        return say("“{name}” was divided at its comma.", name=name) if " " in parts.family_name else None
    if parts.name_particle:
        return say("“{name}” was divided before “{particle}”.", name=name, particle=parts.name_particle)
    if " " in parts.given_name:
        return say("“{name}” was divided before its last word.", name=name)
    return None


def _is_title(word: str) -> bool:
    plain = word.replace(".", "").casefold()
    if len(plain) == 1 and not word.islower():
        return False
    return plain in TITLES and (word.endswith(".") or len(plain) > 3 or plain in ("dr", "pd", "prof"))


def _is_particle(word: str) -> bool:
    return word.casefold() in PARTICLES and (word.islower() or len(word) > 3)
