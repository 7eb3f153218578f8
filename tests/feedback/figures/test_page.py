"""The page of figures: a table dropped or pasted, read back in sentences, and nothing kept."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from experts.enums import Role
from feedback.validation.domain.outcome import figures_page
from feedback.validation.domain.outcome.rating_files import RatingFile
from feedback.validation.figures import Scale, whole
from tests import factories as make
from tests.feedback import world
from tests.feedback.figures.test_command import csv_of, run
from tests.feedback.test_figures import FIXTURE_A

pytestmark = pytest.mark.django_db
TYPED = {"text": csv_of(FIXTURE_A), "scale": "1-4", "level": "ordinal"}


@pytest.fixture
def post(as_user):
    """Sends the form as an expert does."""
    client = as_user(make.user(Role.EXPERT, "BG"))
    return lambda **changed: client.post(reverse("validation_figures"), TYPED | changed)


def shown(response) -> str:
    return response.content.decode()


def errors(response) -> dict:
    return dict(response.context["form"].errors.items())


def test_a_pasted_table_is_read_in_figures_and_sentences(post):
    page = post().context["page"]
    assert page.standing == "6 experts: 12 of 12 items pass."
    assert page.items[5].sentence == "5 of 6 relevant; 5 needed"
    assert (page.items[5].i_cvi, page.items[5].wilson) == ("0.83", "0.44 to 0.97")
    scale, yes_no, raw, _correlation = page.blocks
    assert [(row.name, row.value, row.n) for row in scale.rows] == [
        ("S-CVI/Ave", "0.972", 12),
        ("S-CVI/UA", "0.833", 12),
        ("Mean modified kappa", "0.969", 12),
    ]
    assert {row.name: row.value for row in yes_no.rows}["Gwet's AC1"] == "0.941"
    assert {row.name: row.value for row in raw.rows}["Krippendorff's alpha, order"] == "0.244"


def test_high_agreement_beside_low_kappa_is_explained_where_it_occurs(post):
    _scale, yes_no, *_rest = post().context["page"].blocks
    assert "agree in 94 of 100 cases" in yes_no.note
    assert "only -0.03" in yes_no.note
    assert "it is 0.94" in yes_no.note
    mixed = post(text="4,4,4\n1,1,1\n4,4,1\n1,1,1\n").context["page"]
    assert [block.note for block in mixed.blocks] == [""] * 4


def test_what_is_not_computable_says_why_and_shows_no_number(post):
    response = post(text="4\n3\n")
    rows = [row for block in response.context["page"].blocks for row in block.rows]
    assert {row.value for row in rows} == {"\N{EN DASH}"}
    assert all(row.sentence.startswith("not computable: ") for row in rows)
    assert "nan" not in shown(response).casefold().split()


def test_a_dropped_file_comes_before_the_text_and_stays_to_be_mended(post):
    file = SimpleUploadedFile("ratings.csv", b"item;A;B\nKlar;4;9\n")
    response = post(file=file)
    assert errors(response) == {"file": ["Row 2, column 3: 9 is not on the scale from 1 to 4."]}
    assert response.context["form"]["text"].value() == "item;A;B\nKlar;4;9\n"
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"text": ""}, "text", "Choose a file or paste a table."),
        ({"text": "4,3\n4,good"}, "text", "Row 2, column 2: “good” is no number."),
        ({"scale": "four"}, "scale", "Write the scale as two whole numbers, like 1-4."),
        ({"scale": ""}, "scale", "This field is required."),
        ({"level": "x"}, "level", "Select a valid choice. x is not one of the available choices."),
        (
            {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04\x00")},
            "file",
            "This is no CSV file. Save the table as CSV and try again.",
        ),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(post, changed, field, sentence):
    response = post(**changed)
    assert response.status_code == 200
    assert errors(response) == {field: [sentence]}
    if "text" not in changed:
        assert response.context["form"]["text"].value() == TYPED["text"]


def test_a_table_may_begin_with_an_empty_cell(post):
    page = post(text="\t4\t3\n3\t4\t4\n").context["page"]
    assert [item.n for item in page.items] == [2, 3]


def test_the_download_is_what_the_command_prints(post, tmp_path):
    response = post(**{"as": "json"})
    path = tmp_path / "same.csv"
    path.write_text(TYPED["text"])
    assert response["Content-Disposition"] == 'attachment; filename="figures.json"'
    assert json.loads(response.content) == run(path)[0]


def test_nothing_is_stored(post):
    post()
    with CaptureQueriesContext(connection) as queries:
        post()
    assert [q for q in queries if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []


def test_names_of_items_are_text(post):
    response = post(text="<script>alert(1)</script>,4,3\nb,3,3\n")
    assert "<script>alert(1)" not in shown(response)


def test_a_page_shows_the_first_items_and_says_how_many_more_there_are():
    table = ((4.0, 3.0),) * (figures_page.SHOWN + 2)
    file = RatingFile(tuple(range(1, len(table) + 1)), table)
    page = figures_page.build(file, whole.of(table))
    assert (len(page.items), page.hidden) == (figures_page.SHOWN, 2)


def test_the_scale_of_nine_says_what_is_appropriate(post):
    response = post(text="8,9,7,8,8,9,7,8,2\n2,2,1,3,2,1,2,2,2\n", scale="1-9")
    items = response.context["page"].items
    assert [item.classic for item in items] == ["appropriate", "inappropriate"]
    assert "by percentiles: appropriate" in shown(response)


def test_relevant_is_said_for_every_scale():
    page = figures_page.build(
        RatingFile(("a",), ((5.0, 4.0),)), whole.of(((5.0, 4.0),), Scale(1, 5))
    )
    assert "a rating from 4 on" in page.relevant


def test_coordinators_find_it_from_the_reviews_and_from_an_outcome(as_user):
    found = world.review_round()
    for _n in range(3):
        world.answered(found, make.person(), "4")
    client = as_user(found.opened_by.user)
    link = f'href="{reverse("validation_figures")}"'
    for url in (reverse("review_list"), reverse("round_outcome", args=[found.pk])):
        assert link in shown(client.get(url))
