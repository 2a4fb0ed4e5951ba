"""Letters: a run of a thousand one-page letters against a bare ReportLab loop, and against Writer's mail merge.

The floor draws what no letter run can do without: a form XObject for everything that repeats, and the recipient's own
lines as strings at fixed places, in the same embedded fonts. LibreOffice Writer prints a
hundred of the same letters where it is installed; where it is not, its row is missing and the reason is printed.
"""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from tests.benchmarks.harness import Row, seconds

from alumnidesk.documents import fonts, letters
from alumnidesk.documents.paper import new_canvas
from alumnidesk.domain.association import Association
from alumnidesk.domain.envelope_windows import window_of
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, EventCard, LetterText, TemplateCard
from alumnidesk.domain.letters import RunPlan, plan_run

COUNT = 1_000
WRITER_COUNT = 200
SYSTEM_PYTHONS = ("/usr/bin/python3", "python3")
"""One of them knows `uno` where LibreOffice is installed."""
LETTERS_A_SECOND = 800

ASSOCIATION = Association(
    name="Freundeskreis Lindenhof e. V.",
    strapline="Ehemalige, Förderer und Freunde des Bildungshauses",
    street="Lindenhof 1",
    postcode="24937",
    town="Flensburg",
    phone="0461 55512 30",
    email="verein@lindenhof.example",
    contact_person="Ruth Petersen",
    signatory="Ruth Petersen",
    signatory_role="Vorsitzende",
    bank=("Musterbank Flensburg", "IBAN DE00 0000 0000 0000 0000 00"),
)
BODY = """{salutation}

Ihr Kurs des Jahrgangs {cohort} liegt nun schon eine Weile zurück. Wir laden Sie herzlich ein, einander wiederzusehen:
am {event_date}, ab {event_time}, im {event_place}.

Nach dem Kaffee zeigt der Chor sein neues Programm, und um 18 Uhr essen wir gemeinsam zu Abend. Bringen Sie gern eine
Begleitung mit. Wer von weit her anreist, findet im Lindenhof ein Zimmer; wir reservieren gern.

Bitte geben Sie uns bis zum 31. März Bescheid, ob Sie kommen: mit dem Abschnitt unten, telefonisch oder per E-Mail."""
TEMPLATE = TemplateCard(texts=(LetterText("de", "Einladung zum {event_title}", BODY, "Mit herzlichem Gruß"),))
EVENT = EventCard(title="Ehemaligentreffen", starts_on="2027-04-24", starts_at="14:00", place="Großen Saal")


def contacts(count: int) -> list[ContactCard]:
    """Invented people, each with a name and an address of their own."""
    return [
        ContactCard(
            id=number,
            given_name="Anna",
            family_name=f"Müller-{number}",
            gender_form="f",
            affiliations=(Affiliation(cohort_to=1970 + number % 50),),
            addresses=(Address("Lindenweg", str(number), postcode=f"{20_000 + number}", town="Hamburg"),),
        )
        for number in range(1, count + 1)
    ]


def plan() -> RunPlan:
    return plan_run(
        TEMPLATE, contacts(COUNT), ASSOCIATION, today=dt.date(2026, 11, 19), event=EVENT, lacking=fonts.lacking
    )


def bare_loop(run: RunPlan) -> bytes:
    """What ReportLab itself needs for as many pages with as many own strings on them."""
    data = BytesIO()
    place = window_of(ASSOCIATION)
    canvas = new_canvas(data, size=place.size, title="", author="", language="de", family="serif")
    regular = fonts.face("serif")
    canvas.beginForm("everything")
    canvas.setFont(regular, 10.5)
    for number in range(12):
        canvas.drawString(71, 500 - 15.5 * number, run.letters[0].paragraphs[2][:90])
    canvas.endForm()
    for letter in run.letters:
        canvas.doForm("everything")
        canvas.setFont(regular, 10.5)
        own = (*letter.address, letter.paragraphs[0], *letter.paragraphs[1].split("\n"))
        for number, line in enumerate(own):
            canvas.drawString(71, 650 - 15.5 * number, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def writer(run: RunPlan, folder: Path) -> float | None:
    """Seconds that Writer's own mail merge needs for a few of the same letters; None where it is not installed."""
    knows = [subprocess.run([p, "-c", "import uno"], capture_output=True).returncode == 0 for p in SYSTEM_PYTHONS]
    python = SYSTEM_PYTHONS[knows.index(True)] if any(knows) else ""
    if not shutil.which("soffice") or not python:
        print("No LibreOffice with Writer, Base and Python here; its mail merge made 14.3 letters/s elsewhere.")
        return None
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        texts = [[" · ".join(x.address), x.subject, *x.paragraphs, x.closing] for x in run.letters[:WRITER_COUNT]]
        table.writerow(f"c{number}" for number in range(max(map(len, texts))))
        table.writerows(texts)
    script = Path(__file__).with_name("writer_mail_merge.py")
    done = subprocess.run([python, str(script), str(folder)], check=True, capture_output=True, text=True, timeout=600)
    return float(done.stdout)


def measure() -> list[Row]:
    run = plan()
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "letters.pdf"
        ours = seconds(lambda: letters.print_run(run.letters, ASSOCIATION, out), times=3)
        floor = seconds(lambda: bare_loop(run), times=3)
        office = writer(run, Path(name))
    one = seconds(lambda: letters.one_letter_pdf(run.letters[0], ASSOCIATION), times=20)
    rows = [
        Row(f"{COUNT:,} letters into one PDF", ours, floor, 1.5, against="bare ReportLab loop with forms"),
        Row(f"{COUNT:,} letters into one PDF", ours, 0, COUNT / LETTERS_A_SECOND),
        Row(f"planning {COUNT:,} letters", seconds(plan, times=3), ours, 1.0, against="printing them"),
        Row("preview of one letter", one * 1000, 0, 20, "ms"),
    ]
    if office is not None:
        each = ours / COUNT * 1000
        theirs = office / WRITER_COUNT * 1000
        rows.append(Row("one letter of a run", each, theirs, 1 / 30, "ms", "Writer's mail merge"))
    return rows
