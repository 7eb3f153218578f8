"""The planned numbers: typed by the manager, beside each other, and kept."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.urls import reverse

from cop_platform.common.reporting import sections
from cop_platform.common.reporting.sections import Part, Section
from experts import reference
from experts.enums import Role
from feedback.reports.domain import planning
from feedback.reports.models import IndicatorTarget
from tests import factories as make

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Nothing:
    """Facts of a section that only these tests have."""


@pytest.fixture
def _two_indicators(monkeypatch):
    monkeypatch.setattr(sections, "_registered", {})
    keys = (("sessions", "Sessions held"), ("experts", "Experts who rated"))
    sections.register(
        Section(
            key="counted",
            order=10,
            part=Part.CHAPTER,
            title=lambda: "Counted",
            facts=Nothing,
            collect=lambda scope: Nothing(),
            indicator_keys=lambda: keys,
        )
    )
    make.country("BG")
    make.country("IT")
    reference.forget()


@pytest.mark.usefixtures("_two_indicators")
def test_numbers_are_set_changed_and_taken_away(as_user):
    client, url = as_user(make.user(Role.PROJECT_MANAGER)), reverse("report_plan")

    client.post(url, {"sessions.": "40", "sessions.BG": "20", "experts.IT": "9"})
    first = planning.planned()
    client.post(url, {"sessions.": "41", "sessions.BG": "", "experts.IT": "9"})

    assert first == {("sessions", ""): 40, ("sessions", "BG"): 20, ("experts", "IT"): 9}
    assert planning.planned() == {("sessions", ""): 41, ("experts", "IT"): 9}


@pytest.mark.usefixtures("_two_indicators")
@pytest.mark.parametrize("typed", ["-1", "many", "1.5", "9" * 30, "\x00", "1000001"])
def test_a_bad_number_is_said_beside_its_field_and_the_rest_is_kept(as_user, typed):
    client = as_user(make.user(Role.PROJECT_MANAGER))

    answer = client.post(reverse("report_plan"), {"sessions.": "40", "sessions.BG": typed})

    assert list(answer.context["form"].errors) == ["sessions.BG"]
    assert 'value="40"' in answer.content.decode()
    assert IndicatorTarget.objects.count() == 0


@pytest.mark.usefixtures("_two_indicators")
def test_a_number_of_an_indicator_that_is_gone_stays(as_user):
    IndicatorTarget.objects.create(key="gone", planned=3)
    client = as_user(make.user(Role.PROJECT_MANAGER))

    client.post(reverse("report_plan"), {"sessions.": "1"})

    assert planning.planned() == {("gone", ""): 3, ("sessions", ""): 1}


@pytest.mark.usefixtures("_two_indicators")
@pytest.mark.parametrize("role", [Role.PARTNER, Role.COORDINATOR, Role.PLATFORM_ADMIN])
def test_others_plan_nothing(as_user, role):
    answer = as_user(make.user(role)).post(reverse("report_plan"), {"sessions.": "1"})

    assert answer.status_code == 403
    assert IndicatorTarget.objects.count() == 0


@pytest.mark.usefixtures("_two_indicators")
def test_the_plan_asks_as_often_for_one_number_and_for_three(
    as_user, django_assert_max_num_queries
):
    client, counts = as_user(make.user(Role.PROJECT_MANAGER)), []
    reference.countries()
    for key in ("one", "two", "three"):
        IndicatorTarget.objects.create(key=key, planned=3)
        with django_assert_max_num_queries(10) as counted:
            client.get(reverse("report_plan"))
        counts.append(len(counted))

    assert counts[0] == counts[2]
