"""The list of practices: found by words and filters, its index, and the table to take home."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from experts import reference
from practices.enums import Maturity
from tests import factories as make
from tests.practices import world
from tests.practices.practices.test_checks import charter, expert

pytestmark = pytest.mark.django_db


def titles(client, **wanted) -> list[str]:
    page = client.get(reverse("practice_list"), wanted)
    assert page.status_code == 200
    return [row.title for row in page.context["rows"]]


@pytest.fixture
def three():
    (job,) = charter("BG", "First job")
    world.practice(
        "BG",
        title="Two columns",
        steps="Fold a sheet of paper.",
        topic=job,
        tags=["paper", "first meeting"],
        maturity=Maturity.GOOD,
    )
    world.practice("IT", title="Caffè", need="Parents stay away.", language="it", tags=["paper"])
    world.practice("EL", title="Photo walk", lessons="Say no faces.")
    world.draft("BG", title="Half written")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"q": "sheets"}, ["Two columns"]),
        ({"q": "parents away"}, ["Caffè"]),
        ({"q": "FACES"}, ["Photo walk"]),
        ({"q": "first job"}, ["Two columns"]),
        ({"q": "nothing of that"}, []),
        ({"country": "IT"}, ["Caffè"]),
        ({"topic": "First job"}, ["Two columns"]),
        ({"tag": "paper"}, ["Caffè", "Two columns"]),
        ({"maturity": "good"}, ["Two columns"]),
        ({"language": "it"}, ["Caffè"]),
        ({}, ["Photo walk", "Caffè", "Two columns"]),
    ],
)
def test_found_by_words_and_narrowed_by_filters(three, as_user, wanted, found):
    assert titles(as_user(expert()), **wanted) == found


def test_filters_in_use_stand_as_chips(three, as_user):
    page = as_user(expert()).get(reverse("practice_list"), {"tag": "paper", "q": "sheets"})

    assert page.content.decode().count("chip-filter") == 2


def test_the_index_counts_topics_and_tags(three, as_user):
    index = as_user(expert()).get(reverse("practice_list")).context["index"]

    assert [(entry.word, entry.count) for entry in index.topics] == [("First job", 1)]
    assert [(entry.word, entry.count) for entry in index.tags] == [
        ("first meeting", 1),
        ("paper", 2),
    ]


def test_a_filter_that_does_not_exist_is_refused(as_user):
    client = as_user(expert())

    assert client.get(reverse("practice_list"), {"maturity": "best"}).status_code == 400
    assert client.get(reverse("practice_list"), {"country": "XX"}).status_code == 400


def test_the_list_asks_the_same_for_one_practice_and_for_three(
    as_user, django_assert_num_queries, django_assert_max_num_queries
):
    client, url = as_user(expert()), reverse("practice_list")
    world.adoption(world.practice(tags=["paper"]), "IT")
    reference.countries()
    client.get(url)
    with django_assert_max_num_queries(12) as one:
        client.get(url)
    for code in ("IT", "ES"):
        world.adoption(world.practice(code, tags=["paper", code]), "EL")
    reference.countries()

    with django_assert_num_queries(len(one)):
        client.get(url)


def test_a_practice_asks_the_same_for_one_adoption_and_for_three(
    as_user, django_assert_num_queries, django_assert_max_num_queries
):
    practice = world.practice()
    client, url = as_user(expert()), practice.get_absolute_url()
    practice.materials.add(make.material("BG"))
    world.adoption(practice, "IT")
    client.get(url)
    with django_assert_max_num_queries(20) as one:
        client.get(url)
    for code in ("ES", "EL"):
        world.adoption(practice, code)
        practice.materials.add(make.material("BG"))

    with django_assert_num_queries(len(one)):
        client.get(url)


def test_the_csv_names_countries_and_partners_and_no_person(as_user):
    author = world.member("BG", name="Secret Author")
    practice = world.practice("BG", author=author, title="=1+1", tags=["paper"])
    world.adoption(practice, "IT", person=world.member("IT", name="Secret Adopter"))

    answer = as_user(expert()).get(reverse("practice_csv"))
    text = b"".join(answer.streaming_content).decode()

    assert "'=1+1,BG,Partner BG" in text
    assert ",IT,paper," in text
    assert "Secret" not in text


def test_the_workbook_holds_what_the_list_shows(three, as_user):
    answer = as_user(expert()).get(reverse("practice_xlsx"), {"country": "BG"})

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active

    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Two columns"]


def test_the_material_shows_the_practices_that_go_with_it(as_user):
    material = make.material("BG")
    practice = world.practice(title="Two columns")
    practice.materials.add(material)
    world.draft(title="Half written").practice.materials.add(material)

    page = as_user(expert()).get(material.get_absolute_url()).content.decode()

    assert "Two columns" in page
    assert "Half written" not in page
