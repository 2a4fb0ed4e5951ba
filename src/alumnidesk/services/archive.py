"""What went out, kept so that each of its pages can be made again as it was.

With a mailing are kept its texts and the sender (`freeze`), with each letter what was put in for its recipient
(`kept_of`): much less than the pages. Pictures and backgrounds are stored files, which never go away.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from alumnidesk.domain import letters
from alumnidesk.domain.addresses import place_key
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import LetterText
from alumnidesk.domain.letters import LetterPlan, MasterLetter
from alumnidesk.domain.return_code import code
from alumnidesk.domain.returned import place_line
from alumnidesk.errors import Refused
from alumnidesk.i18n import say
from alumnidesk.services import stored_files
from alumnidesk.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Frozen:
    """What all letters of a mailing have in common, as it was."""

    association: Association
    texts: tuple[LetterText, ...]
    written_on: dt.date

    def text(self, language: str) -> LetterText:
        """The text in the language of a letter."""
        return next((text for text in self.texts if text.language == language), self.texts[0])


def freeze(transaction: Transaction, master: MasterLetter) -> str:
    """What is kept with a mailing, as JSON; pictures become stored files."""
    sender: dict[str, Any] = {}
    for name, value in asdict(master.association).items():
        held = {"file": stored_files.store(transaction, value)} if isinstance(value, bytes) and value else value
        sender[name] = "" if held == b"" else held
    return _json(
        {
            "association": sender,
            "texts": [asdict(text) for text in master.template.texts],
            "event": asdict(master.event) if master.event is not None else None,
            "written_on": master.today.isoformat(),
        }
    )


def thaw(database: Database, stored: str) -> Frozen:
    """The reverse of `freeze`. Raises Refused if nothing was kept."""
    kept = json.loads(stored)
    if not kept:
        raise Refused(
            say("This letter went out before letters were kept."),
            say("The list says who got it and when; how it looked is in the file that was printed then."),
        )
    defaults = Association()
    known: dict[str, Any] = {}
    for name in (one.name for one in fields(Association) if one.name in kept["association"]):
        value = kept["association"][name]
        if isinstance(getattr(defaults, name), bytes):
            value = stored_files.fetch(database, value["file"]) if value else b""
        known[name] = tuple(value) if isinstance(value, list) else value
    return Frozen(
        replace(defaults, **known),
        tuple(LetterText(**text) for text in kept["texts"]),
        dt.date.fromisoformat(kept["written_on"]),
    )


def kept_of(letter: LetterPlan, number: int) -> str:
    """What is kept with a letter, as JSON; `number` is that of the first of those who share it."""
    place = letter.contact.preferred_address
    return _json(
        {
            "number": number,
            "name": letter.name,
            "address": letter.address,
            "place": [place.id, place_line(place), place_key(place)] if place is not None else [],
            "values": dict(letter.values),
            "fitting": letter.fitting,
            "code": bool(letter.code),
        }
    )


def written_again(frozen: Frozen, language: str, words: str) -> LetterPlan:
    """A letter as it was, from what was kept of it."""
    kept = json.loads(words)
    plan = letters.again(
        frozen.text(language),
        frozen.association,
        frozen.written_on,
        name=kept["name"],
        address=kept["address"],
        values=kept["values"],
        fitting=kept["fitting"],
    )
    return replace(plan, code=code(kept["number"])) if kept["code"] else plan


def no_such_mailing() -> Refused:
    """It was taken back, or thrown away."""
    return Refused(say("This mailing does not exist any more."))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
