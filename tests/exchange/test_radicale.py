"""Our cards go up to an address book on a server of another hand and come back: vdirsyncer carries, Radicale keeps."""

from __future__ import annotations

import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.exchange import cards, others, people

from alumnidesk.formats import vcard

EVERYBODY = people.everybody(40)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Radicale of our own on this computer, with everything it keeps in a temporary folder."""
    radicale = others.wanted("radicale")
    others.wanted("vdirsyncer")
    folder = tmp_path_factory.mktemp("radicale")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = ("--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none", "--config", "")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [radicale, *settings, "--storage-filesystem-folder", folder], stdout=log, stderr=log, cwd=folder
        )
    try:
        _wait_until_it_answers(port, process)
        yield f"http://127.0.0.1:{port}/office/"
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("Radicale does not answer")


@pytest.mark.slow
@pytest.mark.parametrize("version", vcard.VERSIONS)
def test_our_cards_come_back_from_a_server_with_every_property(server: str, version: str, tmp_path: Path) -> None:
    book = f"contacts-{version[0]}"
    people.export_folder(tmp_path / "up" / book, EVERYBODY, version)
    (tmp_path / "down" / book).mkdir(parents=True)
    for side in ("up", "down"):
        sync(server, tmp_path, side, book)
    sent, back = (read(tmp_path / side / book) for side in ("up", "down"))
    assert len(back) == len(EVERYBODY)
    assert {uid: back[uid] for uid in sent if back.get(uid) != sent[uid]} == {}
    for file in (tmp_path / "down" / book).glob("*.vcf"):
        (record,) = vcard.read(file.read_bytes()).records
        assert record.photo == people.PICTURE


def sync(server: str, folder: Path, side: str, book: str) -> None:
    """Bring a folder of cards and the server's book of that name to the same state."""
    file = folder / f"{side}.conf"
    file.write_text(
        f"""[general]
status_path = "{folder / side}-status"
[pair contacts]
a = "ours"
b = "theirs"
collections = ["{book}"]
[storage ours]
type = "filesystem"
path = "{folder / side}"
fileext = ".vcf"
[storage theirs]
type = "carddav"
url = "{server}"
username = "office"
password = "none"
""",
        "utf-8",
    )
    command = (others.wanted("vdirsyncer"), "--config", file)
    others.run((*command, "discover"), "y\ny\n")
    others.run((*command, "sync"))


def read(folder: Path) -> dict[str, Counter[cards.Property]]:
    """The properties of each card in a folder, by its UID."""
    found = {}
    for file in folder.glob("*.vcf"):
        (card,) = cards.read(file.read_bytes())
        (uid,) = (one.value for one in card.properties if one.name == "UID")
        found[uid] = Counter(one for one in card.properties if one.counts)
    return found
