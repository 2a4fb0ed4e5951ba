"""What stands on a name badge: the name, and below it what one asks first at a reunion."""

from __future__ import annotations

from alumnidesk.domain.cards import Affiliation, ContactCard
from alumnidesk.domain.units import name_of


def badge(card: ContactCard) -> tuple[str, ...]:
    """Title and name, and the organisation somebody comes for, else the latest cohort with its programme or unit."""
    name = " ".join(filter(None, (card.title, card.name)))
    below = card.organisation if card.organisation != card.name else ""
    if not below:
        cohorts = [a for a in card.affiliations if _year(a)]
        latest = max(cohorts, key=_year, default=Affiliation())
        below = ", ".join(filter(None, (latest.programme or name_of(latest.unit), str(_year(latest) or ""))))
    return (name, below) if below else (name,)


def _year(affiliation: Affiliation) -> int:
    return affiliation.cohort_to or affiliation.cohort_from or 0
