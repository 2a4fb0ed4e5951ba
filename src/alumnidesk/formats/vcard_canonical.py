"""In which slot a property line of a vCard stands, and what it says however it is written.

Two lines say the same when nothing but folding, the order of parameters, the version's spelling of a date, a phone's
blanks and the like differs. Canonical forms are property lines too, so that they can be told in words.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from alumnidesk.domain import dates
from alumnidesk.domain.folding import fold, words
from alumnidesk.domain.phones import search_forms
from alumnidesk.domain.records import content_key
from alumnidesk.domain.sync import Slot
from alumnidesk.formats import cells
from alumnidesk.formats.vcard_heads import Head
from alumnidesk.formats.vcard_lines import Line
from alumnidesk.formats.vcard_properties import PROPERTIES, REPEATED, clean
from alumnidesk.formats.vcard_text import components, escape, unescape
from alumnidesk.formats.vcard_types import apple_label, types_for


class Said(NamedTuple):
    """What a property says: a line with what belongs to it."""

    slot: Slot
    canonical: str
    lines: tuple[Line, ...]
    """The line itself, then those of its group that only say something about it."""


def said(lines: Iterable[Line]) -> Iterator[Said]:
    """What the lines of a card say, in their order; a line with several tags says each of them."""
    lines = list(lines)
    beside: dict[str, list[Line]] = {line.head.group: [] for line in lines if line.head.group and not _is_beside(line)}
    for line in lines:
        if _is_beside(line) and line.head.group in beside:
            beside[line.head.group].append(line)
    told = frozenset(beside)
    for line in lines:
        name, group = line.head.name, line.head.group
        if name in _UNSAID or (group in told and _is_beside(line)):
            continue
        if name == "CATEGORIES":
            yield from _tags(line)
        elif not _says_nothing(line):
            yield _of_line(line, beside.pop(group, []) if group else [])


def _is_beside(line: Line) -> bool:
    """Whether a line of a group only says something about another one of it."""
    return line.head.name in ("X-ABLABEL", "X-ABADR")


_UNSAID = frozenset(
    {
        "VERSION", "PRODID", "REV", "BEGIN", "END", "UID", "X-RADICALE-NAME",
        "X-ALUMNIDESK-HOUSEHOLD", "X-ALUMNIDESK-RELATIONSHIP", "X-ALUMNIDESK-CONSENT",
    }
)  # fmt: skip
"""About the making of the file, who it is about, and ties, which do not go to partners."""
_MANY = frozenset({"X-ALUMNIDESK-AFFILIATION", "X-ALUMNIDESK-OWN", "X-ALUMNIDESK-KEPT", "RELATED"})
_ONCE = frozenset({"GENDER", "ANNIVERSARY", "ROLE", "SORT-STRING", "MAILER", "CLASS", "GEO", "TZ", "FN"})
"""What we keep as it came, and a card has at most once."""


def _says_nothing(line: Line) -> bool:
    """Whether it could as well be missing."""
    if line.head.name == "KIND":
        return line.value.strip().casefold() == "individual"
    return REPEATED in line.head.others or not line.value.strip("; \t")


def _tags(line: Line) -> Iterator[Said]:
    for part in components(line.value, ","):
        if tag := clean(unescape(part)):
            yield Said(Slot("CATEGORIES", fold(tag)), f"CATEGORIES:{escape(tag)}", (line,))


def _of_line(line: Line, beside: list[Line]) -> Said:
    name = "KIND" if line.head.name == "X-ABSHOWAS" else line.head.name
    labels = tuple(apple_label(unescape(other.value)) for other in beside if other.head.name == "X-ABLABEL")
    value = _VALUES.get(name, _plain)(line)
    canonical = f"{_before(name, line.head, labels)}:{value}"
    more = [f"{other.head.name}:{other.value.strip()}" for other in beside if other.head.name != "X-ABLABEL"]
    return Said(Slot(name, _key(name, line, value)), "\n".join([canonical, *more]), (line, *beside))


def _key(name: str, line: Line, value: str) -> str:
    if (key := _KEYS.get(name)) is not None:
        return key(value)
    if name in _ONCE or (name in PROPERTIES and name not in _MANY):
        return ""
    return value if len(value) <= _LONGEST_KEY else content_key(value.encode())


_LONGEST_KEY = 60

# Parameters --------------------------------------------------------------------------------------------------------

_SPELLING = frozenset({"TYPE", "PREF", "VALUE", "ENCODING", "CHARSET", "MEDIATYPE", "X-APPLE-OMIT-YEAR"})
"""How it is written, or told apart already."""


@lru_cache(maxsize=4096)
def _before(name: str, head: Head, labels: tuple[str, ...]) -> str:
    """The part before the colon: what the parameters say, in one order; heads are few and come again and again."""
    if name in ("PHOTO", "LOGO"):
        return name
    types = set(head.types)
    params = {f"{key}={_param(values)}" for key, values in head.params if key not in _SPELLING}
    for label in labels:
        known = types_for(name, label) if name in _LABELLED else None
        if known:
            types.update(known)
        elif label:
            params.add(f"X-ABLABEL={_param((clean(label),))}")
    if head.preferred:
        types.add("PREF")
    return ";".join([name, *sorted(params | {f"TYPE={_param((word,))}" for word in types})])


_LABELLED = frozenset({"TEL", "EMAIL", "ADR", "URL"})


def _param(values: Iterable[str]) -> str:
    text = ",".join(values).replace('"', "'")
    return f'"{text}"' if any(sign in text for sign in ",;:") else text


# Values ------------------------------------------------------------------------------------------------------------


def _is_simple(value: str) -> bool:
    """Whether nothing in it is or will be escaped, or is to be composed."""
    return value.isascii() and "\\" not in value and "," not in value


def _plain(line: Line) -> str:
    if _is_simple(line.value) and ";" not in line.value:
        return line.value.strip()
    text = clean(unescape(line.value))
    return escape(text) if line.head.name in PROPERTIES or line.head.name in _ONCE else clean(line.value)


def _parts(count: int) -> Callable[[Line], str]:
    """So many components at least; further ones only if they say something."""

    def value(line: Line) -> str:
        if _is_simple(line.value):
            found = [part.strip() for part in line.value.split(";")]
        else:
            found = [escape(clean(unescape(part))) for part in components(line.value)]
        while found and not found[-1]:
            found.pop()
        return ";".join([*found, *[""] * (count - len(found))])

    return value


def _address(line: Line) -> str:
    *parts, country = (_parts(7)(line)).split(";")[:7] if "\\" not in line.value else components(_parts(7)(line))[:7]
    return ";".join([*parts, escape(cells.country(unescape(country)))])


def _number(line: Line) -> str:
    """The country if the number names it, and the number in it: who names the country too says more."""
    text = clean(unescape(line.value)).removeprefix("tel:")
    forms = search_forms(text)
    if not forms or any(sign.isalpha() or sign == ";" for sign in text):
        return f";{escape(text)}"
    return f"{forms[0].removesuffix(forms[-1]) if len(forms) == 3 else ''};{forms[-1]}"


def _email(line: Line) -> str:
    return escape(clean(unescape(line.value)).lower())


def _url(line: Line) -> str:
    return escape(clean(unescape(line.value)).rstrip("/"))


def _date(line: Line) -> str:
    value = line.value.strip()
    date = dates.read(value) or clean(value)
    omitted = dict(line.head.params).get("X-APPLE-OMIT-YEAR", ("",))[0]
    return "-" + date[4:] if omitted and date[:4] == omitted and len(date) == 10 else date


def _kind(line: Line) -> str:
    return "org" if line.head.name == "X-ABSHOWAS" else line.value.strip().casefold()


def _picture(line: Line) -> str:
    """The picture itself by its content; one that lies elsewhere by its address."""
    _, comma, data = line.value.partition(",") if line.value[:5].lower() == "data:" else ("", "", line.value)
    if comma or line.head.encoding == "BASE64":
        try:
            return content_key(base64.b64decode("".join(data.split()), validate=True))
        except ValueError:
            pass
    return line.value.strip() if len(line.value) < 2_000 else content_key(line.value.encode())


_VALUES: Mapping[str, Callable[[Line], str]] = MappingProxyType(
    {
        "N": _parts(5),
        "ORG": _parts(1),
        "ADR": _address,
        "TEL": _number,
        "EMAIL": _email,
        "URL": _url,
        "BDAY": _date,
        "DEATHDATE": _date,
        "ANNIVERSARY": _date,
        "KIND": _kind,
        "PHOTO": _picture,
        "LOGO": _picture,
        "X-ALUMNIDESK-AFFILIATION": _parts(8),
        "X-ALUMNIDESK-OWN": _parts(2),
    }
)


# Keys --------------------------------------------------------------------------------------------------------------


def _place(value: str) -> str:
    """By what an address is the same one: street or post box, postcode, town, as `domain.uniting` compares them."""
    box, extra, street, town, _, postcode, _ = [unescape(part) for part in components(value)][:7]
    where = "".join(words(street)).replace("strasse", "str") or "".join(words(box)) or "".join(words(extra))
    return "|".join((where, "".join(words(postcode)), " ".join(words(town))))


def _dialled(value: str) -> str:
    return value.partition(";")[2].casefold()


def _role(value: str) -> str:
    return "|".join(unescape(part).casefold() for part in components(value)[:3])


_KEYS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "TEL": _dialled,
        "EMAIL": str.lower,
        "URL": str.lower,
        "ADR": _place,
        "X-ALUMNIDESK-AFFILIATION": _role,
        "X-ALUMNIDESK-OWN": lambda value: unescape(components(value)[0]).casefold(),
    }
)
