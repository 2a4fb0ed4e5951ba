"""``python -m tests.golden.labels``: note what deeds are called in the present version, for all versions to come.

To be run once when a version is released, and committed. What is noted there may stand in the histories of files, and
is never taken out.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path

import catalogues

NOTED = Path(__file__).with_suffix(".json")
PROGRAM = Path(__file__).parents[2] / "src" / "alumnidesk"


def main() -> Path:
    """Add the labels of the present version to those of earlier ones; returns where they stand."""
    labels = sorted({*noted(), *said_now()}, key=str)
    lines = ",\n".join(json.dumps(label, ensure_ascii=False) for label in labels)
    NOTED.write_text(f"[\n{lines}\n]\n", "utf-8")
    return NOTED


def noted() -> list[str | tuple[str, str]]:
    """The labels of all versions: each a text, or singular and plural."""
    labels: list[str | list[str]] = json.loads(NOTED.read_text("utf-8"))
    return [label if isinstance(label, str) else (label[0], label[1]) for label in labels]


def said_now() -> set[str | tuple[str, str]]:
    """What may be the label of a deed now, or stand within one, such as the name of a field: whatever services and
    domain say that is no sentence, and nothing about queries."""
    files = [file for room in ("services", "domain") for file in (PROGRAM / room).rglob("*.py")]
    modules = [ast.parse(file.read_text("utf-8")) for file in files if not file.name.startswith("query")]
    said = {text for module in modules for text in catalogues.said(module)}
    return {text for text in said if not (text if isinstance(text, str) else text[0]).endswith((".", "?", "!", "…"))}


if __name__ == "__main__":
    print(main())
