"""Photos and files at contacts, through the desk."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path

import pytest
from tests.unit.test_whole_files import refused_by_windows

from alumnidesk.desk import Desk
from alumnidesk.domain.cards import ContactCard
from alumnidesk.errors import BadFile, EnvironmentFault, InvalidInput, Refused
from alumnidesk.services.attachments import LARGEST


def png(width: int = 3, height: int = 2, rest: bytes = b"") -> bytes:
    """A small picture, or the head of a large one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = b"".join(b"\0" + b"\x80\x40\x20" * width for _ in range(height)) if width * height < 10_000 else b""
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"") + rest


@pytest.fixture
def anna(desk: Desk) -> int:
    return desk.contacts.add(ContactCard(family_name="Müller")).id or 0


def kept(desk: Desk) -> int:
    return int(desk._database.rows("SELECT count(*) FROM stored_file")[0][0])


def test_a_photo_is_kept_once_and_taken_back(desk: Desk, anna: int) -> None:
    other = desk.contacts.add(ContactCard(family_name="Öz")).id or 0
    for contact in (anna, other):
        desk.photos.set(contact, png())
    assert desk.photos.of(anna) == desk.photos.of(other) == png()
    assert kept(desk) == 1
    desk.photos.set(anna, png(4))
    desk.history.undo()
    assert desk.photos.of(anna) == png()
    desk.photos.remove(anna)
    assert desk.photos.of(anna) == b""
    desk.history.undo()
    assert desk.photos.of(anna) == png()
    details = desk.history.details(desk.history.entries()[0].id)
    assert [str(line.before) for line in details.lines] == ["a picture"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(rest=b"\0" * 2_000_000), "larger than 2 MB"),
        (png(5001, 5000), "5,001 × 5,000 pixels"),
        (png(0, 7), "0 × 7 pixels"),
        (b"GIF89a", "not a PNG or JPEG"),
        (b"", "not a PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n", "not a PNG or JPEG"),
    ],
)
def test_a_picture_that_is_no_photo_is_refused_with_the_reason(desk: Desk, anna: int, data: bytes, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        desk.photos.set(anna, data)
    assert desk.photos.of(anna) == b""


def test_a_file_is_filed_found_by_its_name_and_written_as_it_was(desk: Desk, anna: int, tmp_path: Path) -> None:
    source = tmp_path / "Zertifikat Übersetzen.pdf"
    source.write_bytes(b"%PDF-1.4 \0\xff")
    desk.attachments.add(anna, source)
    source.unlink()
    (filed,) = desk.attachments.of(anna)
    assert (filed.name, filed.size) == ("Zertifikat Übersetzen.pdf", 11)
    assert list(desk.find.contacts("zertifikat").ids) == [anna]
    desk.attachments.write(filed.key, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == b"%PDF-1.4 \0\xff"
    desk.attachments.remove(filed.id)
    assert desk.attachments.of(anna) == []
    desk.history.undo()
    assert desk.attachments.of(anna) == [filed]
    assert str(desk.history.entries()[0].label) == "File “Zertifikat Übersetzen.pdf” removed from Müller"
    assert desk.check() == []


def test_a_file_that_is_too_large_or_not_there_is_refused(desk: Desk, anna: int, tmp_path: Path) -> None:
    large = tmp_path / "film.mp4"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    (tmp_path / "empty.txt").touch()
    for path in (large, tmp_path / "empty.txt", tmp_path):
        with pytest.raises(BadFile):
            desk.attachments.add(anna, path)
    with pytest.raises(EnvironmentFault):
        desk.attachments.add(anna, tmp_path / "nowhere.txt")
    assert desk.attachments.of(anna) == []


def test_a_file_is_filed_under_a_name_that_every_system_takes(desk: Desk, anna: int, tmp_path: Path) -> None:
    path = tmp_path / "CON:a\u202egpj.exe"
    path.write_bytes(b"x")
    desk.attachments.add(anna, path)
    assert desk.attachments.of(anna)[-1].name == "CON-agpj.exe"


def test_the_bytes_of_a_name_from_elsewhere_are_not_there(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        desk.attachments.write("ab" * 32, tmp_path / "x")


def test_a_stored_file_takes_the_place_of_no_data_file_and_of_another_only_when_it_is_whole(
    desk: Desk, anna: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = tmp_path / "Vertrag.pdf", tmp_path / "copy.pdf"
    source.write_bytes(b"%PDF-1.4 new")
    out.write_bytes(b"old")
    desk.attachments.add(anna, source)
    (filed,) = desk.attachments.of(anna)
    before = desk.path.read_bytes()
    with pytest.raises(Refused, match="is a data file"):
        desk.attachments.write(filed.key, desk.path)
    assert desk.path.read_bytes() == before
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", refused_by_windows)
        patch.setattr("alumnidesk.whole_files.PATIENCE", 0)
        with pytest.raises(EnvironmentFault, match="open in another program"):
            desk.attachments.write(filed.key, out)
    assert out.read_bytes() == b"old"
    desk.attachments.write(filed.key, out)
    assert out.read_bytes() == b"%PDF-1.4 new"


@pytest.mark.parametrize("kind", ["vcard3", "vcard4"])
def test_a_photo_travels_in_a_card(desk: Desk, anna: int, tmp_path: Path, kind: str) -> None:
    desk.photos.set(anna, png(40, 30))
    target = tmp_path / "x.vcf"
    desk.exporting.write(target, kind, [anna])
    assert max(map(len, target.read_bytes().split(b"\r\n"))) <= 75
    desk.photos.remove(anna)
    preview = desk.importing.preview(target)
    assert [(str(d.label), str(d.new)) for d in preview.rows[0].differences] == [("Photo", "a picture")]
    desk.importing.carry_out(preview)
    assert desk.photos.of(anna) == png(40, 30)
    assert desk.importing.preview(target).rows[0].kind.value == "unchanged"


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("PHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAAAAACw=", "This is not a PNG or JPEG picture."),
        ("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ=SkZJRg", "The photo is damaged"),
        ("PHOTO;VALUE=uri:https://www.lindenhof.example/anna.jpg", ""),
        ("PHOTO:data:image/png;base64," + base64.b64encode(png(9000, 9000)).decode(), "9,000 × 9,000"),
    ],
)
def test_a_photo_that_cannot_be_used_is_kept_as_it_came(desk: Desk, tmp_path: Path, line: str, remark: str) -> None:
    file = tmp_path / "x.vcf"
    file.write_text(f"BEGIN:VCARD\nVERSION:3.0\nN:Öz;Ayşe\n{line}\nEND:VCARD\n")
    report = desk.importing.carry_out(desk.importing.preview(file))
    card = desk.contacts.card(report.contacts[0])
    assert (card.photo, [f.raw for f in card.foreign]) == ("", [line])
    assert remark in "".join(str(problem.why) for problem in report.remarks)
    assert bool(remark) == bool(report.remarks)


def test_a_photo_of_a_phones_card_is_taken(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "x.vcf"
    escaped = base64.b64encode(png()).decode()
    file.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:Öz\nPHOTO:data:image/png;base64\\,{escaped}\nEND:VCARD\n")
    report = desk.importing.carry_out(desk.importing.preview(file))
    assert desk.photos.of(report.contacts[0]) == png()
    desk.history.undo()
    assert kept(desk) == 1  # the history can still bring back who has it
