"""Address labels: a thousand on sheets of 21, against a bare ReportLab loop that draws the same lines."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from reportlab.lib.units import mm
from tests.benchmarks.bench_letters import ASSOCIATION, contacts
from tests.benchmarks.harness import Row, seconds

from alumnidesk.documents import fonts
from alumnidesk.documents.labels import print_labels
from alumnidesk.documents.paper import Paper, from_top, new_canvas
from alumnidesk.domain.addressees import address_list
from alumnidesk.domain.consent import TO_ALL
from alumnidesk.domain.label_sheets import PAPERS, found

COUNT = 1_000
SHEET = found("Avery L7160")[0]


def bare_loop(texts: list[tuple[str, ...]]) -> bytes:
    """The same lines as strings at fixed places, in one size."""
    data, size = BytesIO(), tuple(side * mm for side in PAPERS[SHEET.paper])
    canvas = new_canvas(data, ASSOCIATION, Paper((size[0], size[1]), "", "de"))
    for number, lines in enumerate(texts):
        place = number % SHEET.count
        if number and not place:
            canvas.showPage()
        left, top = SHEET.corner(place)
        canvas.setFont(fonts.face("serif"), 11)
        for row, line in enumerate(lines):
            canvas.drawString((left + 3.5) * mm, from_top((size[0], size[1]), top + 10 + 5 * row), line)
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def measure() -> list[Row]:
    texts = address_list(contacts(COUNT), ASSOCIATION, TO_ALL).labels
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "labels.pdf"
        ours = seconds(lambda: print_labels(texts, SHEET, ASSOCIATION, out), times=3)
    floor = seconds(lambda: bare_loop(texts), times=3)
    return [
        Row(f"{COUNT:,} labels into one PDF", ours, floor, 3, against="bare ReportLab loop"),
        Row(f"{COUNT:,} labels into one PDF", ours, 0, 1.0),
    ]
