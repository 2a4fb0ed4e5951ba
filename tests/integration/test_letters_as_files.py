"""Letters that one association writes into a file and another takes over."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from alumnidesk.desk import Desk
from alumnidesk.domain import template_files
from alumnidesk.domain.cards import LetterText, TemplateCard
from alumnidesk.domain.records import content_key
from alumnidesk.errors import BadFile, EnvironmentFault


def test_a_letter_goes_to_another_association_as_a_file_with_its_pictures(desk: Desk, tmp_path: Path) -> None:
    Image.new("RGB", (300, 100), (20, 90, 80)).save(tmp_path / "green.png")
    key = desk.letter_pictures.keep((tmp_path / "green.png").read_bytes())
    body = f'<letter><p>Liebe <b>{{given_name}}</b></p><picture file="{key}"/></letter>'
    text = LetterText("de", "Betreff", body, "Herzlich")
    card = desk.letters.save_template(TemplateCard(name="Fest", texts=(text,), purpose="membership"))
    desk.template_files.write(card.id or 0, tmp_path / "fest.alumniletter")
    other = Desk.create(tmp_path / "other.alumnidesk")
    try:
        taken = other.template_files.read(tmp_path / "fest.alumniletter")
        assert (taken.name, taken.purpose) == ("Fest", "membership")
        pdf = other.letters.preview(other.letters.sketch(taken.texts[0], []))
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images) == 1
        assert other.template_files.read(tmp_path / "fest.alumniletter").name == "Fest (2)"
        other.history.undo()
        assert [template.name for template in other.letters.templates()][-1] == "Fest"
    finally:
        other.close(backup=False)


def test_a_file_with_something_else_for_a_picture_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    data = b"no picture"
    card = TemplateCard(
        name="x", texts=(LetterText("de", "", f'<letter><picture file="{content_key(data)}"/></letter>'),)
    )
    (tmp_path / "x.alumniletter").write_bytes(template_files.write(card, {content_key(data): data}))
    before = desk.letters.templates()
    with pytest.raises(BadFile, match="not a PNG or JPEG"):
        desk.template_files.read(tmp_path / "x.alumniletter")
    assert desk.letters.templates() == before
    with pytest.raises(EnvironmentFault):
        desk.template_files.read(tmp_path / "missing.alumniletter")


def test_a_purpose_that_is_not_ours_becomes_an_invitation(desk: Desk, tmp_path: Path) -> None:
    card = TemplateCard(name="x", texts=(LetterText("de", "", "Hallo"),), purpose="c0ffee")
    (tmp_path / "x.alumniletter").write_bytes(template_files.write(card, {}))
    assert desk.template_files.read(tmp_path / "x.alumniletter").purpose == "invitations"
