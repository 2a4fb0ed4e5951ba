"""Names of files: safe on every system, short, each once."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alumnidesk.domain.file_names import LONGEST, FileNames, file_name, kept_name

ANY_TEXT = st.text(max_size=200) | st.text(alphabet='aA./\\:"<>|?* \t\r\n\x00-\u0301é\u202e\ud800', max_size=60)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Müller", "Anna Müller.vcf"), ("../../etc/passwd", "etc-passwd.vcf"), ("C:\\x\\y", "C-x-y.vcf"),
        ("CON", "_CON.vcf"), ("nul.txt", "_nul.txt.vcf"), ("Com¹", "_Com¹.vcf"), ("Connie", "Connie.vcf"),
        ("a:b", "a-b.vcf"), ("Einladung: Sommer / 2026", "Einladung Sommer 2026.vcf"), ("Ende. ", "Ende.vcf"),
        ("...", "Contact.vcf"), ("", "Contact.vcf"), ("\x00\n\t", "Contact.vcf"), ("-rf", "rf.vcf"),
        ("e\u0301", "é.vcf"), ("a\u202egpj", "agpj.vcf"), ("x" * 300, "x" * 116 + ".vcf"),
        ("ü" * 300, "ü" * 58 + ".vcf"), ("CON" + "-" * 200 + "x", "_CON.vcf"),
        ('Anna "Anni" Berg', "Anna Anni Berg.vcf"),
        ("\ud800", "Contact.vcf"), ("a\u2028b", "a b.vcf"),
    ],
)  # fmt: skip
def test_a_text_becomes_a_name_that_every_system_takes(text: str, name: str) -> None:
    assert file_name(text, ".vcf", "Contact") == name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc-passwd"), ("C:\\x\\y.exe", "C-x-y.exe"), ("a\u202egpj.exe", "agpj.exe"),
        ("CON.txt", "_CON.txt"), ("...", "_"), ("", "_"), ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Ä ö.pdf", "Ä ö.pdf"), (".profile", "profile"),
        ("Bericht. Mit einem langen Satz", "Bericht. Mit einem langen Satz"),
    ],
)  # fmt: skip
def test_a_file_from_elsewhere_keeps_its_ending_but_no_path(name: str, kept: str) -> None:
    assert kept_name(name) == kept


def _safe(name: str, ending: str) -> bool:
    # `PureWindowsPath.is_reserved` knows the devices, from a list that we did not write.
    plain = not set(name) & set('<>:"/\\|?*') and all(
        unicodedata.category(sign) not in ("Cc", "Cf", "Cs") for sign in name
    )
    edges = name.endswith(ending) and name[0] not in " ." and name[-1] not in " ."
    short = len(name.encode()) <= LONGEST and unicodedata.is_normalized("NFC", name)
    return plain and edges and short and not PureWindowsPath(name).is_reserved() and bool(name.removesuffix(ending))


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT, st.sampled_from(("", ".vcf", ".pdf")))
@example("LPT1 .x", "")
@example("con" + "." * 150 + "x", ".vcf")
def test_whatever_the_text_is_the_name_is_safe_short_and_stays_in_its_folder(text: str, ending: str) -> None:
    for name in (file_name(text, ending), kept_name(text)):
        assert _safe(name, ending if name.endswith(ending) else "")
        assert os.path.normpath(Path("folder") / name) == str(Path("folder", name))
    assert kept_name(kept_name(text)) == kept_name(text), "a safe name stays as it is"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(("é", "e\u0301", "É", "a", "A", "a 2", "ß", "SS", "", "CON", "ı", "x" * 200)) | ANY_TEXT)
)
def test_each_name_of_a_folder_is_given_once_also_without_case_and_composition(texts: list[str]) -> None:
    names = FileNames(".vcf")
    given_names = [names.new(text) for text in texts]
    assert all(_safe(name, ".vcf") for name in given_names)
    for key in (str.lower, str.upper, str.casefold):
        assert len({key(unicodedata.normalize("NFD", name)) for name in given_names}) == len(texts)


def test_people_of_one_name_are_counted() -> None:
    names = FileNames(".vcf")
    assert [names.new(text) for text in ("Anna", "anna", "ANNA", "Anna 2")] == [
        "Anna.vcf", "anna 2.vcf", "ANNA 3.vcf", "Anna 2 2.vcf",
    ]  # fmt: skip


def test_ten_thousand_of_one_name_are_as_quick_as_others(tmp_path: Path) -> None:
    names = FileNames(".vcf")
    assert len({names.new("Anna Müller") for _ in range(10_000)}) == 10_000
    (tmp_path / file_name("ü" * 500, ".vcf")).touch()
