"""One contact record while it is being put together from the cells of a row or the lines of a card."""

from __future__ import annotations

from alumnidesk.domain.cards import Address, Affiliation, Email, Foreign, Link, OwnValue, Phone
from alumnidesk.domain.records import ContactRecord, Problem
from alumnidesk.domain.ties import NO_TIES, ConsentTie, HouseholdTie, RelationTie, Ties
from alumnidesk.i18n import Message

SHOWN = 2_000
"""Characters of a refused text that a problem carries."""


class Gathered:
    """What was read of a record so far."""

    __slots__ = (
        "addresses", "affiliations", "consents", "emails", "foreign", "household", "line", "links", "own", "phones",
        "photo", "problems", "relations", "tags", "uid", "values",
    )  # fmt: skip

    def __init__(self, line: int) -> None:
        self.line = line
        self.uid = ""
        self.values: dict[str, str] = {}
        self.emails: list[Email] = []
        self.phones: list[Phone] = []
        self.addresses: list[Address] = []
        self.links: list[Link] = []
        self.affiliations: list[Affiliation] = []
        self.tags: list[str] = []
        self.own: list[OwnValue] = []
        self.photo = b""
        self.household: HouseholdTie | None = None
        self.relations: list[RelationTie] = []
        self.consents: list[ConsentTie] = []
        self.foreign: list[Foreign] = []
        self.problems: list[Problem] = []

    def remark(self, text: str, why: Message, line: int = 0) -> None:
        """Something to look at that does not keep the record out."""
        self.problems.append(Problem(line or self.line, why, text[:SHOWN], severe=False))

    @property
    def says_something(self) -> bool:
        """Whether anything was understood (what is only kept as it came does not count)."""
        return bool(
            self.values or self.emails or self.phones or self.addresses or self.links or self.tags or self.affiliations
            or self.own
        )  # fmt: skip

    def record(self) -> ContactRecord:
        """The finished record."""
        return ContactRecord(
            self.line, self.values, tuple(self.emails), tuple(self.phones), tuple(self.addresses), tuple(self.links),
            tuple(self.affiliations), tuple(self.tags), tuple(self.foreign), self.uid, tuple(self.problems),
            tuple(self.own), self.photo, self._ties(),
        )  # fmt: skip

    def _ties(self) -> Ties:
        if self.household is None and not self.relations and not self.consents:
            return NO_TIES
        return Ties(self.household, tuple(self.relations), tuple(self.consents))
