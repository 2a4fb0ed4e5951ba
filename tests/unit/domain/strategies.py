"""What properties draw: text as it stands in names and in addresses."""

from __future__ import annotations

from hypothesis import strategies as st


def _is_nobodys_word(text: str) -> bool:
    return "None" not in text  # the word that must not come from us, and so not from them


names = st.text(st.characters(codec="utf-8", categories=("L", "Zs"), include_characters="-.'’"), max_size=12).filter(
    _is_nobodys_word
)
"""A part of a name; empty as well."""
lines = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "P")), max_size=15).filter(_is_nobodys_word)
"""A part of an address; empty as well."""
