"""The demo's stories and change watch: there once, linked, with something left to look at."""

from __future__ import annotations

from datetime import date

import pytest

import experts.demo
import materials.demo
from practices.demo import stories, watch
from practices.enums import Occasion, Touched
from practices.models import Story, StoryCitation, WatchItem, WatchTarget

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 20)


def test_a_second_run_changes_nothing():
    experts.demo.seed(ANCHOR)
    materials.demo.seed(ANCHOR)

    def rows() -> list[int]:
        models = (Story, StoryCitation, WatchItem, WatchTarget)
        return [model.objects.count() for model in models]

    for part in (stories, watch):
        part.seed(ANCHOR)
    first = rows()
    for part in (stories, watch):
        part.seed(ANCHOR)

    assert rows() == first
    assert first[0] == len(stories.STORIES)
    assert Story.objects.filter(occasion=Occasion.LEAVING).exists()
    assert Story.objects.filter(material__isnull=False, citations__isnull=False).exists()
    assert WatchTarget.objects.filter(touched=Touched.OPEN).exists()
