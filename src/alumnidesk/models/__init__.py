"""The tables of a data file, and nothing else. Rows live only inside a transaction of `storage`."""

from alumnidesk.models.base import Base, Flag
from alumnidesk.models.contacts import (
    Address,
    Affiliation,
    Contact,
    ContactTag,
    Email,
    ForeignProperty,
    Identity,
    Link,
    Note,
    Phone,
    Tag,
    Unit,
)
from alumnidesk.models.derived import contact_line
from alumnidesk.models.events import Event, Participation
from alumnidesk.models.history import Change, Changeset
from alumnidesk.models.letters import Letter, LetterTemplate, LetterText, Mailing
from alumnidesk.models.settings import Setting, StoredFile

__all__ = [
    "Address",
    "Affiliation",
    "Base",
    "Change",
    "Changeset",
    "Contact",
    "ContactTag",
    "Email",
    "Event",
    "Flag",
    "ForeignProperty",
    "Identity",
    "Letter",
    "LetterTemplate",
    "LetterText",
    "Link",
    "Mailing",
    "Note",
    "Participation",
    "Phone",
    "Setting",
    "StoredFile",
    "Tag",
    "Unit",
    "contact_line",
]
