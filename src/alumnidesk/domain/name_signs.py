"""Signs and words that lists write into a name although they are no part of it, in the three languages.

Only what means nothing else is known here: the dagger, words of death in brackets, a birth name behind its word, the
words by which one is addressed or several people are named at once. Nothing is concluded from anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from alumnidesk.domain import dates

_DAGGERS = "†✝✞✟"
_DIED = ("verstorben", "verst.", "gestorben", "gest.", "deceased", "avliden", "avl.")
"""In brackets; without them only ``verst.`` is nobody's name."""
_BORN = ("geb.", "geb", "geborene", "geborener", "née", "född")
_FEMALE = frozenset({"frau", "fr", "mrs", "ms", "fru"})
_MALE = frozenset({"herr", "herrn", "hr", "mr"})
_TOGETHER = frozenset({"eheleute", "ehepaar", "familie", "fam.", "fam", "familjen", "family", "makarna"})
_AND = frozenset({"und", "u.", "and", "och", "&", "+"})
_LONGEST = 200
"""Letters of a name; what is longer is a text."""

_CHARACTERS = re.compile(rf"[{_DAGGERS}(\[]")
_WORDS = frozenset({"verst.", *_BORN, *_TOGETHER, *_AND, *_FEMALE, *_MALE, *(f"{form}." for form in _FEMALE | _MALE)})


def may_say_more(name: str) -> bool:
    """Whether anything of this can be in a name. Asked of every row of a list, so it is cheap."""
    return _CHARACTERS.search(name) is not None or not _WORDS.isdisjoint(name.casefold().split())


# Who has died, and birth names ---------------------------------------------------------------------------------------


class Sign(NamedTuple):
    """One sign as it stands at a name, and what it says."""

    text: str
    born: str = ""
    """The birth name; empty for a sign that somebody has died."""
    when: str = ""
    """What is written with that sign; a date of death, if it is any date."""

    @property
    def died(self) -> bool:
        """Whether it says that somebody has died."""
        return not self.born

    @property
    def died_on(self) -> str | None:
        """The date of death in stored form, empty where nothing is written; None for a text that is no date."""
        return (dates.read(self.when) or None) if self.when else ""


def _one_of(words: Iterable[str]) -> str:
    """One of the words as a whole."""
    return "(?:" + "|".join(re.escape(word) + ("" if word.endswith(".") else r"(?!\w)") for word in words) + ")"


_DEAD, _NEE = rf"(?:[{_DAGGERS}]|{_one_of(_DIED)})", _one_of(_BORN)
_NAME = rf"\s*(?!(?:in|im|am|i|den)\s)([^\W\d_][^()\[\]\d,;{_DAGGERS}]*)"
"""Not the place or the day where or when somebody was born."""
_DEATH = re.compile(
    rf"(?:[(\[]\s*{_DEAD}([^()\[\]]*)[)\]]|[{_DAGGERS}](\s*\d[^{_DAGGERS}]*)?|(?<!\w)verst\.)\Z", re.IGNORECASE
)
_BIRTH = re.compile(rf"(?:[(\[]\s*{_NEE}{_NAME}[)\]]|(?<!\w){_NEE}{_NAME})\Z", re.IGNORECASE)
_DEATH_BEFORE = re.compile(rf"[(\[]\s*{_DEAD}\s*[)\]]|[{_DAGGERS}]|verst\.", re.IGNORECASE)


def without_signs(name: str) -> tuple[str, tuple[Sign, ...]]:
    """A name without the signs before and behind it, and these in the order in which one reads them behind the name."""
    if not may_say_more(name) or len(name) > _LONGEST:
        return name, ()
    bare = name.strip()
    signs: list[Sign] = []
    while match := _DEATH.search(bare) or _BIRTH.search(bare):
        said = "".join(filter(None, match.groups())).strip()
        signs.insert(0, Sign(match[0], born=said) if match.re is _BIRTH else Sign(match[0], when=said))
        bare = bare[: match.start()].rstrip(" \u00a0,;-–")
    while match := _DEATH_BEFORE.match(bare):
        signs.append(Sign(match[0]))
        bare = bare[match.end() :].lstrip(" \u00a0,;")
    return (bare, tuple(signs)) if signs else (name, ())


def death(cell: str) -> Sign | None:
    """What a cell says that is nothing but such a sign: ``†``, ``† 2019``, ``verstorben``; None for any other."""
    name, signs = without_signs(f"({cell})" if cell.casefold() in _DIED else cell)
    return signs[0] if not name and len(signs) == 1 and signs[0].died else None


# How one is addressed, and several people ----------------------------------------------------------------------------


def gender_form(word: str) -> str:
    """``f`` or ``m`` for the words by which people are addressed, and for nothing else."""
    plain = word.strip(".").casefold()
    return "f" if plain in _FEMALE else "m" if plain in _MALE else ""


def names_several(name: str, given_name: str = "") -> bool:
    """Whether a name is that of several people: ``Eheleute Müller``, ``Hans & Erika Müller``.

    Only between given names does ``und`` mean two people: nobody is two who is called ``von und zu``.
    """
    return not (_TOGETHER.isdisjoint(name.casefold().split()) and _AND.isdisjoint(given_name.casefold().split()[1:-1]))


def only_names_several(text: str) -> bool:
    """Whether a text has the words for that, and no name: ``Familie``, ``Herr und Frau``."""
    words = text.casefold().split()
    several = sum(map(bool, map(gender_form, words))) > 1 or not _TOGETHER.isdisjoint(words)
    return several and all(word in _TOGETHER or word in _AND or gender_form(word) for word in words)
