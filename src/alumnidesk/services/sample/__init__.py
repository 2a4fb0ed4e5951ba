"""An invented association, lifelike and the same for the same seed: the Freundeskreis Lindenhof and its people.

Nothing here looks at a clock: everything is seen from the day that is given as `today`.
"""

from __future__ import annotations

from alumnidesk.services.sample.association import association, units
from alumnidesk.services.sample.consents import SampleAnswer, answers
from alumnidesk.services.sample.events import STORY, SampleEvent, SampleMailing, events, mailings, notes
from alumnidesk.services.sample.follow_ups import SampleFollowUp, SampleReturn, follow_ups, returned
from alumnidesk.services.sample.own_fields import filled_in, own_fields, tag_group
from alumnidesk.services.sample.people import people

__all__ = [
    "STORY",
    "SampleAnswer",
    "SampleEvent",
    "SampleFollowUp",
    "SampleMailing",
    "SampleReturn",
    "answers",
    "association",
    "events",
    "filled_in",
    "follow_ups",
    "mailings",
    "notes",
    "own_fields",
    "people",
    "returned",
    "tag_group",
    "units",
]
