"""What becomes of every table and LDIF file of a folder of real files, counted by word.

A table has no properties that could be compared across programs. But a word that stands in it, and is neither in what
the program exports afterwards nor in a problem that it names, is lost.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.exchange import cards

from alumnidesk.desk import Desk
from alumnidesk.errors import BadFile
from alumnidesk.services.import_plan import Kind, new_one

_SAID_OTHERWISE = {
    "mobile": "cell",  # a type of vCard
    "schweiz": "switzerland",
    "de": "germany",
    "usa": "united states",
    "mycontacts": "",  # the group in which Google has everybody
}
_NOT_SAID = frozenset({"version", "dn", "objectclass", "modifytimestamp", "member", "mozillausehtmlmail"})
"""Of LDIF: what is about the entry or a list of entries, not about a person."""


@dataclass
class Figures:
    files: int = 0
    words: int = 0
    lost: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)


def files(corpus: Path) -> list[Path]:
    """Every table and LDIF file of the corpus."""
    return sorted(path for path in (corpus / "contacts").rglob("*") if path.suffix.casefold() in (".csv", ".ldif"))


def measure(corpus: Path, folder: Path) -> Figures:
    """Take every file through a data file in `folder` and out again, each into an empty register."""
    figures = Figures()
    desk = Desk.create(folder / "tables.alumnidesk")
    try:
        for path in files(corpus):
            name = str(path.relative_to(corpus / "contacts"))
            figures.files += 1
            try:
                words, said = _in_and_out(desk, path)
            except Exception as error:  # whatever it is: it is counted, and the next file is looked at
                figures.raised.append(f"{name}: {error!r}")
                continue
            figures.words += len(words)
            figures.lost += [f"{name}: {word}" for word in words if _SAID_OTHERWISE.get(word, word) not in said]
    finally:
        desk.close(backup=False)
    return figures


def _in_and_out(desk: Desk, path: Path) -> tuple[list[str], str]:
    """The words of a file, and everything that is said of it afterwards."""
    try:
        preview = desk.importing.preview(path)
    except BadFile:
        return [], ""
    encoding = preview.choices.encoding or "utf-8"
    text = path.read_bytes().decode(encoding, "replace")
    words = _words(" ".join(_ldif_values(text)) if preview.format == "ldif" else _below_the_header(text))
    apart = {step.row: new_one(step.row) for step in preview.steps}
    report = desk.importing.carry_out(preview, whose=apart)
    target = desk.path.with_suffix(".vcf")
    desk.exporting.write(target, "vcard3", sorted(desk.find.contacts().ids))
    said = [one.value for card in cards.read(target.read_bytes()) for one in card.properties]
    said += [value for card in cards.read(target.read_bytes()) for one in card.properties for _, value in one.params]
    said += [row.text for row in preview.rows if row.kind is Kind.PROBLEM]
    if report.changeset is not None:
        desk.history.undo(report.changeset)
    return words, " ".join(_words(" ".join(said)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def _below_the_header(text: str) -> str:
    lines = text.removeprefix("\ufeff").strip().splitlines()
    return "\n".join(lines[2 if lines and lines[0].strip('"').startswith("sep=") else 1 :])


def _ldif_values(text: str) -> Iterator[str]:
    for line in re.sub(r"\r?\n ", "", text).splitlines():
        name, colon, value = line.partition(":")
        if not colon or name.startswith("#") or name.lower() in _NOT_SAID:
            continue
        yield base64.b64decode(value[1:]).decode("utf-8", "replace") if value.startswith(":") else value
