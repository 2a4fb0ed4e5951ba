"""Letters and e-mails that went out: to whom, and each of them again as it was.

What was kept of them is in `services.archive`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from alumnidesk.documents import letters as documents
from alumnidesk.domain.mailings import page_numbers
from alumnidesk.domain.return_code import code
from alumnidesk.errors import InvalidInput, Refused
from alumnidesk.i18n import say
from alumnidesk.progress import Progress
from alumnidesk.services import archive, export_targets
from alumnidesk.services.letter_references import pictures
from alumnidesk.storage.database import Database
from alumnidesk.whole_files import write_whole


@dataclass(frozen=True, slots=True)
class LetterLine:
    """Somebody who got a mailing, in a list."""

    id: int
    """Of the letter, as `SentLetter` takes it; others who share it have their own lines."""
    contact: int
    name: str
    """As the contact is called now, also in the bin."""
    channel: str
    place: str
    """The last two lines of the address as printed, or the e-mail address."""
    page: int
    """The first page, of an e-mail its number."""
    came_back_on: str
    """ISO date; empty: it did not."""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter or e-mail that went out."""

    id: int
    """The first row of those who share it."""
    mailing: int
    title: str
    """Of the mailing."""
    name: str
    """Everybody whom it was for, as they are called now."""
    contacts: tuple[int, ...]
    made_at: str
    state: str
    """Of the mailing."""
    channel: str
    address: tuple[str, ...]
    """The lines as printed; of an e-mail the address that it was for."""
    subject: str
    first_page: int
    pages: int
    code: str
    """The return code on it; empty: it has none."""
    came_back_on: str
    """ISO date; empty: it did not."""
    kept: bool
    """Can it be made again?"""


class SentLetters:
    """Everything one can do with what went out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, mailing: int) -> list[LetterLine]:
        """Everybody who got a mailing, in print order, then those who got it by e-mail."""
        return [
            LetterLine(id, contact, name, channel, ", ".join(address.split("\n")[-2:]), page, came_back_on)
            for id, contact, name, channel, address, page, came_back_on in self._database.rows(
                "SELECT l.id, l.contact_id, coalesce(line.name, nullif(trim(given_name || ' ' || family_name), ''), "
                "organisation), channel, address, first_page, came_back_on "
                "FROM letter AS l JOIN contact ON contact.id = l.contact_id "
                "LEFT JOIN contact_line AS line ON line.contact_id = l.contact_id WHERE mailing_id = ? "
                "ORDER BY channel = 'email', first_page, l.id",
                (mailing,),
            )
        ]

    def letter(self, letter: int) -> SentLetter:
        """A letter that went out, by any of its rows. Raises Refused if there is no such letter any more."""
        rows = self._database.rows(
            "SELECT l.id, l.contact_id, line.name, l.mailing_id, m.title, m.made_at, m.state, l.channel, l.address, "
            "l.subject, l.first_page, l.pages, l.words, l.came_back_on, m.frozen <> '{}' FROM letter AS this "
            "JOIN letter AS l ON l.mailing_id = this.mailing_id AND l.channel = this.channel "
            "AND l.first_page = this.first_page JOIN mailing AS m ON m.id = l.mailing_id "
            "LEFT JOIN contact_line AS line ON line.contact_id = l.contact_id WHERE this.id = ? ORDER BY l.id",
            (letter,),
        )
        if not rows:
            raise Refused(say("This letter is not here any more; it was taken back, or its recipient deleted."))
        first, _, _, mailing, title, made_at, state, channel, address, subject, page, pages, words, back, kept = rows[0]
        held = json.loads(words)
        return SentLetter(
            id=first,
            mailing=mailing,
            title=title,
            name=", ".join(name for _, _, name, *_ in rows if name) or held.get("name", ""),
            contacts=tuple(contact for _, contact, *_ in rows),
            made_at=made_at,
            state=state,
            channel=channel,
            address=tuple(address.split("\n")),
            subject=subject,
            first_page=page,
            pages=pages,
            code=code(held["number"]) if held.get("code") else "",
            came_back_on=back,
            kept=bool(kept and held),
        )

    def pdf(self, letter: int) -> bytes:
        """A letter as it went out, as a PDF document: also if its text, the sender or the recipient were changed since.

        Raises Refused if it went out before letters were kept, or is not here any more.
        """
        sent = self.letter(letter)
        _, frozen = self._kept(sent.mailing)
        ((language, words),) = self._database.rows("SELECT language, words FROM letter WHERE id = ?", (sent.id,))
        plan = archive.written_again(frozen, language, words)
        return documents.one_letter_pdf(plan, frozen.association, pictures(self._database, [plan]))

    def reprint(self, mailing: int, pages: str, out: Path, progress: Progress | None = None) -> int:
        """Write single pages of a mailing's PDF again, such as ``17-19, 23``, as they were; returns how many.

        Raises InvalidInput (``pages``: no such pages), Refused (it went out before letters were kept) and
        EnvironmentFault.
        """
        (there, frozen), progress = self._kept(mailing), progress or Progress()
        try:
            wanted = set(page_numbers(pages, there))
        except ValueError:
            raise InvalidInput(
                "pages",
                say("“{pages}” are no pages of this mailing.", pages=pages),
                say("Write pages from 1 to {pages}, such as 17-19 or 3, 5, 8-10.", pages=there),
            ) from None
        plans, only = [], []
        for language, words, first, several in self._database.rows(
            "SELECT language, words, first_page, pages FROM letter WHERE mailing_id = ? AND channel = 'post' "
            "GROUP BY first_page ORDER BY first_page",
            (mailing,),
        ):
            if own := [page - first for page in range(first, first + several) if page in wanted]:
                plans.append(archive.written_again(frozen, language, words))
                only.append(own)
        if not only:
            raise Refused(say("These pages are not here any more; their recipients were deleted for good."))
        with export_targets.writing(out):
            data, _ = documents.run_pdf(plans, frozen.association, progress, only, pictures(self._database, plans))
            progress.past_return()
            write_whole(out, [data])
        return sum(map(len, only))

    def _kept(self, mailing: int) -> tuple[int, archive.Frozen]:
        """How many pages a mailing has, and what was kept of it."""
        rows = self._database.rows("SELECT pages, frozen FROM mailing WHERE id = ?", (mailing,))
        if not rows:
            raise archive.no_such_mailing()
        ((pages, frozen),) = rows
        return pages, archive.thaw(self._database, frozen)
