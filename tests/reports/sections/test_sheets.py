"""The workbook's formulas give in another program what we computed."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest

from cop_platform.common.reporting.sections import Formula
from feedback.reports.domain.writers import xlsx
from feedback.reviews.domain.report import panel
from feedback.reviews.models import ValidationPolicy
from feedback.validation.domain.report import materials, ratings
from tests import factories as make
from tests.feedback import world
from tests.reports.documents import sample
from tests.reports.sections import reading
from tests.reports.sections.rated import SIX_EXPERTS, by_expert
from tests.reports.sections.reading import scope

pytestmark = pytest.mark.django_db

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode">
<value>0</value></prop></item></oor:items>
"""


@pytest.fixture
def sheets():
    """Rounds under three policies, with gaps, too few answers, and a panel that is withheld."""
    reading.rated(by_expert(SIX_EXPERTS))
    reading.rated([[4, None, 3], [0, 2, 3], [3, None, 4], [4, None, 4]])
    reading.rated([[4, 2], [3, 1]])
    for number, rules in ((7, {"not_applicable": "against", "kappa": None}), (8, {"kappa": 90})):
        ValidationPolicy.objects.create(
            number=number,
            name="Other marks",
            rules={"marks": [[2, 50]]} | rules,
            frozen_at=make.NOW - timedelta(days=9 - number),
        )
        reading.rated([[4, 0, 3], [0, 2, 3], [3, 0, 4], [4, 1, 4], [2, 4, 4]])
    asked = scope()
    return list(ratings.SECTION.sheets(ratings.collect(asked), reading.head(asked)))


def counted_again(tmp_path, sheets):
    """What LibreOffice makes of the formulas; the values that we wrote beside them are wrong."""
    wrong = [
        replace(sheet, rows=[[_wrong(v) for v in row] for row in sheet.rows]) for sheet in sheets
    ]
    (tmp_path / "ours.xlsx").write_bytes(xlsx.write(sample(), wrong))
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", "again", "ours.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    content = (tmp_path / "again" / "ours.xlsx").read_bytes()
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def _wrong(value):
    return replace(value, value=0.123) if isinstance(value, Formula) else value


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_computes_what_we_did(tmp_path, sheets):
    book = counted_again(tmp_path, sheets)

    compared = 0
    for sheet in sheets:
        found = list(book[sheet.name].iter_rows(min_row=2, values_only=True))
        for ours, theirs in zip(sheet.rows, found, strict=True):
            for value, again in zip(ours, theirs, strict=True):
                if isinstance(value, Formula):
                    compared += 1
                    wanted = value.value
                    is_text = isinstance(wanted, str)
                    assert (again or "") == "" if is_text else again == pytest.approx(wanted)
    assert compared > 150


def test_passes_in_the_sheet_are_those_of_the_report(sheets):
    facts = ratings.collect(scope())
    items = [item for row in facts.rounds for item in row.items]

    passes = [row[19].value for row in sheets[0].rows]

    assert passes == ["" if item.passes is None else int(item.passes) for item in items]
    assert set(passes) == {"", 0, 1}


def test_every_row_is_as_long_as_its_headings():
    reading.rated([[4], [3], [4]])
    world.verdict(make.version())
    asked = scope()

    for section in (ratings.SECTION, materials.SECTION, panel.SECTION):
        for sheet in section.sheets(section.collect(asked), reading.head(asked)):
            assert {len(row) for row in sheet.rows} == {len(sheet.columns)}
