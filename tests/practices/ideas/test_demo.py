"""The demo's ideas answer the brief: a child of two countries, days shown, none unanswered late."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

import experts.demo
from experts.models import Message, User
from practices.demo import ideas as demo
from practices.demo.ideas_told import IDEAS, SPOKEN
from practices.domain.ideas import funnel, lineage
from practices.enums import IdeaState, Outcome
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


def test_row_16_the_child_of_a_bulgarian_and_a_swedish_idea_shows_where_it_comes_from(as_user):
    child = Idea.objects.get(title=SPOKEN)

    assert lineage.of(child).countries == ["BG", "SE"]
    user = User.objects.get(email="expert.bg-01@demo.example")
    page = as_user(user).get(child.get_absolute_url()).content.decode()
    assert 'id="family"' in page


def test_row_35_ideas_are_in_every_state_days_are_shown_and_none_waits_longer_than_it_may(as_user):
    found = funnel.collect(Idea.objects.standing(), today=ANCHOR, countries=())

    assert found.ideas >= 14
    assert all(stage.now for stage in found.stages)
    assert (found.answers.late, found.answers.in_time) == (0, found.answers.due)
    assert {s.state for s in found.stages if s.days is not None} >= {
        IdeaState.NEW,
        IdeaState.EXPLORED,
        IdeaState.TRIED,
    }
    user = User.objects.get(email="manager@demo.example")
    page = as_user(user).get(reverse("idea_funnel"))
    assert page.context["funnel"].ideas == found.ideas


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
