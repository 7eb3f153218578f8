"""The bench's rows go in by COPY, past the models: a new column without a value stops it here."""

from __future__ import annotations

import pytest

from experts.models import Person
from feedback.reviews.models import Assignment, ReviewRound
from materials.models import Material
from sessions.models import CopSession
from tests.bench import data, learned

pytestmark = pytest.mark.django_db


def test_the_bench_grows_rows_of_every_kind():
    author = data.base()
    people = Person.objects.count() + 2
    reviews = Assignment.objects.filter(submitted_on__isnull=False).count() + 2
    rounds = ReviewRound.objects.count()

    data.grow(sessions=3, people=people, reviews=reviews, materials=Material.objects.count() + 1)
    learned.grow(author.person, 2)

    assert Person.objects.count() == people
    assert CopSession.objects.count() == 3
    assert ReviewRound.objects.count() == rounds + 1
