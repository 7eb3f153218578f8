"""Forms out and in: every script comes back whole, and a wrong file changes nothing."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cop_platform.common.text import tidy
from experts.enums import Role
from experts.models import Person
from feedback.reviews.domain import answers, identity, rubric_editing
from feedback.reviews.domain.answers import Answer
from feedback.reviews.domain.form_files import cell_text, document, intake, shapes, workbook
from feedback.reviews.models import Assignment, Draft, Rating
from tests import factories as make
from tests.feedback import world

KINDS = {"docx": document, "xlsx": workbook}
KIND = pytest.mark.parametrize("kind", sorted(KINDS))
# One of each script our people write in, and what breaks programs.
SCRIPTS = [
    "Η πρόταση είναι πολύ μεγάλη.",
    "Изречението е твърде дълго.",
    "هذه الجملة طويلة جدًا، وفيها رقم ٣ وكلمة PDF.",
    "این جمله خیلی بلند است",
    "እዚ ምሉእ ሓሳብ ነዊሕ እዩ",
    "👩‍🏫 very good 🇧🇬 — “fine”",
    "=1+1",
    "+44 @SUM(A1) -2",
    "two\nlines\n\nand\ta tab",
    "_x0041_ stays",
    "x005F_ and _x005F_ stay, also _x0041_x0042_ and _x005F_x005F_",
    "<r>no markup</r>",
    "<r><t>half",
    "<b>&amp;</b>",
    "e\u0301 and \u200f marks \u2066inside\u2069",
    "[[c1.comment]]",
]


def form_with(text: str, *, rtl: bool = False) -> shapes.Form:
    """A form of two criteria, the second with this text in each field of words."""
    said = Answer(score="2", comment=text, suggestion=text, reason=text, confidence="1")
    rows = tuple(
        shapes.Row(f"c{n}", f"C{n}", "It is fine.", False, "1 = no", ("1", "2", "na"), answer)
        for n, answer in ((7, Answer(score="4")), (8, said))
    )
    with translation.override("ar" if rtl else "en"):
        labels = shapes.labels()
    return shapes.Form(f"{shapes.FORMAT}:{'0' * 32}", "T", ("Note.",), labels, rows, rtl)


def round_trip(kind: str, form: shapes.Form) -> dict[str, str]:
    stamp, found = KINDS[kind].read(KINDS[kind].write(form))
    assert stamp == form.stamp
    assert found["c7"]["score"] == "4"
    return found["c8"]


def storable(text: str) -> str:
    """A text as a form of the platform stores it."""
    return shapes.printable(tidy(text, multiline=True))


@KIND
@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("text", SCRIPTS)
def test_lesson_39_every_script_comes_back_whatever_the_language_of_the_form(kind, rtl, text):
    found = round_trip(kind, form_with(storable(text), rtl=rtl))
    assert {found[name] for name in ("comment", "suggestion", "reason")} == {storable(text)}
    assert (found["score"], found["confidence"]) == ("2", "1")


@KIND
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
@example(text="\u202eabc\u202c \u05d0\u0628")
@example(text="a\n b")
@example(text="x005F_")
@example(text="_" * 60)
def test_whatever_is_typed_comes_back_equal(kind, text):
    said = storable(text)
    found = round_trip(kind, form_with(said))
    assert found["comment"] == said


ESCAPES = st.sampled_from(["_", "x", "_x005F_", "x005F_", "_x0041_", "_xD800_", "<r>", "</r>", "&"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(ESCAPES, max_size=12))
def test_what_looks_like_an_escape_of_the_format_comes_back_equal(parts):
    said = storable("".join(parts))
    assert round_trip("xlsx", form_with(said))["comment"] == said


def test_escapes_another_program_wrote_are_read_as_it_means_them():
    assert cell_text.unescaped("_x005F_x0041_x005F_x0042_") == "_x0041_x0042_"
    assert cell_text.unescaped("a_x000A_b_x0000__xD800_") == "a\nb"


@KIND
def test_fifty_thousand_characters_come_back(kind):
    text = ("Ж🎉 long " * 7_000)[:50_000].strip()
    assert round_trip(kind, form_with(text))["comment"] == text


@KIND
def test_equal_forms_are_equal_bytes_and_no_property_names_anybody(kind):
    content = KINDS[kind].write(form_with("x"))
    assert KINDS[kind].write(form_with("x")) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "2000-01-01" in core
    assert "python-docx" not in core


def test_the_form_is_set_from_the_right_in_a_language_written_so():
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.write(form_with("x", rtl=True)))).active
    assert sheet.sheet_view.rightToLeft
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    body = docx.Document(io.BytesIO(document.write(form_with("x", rtl=True)))).element.xml
    assert "<w:bidiVisual/>" in body
    assert "<w:bidi/>" in body
    # Words in another direction than the form's keep their own.
    mixed = docx.Document(io.BytesIO(document.write(form_with("كلمة")))).element.xml
    assert mixed.count("<w:bidi/>") == 3


def test_what_could_be_a_formula_is_written_as_text():
    cells = openpyxl.load_workbook(io.BytesIO(workbook.write(form_with("=1+1")))).active
    kinds = {cell.data_type for row in cells.iter_rows() for cell in row if cell.value}
    assert kinds == {"s"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3", "3"),
        ("3.0", "3"),
        ("٣", "3"),
        ("3 = mostly", "3"),
        (" NA ", "na"),
        ("n/a", "na"),
        ("perhaps", "perhaps"),
        ("", ""),
    ],
)
def test_an_answer_is_understood_as_people_type_it(typed, read):
    assert intake._score(typed) == read


# --- In the platform -----------------------------------------------------------------------------


@pytest.fixture
def expert(db):
    return make.person()


@pytest.fixture
def assignment(expert):
    return world.assigned(world.review_round(), expert)


def form_of(assignment: Assignment, person: Person, kind: str, language: str = "en") -> bytes:
    own = identity.desk_of(person.user).get(pk=assignment.pk)
    return KINDS[kind].write(shapes.of(own, language))


def uploaded(content: bytes, kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"form.{kind}", content)


def filled(content: bytes, assignment: Assignment, **fields: str) -> bytes:
    """The workbook with fields of the first criterion filled in."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    key = f"c{assignment.round.rubric.criteria.first().pk}"
    row = next(row for row in sheet.iter_rows() if row[0].value == key)
    for name, value in fields.items():
        sheet.cell(row[0].row, columns[name]).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@KIND
@pytest.mark.parametrize("language", ["en", "el", "ar"])
def test_lesson_3_a_form_goes_out_with_the_draft_and_comes_back_into_it(
    as_user, assignment, expert, kind, language
):
    first = str(assignment.round.rubric.criteria.first().pk)
    typed = world.whole(assignment, "1", comment=SCRIPTS[2], suggestion=SCRIPTS[5])
    typed[first]["confidence"] = "3"
    world.save(assignment, expert, typed)
    client = as_user(expert.user)
    name = f"review_form_{kind}"
    content = form_of(assignment, expert, kind, language)
    assert client.get(reverse(name, args=[assignment.pk])).status_code == 200
    Draft.objects.all().delete()
    upload = {"file": uploaded(content, kind)}
    page = client.post(reverse("review_form", args=[assignment.pk]), upload)
    assert not Draft.objects.exists()
    assert SCRIPTS[2] in page.content.decode()
    sealed = {"sealed": page.context["sealed"]}
    answer = client.post(reverse("review_form_save", args=[assignment.pk]), sealed)
    assert answer["Location"] == assignment.get_absolute_url()
    stored = Draft.objects.get(assignment=assignment).answers
    criteria = list(assignment.round.rubric.criteria.all())
    assert answers.faults(stored, criteria) == []
    assert stored[first] == {
        "score": "1",
        "comment": SCRIPTS[2],
        "suggestion": SCRIPTS[5],
        "confidence": "3",
    }
    assert not Rating.objects.exists()


def test_what_cannot_be_taken_is_said_beside_the_field_and_the_rest_is_saved(
    as_user, assignment, expert
):
    content = form_of(assignment, expert, "xlsx")
    content = filled(content, assignment, score=7, comment="Kept.", confidence="often")
    client = as_user(expert.user)
    page = client.post(
        reverse("review_form", args=[assignment.pk]), {"file": uploaded(content, "xlsx")}
    )
    text = page.content.decode()
    assert "“7” is none of the answers that are offered." in text
    assert "“often” is none of the answers that are offered." in text
    sealed = {"sealed": page.context["sealed"]}
    client.post(reverse("review_form_save", args=[assignment.pk]), sealed)
    first = str(assignment.round.rubric.criteria.first().pk)
    assert Draft.objects.get().answers == {first: {"comment": "Kept."}}


def test_an_empty_cell_takes_nothing_away_and_a_newer_draft_is_not_overwritten(
    as_user, assignment, expert
):
    first = str(assignment.round.rubric.criteria.first().pk)
    content = filled(form_of(assignment, expert, "xlsx"), assignment, score=3)
    world.save(assignment, expert, {first: {"comment": "Typed at the desk."}})
    client = as_user(expert.user)
    page = client.post(
        reverse("review_form", args=[assignment.pk]), {"file": uploaded(content, "xlsx")}
    )
    sealed = {"sealed": page.context["sealed"]}
    client.post(reverse("review_form_save", args=[assignment.pk]), sealed)
    wanted = {first: {"comment": "Typed at the desk.", "score": "3"}}
    assert Draft.objects.get().answers == wanted
    # Between looking and saving, another window saved.
    client.post(reverse("review_form_save", args=[assignment.pk]), sealed)
    assert Draft.objects.get().revision == 2


def test_the_form_speaks_the_language_that_its_reader_is_written_to_in(as_user, assignment, expert):
    expert.language = "ar"
    expert.save(update_fields=["language"])
    answer = as_user(expert.user).get(reverse("review_form_xlsx", args=[assignment.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.sheet_view.rightToLeft
    assert "تعليق" in [cell.value for row in sheet.iter_rows() for cell in row]


@KIND
def test_a_form_of_another_round_is_refused_with_its_name(as_user, assignment, expert, kind):
    other = world.assigned(world.review_round(), expert)
    content = form_of(other, expert, kind)
    page = as_user(expert.user).post(
        reverse("review_form", args=[assignment.pk]), {"file": uploaded(content, kind)}
    )
    assert other.round.version.material.title in page.content.decode()
    assert "sealed" not in page.context
    assert not Draft.objects.exists()


def test_lesson_30_a_form_of_an_older_rubric_is_refused(as_user, assignment, expert):
    content = form_of(assignment, expert, "xlsx")
    manager = make.user(Role.PROJECT_MANAGER)
    newer = rubric_editing.revise(rubric_id=assignment.round.rubric_id, by=manager, at=make.NOW)
    type(assignment.round).objects.filter(pk=assignment.round_id).update(rubric=newer)
    page = as_user(expert.user).post(
        reverse("review_form", args=[assignment.pk]), {"file": uploaded(content, "xlsx")}
    )
    assert "older rubric" in page.content.decode()
    assert not Draft.objects.exists()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<a>" + "0" * 60_000_000 + "</a>")
    return target.getvalue()


def other_workbook() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "Shopping"
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("form.xlsx", b"no zip at all"),
        ("form.docx", b""),
        ("form.pdf", b"%PDF-1.7"),
        ("form.xlsx", bomb()),
        ("form.xlsx", other_workbook()),
        ("form.docx", workbook.write(form_with("x"))),
        ("form.docx", document.write(form_with("x"))),
        ("form.docx", b"x" * (intake.MAX_BYTES + 5)),
        ("form", b"x"),
    ],
)
def test_a_broken_or_foreign_file_gets_a_sentence_and_changes_nothing(
    as_user, assignment, expert, name, content
):
    page = as_user(expert.user).post(
        reverse("review_form", args=[assignment.pk]), {"file": SimpleUploadedFile(name, content)}
    )
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert "sealed" not in page.context
    assert not Draft.objects.exists()


def test_words_typed_with_changes_tracked_are_read(assignment, expert):
    made = docx.Document(io.BytesIO(form_of(assignment, expert, "docx")))
    cell = made.tables[0].rows[1].cells[1]
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>New words</w:t></w:r></w:ins>'
        )
    )
    target = io.BytesIO()
    made.save(target)
    _stamp, found = document.read(target.getvalue())
    assert found[f"c{assignment.round.rubric.criteria.first().pk}"]["comment"] == "New words"


def test_a_form_is_the_writers_own_and_what_was_read_is_sealed_for_them(
    as_user, assignment, expert
):
    other = make.person()
    names = ("review_form", "review_form_docx", "review_form_xlsx")
    for user in (other.user, assignment.round.opened_by.user):
        client = as_user(user)
        for name in names:
            assert client.get(reverse(name, args=[assignment.pk])).status_code == 404
    client = as_user(expert.user)
    for sealed in ("", "forged", "a:b:c"):
        answer = client.post(reverse("review_form_save", args=[assignment.pk]), {"sealed": sealed})
        assert answer["Location"] == reverse("review_form", args=[assignment.pk])
    assert not Draft.objects.exists()


def test_the_stamp_tells_nobody_which_review_it_is(assignment, expert):
    for kind in KINDS:
        with zipfile.ZipFile(io.BytesIO(form_of(assignment, expert, kind))) as archive:
            everything = "".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
        for token in (str(assignment.pk), str(assignment.reviewer_code), expert.name, expert.email):
            assert token not in everything
