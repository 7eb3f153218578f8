"""The demo's ideas: of every country, tested with every end, and nothing twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

import experts.demo
from experts.models import Message
from practices.demo import ideas as demo
from practices.demo.ideas_told import IDEAS
from practices.enums import Outcome
from practices.models import Experiment, Idea

ANCHOR = date(2026, 11, 24)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demo for all tests of this file; what each of them writes is undone by itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        experts.demo.seed(ANCHOR)
        demo.seed(ANCHOR)
        yield
        transaction.set_rollback(True)


def test_ideas_come_from_every_country_and_tests_end_in_every_way():
    countries = set(Idea.objects.values_list("country__code", flat=True))

    assert countries == {"BG", "DE", "EL", "ES", "IT", "SE"}
    assert set(Experiment.objects.values_list("outcome", flat=True)) == set(Outcome)
    assert Idea.objects.exclude(became_practice=None).count() == 1
    assert Idea.objects.exclude(merged_into=None).count() == 1


def test_a_second_run_changes_nothing_and_nobody_gets_a_mail():
    demo.seed(ANCHOR)

    assert Idea.objects.count() == len(IDEAS)
    assert Message.objects.planned().filter(kind="idea_answered").count() == 0
