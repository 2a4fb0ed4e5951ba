"""The files through which a walk leads: one as lively as can be, one with names that look like markup."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from alumnidesk.desk import Desk
from alumnidesk.domain import letter_markup
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, Email, EventCard, LetterText, TemplateCard
from alumnidesk.domain.letter_text import Code, NewPage, Paragraph, Picture, Run, Signature, Slip, Table
from alumnidesk.domain.mailings import Audience, Job
from alumnidesk.services.mailings import Outputs

BEACON = "#FE01FD"
"""A colour that nothing else has."""
TODAY = dt.date(2026, 11, 19)
LIST = "Vorname;Nachname;E-Mail;Ort;Lieblingsfarbe\nMia;Wieck;mia@wieck.example;Kiel;Blau\n;;kein Name;;\n"
EVERYTHING = letter_markup.write(
    (
        Paragraph((Run("{salutation}"),), align="centre", size="large"),
        Paragraph(
            (Run("Wir laden ein: "), Run("{event_title}", bold=True), Run(" {gibt es nicht}")), only="email:none"
        ),
        Paragraph((Run("Kaffee"),), mark="number"),
        Paragraph((Run("Chor"),), mark="bullet", level=1),
        Table((((Run("Was"),), (Run("Wann"),)), ((Run("Kaffee"),), ())), (60, 40), head=True, only="tag:Mentor"),
        Picture("none"),
        Code("https://lindenhof.example/{email}", align="right"),
        Signature(),
        NewPage(),
        Slip((Paragraph((Run("Antwort"),)),)),
    )
)
"""A letter in which everything stands that can."""


def filled_file(path: Path, language: str = "de") -> Path:
    """The sample association with somebody in the bin."""
    desk = Desk.create_sample(path, 60, language=language, today=TODAY)
    desk.contacts.delete(list(desk.find.contacts().ids)[-2:])
    desk.close(backup=False)
    return path


def marked_file(path: Path) -> Path:
    """People, an event and a letter whose names would be pictures and bold words if anything took them for markup."""
    picture = path.parent / "beacon.png"
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor(BEACON))
    image.save(str(picture))
    show = f'<img src="{picture}"><b>x</b>'
    desk = Desk.create(path)
    for number in range(5):
        desk.contacts.add(
            ContactCard(
                given_name=f"<b>{number}</b>",
                family_name=show,
                organisation=show,
                tags=(f"<i>{number}</i>", show),
                emails=(Email("<b>@marke.example"),),
                remark=show,
                birth_name=show,
                own_salutation=show,
                addresses=(Address(street=show, town=show),),
            )
        )
    everybody = list(desk.find.contacts().ids)
    event = desk.events.add(EventCard(title=show, place=show, remark=show, capacity=5))
    assert event.id is not None
    desk.events.invite(event.id, everybody)
    desk.households.make(everybody[:2], name=show)
    kind = desk.relationships.add_kind(show, show[::-1])
    desk.relationships.relate(everybody[0], everybody[1], kind.key, remark=show)
    desk.notes.add(everybody[0], show)
    desk.segments.save(show, f'tag:"{show}"')
    desk.lists.freeze(show, everybody, f'town:"{show}"')
    desk.units.add(f"{show}2", show, desk.units.add(show).id)
    desk.contacts.save(
        desk.contacts.card(everybody[1]),
        replace(desk.contacts.card(everybody[1]), affiliations=(Affiliation(f"{show}2", show),)),
    )
    desk.contacts.delete(everybody[-1:])
    letter = desk.letters.save_template(TemplateCard(name=show, texts=(LetterText("en", show, show),)))
    job = Job(show, Audience(contacts=tuple(everybody)), letter.id)
    desk.mailings.produce(desk.mailings.plan(job), Outputs(path.parent / "letters.pdf"), job=job)
    desk.close(backup=False)
    return path
