"""A letter as a file that others can take over: its words in every language, and the pictures in them.

JSON, so that it can be looked at; pictures by the key that the texts name them by, which is made from their bytes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alumnidesk.domain import letter_markup, letter_text
from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.records import content_key
from alumnidesk.errors import BadFile
from alumnidesk.i18n import LANGUAGES, say

SUFFIX = ".alumniletter"
LARGEST = 30_000_000
"""Bytes of a file: ten of the largest pictures, and their words."""
_KIND, _VERSION = "AlumniDesk letter", 1
_LONGEST_LINE = 500
"""Signs of a name, subject or closing line that are read."""


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """What such a file holds: a letter that is nowhere yet, and the bytes of its pictures by key."""

    card: TemplateCard
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def write(card: TemplateCard, pictures: Mapping[str, bytes]) -> bytes:
    """The file for a letter. Ids stay at home."""
    kept = {
        "kind": _KIND,
        "version": _VERSION,
        "name": card.name,
        "purpose": card.purpose,
        "texts": [
            {"language": text.language, "subject": text.subject, "body": text.body, "closing": text.closing}
            for text in card.texts
        ],
        "pictures": {key: base64.b64encode(pictures[key]).decode("ascii") for key in sorted(pictures)},
    }
    return json.dumps(kept, ensure_ascii=False, indent=1).encode()


def read(data: bytes, name: str) -> TemplateFile:
    """What a file says, in the form in which we keep it; `name` is the file's, for messages.

    Texts in languages that we do not know are left out, and pictures that no text shows. Raises BadFile for everything
    that is no letter of ours; whether the pictures are any is for the caller to look at.
    """
    if len(data) > LARGEST:
        raise too_large(name)
    try:
        kept = json.loads(data)
        if not isinstance(kept, dict) or kept.get("kind") != _KIND:
            raise ValueError("another kind of file")
        newer = int(kept["version"]) > _VERSION
        card, pictures = (TemplateCard(), {}) if newer else (_card(kept), _pictures(kept["pictures"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadFile(
            name, say("This is no letter of AlumniDesk."), say("Its file ends in {suffix}.", suffix=SUFFIX)
        ) from None
    if newer:
        raise BadFile(name, say("This letter was written by a newer version of AlumniDesk."), say("Please update."))
    if not card.texts:
        raise BadFile(name, say("There is no text in this letter in a language of AlumniDesk."))
    wanted = set[str]().union(*(letter_text.files(letter_markup.read(text.body)) for text in card.texts))
    return TemplateFile(card, {key: pictures[key] for key in wanted & set(pictures)})


def too_large(name: str) -> BadFile:
    """Why a file of so many bytes is not even read."""
    return BadFile(name, say("The file is too large for a letter."))


def _card(kept: dict[str, Any]) -> TemplateCard:
    texts: dict[str, LetterText] = {}
    for text in kept["texts"]:
        language = _line(text["language"])
        if language in LANGUAGES and language not in texts:
            body = letter_markup.write(letter_markup.read(_words(text["body"], letter_markup.MOST_BYTES)))
            closing = letter_text.clean(_words(text["closing"]))[:_LONGEST_LINE]
            texts[language] = LetterText(language, _line(text["subject"]), body, closing)
    return TemplateCard(name=_line(kept["name"]), purpose=_line(kept["purpose"]), texts=tuple(texts.values()))


def _pictures(kept: dict[str, Any]) -> dict[str, bytes]:
    pictures = {key: base64.b64decode(_words(data), validate=True) for key, data in kept.items()}
    if any(content_key(data) != key for key, data in pictures.items()):
        raise ValueError("another picture")
    return pictures


def _words(value: Any, most: int = LARGEST) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("no text of a letter")
    value.encode()  # half a character cannot be kept
    return value


def _line(value: Any) -> str:
    return " ".join(letter_text.clean(_words(value)).split())[:_LONGEST_LINE]
