"""What kind of file it is, and what is said about a file that cannot be read."""

from __future__ import annotations

import io
import zipfile

import pytest

from alumnidesk.errors import BadFile
from alumnidesk.formats.detect import detect


@pytest.mark.parametrize("name", ["contacts.vcf", "contacts.csv", "contacts", "contacts.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_vcard_is_told_by_its_content(name: str, encoding: str) -> None:
    assert detect("\r\nbegin:vcard\r\nN:Groß;Jürgen\r\nEND:VCARD\r\n".encode(encoding), name) == "vcard"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
def test_any_other_text_is_a_table(encoding: str) -> None:
    assert detect("Vorname;Nachname\r\nJürgen;Groß\r\n".encode(encoding), "list.csv") == "csv"


@pytest.mark.parametrize("data", [b"", b"   \r\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile, match="empty"):
        detect(data, "list.csv")


def _zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "x")
    return file.getvalue()


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list.vcf", "list"])
def test_a_spreadsheet_is_told_by_its_content(name: str) -> None:
    assert detect(_zip("[Content_Types].xml", "xl/workbook.xml"), name) == "xlsx"
    assert detect(_zip("mimetype", "content.xml"), name) == "ods"


@pytest.mark.parametrize("data", [_zip("a.txt"), b"%PDF-1.7 ...", b"\x89PNG\r\n", b"MZ\x90\0", bytes(range(256)) * 20])
def test_what_holds_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        detect(data, "list.csv")


def test_a_vcard_file_without_a_card_is_refused() -> None:
    with pytest.raises(BadFile, match="no card"):
        detect(b"Hello", "contacts.vcf")


@pytest.mark.parametrize(
    "data",
    [
        b"dn: cn=Anna Berg,mail=anna@mail.example\r\nobjectclass: top\r\ncn: Anna Berg\r\n",
        b"version: 1\n\ndn:: Y249w4VzYSDDlmJlcmc=\ncn:: w4VzYSDDlmJlcmc=\n",
        b"\xef\xbb\xbf# Address book, exported\n# by somebody\n\ndn: cn=Anna\n",
    ],
)
@pytest.mark.parametrize("name", ["book.ldif", "book.txt", "book.csv"])
def test_ldif_is_told_by_its_beginning(data: bytes, name: str) -> None:
    assert detect(data, name) == "ldif"


def test_a_table_whose_first_heading_is_a_version_or_a_name_is_no_ldif() -> None:
    assert detect(b"Version;Name\n1;Anna\n", "list.csv") == "csv"
    assert detect(b"DN,CN\n1,Anna\n", "list.csv") == "csv"


def test_a_web_page_is_refused() -> None:
    with pytest.raises(BadFile, match="web page"):
        detect(b"<!DOCTYPE html><table>", "list.csv")
