"""What the association has set: its letterhead, its language, how it writes."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from alumnidesk.domain.association import LABELS, Association
from alumnidesk.errors import InvalidInput
from alumnidesk.formats import pictures
from alumnidesk.i18n import LANGUAGES, NOTHING, Message, say
from alumnidesk.storage import faults
from alumnidesk.storage.database import Database

PICTURES = ("logo", "signature", "letterhead", "letterhead_next")
"""Kept as the bytes of a file."""
_LISTS = ("bank", "registration")
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Settings:
    """Settings that belong to the data file; those of one computer are the window's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def association(self) -> Association:
        """The association as it is set; what was never set has its default."""
        stored: dict[str, str] = dict(self._database.rows("SELECT key, value FROM setting"))
        known: dict[str, Any] = {
            field.name: _picture(stored[field.name]) if field.name in PICTURES else _value(stored[field.name])
            for field in fields(Association)
            if field.name in stored
        }
        return replace(Association(), **known)

    def set(self, key: str, value: str) -> Association:
        """Write one setting; bank details and register are given line by line. Raises InvalidInput."""
        if key in _LISTS:
            return self._set(key, tuple(line.strip() for line in value.splitlines() if line.strip()))
        _check(key, value)
        return self._set(key, value)

    def set_picture(self, key: str, path: Path | None) -> Association:
        """Take a PNG or JPEG as logo or signature, or take it away.

        Raises BadFile (another kind, too large) or EnvironmentFault (cannot be read).
        """
        if path is None:
            return self._set(key, b"")
        with faults.explained(path):
            return self._set(key, pictures.read(path))

    def _set(self, key: str, value: Any) -> Association:
        return self.save(replace(self.association(), **{key: value}))

    def save(self, association: Association) -> Association:
        """Write what differs from what is set now."""
        current = self.association()
        changed = [f.name for f in fields(Association) if getattr(current, f.name) != getattr(association, f.name)]
        if changed:
            with self._database.writing(_label(changed)) as transaction:
                for name in changed:
                    value = getattr(association, name)
                    if isinstance(value, bytes):
                        value = base64.b64encode(value).decode("ascii")
                    transaction.execute(
                        "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        (name, json.dumps(value, ensure_ascii=False)),
                    )
        return self.association()


def _value(stored: str) -> Any:
    value = json.loads(stored)
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=8)
def _picture(stored: str) -> bytes:
    """To decode a letterhead takes 6 ms, which the preview of a letter has not got after every word."""
    return base64.b64decode(json.loads(stored))


def _label(changed: list[str]) -> Message:
    if len(changed) == 1:
        return say("{setting} of the association changed", setting=LABELS[changed[0]])
    return say("Settings of the association changed")


def _check(key: str, value: str) -> None:
    """Refuse what a letter could not be written with."""
    examples: Mapping[str, tuple[bool, Message, Message]] = {
        "accent": (
            bool(_COLOUR.fullmatch(value)),
            say("“{value}” is not a colour.", value=value),
            say("Write six signs after a #, for example #0E6470."),
        ),
        "email": (
            not value or bool(_ADDRESS.fullmatch(value)),
            say("“{value}” is not an e-mail address.", value=value),
            say("Write it like name@association.example."),
        ),
        "language": (value in LANGUAGES, say("There is no such language."), say("Choose one of the list.")),
        "letterhead_foot": (_within(value, 10, 120), *_measures(10, 120)),
        "letterhead_top": (_within(value, 15, 200), *_measures(15, 200)),
    }
    fits, problem, way_out = examples.get(key, (True, NOTHING, NOTHING))
    if not fits:
        raise InvalidInput(key, problem, way_out)


def _within(value: str, least: int, most: int) -> bool:
    return value.isdecimal() and least <= int(value) <= most


def _measures(least: int, most: int) -> tuple[Message, Message]:
    return (
        say("This is no measure."),
        say("Please enter whole millimetres between {least} and {most}.", least=least, most=most),
    )
