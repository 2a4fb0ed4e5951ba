"""Close spellings: words of the register that are written nearly as one that nothing fits.

The vocabulary is that of the search index. Only its words with a likely first letter are looked at: all of them would
take ten times as long (60 ms with 40,000 contacts), and few people err in the first letter other than by its sound.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from alumnidesk.domain.folding import fold, words
from alumnidesk.domain.phonetics import sound
from alumnidesk.storage.connection import Connection

_ALIKE = ("ckqg", "fvpw", "ijy", "szc", "dt", "bp", "mn", "aeo", "uvw", "gj")
"""First letters that are taken for each other."""
_SHORTEST = 3
_LONG = 5
"""Words from this length on may differ in two places, shorter ones in one."""


def is_known(connection: Connection, word: str) -> bool:
    """Whether any contact has a word that begins so."""
    query = "SELECT 1 FROM contact_search WHERE contact_search MATCH ? LIMIT 1"
    return connection.execute(query, (f'"{fold(word)}"*',)).fetchone() is not None


def close_words(connection: Connection, word: str, limit: int) -> list[str]:
    """Words of names, towns and other texts that are spelled nearly so, as people write them.

    What sounds alike comes first, then the closest; among these names and towns, then what many have. Two neighbouring
    letters that changed places are one difference. Needs temporary tables.
    """
    typed = fold(word)
    if len(typed) < _SHORTEST or any(sign.isdigit() for sign in typed):
        return []
    most = 1 if len(typed) < _LONG else 2
    close = [
        (sound(term) != sound(typed), OSA.distance(typed, term), not named, -contacts, term)
        for term, contacts, named in _vocabulary(connection, _first_letters(typed))
        if abs(len(term) - len(typed)) <= most and OSA.distance(typed, term, score_cutoff=most) <= most
    ]
    return [_as_written(connection, term) for *_, term in sorted(close)[:limit]]


def _first_letters(typed: str) -> Iterable[str]:
    """The first letter, the second (they may have changed places), and what sounds like the first."""
    alike = (letter for letters in _ALIKE if typed[0] in letters for letter in letters)
    return dict.fromkeys((typed[0], typed[1], *alike))


def _vocabulary(connection: Connection, letters: Iterable[str]) -> Iterable[tuple[str, int, bool]]:
    """Words of the index that begin with these letters, how many contacts have them, whether as a name or town."""
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'contact_search', 'col')")
    try:
        for letter in letters:
            yield from connection.execute(
                "SELECT term, max(doc), max(col <> 'other') FROM temp.vocabulary WHERE term >= ? AND term < ? "
                "AND col IN ('name', 'town', 'other') AND term NOT GLOB '*[0-9]*' GROUP BY term",
                (letter, letter + "\U0010ffff"),
            )
    finally:
        connection.execute("DROP TABLE temp.vocabulary")


def _as_written(connection: Connection, term: str) -> str:
    """A folded word as somebody's name, town or tag has it: ``muller`` is Müller or Mueller."""
    query = (
        "SELECT name || ' ' || town || ' ' || tags FROM contact_line WHERE contact_id IN "
        "(SELECT rowid FROM contact_search WHERE contact_search MATCH ? LIMIT 5)"
    )
    for (text,) in connection.execute(query, (f'{{name town other}} : "{term}"',)):
        for written in text.split():
            if words(written) == [term]:
                return str(written).strip(".,;:()")
    return term
