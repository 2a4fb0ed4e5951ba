"""Small pictures of the letters that come with the program. ``python -m tests.unit.documents.starter_pictures`` draws
them anew, after they were looked at."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from PIL import Image
from tests.printed_pages import opened

from alumnidesk.documents.letters import run_pdf
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, ContactCard, EventCard, TemplateCard
from alumnidesk.domain.letters import MasterLetter
from alumnidesk.domain.mailing_plans import MailingPlan, plan_mailing
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.i18n import LANGUAGES
from alumnidesk.progress import Progress

FOLDER = Path(__file__).parent / "starter_letters"
WIDTH, HEIGHT, COLUMNS = 140, 198, 5
"""Pixels of a letter, and letters in a row."""
LINDENHOF = Association(
    name="Freundeskreis Lindenhof e. V.", street="Lindenhof 1", postcode="24937", town="Flensburg",
    phone="0461 113 0 30", email="verein@lindenhof.example", contact_person="Inken Lorenzen",
    signatory="Ruth Petersen", signatory_role="Vorsitzende", bank=("Fördebank", "IBAN DE02 1203 0000 0000 2020 51"),
)  # fmt: skip
ANNA = ContactCard(
    id=1,
    given_name="Anna",
    family_name="Müller",
    gender_form="f",
    addresses=(Address("Lindenweg 14", postcode="22767", town="Hamburg"),),
)
REUNION = EventCard(title="Ehemaligentreffen", starts_on="2026-12-12", starts_at="15:00", place="Großer Saal")


def planned(template: TemplateCard, language: str) -> MailingPlan:
    """A letter to Anna about the reunion."""
    wanted = TemplateCard(name=template.name, texts=tuple(t for t in template.texts if t.language == language))
    return plan_mailing(MasterLetter(wanted, LINDENHOF, dt.date(2026, 11, 22), REUNION), [ANNA])


def pdf(template: TemplateCard, language: str) -> bytes:
    """The same on paper."""
    return run_pdf(planned(template, language).letters, LINDENHOF, Progress())[0]


def picture(data: bytes) -> Image.Image:
    """The first page of a PDF, small and grey."""
    with opened(data) as document:
        page: Image.Image = document[0].render(scale=2).to_pil()
        return page.convert("L").resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def sheet(language: str) -> Image.Image:
    """All letters in a language, side by side in the order in which they are offered."""
    templates = ready_templates(language)
    rows = -(-len(templates) // COLUMNS)
    whole = Image.new("L", (COLUMNS * WIDTH, rows * HEIGHT), "white")
    for place, template in enumerate(templates):
        whole.paste(picture(pdf(template, language)), (place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT))
    return whole


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for code in sys.argv[1:] or LANGUAGES:
        sheet(code).save(FOLDER / f"{code}.png", optimize=True)
