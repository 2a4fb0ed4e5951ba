"""The help pages, in the order of reading. Each is a Markdown file in ``resources/help/<language>``."""

from __future__ import annotations

from pathlib import Path

from alumnidesk.i18n import SOURCE_LANGUAGE
from alumnidesk.places import bundled

TOPICS = (
    "start", "contacts", "searching", "duplicates", "import", "export", "sync", "events", "letters",
    "mailings", "returned-mail", "consent", "history-and-undo", "backups", "keyboard",
)  # fmt: skip
FIRST = TOPICS[0]


def path_of(topic: str, language: str) -> Path:
    """The file of a topic; in English where a language has none."""
    folder = bundled("resources") / "help"
    path = folder / language / f"{topic}.md"
    return path if path.is_file() else folder / SOURCE_LANGUAGE / f"{topic}.md"


def text_of(topic: str, language: str) -> str:
    """The Markdown of a topic; its first line is the title."""
    return path_of(topic, language).read_text("utf-8")


def title_of(topic: str, language: str) -> str:
    """The title of a topic."""
    return text_of(topic, language).splitlines()[0].removeprefix("#").strip()


def topic_of(link: str) -> str:
    """The topic that a link inside help leads to, or an empty text for anything else."""
    name = link.removesuffix(".md")
    return name if name in TOPICS and link.endswith(".md") else ""
