"""Which encoding a text file has: detected from certain to likely.

Byte order mark, pattern of NULs (UTF-16), strict UTF-8, then Windows-1252 or Mac Roman by which of them makes letters
of the odd bytes.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from alumnidesk.i18n import Message, say

ENCODINGS = ("utf-8", "cp1252", "mac_roman", "utf-16-le", "utf-16-be", "iso8859_15", "cp437", "cp850", "shift_jis")
"""What a person can choose from when the detection was wrong."""
_PIECE = 1 << 20
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_AMONG_LETTERS = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")
_ENOUGH_LETTERS = 100_000
_QUOTE_MARKS = frozenset(b"\x91\x92\x93\x94\x96\x97")


def encoding_of(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """Name of the encoding, and what is doubtful about it."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, ()
    sample = data[:4096]
    if len(sample) >= 4:
        half = len(sample) // 2
        if sample[1::2].count(0) > half * 0.3 and sample[::2].count(0) < half * 0.1:
            return "utf-16-le", ()
        if sample[::2].count(0) > half * 0.3 and sample[1::2].count(0) < half * 0.1:
            return "utf-16-be", ()
    return ("utf-8", ()) if _is_utf_8(data) else _single_byte(data)


def _is_utf_8(data: bytes) -> bool:
    """Looked at in pieces: as one text a long file would need its size once more."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE], start + _PIECE >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _single_byte(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """Windows-1252 has its letters at C0 to FF, Mac Roman most of them at 80 to 9F, where the other has signs."""
    letters = islice(_AMONG_LETTERS.finditer(data), _ENOUGH_LETTERS)
    high = [byte for match in letters if (byte := match[0][0]) not in _QUOTE_MARKS]
    mac = sum(byte <= 0x9F or byte == 0xA7 for byte in high)
    if mac > len(high) - mac:
        return "mac_roman", (say("The file seems to come from an older Mac. Please look at the umlauts."),)
    undefined = sum(data.count(byte) for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))
    if undefined:
        note = say("Some characters of this file are not in Windows-1252. Please look at the umlauts.")
        return "cp1252", (note,)
    return "cp1252", ()
