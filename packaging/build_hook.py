"""Whoever builds a wheel gets the catalogues with it: they are made from the .po files first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

import catalogues


class CatalogueHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects the files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the .mo files beside their .po files, from where force-include takes them."""
        catalogues.build()
