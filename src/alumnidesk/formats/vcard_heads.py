"""The head of a vCard property, the part before the colon: lexed by vobject, and by nothing else.

Each spelling (``TEL;TYPE=CELL``) is parsed once and remembered, which makes plain cards about ten times as fast without
a second grammar.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

LONGEST_HEAD = 1_000
"""Characters before the colon."""


class Head(NamedTuple):
    """The part of a property line before the colon."""

    group: str
    name: str
    """In capitals."""
    params: tuple[tuple[str, tuple[str, ...]], ...]
    """Names in capitals; a bare parameter of vCard 2.1 (``;CELL``) has become a ``TYPE``."""
    types: frozenset[str]
    """The values of TYPE in capitals, without PREF and the ones that say nothing (VOICE, INTERNET)."""
    preferred: bool
    encoding: str
    """``QUOTED-PRINTABLE``, ``BASE64`` or empty."""
    charset: str
    tidy: bool
    """Whether it is written as vCard 3.0 and 4.0 want it: no bare parameter, charset or quoted-printable."""
    others: tuple[str, ...]
    """Names of the parameters beside TYPE, PREF, CHARSET and ENCODING."""


# Lexing --------------------------------------------------------------------------------------------------------------

# vobject's own expression for a line takes exponential time to refuse one (``TEL;a=a=a=…"``). This one decides the same
# without going back, so that vobject only sees what it accepts.
_VALUE = r"""(?: "[^"]*+" | [^";:,]*+ )"""
_WELL_FORMED = re.compile(
    rf"""(?: [\w-]++ \. )? [\w-]++ (?: ; (?=;|$) )?+ (?: ; [\w-]++ (?: = {_VALUE} (?: , {_VALUE} )*+ )?+ )*+""",
    re.ASCII | re.VERBOSE,
)


@lru_cache(maxsize=4096)
def head_of(before: str) -> Head | None:
    """What stands before the colon, lexed by vobject; None when vobject does not take it for a property."""
    from vobject import base  # 34 ms to import; most starts never read a vCard

    before = before.strip()
    if len(before) > LONGEST_HEAD or not _WELL_FORMED.fullmatch(before):
        return None
    try:
        name, params, _, group = base.parseLine(before + ":")
    except base.ParseError:
        return None
    return made_head(group or "", name.upper(), params)


_SAYS_NOTHING = frozenset({"VOICE", "INTERNET", "PREF", ""})
_ENCODINGS = {"QUOTED-PRINTABLE": "QUOTED-PRINTABLE", "QP": "QUOTED-PRINTABLE", "BASE64": "BASE64", "B": "BASE64"}


def made_head(group: str, name: str, params: list[list[str]]) -> Head:
    """The head with its parameters told apart."""
    kept: list[tuple[str, tuple[str, ...]]] = []
    types: list[str] = []
    encoding = charset = ""
    preferred, tidy = False, True
    for param, *values in params:
        key = param.upper()
        bare = not values
        if bare and key in ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"):
            key, values = "ENCODING", [key]
        elif bare:
            key, values = "TYPE", [param]
        tidy = tidy and not bare
        if key == "ENCODING":
            encoding = _ENCODINGS.get(values[0].upper(), "")
            if encoding == "BASE64":
                kept.append(("ENCODING", ("b",)))
            tidy = tidy and values[0] == "b"
        elif key == "CHARSET":
            charset, tidy = values[0], False
        else:
            kept.append((key, tuple(values)))
            if key == "TYPE":
                types += [part.strip().upper() for value in values for part in value.split(",")]
            elif key == "PREF":
                preferred = values[0] == "1"
    others = tuple(key for key, values in kept if key not in ("TYPE", "ENCODING") and (key, values) != ("PREF", ("1",)))
    return Head(
        group, name, tuple(kept), frozenset(types) - _SAYS_NOTHING, preferred or "PREF" in types, encoding, charset,
        tidy, others,
    )  # fmt: skip


def written_head(head: Head) -> str:
    """A head as vCard 3.0 and 4.0 write it."""
    params = "".join(f";{key}={','.join(map(_param_value, values))}" for key, values in head.params)
    return f"{head.group}.{head.name}{params}" if head.group else head.name + params


def _param_value(value: str) -> str:
    clean = value.replace('"', "'")
    return f'"{clean}"' if any(sign in clean for sign in ",;:") else clean
