"""Yes and no as people and programs write them."""

from __future__ import annotations

_YES = frozenset(["1", "x", "yes", "y", "true", "ja", "j", "wahr", "sant", "oui", "✓", "✔"])
_NO = frozenset(["", "0", "no", "n", "false", "nein", "falsch", "falskt", "nej", "non", "-"])


def yes_or_no(text: str) -> bool | None:
    """Yes, no, or None for what is neither."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None
