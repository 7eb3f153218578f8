"""Paper: real PDF files whose text is said in their language and whose code leads to the form."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
import segno

from feedback.focus_groups.domain.easy import form_links, paper, standard_questions
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db


def asked():
    form = world.easy_form(languages=["bg", "ar", "ti", "uk"], title="About the guide")
    form.questions.all().delete()
    standard_questions.write(standard_questions.TEMPLATES["migrants"], form)
    return form


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def letters(text: str) -> str:
    """Without blanks and marks, which a line break or a direction moves."""
    return re.sub(r"[\s\u200b\u2066-\u2069]", "", text)


@pytest.mark.parametrize("code", ["ti", "uk"])
def test_a_sheet_asks_in_its_language(code):
    form = asked()

    content = paper.sheet(form, code)

    said = letters(text_of(content))
    for question in form.questions.all():
        assert letters(question.said(code)) in said
    assert "[U+" not in said


def test_an_arabic_sheet_has_all_its_letters_and_is_set_from_the_right():
    form = asked()

    content = paper.sheet(form, "ar")

    said = text_of(content)
    assert "[U+" not in said
    # How a reader of files orders Arabic differs; which letters are there does not.
    wanted = set("".join(question.said("ar") for question in form.questions.all()))
    assert len({c for c in wanted if c.isalpha()} - set(said)) == 0
    # The code of the link stands at the end of the first lines: left here, right in Bulgarian.
    assert lean(content) < 0 < lean(paper.sheet(form, "bg"))


def lean(content: bytes) -> int:
    """How much more ink the right half of the head of a page has than the left one."""
    head = pypdfium2.PdfDocument(content)[0].render(scale=1).to_numpy()[60:160]
    ink = (head[..., :3].min(axis=-1) < 128).sum(axis=0)
    middle = len(ink) // 2
    return int(ink[middle:].sum()) - int(ink[:middle].sum())


def test_the_code_on_paper_is_the_link():
    form = asked()

    wanted = segno.make(form_links.link(form), error="m", micro=False)

    drawn = io.BytesIO()
    wanted.save(drawn, kind="svg", border=4, scale=4, dark="#000", light="#fff")
    assert paper.qr_svg(form) == drawn.getvalue()
    assert form_links.link(form).endswith(form_links.address(form))


def test_the_squares_on_the_page_are_those_of_the_link():
    form = asked()
    page = pypdfium2.PdfDocument(paper.poster(form, ["bg"]))[0]
    scale = 4
    grey = page.render(scale=scale).to_numpy()[..., :3].min(axis=-1)
    rows = [list(row) for row in segno.make(form_links.link(form), error="m", micro=False).matrix]
    points = 72 / 2.54
    width = 8.2 * points * scale
    left, top = (grey.shape[1] - width) / 2, 1.7 * points * scale
    module = width / (len(rows) + 8)

    seen = [
        [
            int(grey[int(top + (y + 4.5) * module), int(left + (x + 4.5) * module)] < 128)
            for x in range(len(rows))
        ]
        for y in range(len(rows))
    ]

    assert seen == [[int(bool(module_)) for module_ in row] for row in rows]


def test_a_poster_is_said_in_the_languages_chosen():
    form = asked()

    said = letters(text_of(paper.poster(form, ["bg", "uk"])))

    assert letters("Насочете камерата") in said
    assert letters("Наведіть камеру") in said


def test_an_empty_form_is_not_printed():
    form = world.easy_form()
    form.questions.all().delete()

    with pytest.raises(paper.NothingAsked):
        paper.sheet(form, "bg")
