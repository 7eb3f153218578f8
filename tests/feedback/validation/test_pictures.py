"""Pictures: read without colours, with their numbers as a table, and blind where they must be."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from experts.enums import Role
from feedback.reviews.domain import phases
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.outcome import pictured
from feedback.validation.pictures import before_after, forest, heat_map
from feedback.validation.pictures.shapes import Picture, Rect, Text
from tests import factories as make
from tests.feedback import world


def words(picture: Picture) -> list[str]:
    return [shape.words for shape in picture.shapes if isinstance(shape, Text)]


def drawn(picture: Picture) -> str:
    return render_to_string("components/picture.html", {"picture": picture})


def test_each_field_of_the_heat_map_holds_its_rating_in_figures():
    picture = heat_map.draw(
        ["Reviewer 1", "Reviewer 2", "Reviewer 3"], [heat_map.Row("C1", "Clear.", ("4", "n/a", ""))]
    )
    assert words(picture) == ["1", "2", "3", "C1", "4", "n/a"]
    assert picture.rows == (("C1 Clear.", "4", "n/a", ""),)
    assert picture.head == ("Criterion", "Reviewer 1", "Reviewer 2", "Reviewer 3")


def test_the_forest_plot_shows_the_share_and_the_published_interval():
    picture = forest.draw("f", "C1", "Clear.", [forest.Panel("Greece", 5, 6)])
    assert picture.rows == (("Greece", "5 of 6", "0.83", "0.44 to 0.97"),)
    [mark] = [shape for shape in picture.shapes if isinstance(shape, Rect)]
    assert mark.x + mark.width / 2 == pytest.approx(190 + 300 * 5 / 6, abs=0.01)


def test_a_larger_panel_has_a_larger_mark():
    picture = forest.draw("f", "C1", "Clear.", [forest.Panel("A", 3, 3), forest.Panel("B", 9, 12)])
    small, large = (shape.width for shape in picture.shapes if isinstance(shape, Rect))
    assert small < large


def test_before_and_after_are_told_by_form_and_by_words():
    picture = before_after.draw(
        [before_after.Pair("C1", "Clear.", (4, 6), (6, 6))], "version 1", "version 2"
    )
    assert "4 of 6, then 6 of 6" in words(picture)
    assert {shape.kind for shape in picture.shapes} == {"line", "text", "circle", "rect"}


def test_a_picture_has_a_title_a_description_and_a_table():
    html = drawn(forest.draw("f", "C1", "Clear.", [forest.Panel("Greece", 5, 6)]))
    assert '<title id="f-title">C1: Clear.</title>' in html
    assert 'role="img" aria-labelledby="f-title f-desc"' in html
    assert "<td>0.44 to 0.97</td>" in html


def test_numbers_of_a_picture_have_points_in_every_language():
    picture = forest.draw("f", "C1", "Clear.", [forest.Panel("Greece", 5, 7)])
    with translation.override("bg"):
        html = drawn(picture)
    assert not re.search(r'="\d+,\d+"', html)


def test_words_of_people_stay_words_in_a_picture():
    html = drawn(forest.draw("f", "C1", "<script>x</script>", [forest.Panel("&", 1, 2)]))
    assert "<script>" not in html


def talked(*firsts: str, code: str | None = "BG", **more: object) -> ReviewRound:
    found = world.review_round(code, **more)
    for first in firsts:
        world.answered(found, make.person(code="BG"), first)
    phases.go_on(round_id=found.pk, to="discussion", by=found.opened_by.user, at=make.NOW)
    return ReviewRound.objects.with_version().get(pk=found.pk)


@pytest.mark.django_db
def test_who_coordinates_sees_ratings_by_code_and_no_name(as_user):
    found = world.review_round()
    people = [make.person(name=f"Zora Petrova{n}") for n in range(3)]
    for person, first in zip(people, "421", strict=True):
        world.answered(found, person, first)
    phases.go_on(round_id=found.pk, to="discussion", by=found.opened_by.user, at=make.NOW)
    url = reverse("round_pictures", args=[found.pk])
    page = as_user(found.opened_by.user).get(url, {"item": "C2"}).content.decode()
    assert "Reviewer 3" in page
    assert "Zora" not in page
    assert '<option value="C2" selected>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("firsts", ["42", "421"])
def test_pictures_wait_for_the_discussion_and_for_three_reviews(firsts: str):
    found = world.review_round()
    for first in firsts:
        world.answered(found, make.person(), first)
    seen = ReviewRound.objects.with_version().get(pk=found.pk)
    assert pictured.build(seen, found.opened_by.user).withheld
    if len(firsts) < 3:
        phases.go_on(round_id=found.pk, to="discussion", by=found.opened_by.user, at=make.NOW)
        seen = ReviewRound.objects.with_version().get(pk=found.pk)
        assert pictured.build(seen, found.opened_by.user).withheld


@pytest.mark.django_db
def test_high_agreement_with_low_kappa_is_explained():
    page = pictured.build(found := talked("4", "4", "4", "4", "4", "2"), found.opened_by.user)
    assert page.paradox
    [fleiss] = [row for row in page.agreement if row.name == "Fleiss' kappa"]
    assert float(fleiss.value) < 0.4


@pytest.mark.django_db
def test_a_next_round_is_shown_beside_the_one_before():
    manager = make.user(Role.PROJECT_MANAGER)
    first = talked("1", "1", "2", by=manager)
    again = make.version(first.version.material)
    second = talked("4", "4", "4", by=manager, version=again)
    ReviewRound.objects.filter(pk=second.pk).update(previous=first)
    seen = ReviewRound.objects.with_version().get(pk=second.pk)
    picture = pictured.build(seen, manager).before_after
    assert picture is not None
    assert picture.rows[0][1:] == ("0 of 3", "3 of 3")


@pytest.mark.django_db
def test_as_many_queries_for_six_experts_as_for_three(as_user, django_assert_max_num_queries):
    counts = []
    for firsts in ("444", "444444"):
        found = talked(*firsts)
        client = as_user(found.opened_by.user)
        url = reverse("round_pictures", args=[found.pk])
        client.get(url)
        with django_assert_max_num_queries(14) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
