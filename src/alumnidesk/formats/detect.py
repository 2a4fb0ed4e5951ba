"""What kind of file somebody wants to import, told from its bytes; the ending of its name only breaks ties."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from alumnidesk.errors import BadFile
from alumnidesk.formats import spreadsheets
from alumnidesk.formats.encodings import encoding_of
from alumnidesk.formats.vcard_lines import plain_bytes
from alumnidesk.i18n import say

FileKind = Literal["csv", "vcard", "ldif", "xlsx", "ods"]

_VCARD = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LDIF = re.compile(rb"(?:#[^\r\n]*|\s)*(?:version:[ ]*\d|dn::? )", re.IGNORECASE)
"""The beginning of RFC 2849's interchange format, behind comments: its version, or the name of the first entry."""
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3\0", b"\x7fELF", b"MZ\x90\0", b"\x1f\x8b")
_BEGINNING = 65_536
_NOTHING = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def detect(data: bytes, name: str | Path) -> FileKind:
    """`name` is the file's name or path, for its ending and for messages.

    Raises BadFile for what cannot be read: nothing in it, another office file, a picture or program, a web page.
    """
    ending = Path(name).suffix.casefold()
    beginning = data[:_BEGINNING]
    if not beginning.strip(_NOTHING) and not data.strip(_NOTHING):
        raise BadFile(name, say("The file is empty."), say("Please export it again from the program it comes from."))
    if spreadsheets.is_container(data):
        return spreadsheets.kind_of(data, name)
    if beginning.startswith(_OTHERS) or _looks_binary(beginning):
        raise BadFile(
            name,
            say("The file holds no text."),
            say("Contacts come as tables (Excel, LibreOffice, CSV), vCard or LDIF files."),
        )
    if _VCARD.search(plain_bytes(beginning)):
        return "vcard"
    if ending in (".vcf", ".vcard"):
        raise BadFile(name, say("There is no card in this vCard file."), say("Please export it again."))
    if _LDIF.match(plain_bytes(beginning)) or ending in (".ldif", ".ldi"):
        return "ldif"
    if beginning.lstrip()[:5].lower() in (b"<?xml", b"<!doc", b"<html"):
        raise BadFile(
            name,
            say("This is a web page or XML file."),
            say("Open it in Excel or LibreOffice, and save the list there as an Excel workbook (.xlsx)."),
        )
    return "csv"


def _looks_binary(beginning: bytes) -> bool:
    """Control characters that no text has; UTF-16 text has NULs and is text all the same."""
    if encoding_of(beginning)[0].startswith("utf-16"):
        return False
    controls = sum(beginning.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1b\x1d\x1e\x1f")
    return controls * 50 > len(beginning)
