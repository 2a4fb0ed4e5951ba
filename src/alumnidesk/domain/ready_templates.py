"""The letter templates that come with the program (``resources/templates``): a beginning that one changes to taste."""

from __future__ import annotations

import tomllib
import uuid
from functools import lru_cache

from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.i18n import LANGUAGES
from alumnidesk.places import bundled


def ready_uid(key: str) -> str:
    """The uid of the ready template with this key, such as ``invitation``: what its file is called, in no language."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"alumnidesk:template:{key}"))


@lru_cache
def ready_templates(language: str) -> tuple[TemplateCard, ...]:
    """All of them, in all languages, each named in `language`; in the order in which they are offered.

    Each has the same uid on every computer.
    """
    paths = (bundled("resources") / "templates").glob("*.toml")
    files = [(path.stem, tomllib.loads(path.read_text("utf-8"))) for path in paths]
    return tuple(
        TemplateCard(
            uid=ready_uid(stem),
            name=file["name"].get(language, file["name"]["en"]),
            purpose=file["purpose"],
            texts=tuple(
                LetterText(code, file[code]["subject"], "\n\n".join(file[code]["body"]), file[code]["closing"])
                for code in LANGUAGES
                if code in file
            ),
        )
        for stem, file in sorted(files, key=lambda found: int(found[1]["order"]))
    )
