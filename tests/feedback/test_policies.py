"""A round keeps the policy it was opened with; the first one is the strict table."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from feedback.reviews import marks
from feedback.reviews.models import ReviewRound, ValidationPolicy
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db

# How many of N experts must find an item relevant, for N from 2 to 10.
TABLE = [2, 3, 4, 5, 5, 6, 7, 7, 8]


def test_version_one_is_the_strict_table_and_nobody_changes_it():
    found = world.review_round()
    policy = found.policy
    assert policy.number == 1
    assert [marks.needed(n, policy.rules["marks"]) for n in range(2, 11)] == TABLE
    assert marks.needed(1, policy.rules["marks"]) is None
    for change in ({"name": "Lenient"}, {"rules": {"marks": [[2, 50]]}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ValidationPolicy.objects.filter(pk=policy.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        policy.delete()


def test_a_round_keeps_its_policy_when_there_is_a_newer_one():
    before = world.review_round()
    newer = ValidationPolicy.objects.create(
        number=2, name="Second", rules={"marks": [[2, 80]]}, frozen_at=make.NOW
    )
    after = world.review_round(at=make.NOW + timedelta(hours=1))
    kept = ReviewRound.objects.select_related("policy").get(pk=before.pk)
    assert (kept.policy.number, after.policy) == (1, newer)
