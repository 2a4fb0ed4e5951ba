"""Planning a mailing: who gets which letter or e-mail in which language and order, and what one should know beforehand.

Pure: what was chosen and looked up in, every word that goes out and every remark out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from alumnidesk.domain import du_and_sie
from alumnidesk.domain.addresses import country_code
from alumnidesk.domain.cards import ContactCard, HouseholdCard
from alumnidesk.domain.consent import EMAIL, POST, TO_ALL, Occasion, Purpose
from alumnidesk.domain.email_draft import is_address, no_sender
from alumnidesk.domain.households import email_parties, parties
from alumnidesk.domain.letters import LetterPlan, MasterLetter, sender_remarks, template_problems, write_letters
from alumnidesk.domain.recipients import NO_HOUSEHOLDS, NOBODY, Remark, by_name, divide, print_order
from alumnidesk.i18n import Message
from alumnidesk.progress import Progress


@dataclass(frozen=True, slots=True)
class EmailPlan:
    """One e-mail, ready to be drafted."""

    letter: LetterPlan
    to: str
    """The e-mail address that it is for."""


@dataclass(frozen=True, slots=True)
class Region:
    """Letters to one part of a country, as post offices count them."""

    country: str
    """ISO 3166 alpha-2, or the name as it came."""
    begins: str
    """The first two characters of the postcodes; empty: no postcode."""
    letters: int


@dataclass(frozen=True, slots=True)
class MailingPlan:
    """Everything that would go out now, who gets nothing, and what one should know before."""

    letters: tuple[LetterPlan, ...]
    """On paper, in print order."""
    emails: tuple[EmailPlan, ...]
    """By name."""
    left_out: tuple[Remark, ...]
    """By name."""
    looks: tuple[Remark, ...]
    """What is worth a look about those who get it, by name."""
    about_sender: tuple[Message, ...]
    """What is worth a look about the sender, for everybody."""
    about_greetings: tuple[Message, ...]
    """How many are greeted in another way than the letter goes on."""
    problems: tuple[Message, ...]
    """What has to be put right before it can be produced."""
    purpose: Purpose
    """What it is for, which decided who gets it."""
    master: MasterLetter
    """What it was written from."""

    @property
    def remarks(self) -> tuple[Message, ...]:
        """All that is worth a look about the letter itself."""
        return (*self.about_sender, *self.about_greetings)

    @property
    def regions(self) -> tuple[Region, ...]:
        """How many letters on paper go where, in print order."""
        counted: Counter[tuple[str, str]] = Counter()
        for letter in self.letters:
            address = letter.contact.preferred_address
            named = address.country if address else ""
            country = country_code(named) or named or self.master.association.country
            counted[country, address.postcode.strip()[:2].upper() if address else ""] += 1
        return tuple(Region(country, begins, n) for (country, begins), n in counted.items())


def plan_mailing(
    master: MasterLetter,
    contacts: Iterable[ContactCard],
    occasions: Sequence[Occasion] = (TO_ALL,),
    households: Mapping[int, HouseholdCard] = NO_HOUSEHOLDS,
    got: Mapping[int, Message] = NOBODY,
    *,
    letter_attached: bool = True,
    progress: Progress | None = None,
) -> MailingPlan:
    """Every letter and e-mail to `contacts`, and whoever gets none (`recipients.divide`).

    With `households` (by id) those of them who are among the contacts share a letter. E-mails that carry the letter too
    (`letter_attached`) need its font as paper does. Raises `Cancelled` when the person stops it.
    """
    progress = progress or Progress()
    whom = divide(contacts, occasions, households, got, progress)
    by_channel = {occasion.channel: occasion for occasion in occasions}
    together = {POST: parties(whom.by_post, households), EMAIL: email_parties(whom.by_email, households)}
    letters: dict[str, list[LetterPlan]] = {POST: [], EMAIL: []}
    looks: list[Remark] = []
    for channel, occasion in by_channel.items() if master.template.texts else ():
        on_paper = channel == POST or letter_attached
        used = master if on_paper else replace(master, lacking=lambda text: "")
        letters[channel], remarks = write_letters(used, progress.each(together[channel]), occasion)
        looks += remarks
    emails = [EmailPlan(one, email.address) for one in letters[EMAIL] if (email := one.contact.preferred_email)]
    problems = template_problems(master)
    if emails and not is_address(master.association.email):
        problems.append(no_sender())
    country = master.association.country
    return MailingPlan(
        letters=tuple(sorted(letters[POST], key=lambda letter: print_order(letter.contact, country))),
        emails=tuple(sorted(emails, key=lambda email: by_name(email.letter.contact))),
        left_out=tuple(sorted(whom.left_out, key=lambda remark: by_name(remark.contact))),
        looks=tuple(sorted(looks, key=lambda remark: by_name(remark.contact))),
        about_sender=tuple(sender_remarks(master)) if letters[POST] else (),
        about_greetings=tuple(du_and_sie.remarks([*letters[POST], *letters[EMAIL]], master.template.texts)),
        problems=tuple(problems),
        purpose=occasions[0].purpose,
        master=master,
    )
