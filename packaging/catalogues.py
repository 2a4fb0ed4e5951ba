"""The translators' catalogues: collect the texts from the source, build what the program reads, find what is missing.

Runs in the development environment: ``python packaging/catalogues.py update | build | check``.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "resources" / "locale"
LANGUAGES = ("de", "sv")
SAYING = {"say": 1, "say_n": 2, "tr": 1, "tr_n": 2, "Message": 1}
"""How many of the first arguments of these functions are texts: one, or singular and plural."""


def path_of(language: str) -> Path:
    """The catalogue that translators edit."""
    return LOCALES / language / "LC_MESSAGES" / "alumnidesk.po"


def collected() -> Catalog:
    """Every text that the source says, without its places: they would change with each edit of the source."""
    catalogue = Catalog(project="AlumniDesk", charset="utf-8")
    for file in sorted((ROOT / "src").rglob("*.py")):
        module = ast.parse(file.read_text("utf-8"))
        for text in (*said(module), *(helps(module) if file.parent.name == "cli" else ())):
            catalogue.add(text)
    return catalogue


def said(module: ast.Module) -> Iterator[str | tuple[str, str]]:
    """The texts of all calls that say something, wherever they stand: also within another, or within an f-string."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [part.value for part in node.args[: SAYING.get(name, 0)] if isinstance(part, ast.Constant)]
            if len(texts) == SAYING.get(name) and "".join(map(str, texts)).strip():  # Message("", …) says nothing
                yield (str(texts[0]), str(texts[1])) if len(texts) == 2 else str(texts[0])


def helps(module: ast.Module) -> Iterator[str]:
    """What commands say of themselves: the paragraphs of their docstrings, and the help of their options."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and any("click.command" in d or "click.group" in d for d in _worn(node)):
            paragraphs = (ast.get_docstring(node) or "").split("\n\n")
            yield from (" ".join(text.split()) for text in paragraphs if not text.startswith("\b"))
        elif isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def _worn(function: ast.FunctionDef) -> list[str]:
    return [ast.unparse(decorator) for decorator in function.decorator_list]


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one if it has none yet."""
    if not path_of(language).exists():
        return Catalog(locale=language, project="AlumniDesk", charset="utf-8")
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Bring new texts into each language's catalogue and drop those that nobody says any more."""
    texts = collected()
    for language in LANGUAGES:
        catalogue = read(language)
        before = {message.id for message in catalogue if message.id}
        catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        after = {message.id for message in catalogue if message.id}
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as file:
            write_po(file, catalogue, width=120, no_location=True, sort_output=True, omit_header=False)
        _without_dates(path_of(language))
        missing = sum(1 for message in catalogue if message.id and not _translated(message))
        print(f"{language}: {len(after)} texts, {len(after - before)} new, {len(before - after)} gone, {missing} to do")


def build() -> None:
    """Make the .mo files that the program reads; they are not committed."""
    for language in LANGUAGES:
        if path_of(language).exists():
            with path_of(language).with_suffix(".mo").open("wb") as file:
                write_mo(file, read(language))


def problems() -> Iterator[str]:
    """What is wrong with the catalogues, one sentence each: missing, unsure, left over, or with other {fields}."""
    wanted = {message.id for message in collected() if message.id}
    for language in LANGUAGES:
        catalogue = read(language)
        known = {message.id: message for message in catalogue if message.id}
        for text in sorted(wanted - known.keys(), key=str):
            yield f"{language}: not in the catalogue (run dev.py translate): {text!r}"
        for text in sorted(known.keys() - wanted, key=str):
            yield f"{language}: nobody says this any more (run dev.py translate): {text!r}"
        for text, message in known.items():
            if message.fuzzy:
                yield f"{language}: marked as unsure (fuzzy): {text!r}"
            if not _translated(message):
                yield f"{language}: not translated: {text!r}"
            elif _fields_differ(message):
                yield f"{language}: other {{fields}} than the source: {text!r} → {message.string!r}"


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(form) for form in text) if isinstance(text, (tuple, list)) else (str(text),)


def _translated(message: Message) -> bool:
    return all(_forms(message.string)) and bool(message.string)


def _fields(text: str) -> set[str]:
    return {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def _fields_differ(message: Message) -> bool:
    """A form may leave out {n}, as in "one contact", and what a form of the source leaves out; nothing else differs."""
    try:
        source = [_fields(form) for form in _forms(message.id)]
        optional = {"n"} if len(source) > 1 else set()
        known, needed = set.union(*source), set.intersection(*source) - optional
        return any(not needed <= _fields(form) <= known for form in _forms(message.string))
    except ValueError:
        return True


def _without_dates(path: Path) -> None:
    """Dates in the header change with each run and make every merge a conflict."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    churn = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Generated-By:', '"Report-Msgid-Bugs-To:')
    path.write_text("".join(line for line in lines if not line.startswith(churn)), "utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Do what the command line asks; 1 if `check` found something."""
    match arguments:
        case ["update"]:
            update()
        case ["build"]:
            build()
        case ["check"]:
            found = list(problems())
            print("\n".join(found) if found else f"Catalogues complete: {', '.join(LANGUAGES)}.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
