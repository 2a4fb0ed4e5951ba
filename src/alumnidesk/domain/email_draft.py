"""What an e-mail draft consists of. Nothing here sends anything.

No address of a stranger can reach another one: a draft goes to one mailbox, or to ourselves with the others as blind
copies. There is no Cc and no list of recipients to put one into by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from alumnidesk.i18n import Message, say

_ATOM = r"[^\s@.<>()\[\],;:\\\"\x00-\x1f\x7f-\x9f]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_ATOM}\.)+{_ATOM}")
"""One mailbox in the form that everybody has (RFC 5322, 3.4.1, without quoting and comments)."""
LONGEST_ADDRESS = 254
"""Characters (RFC 3696, erratum 1690)."""

MOST_BLIND = 50
"""So many blind copies at most in one e-mail, because mail servers take no more."""

EML, MBOX, BCC = FORMS = ("eml", "mbox", "bcc")
FORM_WORDS = {
    EML: say("One file per e-mail"),
    MBOX: say("One mailbox file with all e-mails"),
    BCC: say("One e-mail to ourselves, everybody else as blind copy"),
}


def is_address(address: str) -> bool:
    """Whether this is one e-mail address that a header can carry: no line end, no second address, and before the @ only
    letters that every mail server takes."""
    if len(address) > LONGEST_ADDRESS or _ADDRESS.fullmatch(address) is None:
        return False
    local, _, domain = address.partition("@")
    return local.isascii() and bool(_in_ascii(domain))


def _in_ascii(domain: str) -> str:
    """The domain as servers write it (IDNA, RFC 3490); empty if there is no such way to write it."""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address and whose it is. Raises ValueError for what is not one address."""

    address: str
    name: str = ""

    def __post_init__(self) -> None:
        if not is_address(self.address):
            raise ValueError("not one e-mail address")

    @property
    def in_ascii(self) -> str:
        """The address as a header carries it."""
        local, _, domain = self.address.partition("@")
        return f"{local}@{_in_ascii(domain)}"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class EmailDraft:
    """One e-mail. Raises ValueError if blind copies would go with a message to somebody else."""

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str
    html: str
    """A whole HTML document."""
    language: str
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What the HTML shows, by key (`letter_html.content_id`)."""
    attached: tuple[AttachedFile, ...] = ()
    blind: tuple[Mailbox, ...] = ()
    """Blind copies; only of a message to ourselves."""
    unsubscribe: bool = False
    """Can one object to such e-mails by answering?"""

    def __post_init__(self) -> None:
        if self.blind and self.to.address.casefold() != self.sender.address.casefold():
            raise ValueError("a message with blind copies goes to ourselves")


def no_sender() -> Message:
    """What is wrong when the association has no e-mail address."""
    return say("The association has no e-mail address yet, from which e-mails could be sent.")
