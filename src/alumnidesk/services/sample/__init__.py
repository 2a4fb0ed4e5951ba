"""An invented association, lifelike and the same for the same seed: the Freundeskreis Lindenhof and its people."""

from __future__ import annotations

from alumnidesk.services.sample.people import people

__all__ = ["people"]
