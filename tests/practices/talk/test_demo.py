"""The demo's discussions."""

from __future__ import annotations

from datetime import date

import pytest

import experts.demo
from experts.models import Country, Message, User
from materials.models import Material
from practices.demo import talk
from practices.domain.talk import listing, moderating
from practices.models import Comment
from tests import factories as make

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 24)


def test_the_demo_talks_in_many_languages_and_telling_it_twice_changes_nothing():
    experts.demo.seed(ANCHOR)
    owner = User.objects.get(email="coordinator.bg@demo.example").person
    for code in ("M01", "M02", "M04", "M06"):
        make.version(make.material(owner=owner, code=code), released_at=make.NOW, pages=2)
    for _ in range(2):
        talk.seed(ANCHOR)
    manager = make.user("project_manager")
    said = Comment.objects.all()
    bulgaria, italy = (Country.objects.get(code=code) for code in ("BG", "IT"))

    assert said.count() == 18
    assert {"bg", "de", "el", "en", "es", "it", "sv"} == set(
        said.values_list("language", flat=True)
    )
    assert said.exclude(translation="").count() == 2
    assert said.filter(mentioned__isnull=False).count() == 1
    queue = moderating.queue(manager)
    assert [len(queue.reported), len(queue.taken_down)] == [1, 1]
    pair = listing.find(manager, listing.Wanted(country=bulgaria, other=italy))
    assert pair.count() >= 2
    workbook = Material.objects.get(code="M02")
    on_page_2 = said.filter(object_id=workbook.pk, kind="material", place=2)
    told = Message.objects.filter(kind="comment_news", person=owner, object_id__in=on_page_2)
    assert told.count() == 1
