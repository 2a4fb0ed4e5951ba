"""The fields by which one can look for contacts: a line for each, with the words for it in every language.

Search box, command line, condition builder and saved segments read this table; how a field is asked of the data file is
in `storage.conditions`, one line for each as well. All words work at any time, whatever the language of the window:
``town:``, ``ort:``, ``stadt:``. Words that the field catalogue knows as headings (``Familienname``) work too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from alumnidesk.domain.fields import GENDER_FORMS, KINDS_OF_CONTACT, folded_header, keys_by_header
from alumnidesk.domain.folding import fold
from alumnidesk.i18n import Message, say

if TYPE_CHECKING:
    from alumnidesk.domain.own_fields import OwnField

LANGUAGE_ORDER = ("en", "de", "sv")
"""In this order every table of this module has its words."""


class Sort(StrEnum):
    """What one can ask of a field."""

    TEXT = "text"
    """Short text: begins with, is, contains; a range by the alphabet (postcodes)."""
    PROSE = "prose"
    """Long text, or text with parts (an e-mail address): contains words."""
    ROLE = "role"
    """A role, or a role at a unit: ``member@hamburg``."""
    PHONE = "phone"
    """A number by its digits."""
    NUMBER = "number"
    """A whole number or a range, such as years."""
    DATE = "date"
    """A date, which may be incomplete (all of 1975), or a range."""
    MONTH = "month"
    CHOICE = "choice"
    COUNTRY = "country"
    FLAG = "flag"
    """Yes or no."""
    AUDIENCE = "audience"
    """A saved search or a list, by its name."""


class Operator(StrEnum):
    """How a field is compared with a value."""

    BEGINS = "begins"
    EQUALS = "equals"
    CONTAINS = "contains"
    """Words of the value are beginnings of words of the field, in any order."""
    BETWEEN = "between"
    """From the value to `Condition.last`, both included; one of them may be open."""
    BEFORE = "before"
    AFTER = "after"
    NONE = "none"
    """Empty; for a flag: no."""
    ANY = "any"
    """Not empty; for a flag: yes."""


_TEXTUAL = (Operator.BEGINS, Operator.EQUALS, Operator.CONTAINS, Operator.BETWEEN, Operator.BEFORE, Operator.AFTER)
_ORDERED = (Operator.EQUALS, Operator.BETWEEN, Operator.BEFORE, Operator.AFTER)
_OPERATORS: Mapping[Sort, tuple[Operator, ...]] = {
    Sort.TEXT: _TEXTUAL,
    Sort.PROSE: (Operator.CONTAINS, Operator.EQUALS),
    Sort.ROLE: (Operator.BEGINS, Operator.EQUALS, Operator.CONTAINS),
    Sort.PHONE: (Operator.BEGINS, Operator.EQUALS),
    Sort.NUMBER: _ORDERED,
    Sort.DATE: _ORDERED,
    Sort.MONTH: (Operator.EQUALS, Operator.BETWEEN),
    Sort.CHOICE: (Operator.EQUALS,),
    Sort.COUNTRY: (Operator.EQUALS,),
    Sort.FLAG: (Operator.EQUALS,),
    Sort.AUDIENCE: (Operator.EQUALS,),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a field that has few, with the words for it: the first of each language is written."""

    value: str
    label: Message
    words: tuple[str, str, str]
    """English, German, Swedish, each divided by ``|``."""


@dataclass(frozen=True, slots=True)
class QueryField:
    """One field by which one can look."""

    key: str
    label: Message
    sort: Sort
    words: tuple[str, str, str]
    """English, German, Swedish, each divided by ``|``; the first one is written."""
    choices: tuple[Choice, ...] = ()

    @property
    def operators(self) -> tuple[Operator, ...]:
        """What can be asked beside empty and not empty; the first one is meant where nothing is said."""
        return _OPERATORS[self.sort]

    def word(self, language: str) -> str:
        """The word for it in a language (English for others)."""
        return first_word(self.words, language)


def first_word(words: tuple[str, str, str], language: str) -> str:
    """The word that is written in `language`."""
    place = LANGUAGE_ORDER.index(language) if language in LANGUAGE_ORDER else 0
    return words[place].partition("|")[0].strip()


def _all_words(words: tuple[str, str, str]) -> list[str]:
    return [word for of_language in words for word in of_language.split("|")]


NONE_WORDS = ("none", "keine | kein", "ingen | inget")
ANY_WORDS = ("any", "vorhanden", "någon | något")
"""Empty and not empty. No word that is a name: Leer is a town, Tom and Inga are people."""
NO_WORDS = ("no", "nein", "nej")
YES_WORDS = ("yes", "ja", "ja")
"""For flags."""
OR_WORDS = ("OR", "ODER", "ELLER")

_KIND_WORDS = (("person", "person", "person"), ("organisation | organization", "organisation", "organisation"))
_FORM_WORDS = (("ms | f", "frau", "fru"), ("mr | m", "herr | herrn", "herr"))
_LANGUAGES = (
    Choice("de", say("German"), ("german | de", "deutsch", "tyska")),
    Choice("en", say("English"), ("english | en", "englisch", "engelska")),
    Choice("sv", say("Swedish"), ("swedish | sv", "schwedisch", "svenska")),
)
_CHANNELS = (
    Choice("post", say("by post"), ("post | letter", "post | brief", "post | brev")),
    Choice("email", say("by e-mail"), ("email | mail", "e-mail", "e-post")),
    Choice("phone", say("by phone"), ("phone", "telefon", "telefon")),
)
_KINDS = tuple(Choice(*kind, words) for kind, words in zip(KINDS_OF_CONTACT, _KIND_WORDS, strict=True))
_FORMS = tuple(Choice(*form, words) for form, words in zip(GENDER_FORMS, _FORM_WORDS, strict=True))

PURPOSE_WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "news": ("news newsletter", "neuigkeiten rundbrief", "nyheter nyhetsbrev"),
        "invitations": ("invitations", "einladungen", "inbjudningar"),
        "fundraising": ("fundraising donations", "spenden spendenaufrufe", "gåvor insamling"),
        "directory": ("directory", "verzeichnis", "matrikel katalog"),
        "photos": ("photos", "fotos bilder", "bilder foton"),
    }
)
"""By which words a purpose that the program knows is found; others by their names."""
CHANNEL_WORDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {**{choice.value: choice.words for choice in _CHANNELS}, "print": ("print", "druck", "tryck")}
)

# fmt: off
QUERY_FIELDS: tuple[QueryField, ...] = (
    # Name and work
    QueryField("name", say("Name"), Sort.PROSE, ("name", "name", "namn")),
    QueryField("given_name", say("First name"), Sort.TEXT, ("firstname", "vorname", "förnamn")),
    QueryField("family_name", say("Last name"), Sort.TEXT, ("lastname", "nachname", "efternamn")),
    QueryField("birth_name", say("Birth name"), Sort.TEXT, ("birthname", "geburtsname", "födelsenamn")),
    QueryField("call_name", say("Called"), Sort.TEXT, ("nickname", "rufname", "tilltalsnamn")),
    QueryField("title", say("Title"), Sort.TEXT, ("title", "titel", "titel")),
    QueryField("kind", say("Person or organisation"), Sort.CHOICE, ("kind", "art", "slag"), _KINDS),
    QueryField("organisation", say("Organisation"), Sort.TEXT,
               ("organisation | employer", "organisation | firma", "organisation | företag")),
    QueryField("department", say("Department"), Sort.TEXT, ("department", "abteilung", "avdelning")),
    QueryField("position", say("Position"), Sort.TEXT, ("position", "position | beruf", "befattning | yrke")),
    # Ways to reach somebody
    QueryField("email", say("E-mail"), Sort.PROSE, ("email | mail", "e-mail", "e-post")),
    QueryField("phone", say("Phone"), Sort.PHONE, ("phone | tel", "telefon", "telefon")),
    QueryField("link", say("Web link"), Sort.PROSE, ("web | link", "web | internet", "webb | länk")),
    QueryField("reach", say("May be written to or called"), Sort.CHOICE,
               ("reach | reachable", "erreichbar", "nås | nåbar"), _CHANNELS),
    # Addresses
    QueryField("address", say("Address"), Sort.PROSE, ("address", "adresse | anschrift", "adress")),
    QueryField("street", say("Street"), Sort.TEXT, ("street", "straße", "gata")),
    QueryField("postcode", say("Postcode"), Sort.TEXT, ("postcode | zip", "plz | postleitzahl", "postnummer")),
    QueryField("town", say("Town"), Sort.TEXT, ("town | city", "ort | stadt | wohnort", "ort | stad")),
    QueryField("region", say("Region"), Sort.TEXT, ("region", "region | bundesland", "region | län")),
    QueryField("country", say("Country"), Sort.COUNTRY, ("country", "land", "land")),
    # Belonging
    QueryField("cohort", say("Cohort"), Sort.NUMBER,
               ("cohort | class | year", "jahrgang | abschlussjahrgang", "årskull | årgång")),
    QueryField("programme", say("Programme"), Sort.TEXT,
               ("programme | program | course", "kurs | programm | studiengang", "utbildning | program | kurs")),
    QueryField("degree", say("Degree"), Sort.TEXT, ("degree", "abschluss", "examen")),
    QueryField("unit", say("Unit"), Sort.TEXT, ("unit", "bereich | einheit", "enhet")),
    QueryField("is", say("Role now"), Sort.ROLE, ("is", "ist", "är")),
    QueryField("was", say("Role formerly"), Sort.ROLE, ("was", "war", "var")),
    QueryField("role", say("Role now or formerly"), Sort.ROLE, ("role", "rolle", "roll")),
    QueryField("tag", say("Tag"), Sort.TEXT, ("tag", "schlagwort | eigenschaft", "tagg | nyckelord")),
    # Person and sending
    QueryField("birth_date", say("Date of birth"), Sort.DATE, ("born | birthday", "geboren | geburtstag", "född")),
    QueryField("birth_month", say("Month of birth"), Sort.MONTH, ("birthmonth", "geburtsmonat", "födelsemånad")),
    QueryField("deceased", say("Deceased"), Sort.FLAG, ("deceased | dead", "verstorben", "avliden")),
    QueryField("deceased_on", say("Date of death"), Sort.DATE, ("died", "gestorben | todestag", "dog | dödsdag")),
    QueryField("gender_form", say("Form of address"), Sort.CHOICE, ("form", "anredeform", "tilltal"), _FORMS),
    QueryField("language", say("Language"), Sort.CHOICE, ("language", "sprache", "språk"), _LANGUAGES),
    QueryField("no_post", say("No letters"), Sort.FLAG, ("nopost | noletters", "keinepost | keinebriefe", "ingenpost")),
    QueryField("no_email", say("No e-mails"), Sort.FLAG, ("noemail", "keine-e-mail", "ingen-e-post")),
    QueryField("no_phone", say("No phone calls"), Sort.FLAG, ("nophone", "keineanrufe", "ingasamtal")),
    QueryField("agreed", say("Agreed to"), Sort.PROSE,
               ("agreed | consent", "zugestimmt | einwilligung", "samtyckt | samtycke")),
    QueryField("refused", say("Said no to"), Sort.PROSE, ("refused", "abgelehnt | widerrufen", "nekat")),
    QueryField("remark", say("Remark"), Sort.PROSE, ("remark", "vermerk | bemerkung", "anmärkning")),
    # What happened
    QueryField("note", say("Note"), Sort.PROSE, ("note", "notiz", "anteckning | notering")),
    QueryField("event", say("On the list of the event"), Sort.TEXT, ("event", "veranstaltung", "evenemang")),
    QueryField("invited", say("Invited to"), Sort.TEXT, ("invited", "eingeladen", "inbjuden")),
    QueryField("coming", say("Came or comes to"), Sort.TEXT,
               ("coming | came | attended", "dabei | zugesagt | teilgenommen", "kommer | deltog")),
    QueryField("declined", say("Declined"), Sort.TEXT, ("declined", "abgesagt", "avböjt")),
    QueryField("waitlist", say("On the waiting list"), Sort.TEXT, ("waitlist", "warteliste", "väntelista")),
    QueryField("letter", say("Letter"), Sort.TEXT, ("letter | mailing", "brief", "brev")),
    QueryField("segment", say("Saved search"), Sort.AUDIENCE,
               ("segment | saved", "suchprofil | segment", "sökning | segment")),
    QueryField("list", say("List"), Sort.AUDIENCE, ("list", "liste", "lista")),
    QueryField("returned", say("Letter or e-mail came back"), Sort.DATE,
               ("returned | bounced", "zurückgekommen | unzustellbar", "retur | returnerad")),
    QueryField("heard", say("Heard from us"), Sort.DATE, ("heard", "gehört", "hört")),
    QueryField("changed", say("Changed"), Sort.DATE, ("changed", "geändert", "ändrad")),
)
# fmt: on

_BY_KEY: Mapping[str, QueryField] = MappingProxyType({field.key: field for field in QUERY_FIELDS})
_SAME_IN_CATALOGUE = {"emails": "email", "phones": "phone", "links": "link", "addresses": "address", "tags": "tag"}


def query_field(key: str) -> QueryField:
    """The field with this key; raises KeyError."""
    return _own_field(key) if key.startswith(OWN) else _BY_KEY[key]


OWN = "own."
"""Begins the key of a field of the association's own; its kind and its name follow."""
_SORTS_OF_OWN = {"number": Sort.NUMBER, "date": Sort.DATE, "yes_no": Sort.FLAG}


def own_key(name: str, kind: str) -> str:
    """The key of an own field (`domain.own_fields`)."""
    return f"{OWN}{kind}.{name}"


def own_parts(key: str) -> tuple[str, str]:
    """Kind and name of the own field with this key."""
    kind, _, name = key.removeprefix(OWN).partition(".")
    return kind, name


@lru_cache(maxsize=256)
def _own_field(key: str) -> QueryField:
    """An own field is looked for by its name, without the blanks in it: ``shirtsize:M``."""
    kind, name = own_parts(key)
    word = "".join(name.split()).replace("(", "").replace(")", "").replace("|", "")
    return QueryField(key, say("{name}", name=name), _SORTS_OF_OWN.get(kind, Sort.TEXT), (word, word, word))


@lru_cache(maxsize=1)
def _keys_by_word() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field in QUERY_FIELDS:
        for word in _all_words(field.words):
            found.setdefault(folded_header(word), field.key)
    for heading, key in keys_by_header().items():
        key = _SAME_IN_CATALOGUE.get(key, key)
        if key in _BY_KEY:
            found.setdefault(heading, key)
    return MappingProxyType(found)


def field_named(word: str, own: Sequence[OwnField] = ()) -> QueryField | None:
    """The field that a word in front of a colon names, in any language; None if it names none.

    The association's `own` fields are named by their names.
    """
    folded = folded_header(word)
    if key := _keys_by_word().get(folded):
        return _BY_KEY[key]
    return next((query_field(own_key(f.name, f.kind)) for f in own if folded_header(f.name) == folded), None)


@cache
def value_words(words: tuple[str, str, str]) -> frozenset[str]:
    """The folded words of a line such as `NONE_WORDS`."""
    return frozenset(fold(word.strip()) for word in _all_words(words))


def choice_named(field: QueryField, typed: str) -> str:
    """The value that a typed word means, or begins to mean; empty if none."""
    folded = fold(typed.strip())
    by_word = {word: choice.value for choice in field.choices for word in value_words(choice.words)}
    by_word |= {fold(choice.value): choice.value for choice in field.choices}
    if folded in by_word:
        return by_word[folded]
    begun = {value for word, value in by_word.items() if folded and word.startswith(folded)}
    return begun.pop() if len(begun) == 1 else ""
