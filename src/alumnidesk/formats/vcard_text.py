"""The text of vCard values: escaping, dividing at semicolons and commas, folding (RFC 2426; RFC 6350, section 3)."""

from __future__ import annotations

import re

_ESCAPE = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MEANINGS = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\", ":": ":"}


_ESCAPE_WHOLE = str.maketrans({"\\": "\\\\", ",": "\\,", "\n": "\\n", "\r": None})


def escape(text: str) -> str:
    """Text as one value or one component of a value."""
    return text.translate(_ESCAPE)


def escape_whole(text: str, version: str) -> str:
    """Text as the only value of a property. vCard 3.0 wants semicolons escaped there too (RFC 2426, 4); 4.0 leaves that
    free (RFC 6350, 3.4), and Thunderbird would show the backslash."""
    return text.translate(_ESCAPE if version == "3.0" else _ESCAPE_WHOLE)


def unescape(value: str) -> str:
    """The text of a value; a backslash before any other character stands for itself."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: _MEANINGS.get(match[1], match[0]), value)


def components(value: str, divider: str = ";") -> list[str]:
    """The components of a structured value, still escaped."""
    if "\\" not in value:
        return value.split(divider)
    parts, start, at = [], 0, 0
    while at < len(value):
        if value[at] == "\\":
            at += 2
            continue
        if value[at] == divider:
            parts.append(value[start:at])
            start = at + 1
        at += 1
    parts.append(value[start:])
    return parts


_PARAM_ESCAPE = str.maketrans({"^": "^^", '"': "^'", "\n": "^n", "\r": None})
_PARAM_ESCAPED = re.compile(r"\^([\^'n])")


def escape_param(text: str) -> str:
    """Text as a quoted parameter value (RFC 6868)."""
    return f'"{text.translate(_PARAM_ESCAPE)}"'


def unescape_param(value: str) -> str:
    """The reverse of `escape_param`, without the quotes."""
    return _PARAM_ESCAPED.sub(lambda match: {"^": "^", "'": '"', "n": "\n"}[match[1]], value)


def fold(line: str) -> str:
    """A line cut into pieces of at most 75 octets, no character divided, each further piece after CRLF and a space."""
    if len(line) <= 75 and (line.isascii() or len(line.encode()) <= 75):
        return line
    octets = line.encode()
    pieces, start, room = [], 0, 75
    while start < len(octets):
        end = min(start + room, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end].decode())
        start, room = end, 74
    return "\r\n ".join(pieces)
