"""A round is judged by the policy it was opened with, whatever is frozen after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from experts.enums import Role
from feedback.reviews.domain import policies
from feedback.reviews.domain.panel import lights
from feedback.reviews.models import Rating, ReviewRound, ValidationPolicy
from feedback.validation.domain.outcome.tables import rating_tables
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

LOOSE = {"marks": [[2, 50]]}


def frozen(number: int, rules: dict[str, Any], at: Any = make.NOW) -> ValidationPolicy:
    return ValidationPolicy.objects.create(
        number=number, name=f"Policy {number}", rules=rules, frozen_at=at
    )


def answered(*firsts: str, by: Any) -> ReviewRound:
    found = world.review_round(by=by)
    for first in firsts:
        world.answered(found, make.person(code="BG"), first)
    return found


def test_a_round_opened_before_keeps_its_policy_and_its_outcome():
    manager = make.user(Role.PROJECT_MANAGER)
    before = answered("4", "4", "1", by=manager)
    newer = frozen(2, LOOSE)
    after = answered("4", "4", "1", by=manager)
    before.refresh_from_db()
    assert (before.policy.number, after.policy) == (1, newer)
    found = {table.round_id: table.criteria[0] for table in rating_tables(make.country("BG").pk)}
    assert (found[before.pk].needed, found[before.pk].passes) == (3, False)
    assert (found[after.pk].needed, found[after.pk].passes) == (2, True)


def test_the_light_of_a_panel_follows_the_rounds_policy():
    manager = make.user(Role.PROJECT_MANAGER)
    before = world.review_round(by=manager)
    frozen(2, LOOSE)
    after = world.review_round(by=manager)
    said = {
        found.policy.number: lights.of(found, manager, world.DUE).dissent[0]
        for found in ReviewRound.objects.filter(pk__in=[before.pk, after.pk]).with_version()
    }
    assert said == {
        1: "with 3 experts one dissent fails an item; with 6 it does not.",
        2: "with 3 experts an item passes although one of them dissents.",
    }


def test_an_answer_that_does_not_apply_counts_against_where_the_policy_says_so():
    frozen(1, {"not_applicable": "against"})
    found = answered("4", "4", "3", by=make.user(Role.PROJECT_MANAGER))
    rating = Rating.objects.filter(assignment__round=found, criterion__code="C1").first()
    rating.score, rating.not_applicable, rating.na_reason = None, True, "No such law here."
    rating.save()
    row = rating_tables(make.country("BG").pk)[0].criteria[0]
    assert (row.n, row.relevant, row.needed, row.passes) == (3, 2, 3, False)
    assert (row.not_applicable, len(row.scores)) == (1, 2)


def test_a_policy_holds_from_its_own_day_on():
    first = policies.current(make.NOW - timedelta(days=9))
    second = frozen(2, LOOSE, make.NOW - timedelta(days=2))
    assert policies.current(make.NOW - timedelta(days=3)) == first
    assert policies.current(make.NOW) == second
    assert policies.current(make.NOW - timedelta(days=30)) == first
