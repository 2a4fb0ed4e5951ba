"""What the texts of letters point at: searches that decide who gets a block, and stored pictures."""

from __future__ import annotations

from collections.abc import Iterable

from alumnidesk.documents.codes import CODE_TOO_SMALL, matrix
from alumnidesk.domain import letter_markup, letter_text
from alumnidesk.domain.cards import LetterText
from alumnidesk.domain.letter_text import Code
from alumnidesk.domain.letters import NO_REFERENCES, LetterPlan, References
from alumnidesk.domain.query_in_words import problems
from alumnidesk.domain.query_text import parse
from alumnidesk.i18n import Message, say
from alumnidesk.services import stored_files
from alumnidesk.services.defined_fields import defined
from alumnidesk.services.finding import Finding
from alumnidesk.services.letter_pictures import LetterPictures
from alumnidesk.services.segments import what_is_missing
from alumnidesk.storage.database import Database


def look_up(database: Database, texts: Iterable[LetterText]) -> References:
    """Who fits the conditions in these texts, each worked out once, and what in them cannot be read or is not there."""
    documents = [letter_markup.read(text.body) for text in texts]
    conditions = set[str]().union(*map(letter_text.conditions, documents))
    files = set[str]().union(*map(letter_text.files, documents))
    codes = {block for document in documents for block in letter_text.blocks(document) if isinstance(block, Code)}
    if not conditions and not files and not codes:
        return NO_REFERENCES
    find = Finding(database)
    return References(
        who_fits={only: frozenset(find.contacts(only).ids) for only in conditions},
        broken=(*_unreadable(database, conditions), *_missing(database, files), *_too_small(codes)),
    )


def pictures(database: Database, letters: Iterable[LetterPlan]) -> dict[str, bytes]:
    """The pictures that letters show, by key, as far as they are in this file."""
    keys = set[str]().union(*(letter_text.files(letter.text) for letter in letters))
    return LetterPictures(database).those(keys)


def _unreadable(database: Database, conditions: Iterable[str]) -> list[Message]:
    own = defined(database)
    queries = [parse(only, own) for only in sorted(conditions)]
    reasons = [why for query in queries for why in (*problems(query), *what_is_missing(database, query, own))]
    return [say("A condition in the text cannot be worked out: {why}", why=why) for why in reasons]


def _too_small(codes: Iterable[Code]) -> list[Message]:
    """Those with something of the recipient in them are found when they are printed, one by one."""
    fixed = (code for code in codes if "{" not in code.text)
    return [CODE_TOO_SMALL] if any(matrix(code.text, code.size) is None for code in fixed) else []


def _missing(database: Database, files: Iterable[str]) -> list[Message]:
    if all(stored_files.present(database, key) for key in files):
        return []
    return [say("A picture in the text is not in this file any more; please take it out or put it in anew.")]
