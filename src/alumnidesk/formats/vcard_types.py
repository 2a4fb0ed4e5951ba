"""How the labels of e-mails, phones, addresses and links are said in vCard: TYPE parameters, or a word of Apple's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from alumnidesk.domain.slots import canonical_label

_PHONE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "home": ("HOME",),
        "work": ("WORK",),
        "mobile": ("CELL",),
        "mobile_work": ("CELL", "WORK"),
        "fax": ("FAX",),
        "fax_home": ("FAX", "HOME"),
        "fax_work": ("FAX", "WORK"),
        "pager": ("PAGER",),
        "car": ("CAR",),
        "main": ("MAIN",),
        "other": ("OTHER",),
    }
)
_PLACE: Mapping[str, tuple[str, ...]] = MappingProxyType({"home": ("HOME",), "work": ("WORK",), "other": ("OTHER",)})
_BY_PROPERTY: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"TEL": _PHONE, "EMAIL": _PLACE, "ADR": _PLACE, "URL": _PLACE}
)
_ORDER = ("FAX", "CELL", "PAGER", "CAR", "MAIN", "WORK", "HOME", "OTHER")
"""What is said first when several types meet: a private mobile phone is a mobile phone."""


@lru_cache(maxsize=512)
def types_for(name: str, label: str) -> tuple[str, ...] | None:
    """The TYPE values of a label for a property; None when it needs a word of its own (``X-ABLabel``)."""
    return _BY_PROPERTY[name].get(label) if label else ()


@lru_cache(maxsize=512)
def label_for(name: str, types: frozenset[str]) -> tuple[str, bool]:
    """The label that TYPE values mean, and whether it says all that they say."""
    if not types:
        return "", True
    known = _BY_PROPERTY[name]
    for label, wanted in known.items():
        if types == set(wanted):
            return label, True
    for first in _ORDER:
        if first in types:
            best = max(
                (label for label, wanted in known.items() if first in wanted and types >= set(wanted)),
                key=lambda label: len(known[label]),
                default="",
            )
            if best:
                return best, False
    return "", False


def apple_label(value: str) -> str:
    """The label in an ``X-ABLabel``: ``_$!<Home>!$_`` is home, anything else is somebody's own word."""
    if value.startswith("_$!<") and value.endswith(">!$_"):
        value = value[4:-4]
    return canonical_label(value)
