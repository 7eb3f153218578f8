"""A comment stands on a page that the document has."""

from __future__ import annotations

import pytest
from django.urls import reverse

from materials.models import Material, Rendition
from practices.models import Comment
from tests import factories as make
from tests.practices import world
from tests.practices.talk.saying import account, thread, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return account(world.member("BG"))


def shelved(code: str, pages: int | None) -> Material:
    """A material whose released edition has so many pages."""
    made = make.material("IT", code=code)
    return make.version(made, released_at=make.NOW, pages=pages).material


@pytest.fixture
def material():
    return shelved("M02", 6)


def test_row_4_a_comment_on_m02_page_4_reaches_its_editor(as_user, writer, material):
    as_user(writer).post(thread("material", material.pk), typed("It differs here.", place=4))
    comment = Comment.objects.get()
    assert comment.place == 4
    assert material.owner.contacts.get(kind="comment_news").object_id == comment.pk


@pytest.mark.parametrize("place", [7, 500])
def test_a_page_that_is_not_there_is_refused_beside_the_field(as_user, writer, material, place):
    page = as_user(writer).post(
        thread("material", material.pk), typed("It differs here.", place=place)
    )
    assert page.context["form"].errors["place"] == ["The document has 6 pages."]
    assert page.context["form"]["text"].value() == "It differs here."
    assert Comment.objects.count() == 0


def test_the_longest_edition_counts_and_drawn_pages_do_too(as_user, writer, material):
    longer = make.version(material, released_at=make.NOW, pages=None)
    Rendition.objects.update_or_create(
        version=longer, defaults={"pages": 9, "requested_at": make.NOW}
    )
    as_user(writer).post(thread("material", material.pk), typed("At the end.", place=9))
    assert Comment.objects.get().place == 9


def test_an_edition_that_is_not_released_does_not_count(as_user, writer, material):
    make.version(material, pages=40)
    page = as_user(writer).post(thread("material", material.pk), typed("Late.", place=30))
    assert page.context["form"].errors["place"] == ["The document has 6 pages."]


def test_where_nobody_counted_any_page_may_be_meant(as_user, writer):
    film = shelved("M03", None)
    as_user(writer).post(thread("material", film.pk), typed("There.", place=3))
    assert Comment.objects.get().place == 3


def test_a_page_is_asked_again_only_when_it_is_changed(as_user, writer, material):
    client = as_user(writer)
    comment = world.comment("material", material.pk, by=writer.person, place=9)
    url = reverse("comment_edit", args=[comment.pk])
    assert client.post(url, typed("It differs a lot.", place=9, revision=1)).status_code == 302
    page = client.post(url, typed("It differs.", place=8, revision=2))
    assert page.context["form"].errors["place"] == ["The document has 6 pages."]
