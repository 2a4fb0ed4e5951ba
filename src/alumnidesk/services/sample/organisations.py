"""Invented schools, partners, sponsors and newspapers."""

from __future__ import annotations

from typing import Any

from alumnidesk.services.sample.dice import Dice
from alumnidesk.services.sample.words import MALE, cultures, organisations


def invented(dice: Dice) -> tuple[str, str]:
    """The name of an organisation, and the key of the tag that such ones bear."""
    kind = _kind(dice)
    data = organisations()
    german = cultures()[0].families[MALE]
    name = dice.pick(kind["names"]).format(
        place=dice.pick(data["places"]),
        patron=dice.pick(data["patrons"]),
        family=dice.often(german),
        other=dice.often(german),
    )
    return name, kind["tag"]


def _kind(dice: Dice) -> dict[str, Any]:
    roll = dice.roll() * sum(kind["weight"] for kind in organisations()["kinds"])
    for kind in organisations()["kinds"]:
        roll -= kind["weight"]
        if roll < 0:
            break
    return dict(kind)
