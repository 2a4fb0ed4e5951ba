"""E-mail drafts as bytes: a message file (``.eml``) each, or a mailbox file (mbox) with all of them.

The heads are written here and not by `EmailMessage`, which in some versions of Python loses the quotation marks of a
name with a comma when it folds a long line, so that one recipient becomes two. Sources: RFC 5322 (messages), RFC 2047
(names that are not ASCII), RFC 2046 (parts), RFC 3676 (lines that flow), RFC 4155 (mbox), RFC 2369 (List-Unsubscribe).
"""

from __future__ import annotations

import datetime as dt
import mimetypes
import re
import textwrap
from collections.abc import Iterable, Iterator
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime

from alumnidesk.domain.email_draft import EmailDraft, Mailbox
from alumnidesk.domain.file_names import kept_name
from alumnidesk.domain.letter_html import content_id

_POLICY = policy.SMTP.clone(cte_type="7bit")
"""Lines end with CR LF, and everything else is ASCII: so a draft survives every mail program and file system."""
_WIDTH = 76
_LINE = textwrap.TextWrapper(
    72, break_long_words=False, break_on_hyphens=False, expand_tabs=False, replace_whitespace=False
)
"""Lines of the plain text are no longer, unless a word is."""
_STUFFED = (" ", ">", "From ")
"""A line that begins so has one blank more before it."""
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)


def eml(draft: EmailDraft, on: dt.datetime) -> bytes:
    """A draft as a message file. ``X-Unsent`` makes Outlook open it as one that can be sent."""
    lines = [
        f"Date: {format_datetime(on)}",
        "From: " + _mailboxes([draft.sender], "From"),
        "To: " + _mailboxes([draft.to], "To"),
        *(["Bcc: " + _mailboxes(draft.blind, "Bcc")] if draft.blind else []),
        "Subject: " + _words(draft.subject, "Subject"),
        f"Content-Language: {draft.language}",
        *([f"List-Unsubscribe: <mailto:{draft.sender.in_ascii}?subject=unsubscribe>"] if draft.unsubscribe else []),
        "X-Unsent: 1",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii") + _content(draft)


def mbox(drafts: Iterable[EmailDraft], on: dt.datetime) -> Iterator[bytes]:
    """The drafts as the pieces of one mailbox file, which mail programs import as a folder."""
    head = f"From - {on:%a %b %d %H:%M:%S %Y}\n".encode("ascii")
    for draft in drafts:
        yield head + _FROM.sub(rb">\1", eml(draft, on).replace(b"\r\n", b"\n")) + b"\n"


def _content(draft: EmailDraft) -> bytes:
    message = EmailMessage(_POLICY)
    message.set_content(flowed(draft.text), params={"format": "flowed"})
    message.add_alternative(draft.html, subtype="html")
    page = message.get_body(("html",))
    assert isinstance(page, EmailMessage)
    for key, data in draft.pictures.items():
        kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
        page.add_related(data, "image", kind, cid=f"<{content_id(key)}>", disposition="inline")
    for file in draft.attached:
        name = kept_name(file.name)
        main, _, sub = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
        if main in ("text", "message", "multipart"):  # as bytes, so that nothing reads or changes them on the way
            main, sub = "application", "octet-stream"
        message.add_attachment(file.data, main, sub, filename=name)
    return message.as_bytes()


def flowed(text: str) -> str:
    """The text in short lines that end between words. A line that ends with a blank goes on in the next, so that mail
    programs put the paragraph together again (RFC 3676); rows of a table stay whole."""
    lines: list[str] = []
    for line in text.split("\n"):
        parts = [line.rstrip(" ")] if "\t" in line else _LINE.wrap(line) or [""]
        lines += [f"{part} " for part in parts[:-1]] + parts[-1:]
    return "\n".join(f" {line}" if line.startswith(_STUFFED) else line for line in lines)


def _mailboxes(several: Iterable[Mailbox], header: str) -> str:
    """One mailbox per line, so that no line is too long for a mail server."""
    return ",\r\n ".join(f"{_phrase(one.name, header)} <{one.in_ascii}>".strip() for one in several)


def _phrase(name: str, header: str) -> str:
    """A name before an address: quoted, or encoded if it is not ASCII or long."""
    name = _one_line(name)
    if name.isascii() and len(name) < _WIDTH // 2:
        return f'"{name.replace(chr(92), "").replace(chr(34), chr(39))}"' if name else ""
    return Header(name, "utf-8", _WIDTH, header).encode(linesep="\r\n")


def _words(text: str, header: str) -> str:
    text = _one_line(text)
    return Header(text, "us-ascii" if text.isascii() else "utf-8", _WIDTH, header).encode(linesep="\r\n")


def _one_line(text: str) -> str:
    """Without line ends and control characters: nothing of a text can begin another header."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
