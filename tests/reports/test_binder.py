"""The audit binder: what it tells of a work, what it marks as missing, and that it names nobody."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from cop_platform.common import signing
from experts.enums import Role
from experts.models import Person
from feedback.reports.domain.binder import packing, reading
from feedback.reports.domain.binder.lines import Binder, Group, Line
from feedback.reviews.models import ReviewRound
from materials.models import Version
from tests import factories as make
from tests.feedback import world
from tests.feedback.changes import asking

pytestmark = pytest.mark.django_db


def told(version: Version) -> Binder:
    return reading.build(version.material, at=timezone.now())


def gaps(binder: Binder) -> dict[str, int]:
    return {g.key: n for g in binder.groups if (n := sum(line.gap for line in g.lines))}


def reviewed(n: int = 3) -> Version:
    """A version that was reviewed, judged and endorsed."""
    manager = make.user(Role.PROJECT_MANAGER)
    version = world.released(world.version())
    found = world.review_round("BG", version=version, by=manager)
    for _number in range(n):
        world.answered(found, make.person(code="BG"), "4")
    world.verdict(version, "BG", round=found)
    world.endorsement(version)
    return version


def test_a_work_without_anything_is_full_of_gaps():
    version = world.version()

    assert gaps(told(version)) == {"what": 1, "when": 1, "verdict": 1, "endorsed": 1, "reports": 1}


def test_a_reviewed_work_tells_version_round_rule_figures_and_verdict():
    version = reviewed()

    binder = told(version)
    lines = {group.key: group.lines for group in binder.groups}

    assert version.sha256 in {line.sha256 for line in lines["what"]}
    assert lines["when"][0].url == reverse(
        "round_detail", args=[ReviewRound.objects.get(version=version).pk]
    )
    assert lines["said"][0].said.startswith("10 of 10 criteria passed; S-CVI/Ave 1.00")
    assert any("Validated" in line.said for line in lines["verdict"])
    assert set(gaps(binder)) <= {"when", "rule", "reports"}


def test_a_panel_that_is_too_small_shows_no_figure():
    binder = told(reviewed(2))

    said = next(group.lines[0] for group in binder.groups if group.key == "said")
    assert said.gap
    assert "S-CVI" not in said.said


def test_changes_that_wait_are_gaps():
    version = reviewed()
    asking.typed(version, code="BG")

    assert gaps(told(version))["changes"] == 1


def test_nobody_is_named():
    version = reviewed()

    binder = told(version)
    data = packing.archive(binder)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        told_words = b"".join(packed.read(name) for name in packed.namelist()).decode("latin-1")

    names = Person.objects.values_list("name", flat=True)
    assert [name for name in names if name in told_words] == []


def test_the_archive_is_the_same_twice_and_signed(as_user):
    version, client = reviewed(), as_user(make.user(Role.PROJECT_MANAGER))

    first = client.get(reverse("report_binder_zip", args=[version.material_id])).content
    second = client.get(reverse("report_binder_zip", args=[version.material_id])).content
    signature = client.get(reverse("report_binder_signature", args=[version.material_id])).content

    assert first == second
    assert signing.verify(first, signature, signing.public_key())
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        names = {name.rpartition("/")[2]: packed.read(name) for name in packed.namelist()}
    assert version.sha256 in names["evidence-sha256.txt"].decode()
    assert json.loads(names["binder.json"])["code"] == version.material.code
    assert signing.verify(names["binder.json"], names["binder.json.sig"], signing.public_key())
    assert b"<script" not in names["binder.html"]


def test_a_title_that_a_spreadsheet_would_run_stays_text():
    line = Line("Work", "=cmd()|' /C calc'!A0 <script>alert(1)</script>", "/x", "", gap=True)
    binder = Binder("M01", "<b>", "2026-11-26", (Group("what", "What", (line,)),))

    with zipfile.ZipFile(io.BytesIO(packing.archive(binder))) as packed:
        table = packed.read("M01-audit-binder/binder.csv").decode()
        page = packed.read("M01-audit-binder/binder.html").decode()

    assert ",=cmd" not in table
    assert "<script>" not in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.PARTNER, "BG", 200),
        (Role.COORDINATOR, "BG", 200),
        (Role.PROJECT_MANAGER, "IT", 200),
        (Role.PARTNER, "IT", 404),
        (Role.EXPERT, "BG", 404),
        (Role.PLATFORM_ADMIN, "BG", 404),
    ],
)
def test_who_opens_a_binder(as_user, role, code, status):
    version = world.version()

    answer = as_user(make.user(role, code)).get(
        reverse("report_binder", args=[version.material_id])
    )

    assert answer.status_code == status


def test_a_binder_asks_as_often_for_one_round_as_for_three(django_assert_max_num_queries):
    version, counts = reviewed(), []
    for more in (0, 2):
        for _number in range(more):
            found = world.review_round("BG", version=version, by=make.user(Role.PROJECT_MANAGER))
            for _person in range(3):
                world.answered(found, make.person(code="BG"), "4")
            world.verdict(make.version(version.material, number=_number + 9), "BG", round=found)
        with django_assert_max_num_queries(40) as counted:
            told(version)
        counts.append(len(counted))

    assert counts[0] == counts[1]
