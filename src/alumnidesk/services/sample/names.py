"""Names of invented people by generation and origin, with what a real office meets: titles, particles, double names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.words import FEMALE, MALE, Culture, Member

NATIVE_SCRIPT = 0.6
"""How many of the people with Greek, Cyrillic, Arabic, Chinese or Japanese names are written in their own script."""

_CALLED = {
    "Hans-Joachim": "Hajo",
    "Karl-Heinz": "Kalle",
    "Katharina": "Kathi",
    "Margarethe": "Grete",
    "Johannes": "Hannes",
    "Friedrich": "Fiete",
    "Maximilian": "Max",
    "Elisabeth": "Lisbeth",
    "Alexander": "Alex",
    "Hinrich": "Hinni",
    "Hans-Peter": "Hape",
    "Susanne": "Susi",
    "Robert": "Bob",
    "Margaret": "Peggy",
    "Aleksandra": "Ola",
}
_TITLES = ("Dr.", "Dr.", "Dr.", "Dr.", "Prof. Dr.", "Dr. med.", "Dipl.-Ing.", "Prof.", "Dr.-Ing.", "PD Dr.")
_PARTICLES = ("von", "von", "von", "von der", "zu", "von und zu", "Freiherr von")
_NOBLE = ("Ahlefeld", "Rantzow", "Bülow-Holm", "Reventhien", "Qualen", "Brockdorp", "Osten", "Heyde", "Stetten")
_SECOND: Mapping[str, Mapping[str, Sequence[str]]] = {
    "de": {FEMALE: ("Maria", "Elisabeth", "Anna", "Luise", "Sophie"), MALE: ("Johannes", "Peter", "August")},
    "da": {FEMALE: ("Marie", "Kirstine", "Margrethe"), MALE: ("Christian", "Peter", "Frederik")},
    "en": {FEMALE: ("Jane", "Louise", "Rose", "Mary"), MALE: ("Edward", "James", "Henry", "Arthur")},
}
"""Second first names, where people give them."""


class Name(NamedTuple):
    """A person's name, and how it is spelled in e-mail addresses."""

    given: str
    family: str
    latin_given: str
    latin_family: str
    additional: str = ""
    title: str = ""
    particle: str = ""
    birth_name: str = ""
    called: str = ""


def invented(dice: Dice, culture: Culture, gender: str, born: int) -> Name:
    """A name for somebody of this origin and year of birth."""
    generation = next(each for each in culture.generations if born <= each.born_until)
    given, family = dice.often(generation.given[gender]), dice.often(culture.families[gender])
    if culture.code in _SPECIAL:
        return _SPECIAL[culture.code](dice, culture, gender, given, family)
    if dice.chance(0.81):
        return Name(given, family, latin(given), latin(family))
    return _with_trimmings(dice, culture, gender, born, given, family)


def of_cast(member: Member) -> Name:
    return Name(member.given, member.family, latin(member.given), latin(member.family))


def _with_trimmings(dice: Dice, culture: Culture, gender: str, born: int, given: str, family: str) -> Name:
    """A name with one of the things that make names difficult."""
    additional = title = particle = birth_name = ""
    roll = dice.roll()
    if roll < 0.28 and born < 1992:
        title = dice.pick(_TITLES)
    elif roll < 0.40 and culture.code == "de":
        particle, family = dice.pick(_PARTICLES), dice.pick(_NOBLE)
        if gender == FEMALE:
            particle = particle.replace("Freiherr", "Freifrau")
    elif roll < 0.56 and culture.code in ("de", "sv", "da") and born < 2000:
        other = dice.often(culture.families[gender])
        if other != family:
            birth_name = family if dice.chance(0.3) else ""
            family = f"{family}-{other}"
    elif roll < 0.78 and gender == FEMALE and born < 1996:
        other = dice.often(culture.families[gender])
        birth_name = other if other != family else ""
    else:
        additional = dice.pick(_SECOND[culture.code][gender]) if culture.code in _SECOND else ""
    called = _CALLED.get(given, "")
    return Name(given, family, latin(given), latin(family), additional, title, particle, birth_name, called)


def _vietnamese(dice: Dice, culture: Culture, gender: str, given: str, family: str) -> Name:
    middle = culture.middle[gender != FEMALE]
    return Name(given, family, latin(given), latin(family), additional=middle)


def _dutch(dice: Dice, culture: Culture, gender: str, given: str, family: str) -> Name:
    particle = culture.particles.get(family, "")
    return Name(given, family, latin(given), latin(particle + family), particle=particle)


def _other_script(dice: Dice, culture: Culture, gender: str, given: str, family: str) -> Name:
    """In the own script, or as a German office writes it down."""
    (given, latin_given), (family, latin_family) = _both(given), _both(family)
    if not dice.chance(NATIVE_SCRIPT):
        given, family = latin_given, latin_family
    return Name(given, family, latin(latin_given), latin(latin_family))


_SPECIAL = {"vi": _vietnamese, "nl": _dutch, **dict.fromkeys(("el", "uk", "ru", "zh", "ja", "ar"), _other_script)}


@lru_cache(maxsize=4096)
def _both(name: str) -> tuple[str, str]:
    """A name in its own script and in Latin letters; the lists give both where letters alone do not tell."""
    native, _, given_latin = name.partition("=")
    return native, given_latin or "-".join(part.capitalize() for part in latin(native).split("-"))


_LATIN = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae", "ł": "l", "ı": "i", "đ": "d",
        "ґ": "g", "є": "ye", "і": "i", "ї": "yi", "щ": "shch", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
        "ю": "yu", "я": "ya", "ь": "", "ъ": "", "ё": "yo", "э": "e", "ы": "y", "а": "a", "б": "b", "в": "v", "г": "g",
        "д": "d", "е": "e", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z",
        "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r",
        "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def latin(text: str) -> str:
    """A name as it appears in an e-mail address: small Latin letters and hyphens."""
    spelled = text.lower().replace("ου", "ou").translate(_LATIN)
    plain = "".join(c for c in unicodedata.normalize("NFD", spelled).translate(_LATIN) if c.isascii())
    return "".join(c for c in plain if c.isalnum() or c == "-")
