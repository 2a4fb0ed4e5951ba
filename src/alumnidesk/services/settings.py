"""What the association has set: its letterhead, its language, how it writes."""

from __future__ import annotations

import base64
import json
from dataclasses import fields, replace

from alumnidesk.domain.association import Association
from alumnidesk.i18n import say
from alumnidesk.storage.database import Database

_PICTURES = ("logo", "signature")


class Settings:
    """Settings that belong to the data file; those of one computer are the window's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def association(self) -> Association:
        """The association as it is set; what was never set has its default."""
        stored = {key: json.loads(value) for key, value in self._database.rows("SELECT key, value FROM setting")}
        known = {field.name: stored[field.name] for field in fields(Association) if field.name in stored}
        for name in _PICTURES:
            if name in known:
                known[name] = base64.b64decode(known[name])
        for name, value in known.items():
            if isinstance(value, list):
                known[name] = tuple(value)
        return replace(Association(), **known)

    def save(self, association: Association) -> Association:
        """Write what differs from what is set now."""
        current = self.association()
        changed = [f.name for f in fields(Association) if getattr(current, f.name) != getattr(association, f.name)]
        if changed:
            with self._database.writing(say("Settings of the association changed")) as transaction:
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
