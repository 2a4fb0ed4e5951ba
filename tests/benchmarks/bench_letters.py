"""Letters: a run of a thousand one-page letters against a bare ReportLab loop, and against Writer's mail merge.

The letters have a letterhead with a logo, bold and italic words and a table: three embedded faces. The floor draws what
no letter run can do without: a form XObject for everything that repeats, and the recipient's own words as strings at
fixed places, in the same faces. Both are made in memory and take turns, in seconds of the processor: neither a disk
nor what else the machine does is in them. LibreOffice Writer prints two hundred of the same letters where it is
installed, and both write a file; where it is not, its row is missing and the reason is printed.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.benchmarks.harness import Row, computed, in_turns, seconds

from alumnidesk.desk import Desk
from alumnidesk.documents import fonts, letters
from alumnidesk.domain.association import Association
from alumnidesk.domain.cards import Address, Affiliation, ContactCard, EventCard, LetterText, TemplateCard
from alumnidesk.domain.envelope_windows import window_of
from alumnidesk.domain.letter_text import Document, Table, plain
from alumnidesk.domain.letters import LetterPlan, MasterLetter
from alumnidesk.domain.mailing_plans import MailingPlan, plan_mailing
from alumnidesk.domain.mailings import CONTACTS, Audience, Job
from alumnidesk.domain.return_code import code
from alumnidesk.i18n import say
from alumnidesk.services.cards import insert
from alumnidesk.whole_files import write_whole

COUNT = 1_000
WRITER_COUNT = 200
SYSTEM_PYTHONS = ("/usr/bin/python3", "python3")
"""One of them knows `uno` where LibreOffice is installed."""
LETTERS_A_SECOND = 800
MOST_BYTES, MOST_MEMORY = 3.0, 150.0
"""Megabytes of the file, and of the process that plans and prints a thousand letters."""


def logo() -> bytes:
    """A picture with round forms and see-through corners."""
    image = Image.new("RGBA", (800, 300))
    draw = ImageDraw.Draw(image)
    for ring in range(0, 140, 20):
        draw.ellipse((ring, ring, 300 - ring, 300 - ring), fill=(14 + ring, 100, 112, 255))
    draw.rectangle((340, 120, 780, 180), fill=(200, 120, 30, 255))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


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
    logo=logo(),
)
BODY = """<letter><p>{salutation}</p>
<p>Ihr Kurs des Jahrgangs <b>{cohort}</b> liegt nun schon eine Weile zurück. Wir laden Sie <i>herzlich</i> ein, \
einander wiederzusehen: am <b>{event_date}</b>, ab {event_time}, im {event_place}.</p>
<p>Nach dem Kaffee zeigt der Chor sein neues Programm, und um 18 Uhr essen wir gemeinsam zu Abend. Bringen Sie gern \
eine Begleitung mit. Wer von weit her anreist, findet im Lindenhof ein Zimmer; wir reservieren gern.</p>
<table widths="45 20 35" head="yes">
<row><cell>Was</cell><cell>Wann</cell><cell>Für wen</cell></row>
<row><cell>Kaffee und Kuchen</cell><cell>14 Uhr</cell><cell>alle</cell></row>
<row><cell>Treffen der Kurse</cell><cell>16 Uhr</cell><cell>{name}</cell></row>
<row><cell>Abendessen</cell><cell>18 Uhr</cell><cell><i>mit Begleitung</i></cell></row>
</table>
<p>Bitte geben Sie uns bis zum 31. März Bescheid, ob Sie kommen: mit dem Abschnitt unten, telefonisch oder per \
E-Mail.</p></letter>"""
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


def plan(count: int = COUNT) -> MailingPlan:
    master = MasterLetter(TEMPLATE, ASSOCIATION, dt.date(2026, 11, 19), EVENT, lacking=fonts.lacking)
    return plan_mailing(master, contacts(count))


def with_codes(run: MailingPlan) -> MailingPlan:
    """The same with return codes, as mailings have them."""
    coded = (replace(letter, code=code(number)) for number, letter in enumerate(run.letters, 104_583))
    return replace(run, letters=tuple(coded))


def printed(run: MailingPlan) -> bytes:
    return letters.run_pdf(run.letters, ASSOCIATION)[0]


def bare_loop(run: MailingPlan) -> bytes:
    """What ReportLab itself needs for as many pages with as many own strings on them.

    Own are four lines of address, the salutation, the first lines of the text with three bold or italic places, and a
    cell.
    """
    data = BytesIO()
    canvas = Canvas(data, pagesize=window_of(ASSOCIATION).size, pageCompression=1)
    regular, bold, italic = (fonts.face("serif", weight) for weight in (fonts.REGULAR, fonts.BOLD, fonts.ITALIC))
    texts = run.letters[0].paragraphs
    canvas.beginForm("everything")
    canvas.drawImage(ImageReader(BytesIO(ASSOCIATION.logo)), 71, 750, 120, 45, mask="auto")
    for number in range(12):
        canvas.setFont((regular, bold, italic)[number % 3], 10.5)
        canvas.drawString(71, 400 - 15.5 * number, texts[2][:90])
        canvas.line(71, 400 - 15.5 * number, 538, 400 - 15.5 * number)
    canvas.endForm()
    for letter in run.letters:
        canvas.doForm("everything")
        canvas.setFont(regular, 10.5)
        words = letter.paragraphs[1]
        own = (*letter.address, letter.paragraphs[0], words[:60], words[60:120], words[120:180], words[180:])
        for number, line in enumerate((*own, letter.name)):
            canvas.drawString(71, 650 - 15.5 * number, line)
        for face, line in ((bold, "1970"), (italic, "herzlich"), (bold, "Samstag, 24. April 2027")):
            canvas.setFont(face, 10.5)
            canvas.drawString(71, 480, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def without_table(letter: LetterPlan) -> Document:
    return tuple(block for block in letter.text if not isinstance(block, Table))


def writer(run: MailingPlan, folder: Path) -> float | None:
    """Seconds that Writer's own mail merge needs for a few of the same letters; None where it is not installed."""
    knows = [subprocess.run([p, "-c", "import uno"], capture_output=True).returncode == 0 for p in SYSTEM_PYTHONS]
    python = SYSTEM_PYTHONS[knows.index(True)] if any(knows) else ""
    if not shutil.which("soffice") or not python:
        print("No LibreOffice with Writer, Base and Python here; its mail merge made 14.3 letters/s elsewhere.")
        return None
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        texts = [
            [" · ".join(x.address), x.subject, *plain(without_table(x)).split("\n\n"), x.closing, x.name]
            for x in run.letters[:WRITER_COUNT]
        ]
        table.writerow(f"c{number}" for number in range(max(map(len, texts))))
        table.writerows(texts)
    first = run.letters[0]
    (cells,) = (block.rows for block in first.text if isinstance(block, Table))
    words = [["".join(run.text for run in cell) for cell in row] for row in cells]
    own_left_out = [[None if cell == first.name else cell for cell in row] for row in words]
    (folder / "table.json").write_text(json.dumps(own_left_out), "utf-8")
    (folder / "logo.png").write_bytes(ASSOCIATION.logo)
    script = Path(__file__).with_name("writer_mail_merge.py")
    done = subprocess.run([python, str(script), str(folder)], check=True, capture_output=True, text=True, timeout=600)
    return float(done.stdout)


def from_the_file(folder: Path) -> Row:
    """A mailing to contacts who stand in a data file: who they are and what they agreed to is read, every letter put
    together and printed; in turns with the bare loop."""
    desk = Desk.create(folder / "letters.alumnidesk")
    try:
        desk.settings.save(ASSOCIATION)
        template = desk.letters.save_template(replace(TEMPLATE, name="Einladung", purpose="membership"))
        event = desk.events.add(EVENT)
        with desk._database.writing(say("Contacts")) as transaction:
            ids = tuple(insert(transaction, [replace(card, id=None) for card in contacts(COUNT)]))
        job = Job("Einladung 2027", Audience(CONTACTS, ids), template.id, event=event.id)
        today = dt.date(2026, 11, 19)
        run = desk.mailings.plan(job, today=today)
        assert len(run.letters) == COUNT
        ours, floor = in_turns(
            lambda: printed(with_codes(desk.mailings.plan(job, today=today))),
            lambda: bare_loop(with_codes(run)),
            rounds=5,
        )
    finally:
        desk.close(backup=False)
    return Row(f"{COUNT:,} letters, read from the file", ours, floor, 1.5, against="bare ReportLab loop with forms")


def memory() -> float:
    """Megabytes that a process of its own needs at most for a run."""
    child = [sys.executable, "-m", "tests.benchmarks.bench_letters"]
    return float(subprocess.run(child, capture_output=True, text=True, check=True).stdout)


def measure() -> list[Row]:
    run = with_codes(plan())
    ours, floor, planning = in_turns(lambda: printed(run), lambda: bare_loop(run), plan)
    one = statistics.median(computed(lambda: letters.one_letter_pdf(run.letters[0], ASSOCIATION)) for _ in range(40))
    size = len(printed(run)) / 1_000_000
    ten = sum(computed(lambda: printed(run)) for _ in range(10))
    many = with_codes(plan(10 * COUNT))
    linear = computed(lambda: printed(many))
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "letters.pdf"
        on_disk = seconds(lambda: write_whole(out, [printed(run)]), times=3)
        office = writer(run, Path(name))
        read = from_the_file(Path(name))
    rows = [
        Row(f"{COUNT:,} letters into one PDF", ours, floor, 1.5, against="bare ReportLab loop with forms"),
        read,
        Row(f"{COUNT:,} letters into one PDF", ours, 0, COUNT / LETTERS_A_SECOND),
        Row(f"planning {COUNT:,} letters", planning, floor, 1.0, against="bare ReportLab loop with forms"),
        Row("preview of one letter", one * 1000, 0, 20, "ms"),
        Row(f"{10 * COUNT:,} letters into one PDF", linear, ten, 1.2, against=f"ten times {COUNT:,}"),
        Row(f"size of {COUNT:,} letters", size, 0, MOST_BYTES, "MB"),
        Row(f"memory for {COUNT:,} letters", memory(), 0, MOST_MEMORY, "MB"),
    ]
    if office is not None:
        each = on_disk / COUNT * 1000
        theirs = office / WRITER_COUNT * 1000
        rows.append(Row("one letter of a run", each, theirs, 1 / 30, "ms", "Writer's mail merge"))
    return rows


if __name__ == "__main__":
    printed(plan())
    # of this process alone: what `resource` tells begins with the memory of the process that started it
    print(int(Path("/proc/self/status").read_text("ascii").split("VmHWM:")[1].split()[0]) / 1024)
