"""The desk: one open data file and everything one can do with it, by topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from alumnidesk.i18n import Message, say
from alumnidesk.progress import Progress
from alumnidesk.services.finding import Finding
from alumnidesk.storage import upgrade
from alumnidesk.storage.database import Database, Written

if TYPE_CHECKING:
    from alumnidesk.services.attachments import Attachments
    from alumnidesk.services.backups import Backup, Backups
    from alumnidesk.services.bin import Bin
    from alumnidesk.services.bulk import Bulk
    from alumnidesk.services.consents import Consents
    from alumnidesk.services.contact_lists import ContactLists
    from alumnidesk.services.contacts import Contacts
    from alumnidesk.services.directory import Directory
    from alumnidesk.services.duplicates import Duplicates
    from alumnidesk.services.events import Events
    from alumnidesk.services.exporting import Exporting
    from alumnidesk.services.history import History
    from alumnidesk.services.households import Households
    from alumnidesk.services.importing import Importing
    from alumnidesk.services.labels import Labels
    from alumnidesk.services.layouts import Layouts
    from alumnidesk.services.letter_pictures import LetterPictures
    from alumnidesk.services.letters import Letters
    from alumnidesk.services.mailings import Mailings
    from alumnidesk.services.merging import Merging
    from alumnidesk.services.notes import Notes
    from alumnidesk.services.overview import Overview
    from alumnidesk.services.own_fields import OwnFields
    from alumnidesk.services.photos import Photos
    from alumnidesk.services.printed_lists import PrintedLists
    from alumnidesk.services.purposes import Purposes
    from alumnidesk.services.relationships import Relationships
    from alumnidesk.services.returned import ReturnedMail
    from alumnidesk.services.salutations import Salutations
    from alumnidesk.services.sampling import Sampling
    from alumnidesk.services.segments import Segments
    from alumnidesk.services.sent_letters import SentLetters
    from alumnidesk.services.settings import Settings
    from alumnidesk.services.syncing import Syncing
    from alumnidesk.services.tags import Tags
    from alumnidesk.services.template_files import TemplateFiles
    from alumnidesk.services.units import Units


class Desk:
    """An open data file. Belongs to the thread that opened it, like the file itself.

    The topics, and what is rarely done, are imported when first used: the first page of the window needs only `find`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.find = Finding(database)

    @classmethod
    def open(cls, path: Path, progress: Progress | None = None) -> Desk:
        """Open a data file, bringing an older one up to date first (a verified copy of it is kept).

        Raises BadFile (empty, foreign, damaged), EnvironmentFault (missing, in use) or TooNew.
        """
        upgrade.bring_up_to_date(path, progress)
        return cls(Database.open(path))

    @classmethod
    def look_into(cls, path: Path) -> Desk:
        """Open a file of a newer version for reading only, to export what is in it; not a byte of it changes.

        Raises TooNew if it is so different that this program cannot read it.
        """
        return cls(Database.look_into(path))

    @classmethod
    def create(cls, path: Path, language: str = "de", name: str = "") -> Desk:
        """Make a new data file with the ready letters, and open it. Raises Refused if there is one already.

        `language` is the association's: the letters are named in it, and new contacts are written to in it. `name` is
        the association's too, if it is known.
        """
        upgrade.create(path)
        desk = cls(Database.open(path))
        try:
            desk.settings.save(replace(desk.settings.association(), language=language, name=name))
            desk.letters.add_ready_templates(language)
            desk._database.make_final(say("The file began with this."))
        except BaseException:
            desk.close(backup=False)
            raise
        return desk

    @classmethod
    def create_sample(
        cls,
        path: Path,
        n: int = 240,
        *,
        seed: int = 1,
        language: str = "de",
        today: dt.date | None = None,
        progress: Progress | None = None,
    ) -> Desk:
        """Make a new data file with an invented association of `n` contacts, and open it.

        Raises Refused if there is a file already, and Cancelled; then there is no file.
        """
        desk = cls.create(path, language)
        try:
            desk.sample.fill(n, seed=seed, language=language, today=today, progress=progress)
        except BaseException:
            desk.close(backup=False)
            path.unlink()
            raise
        return desk

    @staticmethod
    def newest_backup(path: Path) -> Backup | None:
        """The backup that could take the place of a data file that cannot be opened, if there is one."""
        from alumnidesk.storage.backup import newest_verified

        return newest_verified(path)

    @staticmethod
    def restore(path: Path, backup: Path, progress: Progress | None = None) -> Path | None:
        """Put the content of a backup in the place of a data file that nobody has open.

        Returns where the replaced file lies now, if there was one. Raises BadFile (the backup is damaged or no backup)
        or EnvironmentFault (in use, not writable); then nothing has changed.
        """
        from alumnidesk.storage.backup import restore

        return restore(backup, path, progress)

    def check_writable(self) -> None:
        """Raise Unwritable if nothing can be changed: the file may only be read, was moved, or was replaced."""
        if problem := self._database.why_unwritable():
            raise problem

    def save_copy(self, path: Path) -> bool:
        """Write all that is in the file to another place; True if from now on one works there.

        That is so when the open file cannot be changed: it may only be read, was moved, or was replaced. Raises
        EnvironmentFault (disk full, not writable) or Refused (it is the open file itself, or what replaced it).
        """
        stuck = self._database.why_unwritable() is not None
        self._database.save_copy(path)
        if stuck:
            self._database.go_on_in(path)
        return stuck

    def close(self, *, backup: bool = True) -> None:
        """Let go of the file; a verified backup is made first if anything changed since the last one."""
        try:
            if backup and self._database.changes and not self._database.read_only:
                self.backups.make("close")
        finally:
            self._database.close()

    def check(self, progress: Progress | None = None) -> list[Message]:
        """Read all of the file and compare it with itself and its newest backup; returns what is wrong, in words.

        Lists and search index that disagree with the contacts are made anew, which is told too, unless the file may
        only be read. Raises Cancelled.
        """
        from alumnidesk.storage.check import check

        report = check(self._database, progress)
        if report.index_disagrees and not report.read_only:
            self._database.rebuild_index(progress)
        return report.in_words()

    @property
    def path(self) -> Path:
        return self._database.path

    @property
    def read_only(self) -> bool:
        """True if the file can only be looked at."""
        return self._database.read_only

    @property
    def author(self) -> str:
        """Who is written into the history."""
        return self._database.author

    @author.setter
    def author(self, name: str) -> None:
        self._database.author = name

    def after_writing(self, listener: Callable[[Written], None]) -> None:
        """Call `listener` after each deed, in the owner's thread, with what it wrote."""
        self._database.after_writing.append(listener)

    def prepare(self) -> None:
        """Import what deeds need, while nobody waits for it."""
        _ = self.contacts, self.events, self._database.engine

    @cached_property
    def contacts(self) -> Contacts:
        from alumnidesk.services.contacts import Contacts

        return Contacts(self._database)

    @cached_property
    def bin(self) -> Bin:
        from alumnidesk.services.bin import Bin

        return Bin(self._database)

    @cached_property
    def duplicates(self) -> Duplicates:
        from alumnidesk.services.duplicates import Duplicates

        return Duplicates(self._database)

    @cached_property
    def bulk(self) -> Bulk:
        from alumnidesk.services.bulk import Bulk

        return Bulk(self._database)

    @cached_property
    def consents(self) -> Consents:
        from alumnidesk.services.consents import Consents

        return Consents(self._database)

    @cached_property
    def purposes(self) -> Purposes:
        from alumnidesk.services.purposes import Purposes

        return Purposes(self._database)

    @cached_property
    def events(self) -> Events:
        from alumnidesk.services.events import Events

        return Events(self._database)

    @cached_property
    def salutations(self) -> Salutations:
        from alumnidesk.services.salutations import Salutations

        return Salutations(self._database)

    @cached_property
    def households(self) -> Households:
        from alumnidesk.services.households import Households

        return Households(self._database)

    @cached_property
    def relationships(self) -> Relationships:
        from alumnidesk.services.relationships import Relationships

        return Relationships(self._database)

    @cached_property
    def letters(self) -> Letters:
        from alumnidesk.services.letters import Letters

        return Letters(self._database)

    @cached_property
    def layouts(self) -> Layouts:
        from alumnidesk.services.layouts import Layouts

        return Layouts(self._database)

    @cached_property
    def printed_lists(self) -> PrintedLists:
        from alumnidesk.services.printed_lists import PrintedLists

        return PrintedLists(self._database)

    @cached_property
    def mailings(self) -> Mailings:
        from alumnidesk.services.mailings import Mailings

        return Mailings(self._database, self.find)

    @cached_property
    def returned(self) -> ReturnedMail:
        from alumnidesk.services.returned import ReturnedMail

        return ReturnedMail(self._database, self.sent_letters)

    @cached_property
    def sent_letters(self) -> SentLetters:
        from alumnidesk.services.sent_letters import SentLetters

        return SentLetters(self._database)

    @cached_property
    def letter_pictures(self) -> LetterPictures:
        from alumnidesk.services.letter_pictures import LetterPictures

        return LetterPictures(self._database)

    @cached_property
    def template_files(self) -> TemplateFiles:
        from alumnidesk.services.template_files import TemplateFiles

        return TemplateFiles(self._database)

    @cached_property
    def labels(self) -> Labels:
        from alumnidesk.services.labels import Labels

        return Labels(self._database)

    @cached_property
    def directory(self) -> Directory:
        from alumnidesk.services.directory import Directory

        return Directory(self._database)

    @cached_property
    def merging(self) -> Merging:
        from alumnidesk.services.merging import Merging

        return Merging(self._database)

    @cached_property
    def notes(self) -> Notes:
        from alumnidesk.services.notes import Notes

        return Notes(self._database)

    @cached_property
    def history(self) -> History:
        from alumnidesk.services.history import History

        return History(self._database)

    @cached_property
    def segments(self) -> Segments:
        from alumnidesk.services.segments import Segments

        return Segments(self._database, self.find)

    @cached_property
    def lists(self) -> ContactLists:
        from alumnidesk.services.contact_lists import ContactLists

        return ContactLists(self._database)

    @cached_property
    def settings(self) -> Settings:
        from alumnidesk.services.settings import Settings

        return Settings(self._database)

    @cached_property
    def importing(self) -> Importing:
        from alumnidesk.services.importing import Importing

        return Importing(self._database)

    @cached_property
    def exporting(self) -> Exporting:
        from alumnidesk.services.exporting import Exporting

        return Exporting(self._database)

    @cached_property
    def sample(self) -> Sampling:
        from alumnidesk.services.sampling import Sampling

        return Sampling(self._database)

    @cached_property
    def overview(self) -> Overview:
        from alumnidesk.services.overview import Overview

        return Overview(self._database)

    @cached_property
    def photos(self) -> Photos:
        from alumnidesk.services.photos import Photos

        return Photos(self._database)

    @cached_property
    def attachments(self) -> Attachments:
        from alumnidesk.services.attachments import Attachments

        return Attachments(self._database)

    @cached_property
    def tags(self) -> Tags:
        from alumnidesk.services.tags import Tags

        return Tags(self._database)

    @cached_property
    def units(self) -> Units:
        from alumnidesk.services.units import Units

        return Units(self._database)

    @cached_property
    def own_fields(self) -> OwnFields:
        from alumnidesk.services.own_fields import OwnFields

        return OwnFields(self._database)

    @cached_property
    def syncing(self) -> Syncing:
        from alumnidesk.services.syncing import Syncing

        return Syncing(self._database)

    @cached_property
    def backups(self) -> Backups:
        from alumnidesk.services.backups import Backups

        return Backups(self._database)
