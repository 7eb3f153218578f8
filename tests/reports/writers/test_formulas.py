"""Every formula of every section, computed again by another program, gives the value we said."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from cop_platform.common.reporting import sections
from feedback.reports.domain.writers import xlsx
from feedback.reviews.models import ReviewRound
from tests import factories as make
from tests.feedback.changes import asking
from tests.reports.documents import sample
from tests.reports.sections import reading
from tests.reports.writers import recalculation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not recalculation.AVAILABLE, reason="LibreOffice is not installed"),
]
RATINGS = ([4, 4, 3, 0], [4, 3, None, 4], [3, 2, 4, 4], [4, 4, 1, 4], [4, 3, 4, 2])


def sheets() -> list[sections.Sheet]:
    asked = reading.scope("BG", "IT")
    top = reading.head(asked)
    with translation.override("en"):
        return [
            sheet
            for section in sections.registered()
            for sheet in section.sheets(section.collect(asked), top)
        ]


def test_every_formula_gives_what_we_computed(tmp_path):
    same: dict[str, Any] = {}
    for code in ("BG", "IT"):
        # One version and one rubric in both countries, so that they can be set beside each other.
        found = reading.rated(RATINGS, code, **same)
        same = {"version": found.version, "rubric": found.rubric}
        ReviewRound.objects.filter(pk=found.pk).update(closed_at=make.NOW)
        asking.typed(found.version, code=code)
        make.invitation(make.cop_session(code), make.person(code=code))
    content = xlsx.write(sample(), sheets())
    ours = openpyxl.load_workbook(io.BytesIO(content))
    said = openpyxl.load_workbook(io.BytesIO(content), data_only=True)

    again = recalculation.again(tmp_path, {"report": content})["report"]

    places = [
        (sheet.title, cell.coordinate)
        for sheet in ours
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    wrong = {
        place: (said[place[0]][place[1]].value, again[place[0]][place[1]].value)
        for place in places
        if not agrees(said[place[0]][place[1]].value, again[place[0]][place[1]].value)
    }
    assert wrong == {}
    assert len(places) >= 60
    assert len({title for title, _cell in places}) >= 5


def agrees(ours: object, theirs: object) -> bool:
    """Numbers to nine digits; an empty text comes back as nothing."""
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return ours == pytest.approx(theirs, rel=1e-9)
    return (ours or "") == (theirs or "")
