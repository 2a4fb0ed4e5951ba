"""Saved searches of the invented association."""

from __future__ import annotations

import datetime as dt

from alumnidesk.domain.query import And, Condition, Not, Or, Query
from alumnidesk.domain.query_fields import Operator
from alumnidesk.domain.query_text import write
from alumnidesk.services.sample.words import texts


def saved_searches(today: dt.date, language: str = "de") -> list[tuple[str, str]]:
    """Names and queries: mentors nearby, members whom only letters reach, people who have not heard for long."""
    words = texts(language)

    def exactly(field: str, value: str) -> Condition:
        return Condition(field, Operator.EQUALS, value)

    near = Or(tuple(exactly("town", town) for town in ("Flensburg", "Kiel", "Hamburg")))
    member, no_email = exactly("is", words["roles"]["member"]), Condition("email", Operator.NONE)
    heard = Condition("heard", Operator.BETWEEN, f"{today.year - 1}-01-01")
    queries: tuple[Query, ...] = (
        And((exactly("tag", words["tags"]["mentor"]), near)),
        And((member, no_email, exactly("reach", "post"))),
        And((Not(heard), exactly("reach", "post"))),
    )
    return [(name, write(query)) for name, query in zip(words["saved_searches"], queries, strict=True)]
