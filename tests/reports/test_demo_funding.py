"""The demo's grant: whole, signed in every language, and seeded once."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from experts.enums import Role
from feedback.reports import demo, demo_pictures
from feedback.reports.domain.funding import faults, pictures
from feedback.reports.models import FundingText, IndicatorTarget, Logo, ReportCut
from tests import factories as make
from tests.reports import funded

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 26)


def test_the_flag_has_twelve_upright_stars_on_two_to_three():
    drawn = demo_pictures.flag().decode()

    assert 'viewBox="0 0 810 540"' in drawn
    assert drawn.count("<polygon") == 12
    # The topmost star points straight up: a third of the height above the centre, and its own
    # eighteenth on top.
    assert 'points="405.000,60.000 ' in drawn
    assert pictures.checked(drawn.encode()).media_type == "image/svg+xml"


def test_the_demo_meets_the_funders_rules_in_every_language():
    make.user(Role.PROJECT_MANAGER)
    funded.partner("BG")
    funded.partner("IT")

    demo.seed(ANCHOR)
    demo.seed(ANCHOR)

    languages = [code for code, _label in settings.MAIL_LANGUAGES]
    assert [fault for code in languages for fault in faults.now(code)] == []
    assert FundingText.objects.filter(signed_off_at__isnull=False).count() == len(languages)
    assert Logo.objects.count() == 2
    assert IndicatorTarget.objects.filter(country=None).count() == len(demo.PLAN)
    assert [cut.name for cut in ReportCut.objects.all()] == [demo.NAMED]
