"""Folding: how text is compared, searched and sorted, whatever its accents, umlauts and case.

ü, ue and u count as the same letter (so do ö/oe/o, ä/ae/a, å/aa/a, ø, æ, œ), ß as ss. The rule works from left to right
and never looks ahead more than one letter, so the fold of a word's beginning is the beginning of the word's fold: what
one has typed so far always still fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n", "ħ": "h",
    }
)  # fmt: skip


class _Folded(dict[int, str]):
    """Each character's fold, found out when it first occurs; `str.translate` asks by code point."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).casefold().translate(_LETTERS))
        self[code] = folded = "".join(c for c in decomposed if not unicodedata.combining(c))
        return folded


_FOLDED = _Folded()
_A_PAIR = re.compile("a[ae]")
_WORD = re.compile(r"\w+")
_NO_DIGITS = re.compile(r"[^0-9]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text in the form in which it is compared: lower case, without accents, umlaut spellings made one."""
    if text.isascii():
        folded = text.lower()
    else:
        folded = text.translate(_FOLDED)
    return _without_pairs(folded)


def _without_pairs(text: str) -> str:
    """The first letter of ae, oe, ue and aa; no pair begins with a letter that can be the second of oe or ue."""
    text = text.replace("oe", "o").replace("ue", "u")
    return _A_PAIR.sub("a", text) if "ae" in text or "aa" in text else text


def fold_all(texts: Sequence[str]) -> list[str]:
    """`fold` of many texts at once, in a fraction of the time where they have Western European letters only."""
    whole = "\n".join(texts)
    plain = whole.lower()
    for letter, folded in _WIDE.items():
        plain = plain.replace(letter, folded)
    plain = plain.encode("latin-1", "replace").translate(_NARROW).decode("latin-1")
    found = _without_pairs(plain).split("\n")
    if len(found) != len(texts):
        return list(map(fold, texts))
    if _BEYOND.search(whole):
        for at, text in enumerate(texts):
            if _BEYOND.search(text):
                found[at] = fold(text)
    return found


_LATIN = {letter: folded for letter in map(chr, range(256)) if (folded := fold(letter)) and max(folded) <= "\xff"}
_WIDE = {letter: folded for letter, folded in _LATIN.items() if len(folded) > 1}
_NARROW = bytes(
    ord(_LATIN.get(letter, letter)) if letter not in _WIDE else ord(letter) for letter in map(chr, range(256))
)
"""The letters of Latin-1 that fold to several, and what each of the rest folds to."""
_BEYOND = re.compile(f"[^{re.escape(''.join(_LATIN))}]")
"""Letters that are not of Latin-1, or do not stay there."""


def words(text: str) -> list[str]:
    """The folded words of a text: runs of letters and digits."""
    return _WORD.findall(fold(text))


def digits(text: str) -> str:
    """Only the ASCII digits of a text (phone numbers are compared by them)."""
    return _NO_DIGITS.sub("", text)


@lru_cache(maxsize=64)
def _beginnings(folded: tuple[str, ...]) -> re.Pattern[str]:
    """Words that begin with one of these, the longest that fits."""
    longest_first = sorted(folded, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})")


def begins_a_word(folded: str, beginning: str) -> bool:
    """Whether a folded text goes on so from the beginning of one of its words."""
    return bool(beginning) and _beginnings((beginning,)).search(folded) is not None


def spans(text: str, beginnings: list[str]) -> list[tuple[int, int]]:
    """Where words of `text` begin with one of the folded `beginnings`: (start, end) to highlight, in order."""
    found: list[tuple[int, int]] = []
    whole = fold(text)
    for beginning in beginnings:
        if beginning in whole:
            break
    else:
        return found  # most texts, and much quicker than word by word
    if len(whole) == len(text) and text.isascii() and all(beginnings):  # then each letter folds to one
        return [match.span() for match in _beginnings(tuple(beginnings)).finditer(whole)]
    for match in _WORD.finditer(text):
        word = match.group()
        folded = fold(word)
        fitting = [b for b in beginnings if b and folded.startswith(b)]
        if not fitting:
            continue
        longest = max(fitting, key=len)
        end = next((n for n in range(1, len(word) + 1) if fold(word[:n]).startswith(longest)), len(word))
        # A pair such as “ue” folds to its first letter: take the second one along.
        while end < len(word) and fold(word[: end + 1]) == fold(word[:end]):
            end += 1
        found.append((match.start(), match.start() + end))
    return found
