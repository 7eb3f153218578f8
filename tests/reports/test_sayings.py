"""Figures and days as the reader's language writes them, never turned round."""

from __future__ import annotations

import pytest
from django.utils import translation

from cop_platform.common.reporting import sayings


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1,204", "-5.0", "0.71–0.95", "84%", "26 Nov 2026"]),
        ("de", ["1.204", "-5,0", "0,71–0,95", "84\u00a0%", "26.11.2026"]),
        ("bg", ["1\u00a0204", "-5,0", "0,71–0,95", "84%", "26.11.2026\u202fг."]),
        ("ar", ["\u20661,204\u2069", "\u2066-5.0\u2069", "\u20660.71–0.95\u2069"]),
    ],
)
def test_figures_are_said_as_each_language_writes_them(language, said):
    with translation.override(language):
        figures = [
            sayings.count(1204),
            sayings.number(-5.0, 1),
            sayings.interval(0.71, 0.95),
            sayings.share(84, 100),
            sayings.short_day("2026-11-26"),
        ]

    assert figures[: len(said)] == said


def test_an_arabic_day_keeps_its_order_within_its_isolate():
    with translation.override("ar"):
        assert sayings.short_day("2026-11-26") == "\u206626/11/2026\u2069"
        assert sayings.share(1, 2) == "\u206650%\u2069"


def test_what_is_not_there_is_a_dash():
    assert sayings.number(None) == sayings.interval(None, 1) == sayings.share(0, 0) == "–"
