"""The command line as a script uses it: a process of its own, lines or JSON, and an exit status."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
import xlsxwriter
from babel.messages.extract import extract_from_file
from tests.integration.terminal import SOURCE, Terminal, in_own_process
from tests.printed_pages import pages_of

from alumnidesk import cli
from alumnidesk.cli import _PLACES
from alumnidesk.cli.language import SAID_BY_CLICK
from alumnidesk.cli.terminal import typed, words_of
from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard, LetterText, TemplateCard
from alumnidesk.domain.consent import NO, POST, Sending

ROOT = Path(__file__).parent.parent.parent
EXPORTS = sorted((ROOT / "tests" / "corpus" / "exports").iterdir())


def answer(*arguments: object) -> Any:
    return json.loads(in_own_process(*arguments, "--json").out)


@pytest.mark.slow
def test_the_whole_story_from_a_terminal(tmp_path: Path) -> None:
    file, out = tmp_path / "association.alumnidesk", tmp_path / "letters.pdf"
    in_own_process("new", file, "--sample", 120, "--seed", 7, "--language", "de")
    told = answer("import", file, *EXPORTS)
    assert told["read"] == sum(told[name] for name in ("created", "changed", "unchanged", "skipped"))
    assert told["created"] >= 40
    assert answer("import", file, *EXPORTS)["created"] == 0

    found = answer("search", file, "flensburg", "--limit", 3)
    assert len(found["contacts"]) == 3 < found["found"]
    assert any(contact["town"] == "Flensburg" for contact in found["contacts"])

    event = answer("events", file, "add", "Großes Treffen", "--on", "2026-12-12", "--at", "15:00", "--place", "Saal")
    invited = answer("events", file, "invite", "großes", "--where", "flensburg", "--limit", 10)
    assert invited["added"] == 10
    line = next(line for line in answer("events", file) if line["id"] == event["id"])
    assert line["invited"] == 10

    letters = answer("letters", file, "--template", "Einladung", "--event", event["id"], "--out", out, "--each")
    assert letters["letters"] + letters["left_out"] == 10
    assert out.read_bytes().startswith(b"%PDF-")

    steps = answer("history", file, "--limit", 3)
    assert steps[0]["label"].startswith(f"{letters['letters']} letters saved as PDF")
    undone = answer("undo", file)
    assert undone["undone"] == steps[0]["changeset"]
    assert answer("history", file, "--limit", 1)[0]["reverted"] is True

    sound = answer("check", file)
    assert sound["sound"] is True
    made = answer("backup", file, tmp_path)
    in_own_process("import", file, _list(tmp_path, "Vorname;Nachname", "Später;Gekommen"))
    restored = answer("restore", file, made["copy"])
    assert Path(restored["kept"]).exists()
    assert answer("search", file, "gekommen")["found"] == 0
    assert answer("check", file)["contacts"] == sound["contacts"]


def test_what_cannot_be_opened_is_told_apart_and_a_damaged_file_names_the_way_back(
    terminal: Terminal, file: Path
) -> None:
    sound, other = file.read_bytes(), b"SQLite format 3\x00" + bytes(5000)
    spoilt = {"is empty": b"", "is not a file": b"Name;Ort\n" * 99, "another program": other, "cut off": sound[:-4096]}
    for said, content in spoilt.items():
        file.write_bytes(content)
        told = terminal.run("check", file, status=1).err
        assert said in told
        assert "alumnidesk restore" not in told
    file.write_bytes(sound)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.execute("ALTER TABLE contact ADD COLUMN mood TEXT")
    newer, table = file.read_bytes(), file.with_suffix(".csv")
    assert "was written by a newer AlumniDesk (file version 0999)" in terminal.run("check", file, status=1).err
    assert terminal.answer("export", file, table)["written"] == 120
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("ALTER TABLE contact RENAME COLUMN given_name TO first_name")
    assert "so different that nothing can be exported" in terminal.run("export", file, table, status=1).err
    file.write_bytes(newer)
    terminal.run("export", file, table)
    assert file.read_bytes() == newer
    file.write_bytes(sound)
    terminal.run("backup", file)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DELETE FROM contact_line WHERE contact_id = 7")
    told = terminal.run("check", file, status=1).out
    assert "they are made anew" in told
    assert "alumnidesk restore" not in told, "a backup is no better than that"
    assert terminal.answer("check", file)["sound"]
    file.write_bytes(sound[:-4096])
    (command,) = (
        line for line in terminal.run("check", file, status=1).err.splitlines() if "alumnidesk restore" in line
    )
    assert "holds 120 contacts" in command
    terminal.run(*shlex.split(command[command.index("restore ") :]))
    assert terminal.answer("check", file)["contacts"] == 120
    assert [kept.read_bytes() for kept in file.parent.glob("association (*")] == [sound[:-4096]]


@pytest.mark.parametrize(
    "kind", ["thunderbird", "thunderbird-de", "google", "outlook-de", "vcard3", "csv", "xlsx", "ldif"]
)
def test_what_is_exported_and_imported_again_changes_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    target = tmp_path / "export"
    assert cli.main(["export", str(file), str(target), "--as", kind, "--json"]) == 0
    written = json.loads(capsys.readouterr().out)["written"]
    assert cli.main(["import", str(file), str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["read"], told["unchanged"], told["changesets"]) == (written, written, [])


def _list(folder: Path, *lines: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_dry_run_says_what_the_import_would_do_and_does_nothing(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    source = _list(tmp_path, "Vorname;Nachname;E-Mail", "Neuhinzu;Hier;neuhinzu@post.example")
    told = terminal.answer("import", file, source, "--dry-run")
    assert (told["dry_run"], told["created"], told["changesets"]) == (True, 1, [])
    assert terminal.answer("search", file, "neuhinzu")["found"] == 0


def test_what_could_not_be_read_of_a_line_is_said_though_the_line_is_taken(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    source = _list(tmp_path, "Vorname;Nachname;Geburtstag;E-Mail", "Insa;Voss;9.11.55;insa(at)mail.example")
    done = terminal.run("import", file, source, "--dry-run")
    assert done.out == "list.csv: 1 new, 0 changed, 0 unchanged, 0 with a problem\n"
    assert [line.partition(": ")[0] for line in done.err.splitlines()] == ["list.csv, line 2"] * 2
    assert "9.11.55" in done.err


def test_a_sheet_is_chosen_by_name_and_what_is_doubtful_about_it_is_told(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "lists.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Courses", "People"):
            sheet = book.add_worksheet(name)
            for column, text in enumerate(("First name", "Last name", "E-mail")):
                sheet.write_string(0, column, text)
            sheet.write_string(1, 0, name)
            sheet.write_string(1, 1, "Berg")
            sheet.write_formula(1, 2, "=A1", value="#REF!")
    told = terminal.answer("import", file, path, "--sheet", "People", "--dry-run", "--json")
    assert told["created"] == 1
    assert "(C2)" in told["notes"][0]["note"]
    refused = terminal.answer("import", file, path, "--sheet", "Nobody", "--json", status=1)
    assert "no sheet" in refused["problems"][0]["reason"]


def test_bad_rows_are_listed_with_file_line_and_reason_and_the_others_come_in(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    source = _list(tmp_path, "Vorname;Nachname;Ort", "Neu;Hier;Kiel", ";;Kiel")
    told = terminal.answer("import", file, source, status=1)
    assert told["created"] == 1
    (problem,) = told["problems"]
    assert (problem["file"], problem["line"]) == (str(source), 3)
    assert problem["reason"]


def test_one_unreadable_file_does_not_keep_the_others_out(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "list.xlsx"
    workbook.write_bytes(b"PK\x03\x04" + bytes(100))
    told = terminal.answer("import", file, workbook, _list(tmp_path, "Vorname;Nachname", "Neu;Hier"), status=1)
    assert told["created"] == 1
    assert [problem["file"] for problem in told["problems"]] == [str(workbook)]


def test_faults_are_said_in_words_with_a_way_out_in_the_readers_language(terminal: Terminal, tmp_path: Path) -> None:
    missing = terminal.run("search", tmp_path / "nothing.alumnidesk", "x", status=1)
    assert "is not there" in missing.err
    assert missing.out == ""
    foreign = _list(tmp_path, "x")
    assert "Import" in terminal.run("check", foreign, status=1).err


@pytest.mark.parametrize(
    "command",
    ["check FOLDER", "import FOLDER LIST", "import FILE FOLDER", "export FILE FOLDER", "restore FILE FOLDER",
     "letters FILE --template welcome --where '' --out FOLDER", "directory FILE FOLDER"],
)  # fmt: skip
def test_a_folder_in_the_place_of_a_file_is_named(terminal: Terminal, file: Path, tmp_path: Path, command: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    places = {"FOLDER": folder, "FILE": file, "LIST": _list(tmp_path, "Vorname")}
    told = terminal.run(*(places.get(word, word) for word in shlex.split(command)), status=1)
    assert "“folder” is a folder.\n" in told.err
    assert list(folder.iterdir()) == []


def test_a_link_that_leads_in_a_circle_is_said_to_open_nothing(terminal: Terminal, tmp_path: Path) -> None:
    circle = tmp_path / "circle.alumnidesk"
    circle.symlink_to(circle)
    assert "“circle.alumnidesk” cannot be opened there." in terminal.run("check", circle, status=1).err


@pytest.mark.parametrize(
    ("option", "value", "answer"),
    [("--encoding", "cp12520", "no encoding “cp12520”"), ("--encoding", "hex", "no encoding"),
     ("--delimiter", ";;", "one character"), ("--delimiter", "", "one character")],
)  # fmt: skip
def test_how_a_list_is_to_be_read_has_to_make_sense(
    terminal: Terminal, file: Path, tmp_path: Path, option: str, value: str, answer: str
) -> None:
    assert answer in terminal.run("import", file, _list(tmp_path, "Vorname"), option, value, status=2).err


@pytest.mark.parametrize(
    ("arguments", "environment", "code"),
    [
        (["search", "--language", "sv"], {"LC_ALL": "de_DE.UTF-8"}, "sv"),
        (["search", "--language=de"], {}, "de"),
        ([], {"LANG": "sv_SE.UTF-8"}, "sv"),
        ([], {"LC_ALL": "", "LANG": "de_AT"}, "de"),
        ([], {"LC_ALL": "C", "LANG": "de_AT"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: dict[str, str], code: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert words_of(arguments).code == code


def test_names_reach_a_file_or_program_whatever_the_code_page_of_the_country_lacks(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Desk.open(file)) as desk:
        desk.contacts.add(ContactCard(given_name="Łukasz", family_name="Nguyễn"))
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    assert "Łukasz Nguyễn" in in_own_process("search", file, "lukasz").out
    assert json.loads(in_own_process("search", file, "lukasz", "--json").out)["contacts"][0]["name"] == "Łukasz Nguyễn"


@pytest.mark.parametrize(("arguments", "status"), [("check {file}", 0), ("check gone.alumnidesk", 1), ("chekc", 2)])
def test_a_program_that_has_no_terminal_does_what_it_is_told_without_a_word(
    file: Path, arguments: str, status: int
) -> None:
    """As the program for the window is on Windows."""
    words = [word.format(file=file) for word in arguments.split()]
    code = "import sys; sys.stdout = sys.stderr = None; from alumnidesk.__main__ import main; sys.exit(main())"
    surroundings = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, env=surroundings, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, b"", b"")


def test_a_command_that_is_to_be_typed_fits_the_terminal() -> None:
    words = ["alumnidesk", "restore", r"C:\Users\Åsa\Mein Verein.alumnidesk"]
    assert typed(words, "win32") == r'alumnidesk restore "C:\Users\Åsa\Mein Verein.alumnidesk"'
    assert shlex.split(typed(words, "linux")) == words


def test_a_file_that_is_open_elsewhere_is_refused(file: Path) -> None:
    desk = Desk.open(file)
    try:
        assert "is open in another window" in in_own_process("search", file, "x", status=1).err
    finally:
        desk.close(backup=False)


def test_a_new_file_never_replaces_another(terminal: Terminal, file: Path) -> None:
    before = file.read_bytes()
    assert "exists already" in terminal.run("new", file, status=1).err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [["search"], ["nonsense"], ["events", "x", "invite", "y"], ["letters", "x", "--template", "t", "--out", "o"]],
)
def test_a_command_that_is_not_written_rightly_has_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    assert "Usage" in capsys.readouterr().err


def test_a_name_that_could_be_several_is_refused_with_their_names(terminal: Terminal, file: Path) -> None:
    told = terminal.run(
        "letters", file, "--template", "Einl", "--where", "", "--out", file.with_suffix(".pdf"), status=1
    ).err
    assert "“Einladung”" in told
    assert "“Einladung zur Mitgliederversammlung”" in told


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    commands = [line.split()[0] for line in capsys.readouterr().out.partition("Commands:")[2].splitlines() if line]
    assert {"new", "import", "export", "search", "letters", "events", "history", "undo", "backup", "restore"} < set(
        commands
    )
    for command in commands:
        assert cli.main([command, "--help"]) == 0
        assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["de", "sv"])
def test_every_command_explains_itself_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def helps(code: str) -> set[str]:
        monkeypatch.setenv("LC_ALL", code)
        said = []
        for command in ("", *_PLACES):
            assert cli.main([*filter(None, [command]), "--help"]) == 0
            said += [line.strip() for line in capsys.readouterr().out.splitlines()]
        words = (line.rpartition("  ")[2] for line in said if line.startswith("-") or line[:1].isalpha())
        return {text for text in words if " " in text and not text.startswith(("alumnidesk ", "-"))}

    english, ours = helps("en"), helps(language)
    assert len(ours) > 50
    assert english & ours == set()


def test_what_is_not_written_rightly_is_said_in_the_readers_language(terminal: Terminal, file: Path) -> None:
    for arguments, said in (
        (["search"], "Es fehlt das Argument 'FILE'."),
        (["nonsense"], "Den Befehl 'nonsense' gibt es nicht."),
        (["search", file, "x", "--limt", 3], "Die Option '--limt' gibt es nicht. Meinten Sie '--limit'?"),
        (["search", file, "x", "--limit", -3], "Der Wert für '--limit' passt nicht: -3 liegt nicht im Bereich x>=0."),
        (["events", file, "invite", "x"], "Zu „invite“ gehört --where QUERY; eine leere QUERY meint alle."),
    ):
        told = terminal.run(*arguments, status=2, language="de_DE.UTF-8").err
        assert told.startswith("Aufruf: alumnidesk")
        assert told.splitlines()[-1] == f"Das geht so nicht: {said}"


def test_names_stand_in_the_quotes_of_the_language(terminal: Terminal, file: Path) -> None:
    command = ("letters", file, "--template", "Einl", "--where", "", "--out", file.with_suffix(".pdf"))
    assert (
        "„Einladung“, „Einladung zur Mitgliederversammlung“" in terminal.run(*command, status=1, language="de_DE").err
    )
    assert (
        "”Einladung”, ”Einladung zur Mitgliederversammlung”" in terminal.run(*command, status=1, language="sv_SE").err
    )


def test_the_translators_are_given_words_that_click_still_says() -> None:
    sources = Path(click.__file__).parent.glob("*.py")
    keywords: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}
    said = {text for path in sources for _, text, _, _ in extract_from_file("python", path, keywords)}
    ours = {(message.text, message.plural) if message.plural else message.text for message in SAID_BY_CLICK}
    assert ours - {"required"} <= said


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.parametrize("arguments", [[], ["members.alumnidesk"]])
def test_without_a_screen_no_window_is_tried_and_the_commands_are_named(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    told = in_own_process(*arguments, status=1, language="de_DE.UTF-8").err
    assert "keinen Bildschirm" in told
    assert "alumnidesk --help" in told


def test_a_search_that_finds_nobody_says_so_beside_the_empty_result(terminal: Terminal, file: Path) -> None:
    told = terminal.run("search", file, "nirgendwo")
    assert (told.out, told.err) == ("", "No contact fits “nirgendwo”.\n")


def test_who_gets_no_letter_is_told_from_what_should_be_looked_at(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    who = ("--template", "Einladung", "--event", "Ehemaligentreffen")
    command = ("letters", file, *who, "--out", tmp_path / "letters.pdf")
    told = terminal.answer(*command)
    remarks = terminal.run(*command).err.splitlines()
    assert told["left_out"] > 0
    assert sum(line.startswith("Left out: ") for line in remarks) == told["left_out"] < len(remarks)


def test_a_letter_with_tables_codes_and_conditions_is_printed_by_the_command(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    body = (
        '<letter><p>{salutation}</p><p only="email:none">Nur <b>ohne</b> Mail</p><p only="email:any">Mit Mail</p>'
        '<table widths="50 50" head="yes"><row><cell>Kopf</cell><cell>Wer</cell></row>'
        "<row><cell>Zeile</cell><cell>{name}</cell></row></table><qr>{name}</qr><slip><p>Antwort</p></slip></letter>"
    )
    desk = Desk.open(file)
    desk.letters.save_template(TemplateCard(name="Reich", texts=(LetterText("de", "Betreff", body, "Herzlich"),)))
    desk.close(backup=False)
    told = terminal.answer("letters", file, "--template", "Reich", "--where", "", "--out", tmp_path / "rich.pdf")
    texts = [" ".join(page.split()) for page in pages_of(tmp_path / "rich.pdf")]
    assert told["failed"] == []
    assert len(texts) == told["pages"] == told["letters"] > 20
    assert all("Kopf Wer" in text and text.index("Herzlich") < text.index("Antwort") for text in texts)
    assert {("Nur ohne Mail" in text, "Mit Mail" in text) for text in texts} == {(True, False), (False, True)}


def test_what_the_readme_says_to_type_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    _list(tmp_path, "Vorname;Nachname", "Neu;Hier")
    (shown,) = re.findall(r"^## From a terminal\n\n((?:    .+\n)+)", (ROOT / "README.md").read_text("utf-8"), re.M)
    commands = [line.strip().partition("   ")[0] for line in shown.splitlines()]
    assert len(commands) >= 4
    for command in commands:
        name, *arguments = shlex.split(command)
        assert (name, cli.main(arguments)) == ("alumnidesk", 0), command
        assert capsys.readouterr().out, command


@pytest.mark.slow
def test_an_installation_proves_itself() -> None:
    told = in_own_process("self-test").out.splitlines()
    assert told[-1] == "self-test: all well"
    assert len(told) > 10


def test_cards_go_into_a_folder_and_a_mailing_into_a_table_for_serial_letters(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    told = terminal.answer("export", file, tmp_path / "cards", "--folder", "--as", "vcard4")
    assert len(list((tmp_path / "cards").glob("*.vcf"))) == told["written"] > 0
    assert "not empty" in terminal.run("export", file, tmp_path / "cards", "--folder", status=1).err
    terminal.run("export", file, tmp_path / "x", "--folder", "--as", "csv", status=2)
    told = terminal.answer(
        "export", file, tmp_path / "letters.csv", "--as", "mailing", "--each", "--purpose", "fundraising"
    )
    rows = (tmp_path / "letters.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == told["written"] + 1
    assert told["left_out"]


def test_an_export_for_a_purpose_says_whom_it_leaves_out_and_why(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    everybody = terminal.answer("export", file, tmp_path / "all.csv")
    told = terminal.answer("export", file, tmp_path / "news.csv", "--purpose", "neuig", "--channel", "email")
    assert told["written"] + len(told["left_out"]) == everybody["written"]
    assert "Has not agreed to “News” by e-mail" in {who["reason"] for who in told["left_out"]}
    refused = terminal.run("export", file, tmp_path / "x.csv", "--purpose", "chess", status=1)
    assert "There is no purpose “chess”." in refused.err


def test_letters_are_printed_for_a_purpose_and_leave_out_who_has_said_no(
    terminal: Terminal, file: Path, tmp_path: Path
) -> None:
    desk = Desk.open(file)
    everybody = list(desk.find.contacts().ids)
    desk.consents.answer(everybody, Sending("fundraising", POST), NO)
    desk.close(backup=False)
    event = terminal.answer(
        "events", file, "add", "Herbstfest", "--on", "2026-12-12", "--at", "15:00", "--place", "Saal"
    )["id"]
    terminal.run("events", file, "invite", event, "--where", "flensburg", "--limit", 3)
    ask = ("letters", file, "--template", "Einladung", "--event", event, "--out", tmp_path / "a.pdf")
    assert terminal.answer(*ask)["letters"] > 0
    refused = terminal.run(*ask, "--purpose", "Spendenaufrufe", status=1)
    assert "no letter to print" in refused.err
    assert "Left out: " in refused.err, "and why"
    nobody = terminal.run(*ask, "--where", "nobody-is-called-so", status=1).err
    assert "Nobody fits" in nobody
    assert "Left out: " not in nobody


def test_a_ready_letter_answers_to_its_key_in_every_language(terminal: Terminal, file: Path, tmp_path: Path) -> None:
    ask = ("letters", file, "--event", "Ehemaligentreffen", "--each", "--out")
    assert terminal.answer(*ask, tmp_path / "a.pdf", "--template", "invitation")["letters"] > 0
    assert (
        "Einladung" in terminal.run(*ask, tmp_path / "b.pdf", "--template", "invitat", status=1).err
    )  # it names them all
