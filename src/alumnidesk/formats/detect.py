"""What kind of file somebody wants to import, told from its bytes; the ending of its name only breaks ties."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from alumnidesk.errors import BadFile
from alumnidesk.formats.csv_dialect import encoding_of
from alumnidesk.formats.vcard_lines import plain_bytes
from alumnidesk.i18n import say

FileKind = Literal["csv", "vcard"]

_VCARD = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LDIF = re.compile(rb"(?:#[^\r\n]*|\s)*(?:version:[ ]*\d|dn::? )", re.IGNORECASE)
"""The beginning of RFC 2849's interchange format, behind comments: its version, or the name of the first entry."""
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
_OLD_OFFICE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3\0", b"\x7fELF", b"MZ\x90\0", b"\x1f\x8b")
_BEGINNING = 65_536


def detect(data: bytes, name: str | Path) -> FileKind:
    """``csv`` or ``vcard``. `name` is the file's name or path, for its ending and for messages.

    Raises BadFile for what cannot be read: nothing in it, a spreadsheet, a picture or program, another text format.
    """
    ending = Path(name).suffix.casefold()
    beginning = data[:_BEGINNING]
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise BadFile(name, say("The file is empty."), say("Please export it again from the program it comes from."))
    if beginning.startswith((_ZIP, _OLD_OFFICE)):
        _refuse_container(name, ending, beginning)
    if beginning.startswith(_OTHERS) or _looks_binary(beginning):
        raise BadFile(name, say("The file holds no text."), say("Contacts come as CSV (.csv) or vCard (.vcf) files."))
    if _VCARD.search(plain_bytes(beginning)):
        return "vcard"
    if ending in (".vcf", ".vcard"):
        raise BadFile(name, say("There is no card in this vCard file."), say("Please export it again."))
    if _LDIF.match(plain_bytes(beginning)) or ending in (".ldif", ".ldi"):
        way_out = say("In Thunderbird, export the address book once more and choose vCard. Then import that file.")
        raise BadFile(name, say("LDIF files cannot be read yet."), way_out)
    if beginning.lstrip()[:5].lower() in (b"<?xml", b"<!doc", b"<html"):
        raise BadFile(name, say("This is a web page or XML file."), say("Please save the list as CSV."))
    return "csv"


def _refuse_container(name: str | Path, ending: str, beginning: bytes) -> None:
    """Spreadsheets come as zip archives or old Office files; other archives look the same."""
    if ending in _SPREADSHEETS or b"xl/" in beginning or b"opendocument.spreadsheet" in beginning:
        way_out = say(
            "Open it in Excel or LibreOffice, choose “Save as”, and save it as CSV (UTF-8). Then import that file."
        )
        raise BadFile(name, say("Spreadsheet files cannot be read yet."), way_out)
    raise BadFile(name, say("This is an archive or an office document."), say("Contacts come as CSV or vCard files."))


def _looks_binary(beginning: bytes) -> bool:
    """Control characters that no text has; UTF-16 text has NULs and is text all the same."""
    if encoding_of(beginning)[0].startswith("utf-16"):
        return False
    controls = sum(beginning.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1b\x1d\x1e\x1f")
    return controls * 50 > len(beginning)
