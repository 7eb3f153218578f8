"""Surveys that open by themselves after a release, by the clock; twice is once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cop_platform.common import needs, periodic
from cop_platform.common.refusals import Refused
from experts.enums import Role
from experts.models import User
from feedback.focus_groups.domain.easy import after_release, editing, form_links
from feedback.focus_groups.models import EasyForm
from tests import factories as make
from tests.feedback.groups import world

pytestmark = pytest.mark.django_db
RELEASED = datetime(2026, 10, 1, 12, tzinfo=UTC)


def rule(code: str = "BG", *, at: datetime = RELEASED, days: int = 30, template: str = "mentors"):
    return editing.make_rule(
        country=make.country(code),
        template=template,
        title="After use",
        languages=["bg", "en"],
        release_days=days,
        open_days=21,
        by=world.host(code),
        at=at,
    )


def released(code: str = "BG", at: datetime = RELEASED):
    return make.version(make.material(code), released_at=at)


def opened() -> list[EasyForm]:
    return list(EasyForm.objects.filter(version__isnull=False).order_by("pk"))


def test_a_survey_opens_so_many_days_after_the_release():
    made, version = rule(), released()

    assert after_release.open_due(at=RELEASED + timedelta(days=29)) == 0
    assert after_release.open_due(at=RELEASED + timedelta(days=30)) == 1

    (survey,) = opened()
    assert (survey.version, survey.release_days) == (version, 30)
    assert survey.opens_on == date(2026, 10, 31)
    assert survey.closes_on == date(2026, 11, 20)
    texts = [question.texts for question in survey.questions.all()]
    assert texts == [question.texts for question in made.questions.all()]
    assert form_links.find(form_links.address(survey).split("/")[3]) == survey


def test_run_twice_it_opens_once():
    rule()
    released()

    for hours in range(3):
        after_release.open_due(at=RELEASED + timedelta(days=30, hours=hours))

    assert len(opened()) == 1


def test_a_platform_that_stood_still_catches_up_for_two_weeks():
    rule()
    released()

    assert after_release.open_due(at=RELEASED + timedelta(days=45)) == 0
    assert after_release.open_due(at=RELEASED + timedelta(days=44)) == 1


def test_releases_whose_day_was_before_the_rule_are_left_alone():
    released()
    rule(at=RELEASED + timedelta(days=35))

    assert after_release.open_due(at=RELEASED + timedelta(days=36)) == 0


def test_what_is_released_elsewhere_is_asked_about_elsewhere():
    rule("BG")
    rule("IT")
    released("IT")

    after_release.open_due(at=RELEASED + timedelta(days=30))

    assert [survey.country.code for survey in opened()] == ["IT"]


def test_one_that_fails_does_not_stop_the_rest(monkeypatch):
    rule()
    broken, good = released(), released()
    real = editing.duplicate

    def sometimes(old, **more):
        if more["version"] == broken:
            raise ValueError("no")
        return real(old, **more)

    monkeypatch.setattr(editing, "duplicate", sometimes)

    assert after_release.open_due(at=RELEASED + timedelta(days=30)) == 1
    assert [survey.version for survey in opened()] == [good]


def test_the_tick_opens_surveys():
    rule()
    released()

    assert periodic.run_all(RELEASED + timedelta(days=30))["surveys after a release"] == 1


def test_the_coordinators_of_the_country_are_given_the_link_until_somebody_answers():
    rule()
    released()
    at = RELEASED + timedelta(days=30)
    after_release.open_due(at=at)
    (survey,) = opened()
    own, other = make.user(Role.COORDINATOR), make.user(Role.COORDINATOR, "IT")

    assert shared(own, at) == [f"/forms/{survey.pk}/share/"]
    assert shared(other, at) == []
    assert shared(make.user(Role.PROJECT_MANAGER), at) == []
    world.response(survey, 4)
    assert shared(own, at) == []


def shared(user: User, at: datetime) -> list[str]:
    return [need.url for need in needs.of(user, at) if need.url.startswith("/forms/")]


def test_a_delay_has_one_rule_a_country():
    rule()
    with pytest.raises(editing.RuleTaken):
        rule(template="platform")

    assert rule(days=60).release_days == 60


def test_a_stopped_rule_opens_nothing_and_its_surveys_stay():
    made = rule()
    released()
    after_release.open_due(at=RELEASED + timedelta(days=30))
    editing.delete(form_id=made.pk, by=world.host(), at=make.NOW)
    released(at=RELEASED + timedelta(days=5))

    assert after_release.open_due(at=RELEASED + timedelta(days=36)) == 0
    assert len(opened()) == 1


def test_a_survey_of_a_rule_is_closed_and_not_deleted():
    rule()
    released()
    after_release.open_due(at=RELEASED + timedelta(days=30))
    (survey,) = opened()

    with pytest.raises(editing.Reopens):
        editing.delete(form_id=survey.pk, by=world.host(), at=make.NOW)


def test_rules_are_made_by_who_runs_forms_there():
    with pytest.raises(Refused):
        editing.make_rule(
            country=make.country("IT"),
            template="mentors",
            title="After use",
            languages=["it"],
            release_days=30,
            open_days=21,
            by=world.host("BG"),
            at=make.NOW,
        )


class Ticks(TestCase):
    """Whenever the clock ticks, each version has at most one survey and never too early."""

    @given(st.lists(st.integers(0, 70), min_size=1, max_size=6), st.integers(1, 40))
    def test_whenever_it_ticks(self, ticks: list[int], days: int) -> None:
        rule(days=days)
        released()

        for day in sorted(ticks):
            after_release.open_due(at=RELEASED + timedelta(days=day))

        due = any(days <= day <= days + after_release.CATCH_UP.days for day in ticks)
        found = opened()
        assert len(found) == int(due)
        assert all(survey.opens_on >= RELEASED.date() + timedelta(days=days) for survey in found)
