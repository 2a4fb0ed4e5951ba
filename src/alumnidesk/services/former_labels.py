"""Labels, and words within them, that no deed writes any more, but that stand in the histories of data files.

A history stores what a deed was called when it was done (`i18n.Message`), so the catalogues have to keep those words.
They find them here, and nothing else needs the list. Which labels there are in files is noted in `tests/golden`.
"""

from __future__ import annotations

from alumnidesk.i18n import say, say_n

FORMER = (
    say("{name} is coming"),
    say("{name} is not coming"),
    say_n("{n} person is not coming", "{n} people are not coming", 2),
    say("{name} joined the household of {names}"),
    say("Household of {names} dissolved"),
    say("Words of the household of {names} changed"),
    say("Relationship of {name} and {other} ended: {kind}"),
    say("same UID"),
    say("same name, but another UID in this file"),
)
