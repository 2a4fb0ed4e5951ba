"""The code on a letter that says which one it is when it comes back: its number and two check digits.

The check digits are those of ISO 7064, MOD 97-10, as in an IBAN: every wrong digit and every two digits that changed
places are noticed, and so are nearly all other errors. Digits only, so that one hand on the number pad types it.
"""

from __future__ import annotations

from collections.abc import Iterator

_DIGITS = 6
"""At least so many digits of the number, so that codes look alike and a scanner finds them."""
_LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8"})


def code(letter: int) -> str:
    """The code of a letter: ``0010 4583``."""
    digits = f"{letter:0{_DIGITS}}"
    digits = "0" * (len(digits) % 2) + digits  # scanners read two digits at once
    return grouped(f"{digits}{98 - int(digits) * 100 % 97:02}")


def grouped(digits: str) -> str:
    """Digits in fours from the right, as one reads them aloud."""
    first = len(digits) % 4
    parts = [digits[:first], *(digits[at : at + 4] for at in range(first, len(digits), 4))]
    return " ".join(filter(None, parts))


def digits_of(typed: str) -> str:
    """The digits of a typed or scanned code: spaces and hyphens do not count, nor letters that look like digits."""
    return "".join(typed.translate(_LOOK_ALIKE).replace("-", "").split())


def letter_of(typed: str) -> int | None:
    """The letter that a code names; None if the check digits do not fit or it is no code at all."""
    digits = digits_of(typed)
    if not (digits.isascii() and digits.isdigit()) or len(digits) < _DIGITS + 2 or int(digits) % 97 != 1:
        return None
    return int(digits[:-2])


def probable(typed: str) -> Iterator[tuple[int, str]]:
    """Letters whose code differs from a wrong one by one slip, with that code: two neighbours changed places first,
    then one wrong digit, one left out, one too many."""
    digits = digits_of(typed)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 20:
        return
    seen: set[str] = set()
    for guess in _slips(digits):
        if guess not in seen and (letter := letter_of(guess)) is not None:
            seen.add(guess)
            if code(letter) == grouped(guess):
                yield letter, grouped(guess)


def _slips(digits: str) -> Iterator[str]:
    places = range(len(digits))
    for at in places[:-1]:
        yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    for at in places:
        yield from (digits[:at] + digit + digits[at + 1 :] for digit in "0123456789")
    for at in range(len(digits) + 1):
        yield from (digits[:at] + digit + digits[at:] for digit in "0123456789")
    for at in places:
        yield digits[:at] + digits[at + 1 :]
