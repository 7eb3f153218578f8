"""The PDF with the remarks in it: standard annotations at their places, and a list at the end."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest

from feedback.reviews.domain.remark_export import annotated
from tests.feedback.remark_export import sheets
from tests.materials import drawings

FIRST = "The portfolio shows what a person can do."
A4 = (595.28, 841.89)


def built(*remarks, pdf: bytes = b"", **more) -> bytes:
    file = SimpleNamespace(name=drawings.stored(pdf or sheets.pdf()))
    return annotated.build(sheets.sheet(*remarks, **more), file)


def fractions(note: sheets.Note) -> list[float]:
    """The rectangle of a note on an upright A4 page as [left, top, width, height]."""
    left, bottom, right, top = note.box
    width, height = A4
    return [left / width, 1 - top / height, (right - left) / width, (top - bottom) / height]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_marked_words_lie_under_their_quadrilaterals_however_the_page_is_turned(turned, cropped):
    pdf = sheets.pdf(turned=turned, cropped=cropped)
    made = built(sheets.on_words(1, FIRST), sheets.on_words(2, "mentor listens"), pdf=pdf)
    found = sheets.notes(made)
    assert [note.kind for note in found] == ["/Highlight", "/Highlight"]
    under = [[sheets.under(made, note.page, quad) for quad in note.quads] for note in found]
    assert under == [[FIRST], ["mentor listens"]]


def test_words_on_two_lines_have_a_rectangle_for_each_line():
    quote = "The portfolio shows what a person can do. First words. The portfolio shows what"
    made = built(sheets.on_words(1, quote))
    (note,) = sheets.notes(made)
    lines = [sheets.under(made, 1, quad) for quad in note.quads]
    assert len(lines) > 1
    assert " ".join(lines) == quote


def test_of_words_that_stand_there_more_than_once_the_marked_ones_are_taken():
    text = pypdfium2.PdfDocument(sheets.pdf())[0].get_textpage().get_text_bounded()
    text = text.replace("\r\n", "\n")
    starts = [at for at in range(len(text)) if text.startswith("First words", at)]
    made = built(*(sheets.on_words(n, "First words", start=at) for n, at in enumerate(starts, 1)))
    boxes = {note.quads for note in sheets.notes(made)}
    assert len(boxes) == len(starts) == 3


def test_words_that_are_read_from_the_right_are_found_as_well():
    pdf = sheets.pdf(sheets.ARABIC, language="ar")
    quote = "يستمع إلى الشخص"
    made = built(sheets.on_words(1, quote), pdf=pdf)
    (note,) = sheets.notes(made)
    assert note.kind == "/Highlight"
    assert sheets.under(made, 1, note.quads[0]) == quote


def test_words_that_are_not_there_are_marked_where_the_browser_saw_them():
    made = built(sheets.on_words(1, "Quite other words", boxes=((0.5, 0.25, 0.2, 0.02),)))
    (note,) = sheets.notes(made)
    left, _bottom, right, top = (*note.quads[0][:1], 0, note.quads[0][2], note.quads[0][1])
    assert [round(n, 2) for n in (left / A4[0], 1 - top / A4[1], right / A4[0])] == [0.5, 0.25, 0.7]


def test_a_part_of_a_page_is_framed_and_a_whole_page_bears_a_note_in_its_margin():
    made = built(
        sheets.on_place(1, (0.1, 0.2, 0.3, 0.1)),
        sheets.on_place(2),
        sheets.on_place(3),
        sheets.on_place(4, page=2),
    )
    found = sheets.notes(made)
    assert [(n.page, n.kind) for n in found] == [
        (1, "/Square"),
        (1, "/Text"),
        (1, "/Text"),
        (2, "/Text"),
    ]
    assert [round(n, 1) for n in fractions(found[0])] == [0.1, 0.2, 0.3, 0.1]
    assert found[1].box != found[2].box
    assert found[1].box == found[3].box


def test_the_numbers_of_remarks_on_the_same_place_stand_beside_each_other():
    places = [sheets.on_words(n, FIRST) for n in (1, 2, 3)]
    places += [sheets.on_place(n, (0.1, 0.5, 0.3, 0.1)) for n in (4, 5)]
    with pikepdf.open(io.BytesIO(built(*places))) as pdf:
        looks = [note.AP.N.read_bytes() for note in pdf.pages[0].obj.Annots]
    at = [re.search(rb"([\d.]+) ([\d.]+) cm", look).groups() for look in looks]
    assert len(set(at)) == 5
    assert len({y for _x, y in at[:3]}) == len({y for _x, y in at[3:]}) == 1


@pytest.mark.parametrize("page", [None, 0, 99])
def test_a_remark_without_a_place_is_listed_on_the_last_page_and_not_dropped(page):
    made = built(sheets.on_place(1, page=page, text="No place for this one."), sheets.on_place(2))
    assert len(sheets.notes(made)) == 1
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == len(sheets.PAGES) + 1
    assert "No place for this one." in sheets.text_of(made)


def test_every_remark_is_drawn_by_the_file_itself_and_bears_the_same_day():
    made = built(
        sheets.on_words(1, FIRST), sheets.on_place(2, (0.1, 0.2, 0.3, 0.1)), sheets.on_place(3)
    )
    found = sheets.notes(made)
    assert all(note.is_drawn for note in found)
    assert {note.day for note in found} == {"D:20261102000000Z"}
    plain = pypdfium2.PdfDocument(sheets.pdf())[0].render().to_numpy()
    drawn = pypdfium2.PdfDocument(made)[0].render(may_draw_forms=False).to_numpy()
    assert (plain != drawn).any()


def test_an_annotation_says_how_it_is_meant_what_is_suggested_and_what_was_answered():
    said = {"suggestion": "Name the mentor.", "state": "Accepted"}
    (note,) = sheets.notes(built(sheets.on_words(1, FIRST, **said)))
    assert note.who == "Reviewer 2"
    assert note.contents == (
        "Must change\n\nPlease say who does this.\n\nSuggestion: Name the mentor.\n\n"
        "Accepted\nAna Author (Author): It is the mentor."
    )


def test_the_title_the_words_and_the_links_of_the_material_stay():
    pdf = sheets.pdf('#link("https://example.org")[A link] and words.')
    made = built(sheets.on_words(1, "and words"), pdf=pdf)
    with pikepdf.open(io.BytesIO(made)) as found:
        assert str(found.docinfo["/Title"]) == "The guide itself"
        kinds = [str(note.Subtype) for note in found.pages[0].obj.Annots]
    assert kinds == ["/Link", "/Highlight"]


def test_two_builds_are_the_same_bytes():
    remarks = (sheets.on_words(1, FIRST), sheets.on_place(2), sheets.remark(3))
    assert built(*remarks) == built(*remarks)


def test_hostile_words_are_written_as_words():
    remarks = [sheets.on_words(1, FIRST, text=sheets.HOSTILE, suggestion=sheets.HOSTILE)]
    remarks.append(sheets.on_place(2, text="x" * 50_000))
    remarks.append(sheets.on_words(3, sheets.HOSTILE, text="wide " * 10_000))
    made = built(*remarks)
    first, *others = sheets.notes(made)
    assert "=cmd|'/C calc'!A0 \U0001f600 \u202eright to left\u202c 漢字" in first.contents
    assert "\x00" not in first.contents
    assert sorted(len(note.contents) // 1000 for note in others) == [50, 50]
    listed = sheets.text_of(made)
    assert listed.count("wide") == 10_000
    assert "\U0001f600" in listed
    assert "[U+6F22]" in listed


def test_a_file_that_cannot_be_written_into_says_so_and_names_the_table():
    with pytest.raises(annotated.NoPdf, match="as a table"):
        built(sheets.on_place(1), pdf=b"%PDF-1.7 not one")
