"""How one addresses a contact: the first line of a letter, and the name lines of an address.

Rules per language, because they differ in more than words. German: highest academic title and nobility only, ``Herrn``
in the address, and without a recorded form of address the neutral ``Guten Tag Alex Muster,``. English: a doctor needs
no Mr or Ms. Swedish: first names, no titles. The form of address (``gender_form``) is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.i18n import Message, say

FORMAL, NEUTRAL, INFORMAL, NONE, OWN = "formal", "neutral", "informal", "none", "own"


@dataclass(frozen=True, slots=True)
class Salutation:
    """The line as it will be printed (empty: none is wanted), and why one should look at it before printing."""

    text: str
    odd: Message | None = None
    form: str = ""
    """`FORMAL` or `INFORMAL` where its words are surely so."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one language, by the contact's form of address (``f``, ``m``, ``''``)."""

    nobody: str
    neutral: str
    formal: Mapping[str, str] = field(default_factory=dict)
    """Empty where formal letters use the full name as well."""
    noble: Mapping[str, str] = field(default_factory=dict)
    """Where a title of nobility that begins the name takes the place of the form of address."""
    informal: Mapping[str, str] = field(default_factory=dict)
    """``''`` serves whoever has no entry of their own."""
    address: Mapping[str, str] = field(default_factory=dict)
    """The word before the name in an address."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Academic titles as the salutation writes them."""


_PHRASES = {
    "de": _Phrases(
        nobody="Sehr geehrte Damen und Herren,",
        neutral="Guten Tag {name},",
        formal={"f": "Sehr geehrte Frau {name},", "m": "Sehr geehrter Herr {name},"},
        noble={"f": "Sehr geehrte {name},", "m": "Sehr geehrter {name},"},
        informal={"f": "Liebe {name},", "m": "Lieber {name},", "": "Hallo {name},"},
        address={"f": "Frau", "m": "Herrn"},
        titles={"prof": "Prof.", "dr": "Dr."},
    ),
    "en": _Phrases(
        nobody="Dear Sir or Madam,",
        neutral="Dear {name},",
        formal={"f": "Dear Ms {name},", "m": "Dear Mr {name},"},
        informal={"": "Dear {name},"},
        address={"f": "Ms", "m": "Mr"},
        titles={"prof": "Professor", "dr": "Dr"},
    ),
    "sv": _Phrases(nobody="Hej!", neutral="Hej {name},", informal={"": "Hej {name},"}),
}

_PROFESSOR = frozenset({"prof", "professor", "professorin", "profin", "univ-prof"})
_DOCTOR = frozenset({"dr", "drin", "ddr", "doktor", "doktorin", "doctor", "phd"})
_NOBLE = frozenset(
    {"graf", "gräfin", "freiherr", "freifrau", "freiin", "baron", "baronin", "fürst", "fürstin", "prinz", "prinzessin"}
)


def salutation(card: ContactCard, language: str, default_mode: str = FORMAL) -> Salutation:
    """The salutation of a letter to `card` in `language` (``de``, ``en``, ``sv``; all others read English)."""
    mode = card.salutation_mode or default_mode
    if mode == NONE:
        return Salutation("")
    if mode != OWN:
        return _composed(card, language, mode)
    if own := tidy(card.own_salutation):
        return Salutation(own, say("A salutation of their own."))
    fallback = _composed(card, language, FORMAL if default_mode in (OWN, NONE) else default_mode)
    return Salutation(fallback.text, say("Their own salutation is missing."), fallback.form)


def _composed(card: ContactCard, language: str, mode: str) -> Salutation:
    phrases = _PHRASES.get(language, _PHRASES["en"])
    if card.kind == ORGANISATION:
        return Salutation(phrases.nobody, form=FORMAL)
    given, family = tidy(card.given_name), family_name(card)
    if not given and not family:
        return Salutation(phrases.nobody, say("There is no name to address."), FORMAL)
    if mode == INFORMAL:
        return _informal(phrases, card, given, family)
    if mode == FORMAL and phrases.formal:
        return _formal(phrases, card, given, family)
    odd = None if family else say("The family name is missing.")
    return Salutation(phrases.neutral.format(name=tidy(f"{given} {family}")), odd)


def _formal(phrases: _Phrases, card: ContactCard, given: str, family: str) -> Salutation:
    if not family:
        return Salutation(phrases.neutral.format(name=given), say("The family name is missing."))
    academic = phrases.titles.get(highest_title(card.title), "")
    if academic and phrases is _PHRASES["en"]:
        return Salutation(phrases.neutral.format(name=f"{academic} {family}"))
    spoken = tidy(f"{academic} {_noble_title(card.title)} {family}")
    forms = phrases.noble if phrases.noble and _bare(spoken.split()[0]) in _NOBLE else phrases.formal
    if form := forms.get(card.gender_form):
        return Salutation(form.format(name=spoken), form=FORMAL)
    return Salutation(
        phrases.neutral.format(name=tidy(f"{given} {family}")),
        say("No form of address, so neutral."),
    )


def _informal(phrases: _Phrases, card: ContactCard, given: str, family: str) -> Salutation:
    name = tidy(card.call_name) or given
    if not name:
        return Salutation(phrases.neutral.format(name=family), say("The given name is missing."))
    if form := phrases.informal.get(card.gender_form or "?"):
        return Salutation(form.format(name=name), form=INFORMAL)
    needed = len(phrases.informal) > 1
    odd = say("No form of address, so neutral.") if needed else None
    return Salutation(phrases.informal[""].format(name=name), odd, INFORMAL)


def address_names(card: ContactCard, language: str, *, at_work: bool) -> list[str]:
    """The name lines of an address: organisation, department, form of address, name with all titles.

    `at_work`: the address is where the person works, so the organisation stands first. An own address name wins.
    """
    if own := [line for line in map(tidy, card.own_address_name.splitlines()) if line]:
        return own
    organisation = [line for line in (tidy(card.organisation), tidy(card.department)) if line]
    person = tidy(f"{card.title} {card.given_name} {family_name(card)} {card.suffix}")
    if card.kind == ORGANISATION:
        return [*organisation, person] if person else organisation
    if not tidy(f"{card.given_name} {card.family_name}"):
        return organisation or [line for line in [tidy(card.name)] if line]
    word = _PHRASES.get(language, _PHRASES["en"]).address.get(card.gender_form, "")
    if word and language == "de":
        names = [word, person]  # on a line of its own, as German letters have it
    elif word and not highest_title(card.title):
        names = [f"{word} {person}"]
    else:
        names = [person]
    return organisation + names if at_work else names


def highest_title(title: str) -> str:
    """``prof``, ``dr`` or empty: only the highest academic title is spoken, degrees never."""
    words = {_bare(word) for word in title.split()}
    if words & _PROFESSOR:
        return "prof"
    return "dr" if words & _DOCTOR else ""


def _noble_title(title: str) -> str:
    """Nobility in the title field is part of the name in German law, so it is spoken."""
    return " ".join(word for word in title.split() if _bare(word) in _NOBLE)


def _bare(word: str) -> str:
    return word.casefold().replace(".", "").strip(",;")


def family_name(card: ContactCard) -> str:
    """The family name with its particle, on one line; empty if there is none."""
    return tidy(f"{card.name_particle} {card.family_name}") if tidy(card.family_name) else ""


def tidy(text: str) -> str:
    """One line without double, leading or trailing spaces."""
    return " ".join(text.split())
