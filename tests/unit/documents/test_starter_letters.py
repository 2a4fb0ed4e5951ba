"""The letters that come with the program, as they look on paper."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from tests.printed_pages import pages_of
from tests.unit.documents.starter_pictures import COLUMNS, FOLDER, HEIGHT, WIDTH, pdf, picture, planned

from alumnidesk.domain import letter_markup
from alumnidesk.domain.letter_text import plain
from alumnidesk.domain.ready_templates import ready_templates
from alumnidesk.i18n import LANGUAGES

TOLERANCE = 0.3
"""Mean difference of grey (0 to 255) of two blurred pictures, most of which is white; no two letters are so alike."""
NAMES = [template.name for template in ready_templates("en")]


def difference(one: Image.Image, other: Image.Image) -> float:
    blurred = [image.filter(ImageFilter.GaussianBlur(2)) for image in (one, other)]
    mean: float = ImageStat.Stat(ImageChops.difference(*blurred)).mean[0]
    return mean


def kept(language: str, place: int) -> Image.Image:
    x, y = place % COLUMNS * WIDTH, place // COLUMNS * HEIGHT
    with Image.open(FOLDER / f"{language}.png") as whole:
        return whole.convert("L").crop((x, y, x + WIDTH, y + HEIGHT))


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("place", range(len(NAMES)), ids=NAMES)
def test_a_letter_looks_as_it_did_when_somebody_looked_at_it(place: int, language: str) -> None:
    data = pdf(ready_templates(language)[place], language)
    (said,) = pages_of(data)
    assert "{" not in said
    assert "<" not in said
    assert difference(picture(data), kept(language, place)) < TOLERANCE


def test_another_letter_looks_different() -> None:
    near = min(
        difference(kept(language, place), kept(language, other))
        for language in LANGUAGES
        for place in range(len(NAMES))
        for other in range(place)
    )
    assert near > TOLERANCE


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_letter_is_whole_in_every_language_and_marked_up_only_where_needed(language: str) -> None:
    for template in ready_templates(language):
        (text,) = (one for one in template.texts if one.language == language)
        document = letter_markup.read(text.body)
        assert letter_markup.read(letter_markup.write(document)) == document
        assert letter_markup.write(document).startswith("<letter>") == text.body.startswith("<letter>")
        assert "<" not in plain(document)
        assert text.closing
        plan = planned(template, language)
        assert (plan.problems, plan.left_out, plan.looks) == ((), (), ())


def test_german_letters_say_sie_and_swedish_ones_du() -> None:
    for template in ready_templates("de"):
        german, swedish = (
            plain(letter_markup.read(next(t.body for t in template.texts if t.language == code)))
            for code in ("de", "sv")
        )
        words = german.replace(",", " ").replace(".", " ").split()
        assert not {"du", "dir", "dich", "dein", "deine", "euch", "ihr"} & set(words), template.name
        assert " ni " not in f" {swedish.lower()} ", template.name
