"""The tables of a data file, and nothing else. Rows live only inside a transaction of `storage`."""

from alumnidesk.models.audiences import ContactList, ListMember, Segment
from alumnidesk.models.base import Base, Flag
from alumnidesk.models.consents import Consent, Purpose
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
    TagGroup,
    Unit,
)
from alumnidesk.models.derived import contact_line
from alumnidesk.models.events import Event, Participation
from alumnidesk.models.history import Change, Changeset
from alumnidesk.models.letters import Letter, LetterTemplate, LetterText, Mailing
from alumnidesk.models.own_fields import Attachment, OwnField, OwnValue
from alumnidesk.models.relations import Household, NotDuplicate, NotHousehold, Relationship, RelationshipKind
from alumnidesk.models.settings import Setting, StoredFile
from alumnidesk.models.sync import SyncLink, SyncPartner, SyncState

__all__ = [
    "Address",
    "Affiliation",
    "Attachment",
    "Base",
    "Change",
    "Changeset",
    "Consent",
    "Contact",
    "ContactList",
    "ContactTag",
    "Email",
    "Event",
    "Flag",
    "ForeignProperty",
    "Household",
    "Identity",
    "Letter",
    "LetterTemplate",
    "LetterText",
    "Link",
    "ListMember",
    "Mailing",
    "NotDuplicate",
    "NotHousehold",
    "Note",
    "OwnField",
    "OwnValue",
    "Participation",
    "Phone",
    "Purpose",
    "Relationship",
    "RelationshipKind",
    "Segment",
    "Setting",
    "StoredFile",
    "SyncLink",
    "SyncPartner",
    "SyncState",
    "Tag",
    "TagGroup",
    "Unit",
    "contact_line",
]
