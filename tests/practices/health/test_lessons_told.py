"""Procedures that changed after a look back are told to partners."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from experts.enums import Role
from practices.domain.health import learned
from practices.domain.health.learned import Kind
from tests import factories as make
from tests.sessions.actions import world

pytestmark = pytest.mark.django_db


def test_a_changed_procedure_stands_in_we_learned_we_changed(as_user):
    changed = {"procedure": "Papers come first.", "changed_on": date(2026, 11, 20)}
    lesson = world.lesson("BG", **changed)
    world.lesson("BG", change="Nothing yet.")
    world.lesson("IT", **changed)
    partner = make.user(Role.PARTNER)

    [line] = learned.of(make.country("BG").pk)
    page = as_user(partner).get(reverse("health_learned", args=["BG"])).content.decode()

    assert (line.kind, line.title, line.key) == (Kind.LESSON, "Papers come first.", lesson.pk)
    assert lesson.get_absolute_url() in page
    assert "Lesson of a look back" in page
    assert "Nothing yet." not in page


def test_what_two_countries_looked_back_on_together_is_told_in_both():
    world.lesson("BG", "IT", procedure="Papers first.", changed_on=date(2026, 11, 20))

    told = [len(learned.of(make.country(code).pk)) for code in ("BG", "IT", "ES")]

    assert told == [1, 1, 0]
