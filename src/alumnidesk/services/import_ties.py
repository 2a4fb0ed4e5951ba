"""Households, relationships and consents in an import: which records say something new, and in words what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from alumnidesk.domain.cards import PERSON
from alumnidesk.domain.consent import ANSWER_WORDS, CHANNEL_WORDS
from alumnidesk.domain.consent import KNOWN as PURPOSES
from alumnidesk.domain.differences import Difference
from alumnidesk.domain.relationships import BY_KEY, own_kind
from alumnidesk.domain.ties import ConsentTie, HouseholdTie, News, RelationTie, Ties
from alumnidesk.i18n import NOTHING, Message, say, say_n
from alumnidesk.services import ties
from alumnidesk.services.consents import Consents
from alumnidesk.services.import_plan import Step
from alumnidesk.services.ties import Said
from alumnidesk.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class TiedStep:
    """A row that says something about ties, or by whose UID another one names its contact."""

    row: int
    name: str
    said: Said
    news: News

    @classmethod
    def of(cls, database: Database, whose: Iterable[tuple[int, Step]]) -> list[TiedStep]:
        """What the rows of a file with ties say, in its order, each with its contact."""
        rows = [
            (step.row, step.card.name, Said(contact, step.record.uid, _fitting(step)))
            for contact, step in whose
            if step.record.uid or step.record.ties
        ]
        found = ties.news(database.rows, [said for _, _, said in rows])
        return [cls(*row, news) for row, news in zip(rows, found, strict=True)]


def _fitting(step: Step) -> Ties:
    """Only people are in households."""
    tied = step.record.ties
    return tied if step.card.kind == PERSON or tied.household is None else replace(tied, household=None)


def write(transaction: Transaction, tied: Sequence[TiedStep], id_of: Callable[[int], int]) -> None:
    """Write what the rows say; `id_of` tells the id of a contact, also of one who was new."""
    said = [replace(one.said, contact=id_of(one.said.contact)) for one in tied]
    ties.write(transaction, said)


# Words -------------------------------------------------------------------------------------------------------------


class TieWords:
    """Tells what rows add, with the names of those whom they name."""

    def __init__(self, database: Database, tied: Sequence[TiedStep]) -> None:
        self._names = {one.said.contact: one.name for one in tied}
        named = {number for one in tied for pair, _ in one.news.relations for number in pair[:2] if number > 0}
        self._names |= Consents(database).names(sorted(named))

    def differences(self, one: TiedStep) -> Iterator[Difference]:
        """What is new, field by field."""
        if (household := one.news.household) is not None:
            yield Difference(say("Household"), NOTHING, _household(household))
        for (first, second, key), tie in one.news.relations:
            back = first == one.said.contact
            other = self._names.get(second if back else first, "–")
            yield Difference(_role(key, tie, back=back), NOTHING, say("{value}", value=other))
        for answer in one.news.consents:
            yield Difference(say("Consent"), NOTHING, _answer(answer))

    @staticmethod
    def remark(one: TiedStep) -> Message | None:
        """What could not come along, if anything."""
        n = one.news.unknown
        return say_n(
            "{n} relationship is with somebody who is not here; it was left out.",
            "{n} relationships are with people who are not here; they were left out.", n,
        ) if n else None  # fmt: skip


def _household(tie: HouseholdTie) -> Message:
    return say("{value}", value=", ".join(tie.name.splitlines())) if tie.name else say("one letter together")


def _role(key: str, tie: RelationTie, *, back: bool) -> Message:
    return (BY_KEY.get(key) or own_kind(key, tie.name, tie.name_back)).seen(back)


def _answer(tie: ConsentTie) -> Message:
    own = say("{value}", value=tie.name)
    purpose = next((one.name for one in PURPOSES if one.key == tie.purpose), own)
    return say(
        "“{purpose}” {channel}: {answer}",
        purpose=purpose, channel=CHANNEL_WORDS[tie.channel], answer=ANSWER_WORDS[tie.answer],
    )  # fmt: skip
