"""Letters as files: written for others, and taken over from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from alumnidesk.domain import letter_markup, letter_text, template_files
from alumnidesk.domain.cards import TemplateCard
from alumnidesk.errors import BadFile
from alumnidesk.formats import pictures
from alumnidesk.services import export_targets
from alumnidesk.services.letter_pictures import LetterPictures
from alumnidesk.services.letters import Letters
from alumnidesk.services.purposes import Purposes
from alumnidesk.storage import faults
from alumnidesk.storage.database import Database
from alumnidesk.whole_files import write_whole


class TemplateFiles:
    """Shares letters between associations."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._letters, self._pictures = Letters(database), LetterPictures(database)

    def write(self, template: int, out: Path) -> None:
        """Write a letter with its pictures into one file. Raises Refused (it is gone) and EnvironmentFault."""
        card = self._letters.template(template)
        keys = set[str]().union(*(letter_text.files(letter_markup.read(text.body)) for text in card.texts))
        data = template_files.write(card, self._pictures.those(keys))
        with export_targets.writing(out):
            write_whole(out, [data])

    def read(self, path: Path) -> TemplateCard:
        """Add the letter in a file to ours; under a name that is taken it gets a number.

        What a purpose of another association is for is not known here: such a letter is an invitation. Raises BadFile,
        with nothing added, and EnvironmentFault.
        """
        with faults.explained(path):
            large = path.stat().st_size > template_files.LARGEST
            data = b"" if large else path.read_bytes()
        if large:
            raise template_files.too_large(path.name)
        found = template_files.read(data, path.name)
        for picture in found.pictures.values():
            if (reason := pictures.why_not(picture)) is not None:
                raise BadFile(path.name, *reason)
        for picture in found.pictures.values():
            self._pictures.keep(picture)
        known = {purpose.key for purpose in Purposes(self._database).all()}
        purpose = found.card.purpose if found.card.purpose in known else TemplateCard().purpose
        name = self._free(found.card.name or path.stem)
        return self._letters.save_template(replace(found.card, name=name, purpose=purpose))

    def _free(self, name: str) -> str:
        taken = {card.name for card in self._letters.templates()}
        numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
        return next(one for one in (name, *numbered) if one not in taken)
