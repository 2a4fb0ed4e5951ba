"""The association itself: what stands in its letterhead, and how it writes unless a contact says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from alumnidesk.i18n import Message, say


@dataclass(frozen=True, slots=True)
class Association:
    """The sender of every letter. Text that is not known is the empty string."""

    name: str = ""
    strapline: str = ""
    """One line below the name: ``Ehemalige, Förderer und Freunde des Bildungshauses``."""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = "DE"
    """ISO 3166 alpha-2; letters within it carry no country line."""
    phone: str = ""
    email: str = ""
    website: str = ""
    contact_person: str = ""
    """Whom one asks about the letter; stands in the information block."""
    signatory: str = ""
    signatory_role: str = ""
    bank: tuple[str, ...] = ()
    """Lines of the letter's foot: bank, IBAN, creditor identifier."""
    registration: tuple[str, ...] = ()
    """Further lines of the foot: register court and number, tax number, board."""
    logo: bytes = b""
    """A PNG or JPEG file, or empty."""
    signature: bytes = b""
    """A picture of the signature (PNG or JPEG), or empty: then room is left for the pen."""
    letterhead: bytes = b""
    """A page that lies behind every letter: a PDF of one or two pages, a PNG or a JPEG, or empty."""
    letterhead_next: bytes = b""
    """One that lies behind the pages that follow the first, if that is a file of its own."""
    letterhead_and: str = ""
    """What of our own is printed besides the letterhead: nothing, ``foot``, or ``all``."""
    letterhead_foot: str = "30"
    """Millimetres that its foot needs: the text ends above."""
    letterhead_top: str = "45"
    """Millimetres from the top at which the text of following pages begins, if there is a letterhead for them."""
    accent: str = "#0E6470"
    """Colour of the name in the letterhead, ``#RRGGBB``."""
    language: str = "de"
    salutation_mode: str = "formal"
    window: str = "din5008b"
    """Key of the envelope window, see ``resources/reference/windows.json``; it decides the paper too."""
    own_window: tuple[str, ...] = ()
    """A window measured by oneself, see `envelope_windows.MeasuredWindow`."""
    own_sheets: tuple[str, ...] = ()
    """Label sheets and envelopes measured by oneself, see `own_sheets.written`."""
    font: str = "serif"
    """``serif`` or ``sans``."""
    keep_deleted: str = "30"
    """For so many days deleted contacts stay in the bin before their final deletion is offered; 0: it never is."""

    @property
    def has_sender(self) -> bool:
        """Does a letter say from whom it comes, and where it goes back to?"""
        return bool(self.name and self.street and self.town)

    @property
    def sender_line(self) -> str:
        """The small line over the address: name · street · postcode town."""
        place = " ".join(part for part in (self.postcode, self.town) if part)
        return " · ".join(part for part in (self.name, self.street, place) if part)


KEPT_FOR = (30, 90, 365, 0)
"""For how many days the bin can be told to keep what was deleted."""
LABELS: Mapping[str, Message] = MappingProxyType(
    {
        "name": say("Name"),
        "strapline": say("Strapline"),
        "street": say("Street and number"),
        "postcode": say("Postcode"),
        "town": say("Town"),
        "country": say("Country"),
        "phone": say("Phone"),
        "email": say("E-mail"),
        "website": say("Website"),
        "contact_person": say("Contact person"),
        "signatory": say("Who signs"),
        "signatory_role": say("Office of who signs"),
        "bank": say("Bank details"),
        "registration": say("Register and tax"),
        "logo": say("Logo"),
        "signature": say("Signature"),
        "letterhead": say("Own letterhead"),
        "letterhead_next": say("Own letterhead of following pages"),
        "letterhead_and": say("Besides the letterhead print"),
        "letterhead_foot": say("Foot of the letterhead (mm)"),
        "letterhead_top": say("Next pages begin at (mm)"),
        "accent": say("Colour"),
        "language": say("Language of the letters"),
        "salutation_mode": say("Salutation"),
        "window": say("Envelope window"),
        "own_window": say("Own envelope window"),
        "own_sheets": say("Own label sheets and envelopes"),
        "font": say("Font of the letters"),
        "keep_deleted": say("Days in the bin"),
    }
)
"""What each attribute is called in the settings and in the history."""
CHOICES: Mapping[str, Mapping[str, Message]] = MappingProxyType(
    {
        "font": {"serif": say("With serifs, like a book"), "sans": say("Without serifs, plain")},
        "letterhead_and": {
            "": say("Nothing of our own"),
            "foot": say("Our foot"),
            "all": say("Our head and our foot"),
        },
    }
)
"""Of attributes with few values what these are called there."""
