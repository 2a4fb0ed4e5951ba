"""A walk through every place of the window: pages, forms, steps and dialogs, over one filled file.

`Walk.go` opens one place after the other and calls a visitor with its name and the widget that is looked at.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.walked_files import EVERYTHING
from tests.ui.walker import SIZE, Visit, Walker

from alumnidesk.desk import Desk
from alumnidesk.domain.consent import EMAIL, Sending
from alumnidesk.domain.happened import DeedLine
from alumnidesk.domain.letter_text import Picture
from alumnidesk.domain.mailings import EMAIL_FIRST
from alumnidesk.errors import AlumniDeskError, BadFile, Refused, Unwritable
from alumnidesk.i18n import NOTHING, say
from alumnidesk.services.history import Conflict
from alumnidesk.services.sync_plan import PartnerCard
from alumnidesk.storage.faults import cut_off, disk_full
from alumnidesk.storage.layout import too_new
from alumnidesk.ui.history.conflicts import ConflictsDialog
from alumnidesk.ui.keys import show_about, show_keys
from alumnidesk.ui.labels.own_sheet import OwnSheetDialog
from alumnidesk.ui.letters.writing.conversion import table_of
from alumnidesk.ui.settings import TAGS_AND_FIELDS
from alumnidesk.ui.settings.page import TABS
from alumnidesk.ui.unopened import explain
from alumnidesk.ui.welcome import WelcomeWindow


def _remark(desk: Desk, contact: int, remark: str) -> None:
    before = desk.contacts.card(contact)
    desk.contacts.save(before, replace(before, remark=remark))


class Walk(Walker):
    """Every place of one open file, one after the other."""

    def go(self, visit: Visit) -> None:
        """Visit every place, each when it has come to rest."""

        def at_rest(name: str, root: QWidget) -> None:
            self.settle()
            visit(name, root)

        for part in (
            self.home,
            self.contacts,
            self.duplicates,
            self.importing,
            self.events,
            self.letters,
            self.sync,
            self.history,
            self.settings,
            self.help,
            self.dialogs,
            self.welcome,
        ):
            part(at_rest)

    def home(self, visit: Visit) -> None:
        self.page("home")
        visit("home", self.window)

    def contacts(self, visit: Visit) -> None:
        page = self.page("contacts")
        visit("contacts", self.window)
        for group in page.detail.lines.boxes:
            page.detail.open(group)
            self.settle()
            visit(f"contacts, {group.value} open", self.window)
        page.detail._done(group)
        page.detail.open_note()
        self.settle()
        visit("contacts, note", self.window)
        page.detail.note.close_note()
        page.detail.relationships.open()
        self.settle()
        visit("contacts, relationship", self.window)
        page.detail.relationships.sheet.close_sheet()
        page.detail.consents.open_sheet(Sending("news", EMAIL))
        self.settle()
        visit("contacts, consent", self.window)
        page.detail.consents.close_sheet()
        flags = QItemSelectionModel.SelectionFlag
        for row in range(9):
            page.list.selectionModel().setCurrentIndex(page.table.index(row, 0), flags.Select | flags.Rows)
        self.settle()
        visit("contacts, several", self.window)
        self.window.notices.say(self.window.windowTitle(), lambda: None)
        self.settle()
        visit("contacts, notice", self.window)
        self.window.notices.close_notice()
        self.window.show_read_only(True)
        self.settle()
        visit("contacts, only to be read", self.window)
        self.window.show_read_only(False)
        self.window.actions_["contacts.new"].trigger()
        self.settle()
        visit("contacts, new", self.window)
        page.detail.show_nobody()
        visit("contacts, nobody", self.window)
        page.search.setText("qqqq")
        self.settle()
        visit("contacts, nobody found", self.window)
        page.search.clear()
        self.window.actions_["contacts.bin"].trigger()
        self.settle()
        visit("bin", self.window)
        page.to_contacts()

    def duplicates(self, visit: Visit) -> None:
        page = self.page("contacts")
        known = self.ask(lambda desk: desk.contacts.card(desk.find.contacts().ids[0]))
        again = replace(known, id=None, uid="", title="", addresses=())
        self.ask(lambda desk: desk.contacts.add(again))
        self.window.actions_["contacts.duplicates"].trigger()
        self.settle()
        visit("duplicates", self.window)
        room = page.rooms.duplicates
        room._compare_place(room._open[0])
        self.settle()
        visit("duplicates, two records", self.window)
        room._apart()
        self.settle()
        visit("duplicates, all decided", self.window)
        page.to_contacts()
        self.window.actions_["contacts.new"].trigger()
        self.settle()
        page.detail.resembling._show(self.ask(lambda desk: desk.duplicates.likely(again))[0])
        visit("contacts, maybe known", self.window)
        page.detail.show_nobody()
        for _ in range(2):
            self.deeds.undo()
            self.settle()

    def importing(self, visit: Visit) -> None:
        page = self.page("contacts")
        page.take_files([self._list])
        self.settle()
        room = page.rooms.importing
        visit("import, columns", self.window)
        self._modal(visit, "import, save columns", room.columns.saved.ask_name)
        room._go_on()
        self.settle()
        visit("import, check", self.window)
        room.check.list.go_to(next(row.id for row in room.preview.rows if row.name))
        self._modal(visit, "import, merge with", room.check.ask_contact)
        self._modal(visit, "import, rules", room.show_rules)
        room._go_on()
        self.settle()
        visit("import, done", self.window)
        room._forget()
        room._show(0)
        self.settle()
        visit("import, file", self.window)
        room.leave()
        self.deeds.undo()
        self.settle()

    def events(self, visit: Visit) -> None:
        page = self.page("events")
        visit("events", self.window)
        events = self.ask(lambda desk: desk.events.lines())
        self.page("events", next(line.id for line in events if line.capacity))
        visit("roster", self.window)
        page.roster.add_people()
        page.roster.adding.search.setText("a")
        self.settle()
        visit("add people", self.window)
        page.roster.stop_adding()
        page.show_all()

    def letters(self, visit: Visit) -> None:
        page = self.page("letters")
        visit("letters", self.window)
        page.show_all("templates")
        self.settle()
        visit("letters, templates", self.window)
        page._edit(next(iter(page.overview.templates.values())))
        self.settle()
        visit("letters, one template", self.window)
        self._written(visit, page.template.write)
        page._back_to_templates()
        event = self.ask(lambda desk: desk.events.lines())[0].id
        contacts = self.ask(lambda desk: list(desk.find.contacts().ids)[:6])
        self.window.open_page("letters", contacts=contacts, event=event)
        self.settle()
        visit("letters, recipients", self.window)
        page.steps.job = replace(page.steps.job, template=next(iter(page.overview.templates)), channels=EMAIL_FIRST)
        for step in ("letter", "check", "output"):
            page.steps.go_on()
            self.settle()
            visit(f"letters, {step}", self.window)
            if step == "check":
                self._modal(visit, "salutations", page.steps.check.salutations.click)
        page.steps.go_to(0)
        page.steps.go_back()
        self.settle()
        page.show_all("mailings")
        self.settle()
        mailings = page.overview.mailings
        mailings.stand_on(mailings.table.ids[-1])
        self.settle()
        visit("letters, a mailing that went out", self.window)
        self._modal(visit, "print pages again", lambda: mailings._reprint(mailings.table.line(0)))
        page.show_id(mailings.people.ids[0])
        self.settle()
        visit("letters, a letter that went out", self.window)
        self.window.actions_["letters.returned"].trigger()
        self.settle()
        visit("letters, returned mail", self.window)
        name: str = self.ask(lambda desk: desk.contacts.card(contacts[0]).name)
        for text in ("1234", name):
            page.returned.entry.search.setText(text)
            page.returned.entry._pick_current()
            self.settle()
        visit("letters, returned mail entered", self.window)
        self.deeds.undo()
        self.settle()
        page.show_all("mailings")

    def sync(self, visit: Visit) -> None:
        """A folder on the other side: before there is one, the first sync, questions, many deletions, none at all."""
        page = self.page("sync")
        visit("sync, nothing yet", self.window)
        folder = self.path.parent / "Telefon"
        folder.mkdir()
        first, second, *others = self.ask(lambda desk: desk.contacts.cards(list(desk.find.contacts().ids)[:9]))
        for number, person in enumerate((first, others[0])):
            name = f"N:{person.family_name};{person.given_name};;;\nFN:{person.given_name} {person.family_name}"
            more = "\nEMAIL:anna@mail.example" if number else ""
            (folder / f"{number}.vcf").write_text(f"BEGIN:VCARD\nVERSION:3.0\n{name}{more}\nEND:VCARD\n", "utf-8")
        (folder / "2.vcf").write_text("FN\n", "utf-8")
        number = self.ask(lambda desk: desk.syncing.add(PartnerCard(name="Telefon <b>", place=str(folder)))).id
        visit("sync", self.window)
        page._see()
        self.settle()
        visit("sync, the first one", self.window)
        page.plan.main.click()
        self.settle()
        for contact, remark in ((first, "hier"), (second, "hier")):
            self.ask(lambda desk, contact=contact, remark=remark: _remark(desk, contact.id, remark))
        for path in folder.glob("*.vcf"):
            text = path.read_text("utf-8")
            if f"UID:{first.uid}" in text:
                path.write_text(text.replace("END:VCARD", "NOTE:dort\nEND:VCARD"), "utf-8")
            elif f"UID:{second.uid}" in text:
                path.unlink()
        page._sync(number)
        self.settle()
        visit("sync, questions", self.window)
        for path in sorted(folder.glob("*.vcf"))[4:]:
            path.unlink()
        page._sync(number)
        self.settle()
        visit("sync, many deletions", self.window)
        page.plan.back.click()
        shutil.rmtree(folder)
        page._look_again()
        self.settle()
        visit("sync, no folder", self.window)
        self._modal(visit, "set up a sync", page._add)
        while self.ask(lambda desk: desk.syncing.partners()):
            self.deeds.undo()
            self.settle()

    def history(self, visit: Visit) -> None:
        self.page("history")
        visit("history", self.window)

    def settings(self, visit: Visit) -> None:
        page = self.page("settings")
        for tab in TABS:
            page._go_to(tab)
            self.settle()
            visit(f"settings, {tab}", self.window)
        self._modal(visit, "own window", page.envelopes.ask_measures)
        self._modal(visit, "pages to print", page.envelopes.print_test)
        page._go_to(TABS[0])

    def help(self, visit: Visit) -> None:
        self.window.actions_["help.here"].trigger()
        self.settle()
        help = self.window._help
        visit("help", help)
        help.close()

    def welcome(self, visit: Visit) -> None:
        handlers = dict.fromkeys(("file.new", "file.open", "welcome.sample"), lambda: None)
        window = WelcomeWindow(self.look, self.preferences, handlers)
        window.resize(*SIZE)
        window.show()
        QApplication.processEvents()
        visit("welcome", window)
        window.hide()
        window.deleteLater()

    # Dialogs ---------------------------------------------------------------------------------------------------

    def _unopened(self, problem: AlumniDeskError) -> None:
        explain(self.look, self.preferences, self.messages, self.path, problem)

    def dialogs(self, visit: Visit) -> None:
        window, page = self.window, self.page("contacts")
        path = Path("/home/anna/Mitglieder 2026.csv")
        self._modal(visit, "keys", lambda: show_keys(self.look, window))
        self._modal(visit, "about", lambda: show_about(self.look, window))
        self._modal(
            visit, "file refused", lambda: self.messages.show(BadFile(path, say("This file is empty."), line=3))
        )
        self._modal(visit, "refused", lambda: self.messages.show(Refused(say("This contact is in the bin."))))
        self._modal(visit, "moved", lambda: self.messages.show(Unwritable(say("This file is open for reading only."))))
        self._modal(visit, "no backup", lambda: self.messages.not_backed_up(disk_full(path)))
        self._modal(visit, "damaged", lambda: self._unopened(cut_off(path)))
        self._modal(visit, "newer", lambda: self._unopened(too_new(path, "0999")))
        window.notices.close_notice()  # nothing is done that could be said
        window.show_read_only(True)
        self.settle()
        visit("read-only", window)
        window.show_read_only(False)
        self._modal(visit, "crash", lambda: self.messages._show_crash("ValueError\nui/page.py:1", None))
        for target in ("thunderbird", "phone", "mailing"):
            self.preferences.keep("export/target", target)
            self._modal(visit, f"export, {target}", page.handing_out.export_all)
        self._modal(visit, "labels", page.handing_out.labels)
        self._modal(visit, "own label sheet", lambda: OwnSheetDialog(window.context, window, envelopes=True).open())
        self._modal(visit, "directory", page.handing_out.directory)
        self._modal(visit, "columns", window.actions_["contacts.columns"].trigger)
        self._modal(visit, "tag", window.actions_["contacts.tag"].trigger)
        self._modal(visit, "consent", window.actions_["contacts.consent"].trigger)
        self._modal(visit, "change many", window.actions_["contacts.change_many"].trigger)
        self._modal(visit, "household", window.actions_["contacts.household"].trigger)
        self._modal(visit, "households", page._find_households)
        self._modal(visit, "conflicts of a merge", self._ask_conflicts)
        page.search.setText("tag:any -town:qqq (email:any OR heard:2020.. OR chor) returned:none segment:any")
        self.settle()
        for name in ("conditions", "save_search", "to_list", "saved"):
            self._modal(visit, f"searches, {name}", window.actions_[f"contacts.{name}"].trigger)
        page.search.clear()
        self.settle()
        units = self.page("settings", TAGS_AND_FIELDS).units
        middle = next(line for line in units._lines if line.contacts)
        self._modal(visit, "new unit", units.add.click)
        self._modal(visit, "change unit", lambda: units._change(middle))
        self._modal(visit, "put unit", lambda: units._put(middle.unit))
        self._modal(visit, "merge unit", lambda: units._merge(middle))
        self._modal(visit, "remove unit", lambda: units._remove(middle))
        page = self.page("events")
        self._modal(visit, "new event", page.new)
        self._modal(visit, "choose event", lambda: page.take_contacts([1, 2, 3]))

    def _written(self, visit: Visit, write: Any) -> None:
        """A letter in which everything stands that can, and what is asked for it."""
        editor, inserting = write.editor, write.tools.inserting
        editor.body.type_in(EVERYTHING)
        self.settle()
        visit("letters, everything in one", self.window)
        editor.body.moveCursor(QTextCursor.MoveOperation.Start)
        while (table := table_of(editor.body.textCursor())) is None:
            editor.body.moveCursor(QTextCursor.MoveOperation.NextBlock)
        visit("letters, in a table", self.window)
        self._modal(visit, "widths of a table", partial(write.tools.tables._ask_widths, table))
        self._modal(visit, "new table", inserting.table)
        self._modal(visit, "new code", inserting.code)
        self._modal(visit, "change a picture", lambda: inserting.change(Picture("")))
        self._modal(visit, "who gets a paragraph", write.tools.conditions.build)
        editor.offer_placeholders()
        visit("placeholders", editor.placeholders)
        editor.placeholders.close()
        editor.fields["body"].take_back()

    def _ask_conflicts(self) -> None:
        """What is asked before an old merge is taken back."""
        line = DeedLine(
            "Anna Müller", say("Remark"), say("{value}", value="Singt im Alt"), say("{value}", value="Tanzt")
        )
        gone = DeedLine("Anna Müller", say("E-mail"), say("{value}", value="anna@mail.example"), NOTHING)
        conflicts = [Conflict(("contact", 1, "remark"), line), Conflict(("email", 1, ""), gone)]
        ConflictsDialog(self.look, conflicts, lambda put_back: None, self.window).open()
