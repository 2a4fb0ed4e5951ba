"""What all commands share: the language of the terminal, lines or JSON, progress, an open desk."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from alumnidesk.desk import Desk
from alumnidesk.errors import AlumniDeskError, BadFile, InvalidInput, Refused, TooNew
from alumnidesk.i18n import LANGUAGES, NOTHING, SOURCE_LANGUAGE, Language, Message, say, say_n
from alumnidesk.progress import Progress

if TYPE_CHECKING:
    from alumnidesk.domain.recipients import Remark

_FEW = 10
"""So many who have the same reason are named each on a line."""
FILE = click.Path(path_type=Path)
"""Whether a file is there and fits is said by whoever opens it, in words."""


def words_of(arguments: Sequence[str]) -> Language:
    """The language that the arguments or else the environment ask for; English if it is none of ours."""
    for place, argument in enumerate(arguments):
        if argument == "--language" and place + 1 < len(arguments):
            return Language(_known(arguments[place + 1]))
        if argument.startswith("--language="):
            return Language(_known(argument.partition("=")[2]))
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return Language(_known(next(filter(None, asked), "") or _of_windows()))


def _of_windows() -> str:
    """The language that Windows speaks, which sets no variable for it; empty elsewhere."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


def _known(name: str) -> str:
    code = name[:2].lower()
    return code if code in LANGUAGES else SOURCE_LANGUAGE


class Terminal:
    """Where a command writes: lines for people, or one JSON value for programs."""

    def __init__(self, language: Language, *, as_json: bool = False) -> None:
        self.language = language
        self.as_json = as_json

    def say(self, message: Message) -> None:
        """A line for people; not written when a program reads."""
        if not self.as_json:
            click.echo(self.language(message))

    def row(self, *cells: str) -> None:
        """A line of a table, its cells divided by tabs, what would break the line made a space."""
        if not self.as_json:
            click.echo("\t".join(" ".join(cell.split()) for cell in cells))

    def data(self, value: Any) -> None:
        """The result for a program; messages in it are said in the language of the terminal."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=self._plain))

    def _plain(self, value: Any) -> Any:
        return self.language(value) if isinstance(value, Message) else str(value)

    def complain(self, problem: AlumniDeskError) -> None:
        """What happened and the way out, for people."""
        click.echo(self.language(problem.message), err=True)
        if problem.way_out is not None:
            click.echo(self.language(problem.way_out), err=True)

    def remark(self, message: Message) -> None:
        """Something that a person should know and that is no result."""
        click.echo(self.language(message), err=True)

    def told(self, left_out: Sequence[Remark], looks: Sequence[Remark]) -> list[dict[str, Any]]:
        """Say who is left out and what is worth a look; returns the same for `data`."""
        self.left_out([(one.contact.name, one.reason) for one in left_out])
        self.looks([(one.contact.name, one.reason) for one in looks])
        return [
            {"contact": one.contact.id, "name": one.contact.name, "severity": severity, "reason": one.reason}
            for severity, remarks in (("left_out", left_out), ("look", looks))
            for one in remarks
        ]

    def left_out(self, people: Sequence[tuple[str, Message]]) -> None:
        """Say who is left out and why; of a reason that many have, how many they are."""
        self._name_or_count(
            people,
            lambda name, why: say("Left out: {name}: {reason}", name=name, reason=why),
            lambda n, why: say_n("Left out: {n} contact: {reason}", "Left out: {n} contacts: {reason}", n, reason=why),
        )

    def looks(self, people: Sequence[tuple[str, Message]]) -> None:
        """Say who is worth a look and why, in the same way."""
        self._name_or_count(
            people,
            lambda name, why: say("{name}: {reason}", name=name, reason=why),
            lambda n, why: say_n("{n} contact: {reason}", "{n} contacts: {reason}", n, reason=why),
        )

    def _name_or_count(
        self,
        people: Sequence[tuple[str, Message]],
        one: Callable[[str, Message], Message],
        several: Callable[[int, Message], Message],
    ) -> None:
        by_reason: dict[str, list[tuple[str, Message]]] = {}
        for name, why in people:
            by_reason.setdefault(self.language(why), []).append((name, why))
        many = [same for same in by_reason.values() if len(same) > _FEW]
        for name, why in people:
            if len(by_reason[self.language(why)]) <= _FEW:
                self.remark(one(name, why))
        for same in many:
            self.remark(several(len(same), same[0][1]))
        if many:
            self.remark(say("With --json each of them is named."))

    def let_go(self) -> None:
        """Write nothing more: nobody reads it."""
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it lives as long as the process

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Work whose progress is shown on stderr while that is a terminal."""
        progress = Progress()
        if not sys.stderr.isatty():
            yield progress
            return
        done = threading.Event()
        shower = threading.Thread(target=self._show, args=(progress, done), daemon=True)
        shower.start()
        try:
            yield progress
        finally:
            done.set()
            shower.join()

    def _show(self, progress: Progress, done: threading.Event) -> None:
        number, before = self.language.number, 0
        while not done.wait(0.1):
            counted = f" {number(progress.done)} / {number(progress.total)}" if progress.total else ""
            line = self.language(progress.step) + counted
            click.echo("\r" + line.ljust(before), nl=False, err=True)  # escape sequences are not for every console
            before = len(line)
        click.echo("\r" + " " * before + "\r", nl=False, err=True)

    @contextmanager
    def desk(self, path: Path, *, of_any_version: bool = False) -> Iterator[Desk]:
        """The data file, open as long as the block lasts; one `of_any_version` may be newer, and is only read then."""
        with self.progress() as progress:
            try:
                desk = Desk.open(path, progress)
            except TooNew:
                if not of_any_version:
                    raise
                desk = Desk.look_into(path)
            except BadFile as problem:
                raise BadFile(path, problem.message, way_back(path) or problem.way_out) from problem
        try:
            yield desk
        finally:
            desk.close()


def way_back(path: Path) -> Message | None:
    """The command that puts the newest backup in the place of a damaged file, if there is one."""
    newest = Desk.newest_backup(path)
    if newest is None:
        return None
    return say_n(
        "The newest backup is of {time} and holds {n} contact. This puts it there and keeps the file beside it: "
        "{command}",
        "The newest backup is of {time} and holds {n} contacts. This puts it there and keeps the file beside it: "
        "{command}",
        newest.contacts,
        time=f"{newest.made_at.astimezone():%Y-%m-%d %H:%M}",
        command=typed(["alumnidesk", "restore", str(path), str(newest.path)], sys.platform),
    )


def typed(words: Sequence[str], platform: str) -> str:
    """A command as one types it; the terminals of Windows know no single quotation marks. `platform` as in `sys`."""
    return subprocess.list2cmdline(words) if platform == "win32" else shlex.join(words)


def with_terminal(command: Callable[..., int]) -> Callable[..., int]:
    """The options that every command has; the command gets a `terminal` and returns the exit status."""

    def run(language: str | None, as_json: bool, **values: Any) -> int:
        words = Language(language) if language else words_of(())
        return command(terminal=Terminal(words, as_json=as_json), **values)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    option = click.option("--language", type=click.Choice(list(LANGUAGES)), help="Language of the answers.")
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")(option(run))


def chosen(terminal: Terminal, desk: Desk, query: str | None, limit: int | None = None) -> list[int]:
    """The contacts that fit a query, or all of them, by name; what it names that there is not is remarked on.

    Raises InvalidInput if a value in the query cannot be read, such as the date 31.02.
    """
    hits = desk.find.contacts(query or "")
    if hits.query is not None:
        from alumnidesk.domain.query_in_words import problems  # 10 ms that plain words do not wait for

        if unread := problems(hits.query):
            way_out = say("Dates are read as 2025-03-01, 1.3.2025, 2025-03 or 2025.")
            raise InvalidInput("query", reduce(_both, unread), way_out)
    for sentence in hits.missing:
        terminal.remark(sentence)
    return list(hits.ids[:limit] if limit is not None else hits.ids)


def _both(one: Message, other: Message) -> Message:
    return say("{one} and {other}", one=one, other=other)


def only_one(found: Sequence[Any], missing: Message, several: Message, names: Sequence[str]) -> Any:
    """The one thing that a name names. Raises Refused, with the names there are, if it is none or several."""
    if len(found) == 1:
        return found[0]
    there = say("There are: {names}", names=reduce(_listed, names, NOTHING)) if names else None
    raise Refused(several if found else missing, there)


def _listed(before: Message, name: str) -> Message:
    """A list in quotes, one longer; each language has quotes of its own."""
    if before == NOTHING:
        return say("“{name}”", name=name)
    return say("{names}, “{name}”", names=before, name=name)
