"""Phone numbers are kept as they were typed and compared by their digits, whatever their spelling."""

from __future__ import annotations

import re

from alumnidesk.domain.folding import digits

# Country calling codes (list of assigned codes to ITU-T E.164): 1 and 7 have one digit, these two, all others three.
_TWO_DIGITS = frozenset(
    [
        "20",
        "27",
        "30",
        "31",
        "32",
        "33",
        "34",
        "36",
        "39",
        "40",
        "41",
        "43",
        "44",
        "45",
        "46",
        "47",
        "48",
        "49",
        "51",
        "52",
        "53",
        "54",
        "55",
        "56",
        "57",
        "58",
        "60",
        "61",
        "62",
        "63",
        "64",
        "65",
        "66",
        "81",
        "82",
        "84",
        "86",
        "90",
        "91",
        "92",
        "93",
        "94",
        "95",
        "98",
    ]
)
_LIKE_A_NUMBER = re.compile(r"[\d+()/.\-\s]*\d[\d+()/.\-\s]*")


def search_forms(number: str) -> list[str]:
    """The runs of digits by which a number can be found: international without prefix, national with and without 0.

    ``+49 40 66969-123`` → ``494066969123``, ``04066969123``, ``4066969123``.
    """
    plain = digits(number)
    if not plain:
        return []
    international = number.lstrip().startswith("+") or plain.startswith("00")
    if not international:
        return [plain, plain[1:]] if plain.startswith("0") and len(plain) > 3 else [plain]
    plain = plain.removeprefix("00")
    length = 1 if plain[:1] in ("1", "7") else 2 if plain[:2] in _TWO_DIGITS else 3
    # “+49 (0) 40 …”: the bracketed zero is not part of the international number.
    national = plain[length:].removeprefix("0")
    return [plain[:length] + national, "0" + national, national] if national else [plain]


def typed_number(query: str) -> str:
    """The digits to look for if the query looks like (the beginning of) a phone number, else an empty string."""
    if not _LIKE_A_NUMBER.fullmatch(query):
        return ""
    if query.lstrip().startswith(("+", "00")):
        return digits(query.replace("(0)", "")).removeprefix("00")
    return digits(query)
