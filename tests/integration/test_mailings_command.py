"""Letters, e-mail drafts and what comes back, from a terminal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from tests.integration.terminal import Terminal
from tests.printed_pages import pages_of

from alumnidesk.desk import Desk

EVENT = ("--template", "Einladung", "--event", "Ehemaligentreffen")


def test_drafts_and_letters_go_to_those_whom_they_reach_and_a_letter_comes_back(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "map.pdf").write_bytes(b"%PDF-1.4 a map")
    pdf, folder = tmp_path / "letters.pdf", tmp_path / "drafts"
    told = terminal.answer(
        "letters", file, *EVENT, "--out", pdf, "--email-drafts", folder, "--attach", tmp_path / "map.pdf"
    )
    assert told["letters"] > 0
    assert told["emails"] == len(list(folder.glob("*.eml"))) > 0
    assert all(b"map.pdf" in draft.read_bytes() for draft in folder.iterdir())
    lines = pages_of(pdf)[0].splitlines()
    code = next(line for line in lines if line.replace(" ", "").isdigit() and len(line) == 9)
    back = terminal.answer("returned", file, code, "--on", "2026-11-20", "--note", "moved")
    assert (back["marked"], back["came_back_on"]) == (True, "2026-11-20")
    assert back["name"] in " ".join(lines)
    out, _ = terminal.run("returned", file, code)
    assert "It is noted" in out
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    _, problem = terminal.run("returned", file, wrong, status=1)
    assert code in problem
    terminal.run("undo", file)
    assert terminal.answer("returned", file, code)["marked"]


def test_those_who_have_it_already_are_left_out(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    first = terminal.answer("letters", file, *EVENT, "--out", tmp_path / "a.pdf")
    assert first["letters"] > 0
    again = ("letters", file, *EVENT, "--out", tmp_path / "b.pdf", "--not-yet")
    _, problem = terminal.run(*again, status=1)
    assert "There is no letter to print." in problem


def test_letters_without_a_sender_are_printed_and_that_is_said(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    _, silent = terminal.run("letters", file, *EVENT, "--out", tmp_path / "a.pdf")
    with closing(Desk.open(file)) as desk:
        desk.settings.set("street", "")
    _, told = terminal.run("letters", file, *EVENT, "--out", tmp_path / "b.pdf")
    assert "Your letters have no sender yet" in told
    assert "Your letters have no sender yet" not in silent


def test_greetings_that_do_not_go_with_the_letter_are_counted(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    with closing(Desk.open(file)) as desk:
        desk.settings.set("salutation_mode", "informal")
    _, told = terminal.run("letters", file, *EVENT, "--out", tmp_path / "a.pdf")
    assert "greeted informally, but the letter says “Sie”." in told


def test_one_has_to_say_where_it_goes(terminal: Terminal, file: Path) -> None:
    _, problem = terminal.run("letters", file, *EVENT, status=2)
    assert "--email-drafts" in problem
