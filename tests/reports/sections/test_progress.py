"""What a second round says of a changed material, beside the first one."""

from __future__ import annotations

import pytest

from cop_platform.common.reporting.document import Sign
from cop_platform.common.reporting.sections import Profile
from experts import reference
from feedback.reviews.models import ReviewRound
from feedback.validation.domain.report.progress import SECTION
from tests import factories as make
from tests.feedback import world
from tests.reports.sections import checks

pytestmark = pytest.mark.django_db


def read(**more):
    return SECTION.collect(checks.scope(**more))


def rated(version, *scores, number=3, previous=None):
    """A closed round in which so many experts answered alike."""
    found = world.review_round(version=version)
    for _n in range(number):
        world.answered(found, make.person(), *scores)
    ReviewRound.objects.filter(pk=found.pk).update(closed_at=make.NOW, previous=previous)
    return found


def twice(**more):
    """A material whose first criterion got better, whose second got worse."""
    first = world.version()
    before = rated(first, "2", "4")
    return rated(make.version(first.material), "4", "1", previous=before, **more)


@pytest.mark.parametrize("profile", Profile)
def test_both_rounds_stand_beside_each_other(profile):
    twice()

    facts = read(profile=profile)

    (pair,) = facts.pairs
    assert (pair.version_before, pair.version_after, len(pair.items)) == (1, 2, 10)
    assert [(i.before, i.after, i.n_after) for i in pair.items[:3]] == [
        (0.0, 1.0, 3),
        (1.0, 0.0, 3),
        (1.0, 1.0, 3),
    ]
    assert checks.check_figures(SECTION, facts, profile) == 20
    checks.check_round_trip(SECTION, facts)


def test_each_difference_has_a_sign_and_a_word():
    twice()
    facts = read()

    rows = checks.table(checks.parts(SECTION, facts), "progress-0").rows

    assert [(row[4].text, row[4].sign) for row in rows[:3]] == [
        ("Higher", Sign.GOOD),
        ("Lower", Sign.BAD),
        ("The same", Sign.NONE),
    ]
    assert list(SECTION.headline(facts, checks.head())) == [
        "Rated again, 1 of 10 criteria are higher and 1 lower."
    ]


def test_a_panel_of_two_is_set_beside_nothing():
    twice(number=2)

    facts = read()

    assert facts.pairs == ()
    assert checks.parts(SECTION, facts) == []
    assert list(SECTION.gaps(facts, checks.head())) == [
        "No material was rated again after it was changed, so nothing shows what it brought."
    ]


def test_three_pairs_take_as_many_questions_as_one(django_assert_num_queries):
    twice()
    reference.countries()
    scope = checks.scope()
    with django_assert_num_queries(6) as first:
        SECTION.collect(scope)
    twice()
    twice()

    with django_assert_num_queries(len(first)):
        assert len(SECTION.collect(scope).pairs) == 3
