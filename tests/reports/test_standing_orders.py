"""Reports that nobody asks for: by night, and when a round closes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cop_platform.common.models import JobState
from feedback.reports.domain import runs, standing_orders
from feedback.reports.models import Report, ReportRun
from feedback.reviews.domain import rounds
from tests import factories as make
from tests.reports import stored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sent", "quickly")]


def test_the_night_asks_once_for_each_country_where_it_is_night(sent):
    make.cop()
    make.country("BG")
    make.country("EL")
    night = datetime(2026, 12, 1, 1, 30, tzinfo=UTC)

    first = standing_orders.nightly(at=night)
    second = standing_orders.nightly(at=night + timedelta(minutes=20))
    noon = standing_orders.nightly(at=night + timedelta(hours=10))

    assert (first, second, noon) == (2, 0, 0)
    days = set(ReportRun.objects.values_list("period_start", "period_end", "requested_by"))
    assert days == {(date(2026, 1, 1), date(2026, 12, 31), None)}


def test_lesson_b40_a_second_beat_of_the_same_night_makes_no_second_release():
    make.cop()
    make.country("BG")
    for hours in (0, 24):
        night = datetime(2026, 12, 1, 1, 30, tzinfo=UTC) + timedelta(hours=hours)
        standing_orders.nightly(at=night)
        ReportRun.objects.update(requested_at=night)
        for run in ReportRun.objects.open():
            runs.work(run_id=run.pk, at=night)

    assert ReportRun.objects.filter(state=JobState.READY).count() == 2
    assert Report.objects.count() == 1


def test_a_round_that_is_closed_asks_for_the_report_of_its_country(sent):
    make.cop()
    closed = stored.rated("BG", [], asked=0)

    rounds.close_round(round_id=closed.pk, by=closed.opened_by.user, at=make.NOW)
    rounds.close_round(round_id=closed.pk, by=closed.opened_by.user, at=make.NOW)

    run = ReportRun.objects.get()
    assert (run.country.code, run.requested_by, run.profile) == ("BG", None, "agency")
    assert ("feedback.compile_report", {"run_id": run.pk}) in sent
