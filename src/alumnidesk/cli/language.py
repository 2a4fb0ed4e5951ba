"""The command line in the reader's language: what commands say of themselves, and what click says."""

from __future__ import annotations

import copy
import gettext
import inspect
import os

import click

from alumnidesk.i18n import Language, say, say_n
from alumnidesk.places import bundled

SAID_BY_CLICK = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Show this message and exit."),
    say("Show the version and exit."),
    say("required"),
    say("default: {default}"),
    say("Error: {message}"),
    say("Try '{command} {option}' for help."),
    say("Missing command."),
    say("Missing argument"),
    say("Missing option"),
    say("Invalid value: {message}"),
    say("Invalid value for {param_hint}: {message}"),
    say("No such option {name!r}."),
    say("No such command {name!r}."),
    say_n("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    say_n("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    say_n("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    say("Option {name!r} does not take a value."),
    say("Choose from:\n\t{choices}"),
    say_n("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    say("{value!r} is not a valid {number_type}."),
    say("{value} is not in the range {range}."),
    say_n(
        "{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}.", 1
    ),
)  # fmt: skip
"""Named here for the translators; a test holds them to what the installed click asks its catalogue for."""


def speak(language: Language) -> None:
    """Let click say its own words in this language, from our catalogue."""
    gettext.bindtextdomain("alumnidesk", bundled("resources") / "locale")
    gettext.textdomain("alumnidesk")
    os.environ["LANGUAGE"] = language.code


def spoken(command: click.Command, language: Language) -> click.Command:
    """A copy of a command with its help in this language."""
    made = copy.copy(command)
    made.help = _in(language, made.help)
    made.params = [copy.copy(param) for param in made.params]
    for param in made.params:
        if isinstance(param, click.Option):
            param.help = _in(language, param.help)
    return made


def _in(language: Language, text: str | None) -> str:
    """A help text, paragraph by paragraph; examples, which click leaves as they are, stay as they are."""
    paragraphs = inspect.cleandoc(text or "").split("\n\n")
    return "\n\n".join(
        paragraph if paragraph.startswith("\b") or not paragraph else language.text(" ".join(paragraph.split()))
        for paragraph in paragraphs
    )
