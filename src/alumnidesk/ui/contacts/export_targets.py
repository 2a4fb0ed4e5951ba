"""For which program contacts are handed out: the kinds of file, and what each can be for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alumnidesk.domain.consent import CHANNELS, EMAIL, INVITATIONS, POST, Purpose, Sending
from alumnidesk.ui.words import language, tr

BCC, MAILING = "bcc", "mailing"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom the contacts are for: the kind of file, its ending and name."""

    name: str
    text: str
    about: str
    kind: str
    ending: str
    channels: tuple[str, ...] = CHANNELS
    """By which ways one reaches people with it."""
    called: str = ""
    """What its file is called unless one says otherwise; empty: after the program."""

    @property
    def file(self) -> str:
        """The name that is proposed for the file."""
        return (self.called or tr("Contacts for {target}", target=self.text)) + self.ending

    @property
    def cards(self) -> bool:
        """Can it also be a folder with a file for each contact?"""
        return self.ending == ".vcf"

    @property
    def usual(self) -> Sending | None:
        """What it is for unless one says otherwise; None: our own use. What goes out always goes out for something."""
        return Sending(INVITATIONS, self.channels[0]) if self.kind in (BCC, MAILING) else None

    def sendings(self, purposes: Sequence[Purpose]) -> list[Sending]:
        """What the contacts can be handed out for."""
        return [
            Sending(purpose.key, channel)
            for purpose in purposes
            for channel in purpose.used
            if channel in self.channels
        ]


def targets() -> tuple[Target, ...]:
    """What is offered, in the words of the window; tables of mail programs in its language where they differ."""
    own = language().locale
    thunderbird = f"thunderbird-{own}" if own in ("de", "sv") else "thunderbird"
    outlook = "outlook-de" if own == "de" else "outlook"
    mail, post = (EMAIL,), (POST,)
    return (
        Target("thunderbird", "Thunderbird", tr("table for its address book"), thunderbird, ".csv", mail),
        Target("outlook", "Outlook", tr("table for its contacts"), outlook, ".csv", mail),
        Target("google", "Google", tr("table for Google Contacts"), "google", ".csv", mail),
        Target(
            "phone",
            tr("Phone, Apple"),
            tr("business cards (vCard 3.0)"),
            "vcard3",
            ".vcf",
            called=tr("Contacts for the phone"),
        ),
        Target(
            "vcard", "vCard 4.0", tr("business cards without loss"), "vcard4", ".vcf", called=tr("Contacts as cards")
        ),
        Target("excel", "Excel", tr("workbook with all that is known, also for LibreOffice"), "xlsx", ".xlsx"),
        Target(
            "csv",
            tr("Complete table"),
            tr("CSV with all that is known, to import again"),
            "csv",
            ".csv",
            called=tr("Contacts with all that is known"),
        ),
        Target(
            "ldif",
            "LDIF",
            tr("address book for older programs and directories"),
            "ldif",
            ".ldif",
            mail,
            tr("Contacts as an address book"),
        ),
        Target(
            MAILING,
            tr("Word processor"),
            tr("addresses and salutations for a mail merge"),
            MAILING,
            ".xlsx",
            post,
            tr("Contacts for a mail merge"),
        ),
        Target(BCC, tr("E-mail, blind copy"), tr("addresses for the Bcc line, to the clipboard"), BCC, "", mail),
    )


def file_kinds(target: Target, folder: bool) -> str:
    """What a file dialog offers for a target."""
    if folder:
        return tr("Folders (*)")
    if target.kind == MAILING:
        return ";;".join((tr("Workbooks (*.xlsx)"), tr("Tables (*.csv)")))
    return {
        ".vcf": tr("Business cards (*.vcf)"),
        ".csv": tr("Tables (*.csv)"),
        ".xlsx": tr("Workbooks (*.xlsx)"),
        ".ldif": tr("Address books (*.ldif)"),
    }[target.ending]
