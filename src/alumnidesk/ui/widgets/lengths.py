"""Lengths in millimetres as people write them: with a comma or a point."""

from __future__ import annotations

from math import isfinite

from alumnidesk.errors import InvalidInput
from alumnidesk.i18n import say
from alumnidesk.ui.words import language


def length_text(length: float) -> str:
    """A length as the reader writes it: ``63.5``, ``63,5``."""
    text = f"{length:g}"
    return text if language().code == "en" else text.replace(".", ",")


def read_length(field: str, text: str) -> float:
    """What was typed; nothing means 0. Raises InvalidInput with the `field` for what is no number."""
    try:
        length = float(text.replace(",", ".").removesuffix("mm").strip() or 0)
    except ValueError:
        length = float("nan")
    if not isfinite(length):
        raise InvalidInput(field, say("This is no measure."), say("Write millimetres, such as 12.5."))
    return length
