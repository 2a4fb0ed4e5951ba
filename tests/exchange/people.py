"""Invented contacts that are handed to other programs: lifelike ones, and awkward ones."""

from __future__ import annotations

import base64
import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import Address, ContactCard, Email, Foreign, Link, Phone
from alumnidesk.formats import vcard
from alumnidesk.services import sample

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
AWKWARD = (
    ContactCard(
        uid="5f0c2f5e-6a55-4d51-8f2b-0c7f7b0f4a01",
        title="Dr.",
        given_name="Åse",
        additional_names="Rosa Amalie",
        name_particle="von der",
        family_name="Öl; Schläger, geb.",
        suffix="jun.",
        birth_name="Ærø",
        call_name="Å",
        organisation="Lindenhof; Haus 2, Förderverein",
        department="Küche, Keller; Garten",
        position="Köchin\\Kellnerin",
        birth_date="1975-03-02",
        remark='Erste Zeile\nZweite, mit Komma; Semikolon: „Anführung“ und "gerade" \\n kein Umbruch 🌳\n\nletzte',
        emails=(Email("aase@oel.example", "work", True), Email("å@ønsker.example", "Ferienhaus; im Süden, links")),
        phones=(
            Phone("+49 (0) 461 / 12-34 56", "mobile_work"),
            Phone("0461 99", "fax_home"),
            Phone("110", "Notruf: immer"),
        ),
        addresses=(
            Address("Straße, lang;weilig", "12 a", "3. OG, links", "47 11", "01067", "Öl, am See", "", "DE", "Bo Öl"),
            Address(street="Weg 2\nHinterhaus", postcode="24103", town="Kiel", label="Sommer", preferred=True),
        ),
        links=(Link("https://oel.example/?a,b;c=d&e#f", "work"),),
        tags=("Chor, Sopran", "Ehemalige; alle", "Vorstand"),
        foreign=(
            Foreign("vcard", "X-SOCIALPROFILE", "X-SOCIALPROFILE;TYPE=chat;X-USER=å:https://chat.example/å?a\\,b;c"),
            Foreign("vcard", "GEO", "GEO:54.78;9.43"),
            Foreign("csv", "Lieblingskuchen", "Käse, Kirsch; Streusel"),
        ),
    ),
    ContactCard(
        uid="5f0c2f5e-6a55-4d51-8f2b-0c7f7b0f4a02",
        kind="organisation",
        organisation="Bäckerei „Zum Brötchen“ & Söhne <OHG>",
        emails=(Email("post@broetchen.example"),),
        remark="ü" * 300 + "\n" + "語" * 200,
        deceased_on="",
    ),
    ContactCard(uid="5f0c2f5e-6a55-4d51-8f2b-0c7f7b0f4a03", family_name="X", birth_date="--02-29", deceased_on="2024"),
)


def everybody(count: int = 150) -> list[ContactCard]:
    """The awkward ones and `count` lifelike ones."""
    return [*AWKWARD, *sample.people(count, 1, dt.date(2026, 11, 21))]


def export_folder(folder: Path, cards: Iterable[ContactCard], version: str) -> None:
    """Everybody as a folder of cards, the way it is done in the window: brought in from one file, exported as many."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    source = folder.with_suffix(".vcf")
    source.write_bytes(b"".join(vcard.write_all(cards, version, lambda card: PICTURE)))
    desk = Desk.create(folder.with_suffix(".alumnidesk"))
    try:
        desk.importing.carry_out(desk.importing.preview(source))
        desk.exporting.write_folder(folder, f"vcard{version[0]}", sorted(desk.find.contacts().ids))
    finally:
        shutil.rmtree(desk.backups.folder, ignore_errors=True)
        desk.close(backup=False)
