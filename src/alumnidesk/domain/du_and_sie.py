"""“du” or “Sie”: which of them a German letter says, and how many it greets in the other way.

Nothing is said where one cannot be sure: a text that has both or neither, a greeting in somebody's own words, a neutral
one (“Guten Tag Anna Kern,”), a family (“Liebe Familie Kern,” goes with both), and letters in other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from alumnidesk.domain import letter_markup, letter_text
from alumnidesk.domain.cards import LetterText
from alumnidesk.domain.letters import LetterPlan
from alumnidesk.domain.salutations import FORMAL, INFORMAL
from alumnidesk.i18n import Message, say_n

_SIE = re.compile(r"(?<=[a-zäöüß,;}] )(?:Sie|Ihnen|Ihre[nmrs]?)\b")
"""Within a sentence: at its beginning “Sie” may be “she” or “they”. “Ihr” may be a polite “you” to several friends."""
_DU = re.compile(r"\b(?:du|dich|dir|deine?[nmrs]?|euch|euer|eure[nmrs]?)\b", re.IGNORECASE)
_ENOUGH = 2
"""So many words of “du”: a single one may be part of a name (“Café du Nord”)."""


def said(text: LetterText) -> str:
    """`FORMAL` if a text says “Sie”, `INFORMAL` if it says “du”; empty if it is not German or one cannot be sure."""
    if text.language != "de":
        return ""
    parts = (text.subject, *letter_text.texts(letter_markup.read(text.body)), text.closing)
    formal = sum(len(_SIE.findall(part)) for part in parts)
    informal = sum(len(_DU.findall(part)) for part in parts)
    if formal and not informal:
        return FORMAL
    return INFORMAL if informal >= _ENOUGH and not formal else ""


def remarks(letters: Iterable[LetterPlan], texts: Iterable[LetterText]) -> list[Message]:
    """In one sentence each: how many are greeted in another way than the text goes on."""
    forms = {text.language: said(text) for text in texts}
    apart = {FORMAL: 0, INFORMAL: 0}
    for letter in letters:
        form = forms.get(letter.language, "")
        if form and letter.greeted and letter.greeted != form:
            apart[form] += len(letter.party.contacts)
    greeted_informally = say_n(
        "{n} recipient is greeted informally, but the letter says “Sie”.",
        "{n} recipients are greeted informally, but the letter says “Sie”.",
        apart[FORMAL],
    )
    greeted_formally = say_n(
        "{n} recipient is greeted formally, but the letter says “du”.",
        "{n} recipients are greeted formally, but the letter says “du”.",
        apart[INFORMAL],
    )
    return [remark for remark in (greeted_informally, greeted_formally) if remark.args["n"]]
