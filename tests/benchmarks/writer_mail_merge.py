"""LibreOffice Writer's own mail merge of the same letters, for comparison; run by the Python that knows `uno`.

``writer_mail_merge.py FOLDER``: FOLDER holds ``people.csv`` (a header and one line for each letter, every column a
paragraph but the last one, which goes into a cell of the table), ``logo.png`` and ``table.json`` (rows of cells; null
for the cell). Prints the seconds that the merge into one PDF took; starting the office does not count.
"""

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

TABLE, FILE = 0, 2
"""``com.sun.star.sdb.CommandType`` and ``com.sun.star.text.MailMergeType``."""


def value(name, content):
    return PropertyValue(name, 0, content, 0)


def connected(folder):
    """An office of its own and its desktop."""
    pipe = f"merge{time.time_ns()}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'merge').as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            return office, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice did not start")


def database_field(document, column):
    """A place where the merge puts what a column says."""
    master = document.createInstance("com.sun.star.text.fieldmaster.Database")
    master.DataBaseName, master.DataTableName, master.DataColumnName = "people", "people", column
    field = document.createInstance("com.sun.star.text.textfield.Database")
    field.attachTextFieldMaster(master)
    return field


def main(folder):
    office, context = connected(folder)
    make = lambda name: context.ServiceManager.createInstanceWithContext(name, context)  # noqa: E731
    try:
        sources = make("com.sun.star.sdb.DatabaseContext")
        source = sources.createInstance()
        source.URL = f"sdbc:flat:{folder.as_uri()}"
        source.Info = (
            value("Extension", "csv"),
            value("HeaderLine", True),
            value("FieldDelimiter", ","),
            value("StringDelimiter", '"'),
            value("CharSet", "UTF-8"),
        )
        source.DatabaseDocument.storeAsURL((folder / "people.odb").as_uri(), ())
        sources.registerObject("people", source)
        desktop = make("com.sun.star.frame.Desktop")
        document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (value("Hidden", True),))
        text, cursor = document.Text, document.Text.createTextCursor()
        with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        picture = document.createInstance("com.sun.star.text.TextGraphicObject")
        provider = make("com.sun.star.graphic.GraphicProvider")
        picture.Graphic = provider.queryGraphic((value("URL", (folder / "logo.png").as_uri()),))
        picture.Width, picture.Height = 4200, 1575
        text.insertTextContent(cursor, picture, False)
        text.insertControlCharacter(cursor, 0, False)
        for column in columns[:-1]:
            text.insertTextContent(cursor, database_field(document, column), False)
            text.insertControlCharacter(cursor, 0, False)
        rows = json.loads((folder / "table.json").read_text("utf-8"))
        table = document.createInstance("com.sun.star.text.TextTable")
        table.initialize(len(rows), len(rows[0]))
        text.insertTextContent(cursor, table, False)
        for number, row in enumerate(rows, 1):
            for letter, words in zip("ABC", row, strict=True):
                cell = table.getCellByName(f"{letter}{number}")
                if words is None:
                    cell.insertTextContent(cell.createTextCursor(), database_field(document, columns[-1]), False)
                else:
                    cell.setString(words)
        document.storeAsURL((folder / "letter.odt").as_uri(), ())
        document.close(True)
        merge = make("com.sun.star.text.MailMerge")
        merge.DataSourceName, merge.Command, merge.CommandType = "people", "people", TABLE
        merge.DocumentURL, merge.OutputURL = (folder / "letter.odt").as_uri(), folder.as_uri()
        merge.OutputType, merge.SaveAsSingleFile, merge.SaveFilter = FILE, True, "writer_pdf_Export"
        merge.FileNamePrefix = "merged"
        begin = time.perf_counter()
        merge.execute(())
        print(time.perf_counter() - begin)
    finally:
        office.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
