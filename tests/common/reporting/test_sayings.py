"""Days and months as the reader's language writes them, also from right to left."""

from __future__ import annotations

from django.utils import translation

from cop_platform.common.reporting import sayings


def test_an_arabic_day_keeps_its_order():
    with translation.override("ar"):
        assert sayings.short_day("2025-09-29") == "\u206629/09/2025\u2069"


def test_an_axis_names_the_year_where_it_begins():
    months = ["2025-12", "2026-01", "2026-02"]

    said = [sayings.month_on_axis(month, is_first=n == 0) for n, month in enumerate(months)]

    assert said == ["Dec 25", "Jan 26", "Feb"]
