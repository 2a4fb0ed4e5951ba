"""Text that a spreadsheet would take for a formula gets an apostrophe in front, and our import takes one away.

What begins so and why it matters: OWASP, "CSV injection"; the full-width forms are taken for formulas as well.
"""

from __future__ import annotations

import re

_TRIGGER = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
DEFUSED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that has such an apostrophe."""
_STRICT_PHONE = re.compile(r"\+?[0-9 ()/.\-]+", re.ASCII)


def text_guard(cell: str) -> str:
    """A cell as no spreadsheet takes it for a formula."""
    return "'" + cell if _TRIGGER.match(cell) else cell


def phone_guard(cell: str) -> str:
    """The same, but a strict phone number keeps its plus: an apostrophe would damage it for everybody else."""
    return cell if _STRICT_PHONE.fullmatch(cell) else text_guard(cell)


def exchange_guard(cell: str) -> str:
    """A cell for our own import alone: only what already begins with apostrophe and sign gets one more."""
    return "'" + cell if DEFUSED.match(cell) else cell


def without_prefix(cell: str) -> str:
    """The reverse of all three."""
    return cell[1:] if cell.startswith("'") and DEFUSED.match(cell) else cell
