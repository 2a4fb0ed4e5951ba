"""Deeds on purposes: what an association asks people to agree to, in which words, and what holds unasked."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import replace

from alumnidesk.domain.consent import KNOWN, OWED, OWN_RULES, Purpose, Rule
from alumnidesk.domain.query_names import PURPOSE
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import LANGUAGES, Language, say
from alumnidesk.services.saved_queries import rename_in_searches
from alumnidesk.services.settings import Settings
from alumnidesk.storage.database import Database, Transaction

RULES = "purpose:"
"""Settings of this beginning hold when a purpose may use which channel, behind it the key of the purpose."""


class Purposes:
    """The purposes that the program knows and the association's own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Purpose]:
        """All purposes with their rules and present wording: the program's, the association's own, membership last."""
        stored = {
            key: (name, wording)
            for key, name, wording in self._database.rows("SELECT key, name, wording FROM purpose ORDER BY id")
        }
        rules = {
            key.removeprefix(RULES): {channel: Rule(rule) for channel, rule in json.loads(value).items()}
            for key, value in self._database.rows("SELECT key, value FROM setting WHERE key GLOB ?", (f"{RULES}*",))
        }
        known = [_with(purpose, stored.get(purpose.key, ("", ""))[1], rules.get(purpose.key)) for purpose in KNOWN]
        programs = {purpose.key for purpose in KNOWN}
        own = [
            _with(Purpose(key, say("{value}", value=name), OWN_RULES, own=True), wording, rules.get(key))
            for key, (name, wording) in stored.items()
            if key not in programs
        ]
        return [*known[:-1], *own, known[-1]]

    def get(self, key: str) -> Purpose:
        """One purpose. Raises Refused if it does not exist."""
        found = next((purpose for purpose in self.all() if purpose.key == key), None)
        if found is None:
            raise Refused(say("This purpose does not exist any more."))
        return found

    def add(self, name: str, wording: str = "") -> Purpose:
        """A purpose of the association's own. Raises InvalidInput for an empty or a second name."""
        name = self._new_name(name)
        key = str(uuid.uuid4())
        with self._database.writing(say("Purpose “{name}” added", name=name)) as transaction:
            transaction.execute(
                "INSERT INTO purpose (key, name, wording) VALUES (?, ?, ?)", (key, name, wording.strip())
            )
        return self.get(key)

    def rename(self, key: str, name: str) -> Purpose:
        """Call a purpose of one's own differently. Raises InvalidInput, and Refused for the program's purposes."""
        before = self.get(key)
        if not before.own:
            raise Refused(say("The names of the program’s own purposes stay."), say("Add a purpose of your own."))
        old = str(before.name)
        name = self._new_name(name, old)
        if name != old:
            with self._database.writing(say("Purpose “{old}” is now “{new}”", old=old, new=name)) as transaction:
                transaction.execute("UPDATE purpose SET name = ? WHERE key = ?", (name, key))
                rename_in_searches(self._database, transaction, PURPOSE, old, name)
        return self.get(key)

    def set_wording(self, key: str, wording: str) -> Purpose:
        """Change the text that people will agree to; what was agreed to so far keeps the text of its day."""
        purpose = self.get(key)
        wording = wording.strip()
        if wording != self.wording(purpose):
            with self._database.writing(say("Wording of “{purpose}” changed", purpose=purpose.name)) as transaction:
                number = self.ids(transaction)[key]
                transaction.execute("UPDATE purpose SET wording = ? WHERE id = ?", (wording, number))
        return self.get(key)

    def set_rule(self, key: str, channel: str, rule: Rule) -> Purpose:
        """Say when a channel may be used for a purpose. Raises Refused for what membership itself needs."""
        purpose = self.get(key)
        if key == OWED.key or rule is Rule.OWED:
            raise Refused(say("What membership itself needs is not asked about."))
        rules = {**purpose.rules, channel: rule}
        if rules != dict(purpose.rules):
            with self._database.writing(say("Rule of “{purpose}” changed", purpose=purpose.name)) as transaction:
                transaction.execute(
                    "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                    "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (RULES + key, json.dumps({channel: rule.value for channel, rule in sorted(rules.items())})),
                )
        return self.get(key)

    def remove(self, key: str) -> None:
        """Take away a purpose of one's own that nobody was asked about and no letter is for. Raises Refused
        otherwise."""
        purpose = self.get(key)
        answers = self._database.rows(
            "SELECT 1 FROM consent WHERE purpose_id = (SELECT id FROM purpose WHERE key = ?) LIMIT 1", (key,)
        )
        if not purpose.own or answers:
            raise Refused(
                say("“{purpose}” has to stay: its answers have to be shown if somebody asks.", purpose=purpose.name)
                if answers
                else say("“{purpose}” belongs to the program.", purpose=purpose.name),
                say("Set its channels to “Not at all”; then nobody is asked about it."),
            )
        letters = self._database.rows(
            "SELECT 1 FROM letter_template WHERE purpose = ?1 UNION ALL SELECT 1 FROM mailing WHERE purpose = ?1 "
            "LIMIT 1", (key,),
        )  # fmt: skip
        if letters:
            raise Refused(
                say("“{purpose}” has to stay: letters are for it.", purpose=purpose.name),
                say("Set its channels to “Not at all”; then nobody is asked about it."),
            )
        with self._database.writing(say("Purpose “{purpose}” removed", purpose=purpose.name)) as transaction:
            transaction.execute("DELETE FROM setting WHERE key = ?", (RULES + key,))
            transaction.execute("DELETE FROM purpose WHERE key = ?", (key,))

    def wording(self, purpose: Purpose) -> str:
        """The text that people agree to, in the language of the association."""
        return Language(Settings(self._database).association().language)(purpose.wording)

    def _new_name(self, name: str, old: str = "") -> str:
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("name", say("A purpose needs a name."))
        taken = {Language(code)(purpose.name).casefold() for purpose in self.all() for code in LANGUAGES}
        if name.casefold() in taken - {old.casefold()}:
            raise InvalidInput("name", say("There is a purpose “{name}” already.", name=name))
        return name

    @staticmethod
    def ids(transaction: Transaction) -> Mapping[str, int]:
        """The row of each purpose. Those of the program get theirs now; that is no deed of anybody's, so history does
        not see it, and taking back the first answer does not need the later ones taken back."""
        ids = dict(transaction.execute("SELECT key, id FROM purpose").fetchall())
        for purpose in KNOWN[:-1]:
            if purpose.key not in ids:
                ids[purpose.key] = transaction.insert_unwatched("purpose", {"key": purpose.key})
        return ids


def _with(purpose: Purpose, wording: str, rules: Mapping[str, Rule] | None) -> Purpose:
    """A purpose as the association has set it."""
    if wording:
        purpose = replace(purpose, wording=say("{value}", value=wording))
    return replace(purpose, rules=rules) if rules is not None else purpose
