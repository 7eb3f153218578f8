"""What the database itself keeps of a verdict, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from feedback.validation.domain.policy import rules
from feedback.validation.models import Verdict
from tests import factories as make
from tests.feedback import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        {"standing": "validated"},
        {"sha256": "0" * 64},
        {"basis": {"items": []}},
        {"minority_opinion": "Nobody minded."},
    ],
)
def test_a_signed_verdict_is_not_rewritten(change: dict[str, Any]):
    verdict = world.verdict(world.version(), standing="revise")
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(**change)


def test_a_verdict_is_not_deleted():
    verdict = world.verdict(world.version())
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).delete()


@pytest.mark.parametrize("code", ["BG", None])
def test_one_verdict_is_in_force_for_a_version_and_a_country(code: str | None):
    first = world.verdict(world.version(), code)
    with pytest.raises(IntegrityError), transaction.atomic():
        world.verdict(first.version, code, round=first.round)


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"proposal": "not"}, "verdict_override_has_reason"),
        ({"proposal": "not", "override_reason": "Mended."}, "verdict_override_signed_twice"),
        ({"round": None}, "verdict_rests_on_something"),
        ({"withdrawn_at": make.NOW}, "verdict_withdrawn_with_reason"),
    ],
)
def test_a_verdict_that_lacks_what_it_needs_is_not_kept(values: dict[str, Any], broken: str):
    found = world.version()
    kept = world.verdict(found)
    Verdict.objects.filter(pk=kept.pk).update(superseded_at=make.NOW)
    same = {"round": kept.round} | values
    row = Verdict(
        version=found,
        policy=kept.policy,
        sha256=found.sha256,
        standing="validated",
        confirmed_by=kept.confirmed_by,
        confirmed_at=make.NOW,
        final_at=make.NOW,
        **({"proposal": "validated"} | same),
    )
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        row.save()


def test_rules_survive_being_stored():
    changed = rules.Rules(kappa=75, scale_ua=80, practitioners=2, marks=((3, 100), (9, 78)))
    assert rules.read(changed.stored()) == changed


def test_a_policy_that_says_marks_only_has_the_other_rules_of_the_strict_one():
    assert rules.read({"marks": [[2, 80], [3, 100], [6, 83], [9, 78]]}) == rules.STRICT
