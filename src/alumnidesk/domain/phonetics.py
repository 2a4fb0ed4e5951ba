"""How a name sounds: names that are spelled differently and spoken alike get the same key.

The rules are those of the Cologne phonetics for German names (H. J. Postel: Die Kölner Phonetik, IBM-Nachrichten 19,
1969): Meyer, Maier and Mayr are one sound, so are Schmidt and Schmitt. They serve Scandinavian and English names as
well, because a key only says who is worth comparing.
"""

from __future__ import annotations

from functools import lru_cache

_SAME = {
    **dict.fromkeys("aeijouy", "0"), "b": "1", **dict.fromkeys("fvw", "3"), **dict.fromkeys("gkq", "4"), "l": "5",
    **dict.fromkeys("mn", "6"), "r": "7", **dict.fromkeys("sz", "8"),
}  # fmt: skip


@lru_cache(maxsize=65536)
def sound(folded: str) -> str:
    """The sound of a folded word or name; letters of other scripts stand for themselves."""
    letters = [letter for letter in folded if letter.isalpha()]
    codes: list[str] = []
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        for code in _code(letter, before, after):
            if not codes or codes[-1] != code:
                codes.append(code)
    return "".join(code for place, code in enumerate(codes) if code != "0" or not place)


def _code(letter: str, before: str, after: str) -> str:
    match letter:
        case "h":
            return ""
        case "p":
            return "3" if after == "h" else "1"
        case "d" | "t":
            return "8" if after and after in "csz" else "2"
        case "c":
            hard = after and after in ("ahkloqrux" if not before else "ahkoqux")
            return "4" if hard and before not in ("s", "z") else "8"
        case "x":
            return "8" if before and before in "ckq" else "48"
        case _:
            return _SAME.get(letter, letter)
