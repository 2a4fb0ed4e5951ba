"""A mailing of a template to contacts, for the tests that look at its letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import TemplateCard
from alumnidesk.domain.mailing_plans import MailingPlan
from alumnidesk.domain.mailings import Audience, Job


def mailing(
    template: TemplateCard, contacts: Sequence[int], *, event: int | None = None, per_household: bool = True
) -> Job:
    """What is chosen: this template on paper, also if it is not saved."""
    audience = Audience(contacts=tuple(contacts))
    return Job(
        template.name or "Letter",
        audience,
        template.id,
        template.texts,
        event=event,
        purpose=template.purpose,
        per_household=per_household,
    )


def planned(
    desk: Desk,
    template: TemplateCard,
    contacts: Sequence[int],
    *,
    event: int | None = None,
    per_household: bool = True,
    today: dt.date | None = None,
) -> MailingPlan:
    """Its letters as they would be now."""
    return desk.mailings.plan(mailing(template, contacts, event=event, per_household=per_household), today=today)
