"""The words of an e-mail: those of the letter, who writes, and how one says that one wants no more of this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from types import MappingProxyType

from alumnidesk.domain import letter_html, letter_text, placeholders
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import ORGANISATION, ContactCard
from alumnidesk.domain.consent import EMAIL, Purpose, Rule
from alumnidesk.domain.email_draft import AttachedFile, EmailDraft, Mailbox
from alumnidesk.domain.letter_text import SMALL, Document, Paragraph, Run
from alumnidesk.domain.letters import LetterPlan, MasterLetter, again
from alumnidesk.domain.mailing_plans import EmailPlan
from alumnidesk.domain.salutations import salutation
from alumnidesk.i18n import Language, Message, say


def draft(
    letter: LetterPlan,
    to: Mailbox | None,
    association: Association,
    purpose: Purpose,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    *,
    attached: Sequence[AttachedFile] = (),
    blind: Sequence[Mailbox] = (),
) -> EmailDraft:
    """The e-mail that carries a letter; `to` None: to ourselves. `pictures` are those of letters, by their keys.

    Raises ValueError if the sender has no address.
    """
    sender = Mailbox(association.email, association.name)
    document = (*letter.text, *_farewell(letter, association), *_objection(letter.language, association, purpose))
    return EmailDraft(
        sender=sender,
        to=to or sender,
        subject=letter.subject,
        text=letter_text.plain(document) + "\n",
        html=letter_html.page(document, letter.language),
        language=letter.language,
        pictures={key: pictures[key] for key in sorted(letter_text.files(document)) if key in pictures},
        attached=tuple(attached),
        blind=tuple(blind),
        unsubscribe=purpose.rule(EMAIL) is not Rule.OWED,
    )


def _farewell(letter: LetterPlan, association: Association) -> Document:
    """Closing words and who signs, then who that is."""
    signed = "\n".join(filter(None, (letter.closing, "", association.signatory, association.signatory_role)))
    place = " ".join(filter(None, (association.postcode, association.town)))
    sender = (association.name, ", ".join(filter(None, (association.street, place))), association.phone)
    last = "\n".join(filter(None, (*sender, association.website)))
    return tuple(Paragraph((Run(text),), size=size) for text, size in ((signed, "normal"), (last, SMALL)) if text)


def _objection(language: str, association: Association, purpose: Purpose) -> Document:
    """The sentence that the law asks for: consent can be taken back as easily as it was given (GDPR Art. 7 (3)), and
    who gets e-mails without one is told each time that they can object (§ 7 (3) no. 4 UWG)."""
    spoken = Language(language)
    name = spoken(purpose.name)
    sentence = {
        Rule.WITH_YES: say(
            "You get this e-mail because you agreed to “{purpose}” by e-mail. You can take that back at any time: "
            "a short answer to {email} is enough.",
            purpose=name,
            email=association.email,
        ),
        Rule.UNLESS_NO: say(
            "If you want no more “{purpose}” by e-mail, a short answer to {email} is enough.",
            purpose=name,
            email=association.email,
        ),
    }.get(purpose.rule(EMAIL))
    return (Paragraph((Run(spoken(sentence)),), size=SMALL),) if sentence is not None else ()


# One e-mail to all ---------------------------------------------------------------------------------------------------


def personal(emails: Sequence[EmailPlan]) -> Message | None:
    """What the e-mails say that is different for each, but for the salutation; None: nothing."""
    used = {key for email in emails for key in email.letter.values if key != "salutation"}
    fields = [
        known.label if (known := placeholders.BY_KEY.get(key)) else say("{name}", name=key)
        for key in sorted(used)
        if key not in placeholders.BY_KEY or placeholders.BY_KEY[key].about == placeholders.CONTACT
    ]
    return reduce(lambda before, one: say("{before}, {part}", before=before, part=one), fields) if fields else None


def for_all(letter: LetterPlan, master: MasterLetter) -> LetterPlan:
    """A letter as everybody can read it: with a salutation that fits all, and nobody's name on it."""
    text = next(text for text in master.template.texts if text.language == letter.language)
    nobody = ContactCard(kind=ORGANISATION)
    greeting = salutation(nobody, letter.language, master.association.salutation_mode).text
    values = {key: greeting if key == "salutation" else value for key, value in letter.values.items()}
    return again(text, master.association, master.today, name="", address=(), values=values, fitting=letter.fitting)
