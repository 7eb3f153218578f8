"""A day is written one way on every page: 24 Feb 2026, with its weekday or hour where they help."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FILTER = re.compile(r"\|(?:date|time)\b(?::\"([^\"]*)\")?")
DAYS = {"D j M Y", "j M Y", "j M", "D j M", "F Y"}
CLOCKS = {"H:i", "H:i:s"}
# What programs read: attributes of <time> and values of fields.
FOR_PROGRAMS = {"c", "Y-m-d", "Y-m"}
# Heads of columns, a month in each.
COLUMNS = {"M", "y"}
HOUSE = (
    FOR_PROGRAMS | COLUMNS | DAYS | CLOCKS | {f"{day}, {clock}" for day in DAYS for clock in CLOCKS}
)


def test_templates_write_dates_the_one_way():
    used = {
        (str(path.relative_to(TEMPLATES)), said)
        for path in TEMPLATES.rglob("*.html")
        for said in FILTER.findall(path.read_text())
    }
    assert len(used) > 20
    assert sorted(one for one in used if one[1] not in HOUSE) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "24 Feb 2026; 24 Feb 2026, 17:05"), ("ar", "24 فبراير 2026; 24 فبراير 2026, 17:05")],
)
def test_a_date_that_a_template_leaves_alone_is_written_the_same_way(language, said):
    both = Template("{{ day }}; {{ instant }}")
    values = {"day": date(2026, 2, 24), "instant": datetime(2026, 2, 24, 17, 5, tzinfo=UTC)}
    with translation.override(language):
        assert both.render(Context(values)) == said
